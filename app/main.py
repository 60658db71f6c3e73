"""The desktop program: builds engine, job runner, controllers and window, and runs them."""

from __future__ import annotations

import logging
import signal
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.i18n import LanguageManager, Words
from app.main_window import MainWindow
from app.program import Program
from app.program_log import WindowLog
from app.screenshot import ScriptedRun
from app.startup import (
    CrashReporter,
    InterruptTimer,
    StartOptions,
    StartupTimes,
    parse_arguments,
)
from app.theme import ThemeManager
from app.views.dialogs.error import ErrorDialog
from engine.errors import LogUnwritable, SabunError
from engine.offline import forbid_network
from engine.paths import DataPaths

if TYPE_CHECKING:
    from engine.facade import Engine

_log = logging.getLogger(__name__)


def main(arguments: list[str] | None = None) -> int:
    """Run the program; return its exit status."""
    options = parse_arguments(arguments)
    times = StartupTimes()
    times.mark("imported")
    app = _application()
    paths = DataPaths.resolve(options.data_dir)
    forbid_network(paths.root / "network.log")
    log = WindowLog(paths, app)
    log.open()
    try:
        return _run(app, options, times, log)
    finally:
        log.close()


def _run(app: QApplication, options: StartOptions, times: StartupTimes, log: WindowLog) -> int:
    engine = _open_engine(app, options)
    if engine is None:
        return 1
    log.note_versions()
    times.mark("engine_open")
    program = Program(app, engine, language=options.language)
    window = MainWindow(program)
    crashes = CrashReporter(app)
    crashes.crashed.connect(window.dialogs.show_error)
    crashes.install()
    log.failed.connect(lambda problem: _say_unlogged(window, program, problem))
    run = ScriptedRun(program, window, options, times)
    window.painted.connect(lambda: _on_painted(program, options, times))
    if log.problem is not None:  # met before there was a window to say it
        problem = log.problem
        window.painted.connect(lambda: _say_unlogged(window, program, problem))
    window.closed.connect(app.quit)
    window.show()
    times.mark("window_shown")
    signal.signal(signal.SIGINT, lambda *_: window.close())
    InterruptTimer(app)
    run.arm()
    status = app.exec()
    window.hide()
    program.close()
    crashes.uninstall()
    return run.status or status


def _say_unlogged(window: MainWindow, program: Program, problem: LogUnwritable) -> None:
    window.toast.say(program.words.error(problem))


def _application() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("Sabun")
    app.setDesktopFileName("sabun")
    app.setQuitOnLastWindowClosed(False)
    return app


def _open_engine(app: QApplication, options: StartOptions) -> Engine | None:
    """Open the engine, or say in a dialog why that cannot be done."""
    from engine.facade import Engine

    try:
        return Engine(options.data_dir)
    except SabunError as error:
        _log.error("The data folder cannot be opened: %s.", error.code)
        LanguageManager(app, options.language)
        ThemeManager(app)
        dialog = ErrorDialog(error, Words(app))
        print(str(error), file=sys.stderr)  # noqa: T201  for whoever started it from a terminal
        if options.smoke or options.screenshot:
            return None
        dialog.exec()
        return None


def _on_painted(program: Program, options: StartOptions, times: StartupTimes) -> None:
    """Start the background work only when the window is there."""
    times.mark("first_paint")
    if options.startup_report:
        print(times.report(), flush=True)  # noqa: T201  asked for
    load_models = bool(options.ask or not options.screenshot)  # a picture alone needs none
    QTimer.singleShot(0, lambda: program.start(options.collection, load_models=load_models))


if __name__ == "__main__":
    sys.exit(main())
