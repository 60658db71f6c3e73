"""The settings, cached for the GUI thread and stored through the engine."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.jobs import JobRunner
from engine.settings import Settings, Unused, Value

if TYPE_CHECKING:
    from engine.facade import Engine


class SettingsController(QObject):
    """Reads and changes settings.

    Signals:
        changed: The settings after a change, at once; storing follows in the background.
        stored: The settings as the engine has them now.
        failed: Storing failed.

    Attributes:
        current: The settings in force.
        unused: Stored values that cannot be used; the defaults stand in for them.
    """

    changed = Signal(object)
    stored = Signal(object)
    failed = Signal(object)

    def __init__(self, engine: Engine, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._runner = runner
        stored = engine.settings.stored()
        self.current: Settings = stored.settings
        self.unused: tuple[Unused, ...] = stored.unused

    def change(self, **changes: Value) -> None:
        """Change settings now and store them."""
        for name, value in changes.items():
            Settings.find(name).check(value)
        # Checked above; mypy cannot know the types by name.
        changed = replace(self.current, **changes)  # type: ignore[arg-type]
        if changed == self.current:
            return
        self.current = changed
        self.unused = tuple(row for row in self.unused if row.name not in changes)
        self.changed.emit(changed)
        self._runner.call(
            lambda: self._engine.settings.change(**changes), self.stored.emit, self.failed.emit
        )
