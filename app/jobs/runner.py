"""The job runner: the only place in the program that starts threads."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import TypeVar

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from app.jobs.lane import Lane, Task, Work
from app.jobs.outbox import Message, Outbox, coalesce
from engine.cancel import CancelToken

FRAME_MS = 33
"""Events reach the window at most this often; one signal per token is 10x slower."""

Value = TypeVar("Value")


class Job(QObject):
    """A piece of background work, seen from the GUI thread.

    Signals arrive on the GUI thread. Exactly one of ``finished``, ``failed`` and
    ``cancelled`` ends a job, then ``ended`` follows.
    """

    event_received = Signal(object)
    finished = Signal()
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()

    def __init__(self, task: Task, lane: str, parent: QObject, *, spare: bool = False) -> None:
        super().__init__(parent)
        self.id = task.id
        self.lane = lane
        self.spare = spare
        self._token = task.token

    def cancel(self) -> None:
        """Ask the job to stop; what it finished is kept."""
        self._token.cancel()

    @property
    def stopping(self) -> bool:
        """Whether stop was asked for."""
        return self._token.cancelled


class JobRunner(QObject):
    """Runs jobs in named lanes and delivers their events on the GUI thread.

    Lanes: ``answer`` (one question at a time; outranks ingest), ``ingest`` (indexing;
    pauses between events while an answer runs), ``look-up`` (short reads and writes),
    ``fetch`` (models over the network, which take minutes and little of the processor) and
    ``spare`` (what nobody waits for: cancelled as soon as there is an answer or ingest job).
    """

    idle = Signal()
    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._outbox = Outbox()
        answer = Lane("answer", self._post)
        self._lanes = {
            "answer": answer,
            "ingest": Lane("ingest", self._post, yields_to=answer),
            "look-up": Lane("look-up", self._post),
            "fetch": Lane("fetch", self._post),
            "spare": Lane("spare", self._post),
        }
        self._jobs: dict[int, Job] = {}
        self._ids = itertools.count(1)
        self._closed = False
        self._since_delivery = QElapsedTimer()
        self._since_delivery.start()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._deliver)
        self._woken.connect(self._schedule, Qt.ConnectionType.QueuedConnection)

    def submit(self, lane: str, work: Work, *, urgent: bool = True, spare: bool = False) -> Job:
        """Queue a generator function; returns its job.

        Args:
            lane: ``answer``, ``ingest``, ``look-up``, ``fetch`` or ``spare``.
            work: Called in the lane's thread with the job's cancel token.
            urgent: False for work in the answer lane that need not hold up ingest.
            spare: True for work in any lane that nobody waits for: cancelled as that of the
                lane ``spare`` is.
        """
        task = Task(next(self._ids), work, CancelToken(), urgent)
        job = Job(task, lane, self, spare=spare or lane == "spare")
        if lane in ("answer", "ingest"):
            self._cancel_spare()
        self._jobs[task.id] = job
        if self._closed:
            self._post(Message(task.id, "cancelled"))
        else:
            self._lanes[lane].add(task)
        return job

    def call(
        self,
        function: Callable[[], Value],
        done: Callable[[Value], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        *,
        lane: str = "look-up",
        urgent: bool = True,
    ) -> Job:
        """Run a plain function in a lane; ``done`` or ``failed`` is called on the GUI thread."""

        def work(_token: CancelToken) -> Iterator[Value]:
            yield function()

        job = self.submit(lane, work, urgent=urgent)
        if done is not None:
            job.event_received.connect(done)
        if failed is not None:
            job.failed.connect(failed)
        return job

    def has_work(self, lane: str) -> bool:
        """Tell whether a lane has jobs that are waited for."""
        return any(job.lane == lane and not job.spare for job in self._jobs.values())

    @property
    def n_unfinished(self) -> int:
        """Jobs that have not ended yet."""
        return len(self._jobs)

    def close(self, timeout_s: float = 60.0) -> bool:
        """Cancel everything, wait, and join the workers; return whether all ended.

        No signal of a job is delivered after this returns.
        """
        self._closed = True
        for job in self._jobs.values():
            job.cancel()
        for lane in self._lanes.values():
            lane.ask_to_end()
        ended = [lane.join(timeout_s) for lane in self._lanes.values()]
        self._timer.stop()
        self._outbox.take_all()
        self._jobs.clear()
        return all(ended)

    def _cancel_spare(self) -> None:
        for job in self._jobs.values():
            if job.spare:
                job.cancel()

    def _post(self, message: Message) -> None:
        """Called from workers: queue a message and wake the GUI thread once."""
        if self._outbox.put(message):
            self._woken.emit()

    def _schedule(self) -> None:
        if not self._closed and not self._timer.isActive():
            self._timer.start(max(0, FRAME_MS - self._since_delivery.elapsed()))

    def _deliver(self) -> None:
        self._since_delivery.restart()
        for message in coalesce(self._outbox.take_all()):
            job = self._jobs.get(message.job_id)
            if job is not None:
                self._signal(job, message)
        if not self._jobs:
            self.idle.emit()

    def _signal(self, job: Job, message: Message) -> None:
        if message.kind == "event":
            job.event_received.emit(message.value)
            return
        self._jobs.pop(job.id, None)
        if message.kind == "failed":
            job.failed.emit(message.value)
        elif message.kind == "cancelled":
            job.cancelled.emit()
        else:
            job.finished.emit()
        job.ended.emit()
        job.deleteLater()
