"""Help > Report a problem, with the report that the engine really makes."""

from __future__ import annotations

import zipfile

import pytest

from app.controllers.report import ReportController
from app.i18n import Words
from app.jobs import JobRunner
from app.views.dialogs.report import ReportDialog
from engine.paths import DataPaths


@pytest.fixture
def runner(qapp):
    runner = JobRunner()
    yield runner
    assert runner.close()


@pytest.fixture
def dialog(qtbot, tmp_path, runner):
    paths = DataPaths(tmp_path / "data")
    paths.log.parent.mkdir(parents=True)
    paths.log.write_text("A line of the log.\n")
    dialog = ReportDialog(ReportController(paths, runner), Words())
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_it_says_what_is_inside_and_where_it_was_saved(qtbot, dialog, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr("app.views.dialogs.report.open_path", opened.append)
    assert "no text of your documents" in dialog._note.text()
    assert not dialog._folder.isVisible()
    target = tmp_path / "report.zip"
    with qtbot.waitSignal(dialog.saved, timeout=120_000):
        dialog.save(target)
        assert not dialog._save.isEnabled()
    assert str(target) in dialog.state
    with zipfile.ZipFile(target) as archive:
        assert archive.read("logs/sabun.log") == b"A line of the log.\n"
    assert dialog._folder.isVisible() and dialog._save.isEnabled()
    dialog._folder.click()
    assert opened == [target]


def test_a_folder_that_cannot_be_written_is_a_sentence(qtbot, dialog, tmp_path):
    (tmp_path / "file").write_text("no folder")
    dialog.save(tmp_path / "file" / "report.zip")
    qtbot.waitUntil(lambda: "cannot be written" in dialog.state, timeout=120_000)
    assert not dialog._folder.isVisible() and dialog._save.isEnabled()


def test_a_name_without_suffix_becomes_an_archive(dialog, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "app.views.dialogs.report.QFileDialog.getSaveFileName",
        lambda *_: (str(tmp_path / "mine"), ""),
    )
    monkeypatch.setattr(dialog._reports, "save", lambda target, *_: asked.append(target))
    dialog._save.click()
    assert asked == [tmp_path / "mine.zip"]
