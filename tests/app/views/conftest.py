"""Fixtures of the views."""

from __future__ import annotations

import pytest

from app.main_window import MainWindow


@pytest.fixture
def comparing(qtbot, indexed: MainWindow, engine) -> MainWindow:
    """A window whose next question is compared, DiffLoRA in column A."""
    engine.attention.make_available()
    with qtbot.waitSignal(indexed.program.attention.changed):
        indexed.program.attention.refresh()
    indexed.program.compare.toss = lambda: True
    indexed.chat.composer.toggle_compare()
    return indexed
