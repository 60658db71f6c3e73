#!/usr/bin/env bash
# Indexes the sample collection once and opens the window on it. Without a display it asks two
# questions on the command line and saves a picture of the window instead.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"
collection="Sample company"
picture=.sabun/window.png

sabun index assets/samples/documents --collection "$collection"

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname)" = Darwin ]; then
  exec sabun-desktop --collection "$collection"
fi

echo "There is no display: asking two questions here and saving a picture of the window."
english="How many days of annual leave do full-time employees get now?"
japanese="業務委託契約の有効期間はいつまでですか。"
sabun ask "$english" --collection "$collection"
sabun ask "$japanese" --collection "$collection"
mkdir -p .sabun
QT_QPA_PLATFORM=offscreen sabun-desktop --collection "$collection" --ask "$english" \
  --screenshot "$picture"
echo "The window: $picture"
