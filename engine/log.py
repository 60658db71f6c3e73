"""The one log of the program: a rotating file in the data folder, for window and command line.

Nothing of a question or of a document goes into it: exceptions leave their traces, not their
messages (:mod:`engine.traces`), and names of files stand between marks (:func:`named`), so that
a report can leave them out.
"""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Self

from engine.errors import LogUnwritable
from engine.paths import DataPaths
from engine.traces import trace

MAX_BYTES = 1 << 20
"""Of one file; about 10,000 lines."""

N_OLD_FILES = 2
"""Files kept besides the one being written: at most 3 MiB in all."""

TOPICS = ("app", "engine", "kernels", "sabun")
"""Loggers of the program; those of libraries, which may quote anything, are not kept."""

_MARKED = re.compile(r"\u27e8\"(?:[^\"\\]|\\.)*\"\u27e9")


def named(path: Path | str) -> str:
    """Return a path as it stands in the log: quoted, on one line, between marks."""
    return f"\u27e8{json.dumps(str(path))}\u27e9"


def without_names(text: str, instead: Callable[[str], str]) -> str:
    """Return lines of the log with every marked path replaced by ``instead(path)``."""
    return _MARKED.sub(lambda match: instead(str(json.loads(match[0][1:-1]))), text)


class _Formatter(logging.Formatter):
    """Lines with time, level, process and topic; exceptions without what they say."""

    converter = staticmethod(time.gmtime)

    def __init__(self) -> None:
        super().__init__(
            "%(asctime)sZ %(levelname)s %(process)d %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S"
        )

    def format(self, record: logging.LogRecord) -> str:
        """Return one record as text."""
        bare = logging.makeLogRecord(record.__dict__)
        bare.exc_info = bare.exc_text = bare.stack_info = None
        line = super().format(bare)
        error = record.exc_info[1] if record.exc_info else None
        return f"{line}\n{trace(error)}" if error is not None else line


class _File(RotatingFileHandler):
    """Opens its file with the first record; a file that fails is reported once."""

    def __init__(self, path: Path, failed: Callable[[OSError], None]) -> None:
        super().__init__(
            path, maxBytes=MAX_BYTES, backupCount=N_OLD_FILES, encoding="utf-8", delay=True,
            errors="backslashreplace",
        )  # fmt: skip
        self._path = path
        self._failed = failed
        self.setFormatter(_Formatter())

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; what is no fault makes no data folder."""
        if record.levelno >= logging.WARNING or self._path.parent.parent.is_dir():
            super().emit(record)

    def _open(self) -> object:  # type: ignore[override]
        self._path.parent.mkdir(parents=True, exist_ok=True)
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Report that the file cannot be written; the program goes on."""
        import sys

        error = sys.exc_info()[1]
        if isinstance(error, OSError):
            self._failed(error)
        else:
            super().handleError(record)

    def close(self) -> None:
        """Close the file, also on a disk that is full."""
        try:
            super().close()
        except OSError as error:
            self._failed(error)


class ProgramLog:
    """Writes what the topics log, until it is closed; a context manager.

    Args:
        paths: The data folder.
        say: Called once, from any thread, if the log cannot be written.
    """

    def __init__(self, paths: DataPaths, say: Callable[[LogUnwritable], object]) -> None:
        self.path = paths.log
        self.problem: LogUnwritable | None = None
        self._say = say
        self._file = _File(self.path, self._failed)
        self._levels: dict[str, int] = {}

    def open(self) -> None:
        """Begin logging; nothing is written before the first record."""
        for name in TOPICS:
            logger = logging.getLogger(name)
            self._levels[name] = logger.level
            logger.addHandler(self._file)
            logger.setLevel(logging.INFO)

    def __enter__(self) -> Self:
        """Begin logging and return itself."""
        self.open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End logging."""
        self.close()

    def close(self) -> None:
        """End logging and close the file. Safe to call twice."""
        for name, level in self._levels.items():
            logger = logging.getLogger(name)
            logger.removeHandler(self._file)
            logger.setLevel(level)
        self._levels.clear()
        self._file.close()

    def _failed(self, error: OSError) -> None:
        if self.problem is None:
            detail = error.strerror or type(error).__name__
            self.problem = LogUnwritable(path=str(self.path), detail=detail)
            self._say(self.problem)
