"""Qt offscreen, one program per test, and a guard against leaked threads."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

pytest.importorskip("PySide6")

from fake_engine import FakeEngine
from PySide6.QtWidgets import QApplication

from app.main_window import MainWindow
from app.program import Program

LEAVE = (
    "Leave policy 2024\n\n"
    "Employees receive 20 days of paid annual leave per year. Up to 5 days may be carried over.\n\n"
    "Requests must be approved by the manager two weeks before."
)


@pytest.fixture(autouse=True)
def no_leaked_threads():
    """A worker that outlives its test fails it."""
    before = set(threading.enumerate())
    yield
    leaked = [t.name for t in threading.enumerate() if t not in before and t.name[:6] == "sabun-"]
    assert not leaked, f"threads still run: {leaked}"


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "company"
    folder.mkdir()
    (folder / "leave.md").write_text(LEAVE, encoding="utf-8")
    (folder / "prices.md").write_text(
        "Price list\n\nThe standard plan costs 1,200 EUR per year.", encoding="utf-8"
    )
    (folder / "就業規則.md").write_text(
        "就業規則\n\n年次有給休暇は、入社後6か月で10日付与される。", encoding="utf-8"
    )
    (folder / "empty.txt").write_text("", encoding="utf-8")
    (folder / "locked.pdf").write_text("secret contract", encoding="utf-8")
    return folder


@pytest.fixture
def program(qapp: QApplication, engine: FakeEngine):
    made = Program(qapp, engine, language="en")  # type: ignore[arg-type]
    yield made
    assert made.close(), "a lane did not end"
    made.deleteLater()


@pytest.fixture
def window(qtbot, program: Program):
    made = MainWindow(program)
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(program.library.collections_loaded):
        program.start()
    yield made
    for dialog in QApplication.topLevelWidgets():
        if dialog is not made and dialog.isVisible():
            dialog.close()


@pytest.fixture
def indexed(qtbot, window: MainWindow, documents: Path) -> MainWindow:
    """A window whose collection holds the documents."""
    library = window.program.library
    with qtbot.waitSignal(library.indexed):
        library.add_paths([documents])
    qtbot.waitUntil(lambda: library.current is not None and library.current.n_documents == 3)
    qtbot.waitUntil(lambda: not library.progress)
    return window
