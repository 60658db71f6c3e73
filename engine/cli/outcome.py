"""How a run ends: its exit status and, where it failed, one sentence."""

from __future__ import annotations

import errno
import logging
from types import TracebackType
from typing import Self

from engine.cli.terminal import Terminal
from engine.errors import (
    Cancelled,
    DataFolderUnusable,
    DiskFull,
    MemoryExhausted,
    SabunError,
)
from engine.log import ProgramLog
from engine.paths import DataPaths

_LOG = logging.getLogger(__name__)

DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130
"""Exit status: done, failed, wrong usage, ended by Ctrl-C."""


class Outcome:
    """Context of one verb: whatever it raises becomes an exit status and one sentence.

    ``SystemExit`` and ``BrokenPipeError`` pass; everything else ends here.

    Args:
        terminal: Where the sentence goes.
        paths: Where the log is kept.
    """

    def __init__(self, terminal: Terminal, paths: DataPaths) -> None:
        self.status = DONE
        self._terminal = terminal
        self._paths = paths
        self._log = ProgramLog(paths, lambda problem: terminal.note(f"sabun: {problem}"))

    def __enter__(self) -> Self:
        """Open the log and return itself."""
        self._log.open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        """Report the failure and close the log; True keeps the failure from going on."""
        try:
            return self._reported(error)
        finally:
            self._log.close()

    def _reported(self, error: BaseException | None) -> bool:
        if error is None or isinstance(error, SystemExit | BrokenPipeError):
            return False
        if isinstance(error, KeyboardInterrupt):
            error = Cancelled()
        if isinstance(error, OSError):
            error = self._environment_fault(error) or error
        elif _is_out_of_memory(error):
            error = MemoryExhausted()
        if isinstance(error, SabunError):
            self.status = INTERRUPTED if isinstance(error, Cancelled) else FAILED
            _LOG.info("Ended with %s.", error.code)
            self._terminal.fail(str(error), error.code)
        else:
            self.status = FAILED
            self._terminal.fail(self._fault_of_ours(error), "internal-fault")
        return True

    def _environment_fault(self, error: OSError) -> SabunError | None:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return DiskFull(path=error.filename or str(self._paths.root))
        named = str(error.filename or "")
        if error.errno in (errno.EACCES, errno.EROFS) and named.startswith(str(self._paths.root)):
            return DataFolderUnusable(path=str(self._paths.root), detail=error.strerror)
        return None

    def _fault_of_ours(self, error: BaseException) -> str:
        _LOG.critical("A fault of our own.", exc_info=error)
        written = self._log.problem is None
        kept = f"The details are in {self._log.path}" if written else "No details could be written"
        detail = " ".join(str(error).split())[:200]
        what = f"{type(error).__name__}: {detail}" if detail else type(error).__name__
        return f"Sabun met a fault of its own ({what}). {kept}; please report it."


def _is_out_of_memory(error: BaseException) -> bool:
    """Tell whether an allocation failed: Python's, or torch's, which is known by its words only."""
    said = str(error).lower()
    by_torch = "can't allocate memory" in said or "out of memory" in said
    return isinstance(error, MemoryError) or (isinstance(error, RuntimeError) and by_torch)
