"""Reading ahead: while a question is typed, the passages that it is about are read already."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.controllers.chat import ChatController
from app.jobs import Job, JobRunner
from engine.records import AttentionChoice

if TYPE_CHECKING:
    from engine.facade import Engine

_log = logging.getLogger(__name__)

PAUSE_MS = 300
"""Who has not typed for so long is thinking or about to press Enter."""


class ReadAheadController(QObject):
    """Follows what stands in the question box; nothing of it can be seen.

    It reads in the answer lane, as work that nobody waits for: a question, a comparison or an
    indexing job ends it, and so does every change of the text, the attention or the collection.
    While documents are indexed it does not begin.

    Args:
        engine: Reads.
        runner: Where.
        chat: Says of which conversation and collection.
        parent: Owner.
        pause_ms: How long the text must stand still.

    Attributes:
        enabled: The setting.
    """

    def __init__(
        self,
        engine: Engine,
        runner: JobRunner,
        chat: ChatController,
        parent: QObject | None = None,
        *,
        pause_ms: int = PAUSE_MS,
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._runner = runner
        self._chat = chat
        self._draft: tuple[str, AttentionChoice] | None = None
        self._job: Job | None = None
        self.enabled = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(pause_ms)
        self._timer.timeout.connect(self._begin)
        chat.opened.connect(lambda *_: self._again())
        chat.busy_changed.connect(lambda _busy: self._again())

    @property
    def running(self) -> bool:
        """Whether something is being read."""
        return self._job is not None

    def follow(self, text: str, choice: AttentionChoice | None) -> None:
        """Take what stands in the question box now.

        Args:
            text: Not finished.
            choice: Attention that it would be answered with; None if that is not one answer.
        """
        draft = (text.strip(), choice) if text.strip() and choice is not None else None
        if draft != self._draft:
            self._draft = draft
            self._again()

    def _again(self) -> None:
        """Stop; begin anew when nothing changes for a while."""
        if self._job is not None:
            self._job.cancel()
        if self.enabled and self._draft is not None and not self._chat.busy:
            self._timer.start()
        else:
            self._timer.stop()

    def _begin(self) -> None:
        if self._draft is None or self._chat.busy or self._runner.has_work("ingest"):
            return
        if self._job is not None:  # the one before has not ended yet
            self._timer.start()
            return
        question, choice = self._draft
        request = self._chat.request_for(question, choice)
        if request is None:
            return
        job = self._runner.submit(
            "answer",
            lambda token: self._engine.read_ahead(request, token),
            urgent=False,
            spare=True,
        )
        job.failed.connect(lambda error: _log.info("Nothing was read ahead: %s", error))
        job.ended.connect(self._on_ended)
        self._job = job

    def _on_ended(self) -> None:
        self._job = None
