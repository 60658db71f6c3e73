"""Which attention modes the chat model in use can run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.jobs import JobRunner
from engine.records import AttentionMode, Notice
from engine.settings import Settings

if TYPE_CHECKING:
    from engine.facade import Engine


class AttentionController(QObject):
    """Asks again whenever the chat model may have changed.

    Attributes:
        reasons: For each attention mode why it cannot run, None if it can.
        preferred: Mode to begin with.

    Signals:
        changed: For each attention mode why it cannot run, None if it can.
    """

    changed = Signal(object)

    def __init__(self, engine: Engine, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._runner = runner
        self._settings: Settings = engine.settings.current
        self.reasons: dict[AttentionMode, Notice | None] = {}
        self.preferred: AttentionMode = "baseline"

    def refresh(self) -> None:
        """Ask the engine, in the background.

        Without a usable chat model nothing changes: asking a question says what is wrong.
        """
        self._runner.call(self._ask, self._take)

    def follow(self, settings: Settings) -> None:
        """Ask again if stored settings name another chat model."""
        changed = settings.chat_model != self._settings.chat_model
        self._settings = settings
        if changed:
            self.refresh()

    def _ask(self) -> tuple[Mapping[AttentionMode, Notice | None], AttentionMode]:
        return self._engine.attention.available(), self._engine.attention.default_mode()

    def _take(self, told: tuple[Mapping[AttentionMode, Notice | None], AttentionMode]) -> None:
        reasons, self.preferred = told
        self.reasons = dict(reasons)
        self.changed.emit(self.reasons)
