"""The window's log: exceptions of any thread, Qt's messages, and folders that refuse it."""

from __future__ import annotations

import logging
import threading

import pytest
from PySide6.QtCore import qWarning

from app.program_log import WindowLog
from app.startup import CrashReporter
from engine.paths import DataPaths

QUESTION = "What do we pay?"


@pytest.fixture
def paths(tmp_path):
    paths = DataPaths(tmp_path / "data")
    paths.root.mkdir()
    return paths


def test_crashes_and_messages_of_qt_are_logged_without_what_they_quote(qtbot, paths, qtlog):
    log, reporter = WindowLog(paths), CrashReporter()
    log.open()
    log.note_versions()
    reporter.install()
    try:
        with qtbot.waitSignal(reporter.crashed):
            thread = threading.Thread(target=lambda: {}[QUESTION])
            thread.start()
            thread.join()
        qWarning('Cannot open "/home/akiko/merger.pdf" today')
    finally:
        reporter.uninstall()
        log.close()
    text = paths.log.read_text("utf-8")
    assert "sabun-desktop" in text
    assert "KeyError" in text and "tests/app/test_program_log.py" in text
    assert QUESTION not in text
    assert 'app.qt: default: Cannot open "…" today' in text
    assert "merger" not in text
    assert any("merger" in record.message for record in qtlog.records), "passed on as before"


def test_a_log_that_cannot_be_written_is_said_once_and_stops_nothing(qtbot, paths, capsys):
    (paths.root / "logs").write_text("in the way")
    log = WindowLog(paths)
    with qtbot.waitSignal(log.failed) as said:
        log.open()
        log.note_versions()
    assert log.problem is said.args[0]
    logging.getLogger("app").error("Another fault.")
    log.close()
    assert capsys.readouterr().err.count(str(paths.log)) == 1
