"""The settings, cached for the GUI thread and stored through the engine."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.jobs import JobRunner
from engine.settings import Settings

if TYPE_CHECKING:
    from engine.facade import Engine


class SettingsController(QObject):
    """Reads and changes settings.

    Signals:
        changed: The settings after a change, at once; storing follows in the background.
        stored: The settings as the engine has them now.
        failed: Storing failed.
    """

    changed = Signal(object)
    stored = Signal(object)
    failed = Signal(object)

    def __init__(self, engine: Engine, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._runner = runner
        self.current: Settings = engine.settings

    def change(self, **changes: Any) -> None:
        """Change settings now and store them."""
        changed = replace(self.current, **changes)
        if changed == self.current:
            return
        self.current = changed
        self.changed.emit(changed)
        self._runner.call(
            lambda: self._engine.change_settings(**changes), self.stored.emit, self.failed.emit
        )
