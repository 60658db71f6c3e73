"""The process that tries layouts and threads for :mod:`engine.models.idle_trial`."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import psutil

from engine.errors import SabunError
from engine.models.events import OptimisationFinished
from engine.models.idle_trial import BUSY_STATUS
from engine.models.library import ModelLibrary
from engine.models.quiet import OtherLoad
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
    """Try a model; return the exit status.

    Args:
        arguments: Root of the data folder, niceness, cores that others may keep busy (empty:
            the usual), name of the model.
    """
    _die_with_parent()
    data_dir, niceness, spare, name = arguments
    _step_back(int(niceness))
    forbid_network()
    load = OtherLoad(limit=float(spare) if spare else None)
    try:
        *_, last = ModelLibrary(DataPaths(Path(data_dir))).trying(name, load)
    except SabunError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return BUSY_STATUS if isinstance(last, OptimisationFinished) and last.put_off else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
