"""The program's log, as the window keeps it: exceptions, Qt's messages, what the engine says."""

from __future__ import annotations

import logging
import platform
import re
import sys
from collections.abc import Callable

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
    qVersion,
)

from engine.errors import LogUnwritable
from engine.log import ProgramLog
from engine.paths import DataPaths
from engine.version import program_version

_log = logging.getLogger(__name__)
_qt_log = logging.getLogger("app.qt")

_LEVELS = {
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_QUOTED = re.compile(r'"[^"]*"')
_MAX_CHARACTERS = 300


class WindowLog(QObject):
    """Logs from the start of the window to its end.

    Signals:
        failed: The log cannot be written; delivered on the GUI thread, once.
    """

    failed = Signal(object)

    def __init__(self, paths: DataPaths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log = ProgramLog(paths, self._say)
        self._previous: Callable[..., object] | None = None

    @property
    def problem(self) -> LogUnwritable | None:
        """Why the log cannot be written; None if it can, as far as is known."""
        return self._log.problem

    def open(self) -> None:
        """Begin logging, Qt's messages too."""
        self._log.open()
        self._previous = qInstallMessageHandler(self._take)

    def note_versions(self) -> None:
        """Log what runs, once there is a data folder."""
        _log.info(
            "sabun-desktop %s, Qt %s, Python %s, %s",
            program_version(), qVersion(), platform.python_version(), platform.platform(),
        )  # fmt: skip

    def close(self) -> None:
        """End logging."""
        _log.info("The window is closed.")
        qInstallMessageHandler(self._previous)
        self._log.close()

    def _say(self, problem: LogUnwritable) -> None:
        print(str(problem), file=sys.stderr)  # noqa: T201  for whoever started it from a terminal
        self.failed.emit(problem)

    def _take(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        """Log a message of Qt without what it quotes, and pass it on."""
        if kind in _LEVELS:
            shown = _QUOTED.sub('"…"', " ".join(message.split()))[:_MAX_CHARACTERS]
            _qt_log.log(_LEVELS[kind], "%s: %s", context.category or "default", shown)
        if self._previous is not None:
            self._previous(kind, context, message)
        else:
            print(message, file=sys.stderr)  # noqa: T201  as Qt itself does
