#!/usr/bin/env bash
# Every benchmark, as ratios against a named baseline of the same run; CSV files under .sabun/bench.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"
pages=${SABUN_BENCH_PAGES:-}
mkdir -p .sabun/bench

if [ -z "$pages" ]; then
  # 2,561 real HTML pages from a Debian package; nothing is installed.
  mkdir -p .sabun/bench/debian && cd .sabun/bench/debian
  [ -d pages ] || { apt-get download -qq libreoffice-help-en-us && dpkg -x libreoffice-help-en-us_*.deb pages; }
  cd - >/dev/null
  pages=.sabun/bench/debian/pages/usr/share/libreoffice/help
fi

sabun models optimise
sabun bench index "$pages" --limit 2000 --csv .sabun/bench/index.csv
sabun bench search --csv .sabun/bench/search.csv
sabun bench generate --csv .sabun/bench/generate.csv
sabun bench training --csv .sabun/bench/training.csv
sabun bench kernel --csv .sabun/bench/kernel.csv
