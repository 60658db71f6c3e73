"""Start-up: the command line, how long it took, and what to do when it fails."""

from __future__ import annotations

import argparse
import json
import logging
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import psutil
from PySide6.QtCore import QObject, QTimer, Signal

from app.i18n import LANGUAGES
from engine.attention.registry import ATTENTION

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class StartOptions:
    """What the command line asks of the window.

    Attributes:
        data_dir: Folder that holds index and settings; None takes the usual one.
        collection: To open, created if it is missing; empty opens the last one.
        language: Of the interface; empty takes the setting.
        ask: Question to ask after the start; empty asks nothing.
        compare: Attention mode to compare the answer with; empty compares nothing.
        screenshot: Where to save a picture before quitting; None goes on.
        smoke: Start, paint, load the list, quit.
        startup_report: Print start-up times as JSON.
    """

    data_dir: Path | None = None
    collection: str = ""
    language: str = ""
    ask: str = ""
    compare: str = ""
    screenshot: Path | None = None
    smoke: bool = False
    startup_report: bool = False


def parse_arguments(arguments: list[str] | None = None) -> StartOptions:
    """Read the command line; a wrong one ends the program with status 2."""
    parser = argparse.ArgumentParser(
        prog="sabun-desktop", description="Ask your own documents, on your own machine."
    )
    parser.add_argument("--data-dir", type=Path, help="folder that holds index and settings")
    parser.add_argument("--collection", default="", help="collection to open; created if missing")
    parser.add_argument(
        "--language", choices=tuple(LANGUAGES), default="", help="interface language"
    )
    parser.add_argument("--ask", default="", metavar="QUESTION", help="ask this after the start")
    parser.add_argument(
        "--compare",
        choices=ATTENTION.names,
        default="",
        help="compare the answer to --ask with this attention mode",
    )
    parser.add_argument(
        "--screenshot", type=Path, metavar="FILE", help="save a picture of the window and quit"
    )
    parser.add_argument("--smoke", action="store_true", help="start, paint, load the list, quit")
    parser.add_argument(
        "--startup-report", action="store_true", help="print start-up times as JSON"
    )
    return StartOptions(**vars(parser.parse_args(arguments)))


@dataclass
class StartupTimes:
    """Seconds since the process began.

    Attributes:
        marks: By name: ``imported``, ``engine_open``, ``window_shown``, ``first_paint``.
    """

    marks: dict[str, float] = field(default_factory=dict)

    def mark(self, name: str) -> None:
        """Record that a step is done; only the first time counts."""
        self.marks.setdefault(name, time.time() - psutil.Process().create_time())

    def report(self) -> str:
        """Return the times as one JSON object."""
        heavy = ("torch", "llama_cpp", "faiss", "sentence_transformers")
        return json.dumps(
            {
                **{f"{name}_s": round(seconds, 3) for name, seconds in self.marks.items()},
                "heavy_imports": [name for name in heavy if name in sys.modules],
            }
        )


class CrashReporter(QObject):
    """Turns what nobody caught, in any thread, into a dialog instead of a traceback.

    Signals:
        crashed: The exception; delivered on the GUI thread.
    """

    crashed = Signal(object)

    def install(self) -> None:
        """Take over the hooks of the interpreter."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    def uninstall(self) -> None:
        """Give the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _hook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("Unexpected error", exc_info=(kind, error, trace))
        self.crashed.emit(error)

    def _thread_hook(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._hook(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)


class InterruptTimer(QTimer):
    """Lets Python see Ctrl+C while Qt's loop sleeps."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.timeout.connect(lambda: None)
        self.start(300)
