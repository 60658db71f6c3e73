#!/usr/bin/env bash
# Gets the chat model that suits this machine, once; nothing here is an error. SABUN_MODEL=embedded leaves it
# at the one that came with the program, SABUN_MODEL=NAME gets another of the catalogue.
set -u
if [ "${SABUN_MODEL:-}" = embedded ]; then
  echo "The embedded model answers (SABUN_MODEL=embedded). It writes English only."
  exit 0
fi
sabun models get "${SABUN_MODEL:-recommended}" --if-missing ||
  echo "Going on with the model that is here. The embedded one writes English only; try again with: sabun models get recommended"
