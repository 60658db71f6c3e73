#!/usr/bin/env bash
# Adds Sabun to the desktop's menu for this user; removes it again with --remove.
set -euo pipefail
cd "$(dirname "$0")/.."
share=${XDG_DATA_HOME:-$HOME/.local/share}
entry=$share/applications/sabun.desktop
icon=$share/icons/hicolor/scalable/apps/sabun.svg

if [ "${1:-}" = --remove ]; then
  rm -f "$entry" "$icon"
  echo "Sabun was removed from the menu; your data folder is untouched."
  exit
fi
install -Dm644 assets/icons/sabun.svg "$icon"
install -d "$share/applications"
sed "s|^Exec=sabun-desktop|Exec=\"$PWD/.venv/bin/sabun-desktop\"|" assets/sabun.desktop >"$entry"
echo "Sabun is in the menu now ($entry)."
