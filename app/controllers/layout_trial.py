"""When the model in use is measured: once the program has nothing else to do."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from app.jobs import Job, JobRunner
from engine.cancel import CancelToken

if TYPE_CHECKING:
    from engine.facade import Engine

_log = logging.getLogger(__name__)

IDLE_MS = 30_000
"""Nothing has run for this long: whoever has just read an answer will soon ask the next."""


BUSY_MS = 600_000
"""After other programs kept the processor busy, which seldom ends within a minute."""


class LayoutTrialController(QObject):
    """Starts the trial in the spare lane after some idle time, again after each interruption.

    The job runner cancels it for every answer and every indexing job; the engine goes on from
    there the next time, and uses what it found from the next start on.

    Args:
        engine: Its models are tried.
        runner: Told to run the trial, asked whether anything else runs.
        parent: Owner.
        idle_ms: How long nothing must have run before it begins.
        busy_ms: The same after a trial that other programs disturbed.

    Signals:
        ended: There is nothing (more) to try until the next start.
    """

    ended = Signal()

    def __init__(
        self,
        engine: Engine,
        runner: JobRunner,
        parent: QObject | None = None,
        *,
        idle_ms: int = IDLE_MS,
        busy_ms: int = BUSY_MS,
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._runner = runner
        self._idle_ms = self._usual_ms = idle_ms
        self._busy_ms = busy_ms
        self._job: Job | None = None
        self._how = ""
        self._idle = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(max(10, idle_ms // 30))
        self._timer.timeout.connect(self._look)

    @property
    def running(self) -> bool:
        """Whether the trial runs at the moment."""
        return self._job is not None

    def start(self) -> None:
        """Begin to watch for idle time, once the models are loaded."""
        self._idle.start()
        self._timer.start()

    def _look(self) -> None:
        if self._job is not None:
            return
        if self._runner.n_unfinished:
            self._idle.restart()
        elif self._idle.elapsed() >= self._idle_ms:
            self._how = ""
            self._job = self._runner.submit("spare", self._try)
            self._job.event_received.connect(self._on_event)
            self._job.finished.connect(self._on_finished)
            self._job.failed.connect(self._fail)
            self._job.ended.connect(self._on_job_ended)

    def _try(self, token: CancelToken) -> Iterator[str]:
        name = self._engine.loaded.chat_model_file().name
        yield from self._engine.models.try_layouts(token, name)

    def _on_event(self, how: str) -> None:
        self._how = how

    def _on_finished(self) -> None:
        self._idle_ms = self._usual_ms
        if self._how != "busy":
            self._end()
            return
        _log.info("Other programs were busy: the model is measured later.")
        self._idle_ms = self._busy_ms

    def _fail(self, error: object) -> None:
        _log.warning("The model was not measured: %s", error)
        self._end()

    def _end(self) -> None:
        self._timer.stop()
        self.ended.emit()

    def _on_job_ended(self) -> None:
        self._job = None
        self._idle.restart()
