#!/usr/bin/env bash
# Gets the model that suits this machine and indexes the sample collection, once, and opens the window on it.
# Without a display it saves a picture of the window instead; the first time it asks two questions before.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"
collection="Sample company"
picture=.sabun/window.png

scripts/get_model.sh
sabun index assets/samples/documents --collection "$collection"

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname)" = Darwin ]; then
  exec sabun-desktop --collection "$collection"
fi

window() { QT_QPA_PLATFORM=offscreen sabun-desktop --collection "$collection" --screenshot "$picture" "$@"; }
if [ -f "$picture" ]; then
  window
  echo "There is no display. A picture of the window: $picture"
  echo "Ask on the command line: .venv/bin/sabun ask QUESTION --collection \"$collection\""
  exit
fi
echo "There is no display: asking two questions here and saving a picture of the window."
english="How many days of annual leave do full-time employees get now?"
japanese="業務委託契約の有効期間はいつまでですか。"
sabun ask "$english" --collection "$collection"
sabun ask "$japanese" --collection "$collection"
mkdir -p .sabun
window --ask "$english"
echo "The window: $picture"
