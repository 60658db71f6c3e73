"""The process that tries layouts for :mod:`engine.models.idle_trial`."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import psutil

from engine.errors import SabunError
from engine.models.library import CHAT_MODEL, ModelLibrary
from engine.offline import forbid_network
from engine.paths import DataPaths


def _step_back(niceness: int) -> None:
    """Let everything else go first."""
    if sys.platform == "win32":
        psutil.Process().nice(psutil.IDLE_PRIORITY_CLASS)
    else:
        psutil.Process().nice(niceness)


def _die_with_parent() -> None:
    """End when the parent's end of our standard input closes, however the parent ended."""

    def watch() -> None:
        os.read(0, 1)
        os._exit(1)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def main(arguments: list[str]) -> int:
    """Try the layouts of the embedded model; return the exit status."""
    _die_with_parent()
    _step_back(int(arguments[1]))
    forbid_network()
    try:
        for _event in ModelLibrary(DataPaths(Path(arguments[0]))).optimise(CHAT_MODEL):
            pass
    except SabunError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
