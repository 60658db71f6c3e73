"""The trial of layouts as a process of its own, for the time in which nothing else is to be done.

A process can be ended at any moment, whatever llama.cpp is doing, and it can have the lowest
priority without slowing the program down. Ended, it leaves a folder from which the next one
goes on (:mod:`engine.models.trial_folder`), and no model that the program would load.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from engine.cancel import CancelToken
from engine.errors import Cancelled

_POLL_S = 0.2

NICENESS = 19
"""Of the process, as POSIX counts: the lowest priority there is."""


BUSY_STATUS = 3
"""What the process returns when the machine stayed busy."""

TrialEnd = Literal["measured", "busy", "failed"]
"""How a trial ended; ``busy``: other programs kept the processor busy, so try again later."""

SPARE_CORES: float | None = None
"""Cores that others may keep busy meanwhile; None: as :mod:`engine.models.quiet` says."""


def run_trial(data_dir: Path, name: str, cancel: CancelToken) -> Iterator[TrialEnd]:
    """Run the trial in a child process until it ends; a cancel ends it within a moment.

    Args:
        data_dir: Root of the data folder.
        name: Of the model to try.
        cancel: Ends the process.

    Yields:
        How it ended, once.

    Raises:
        Cancelled: It was stopped; the next trial goes on from there.
    """
    process = _start(data_dir, name)
    try:
        while process.poll() is None:
            if cancel.wait(_POLL_S):
                raise Cancelled
    finally:
        process.kill()
        process.wait()
        if process.stdin is not None:
            process.stdin.close()
    yield _ENDS.get(process.returncode, "failed")


_ENDS: dict[int, TrialEnd] = {0: "measured", BUSY_STATUS: "busy"}


def _start(data_dir: Path, name: str) -> subprocess.Popen[bytes]:
    search_path = os.pathsep.join(str(Path(entry or ".").resolve()) for entry in sys.path)
    silent = subprocess.DEVNULL
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "engine.models.trial_process", str(data_dir), str(NICENESS)),
            *("" if SPARE_CORES is None else str(SPARE_CORES), name),
        ],
        env={**os.environ, "PYTHONPATH": search_path},
        stdin=subprocess.PIPE,
        stdout=silent,
        stderr=silent,
        creationflags=_no_console(),
    )


def _no_console() -> int:
    if sys.platform == "win32":
        return subprocess.CREATE_NO_WINDOW
    return 0
