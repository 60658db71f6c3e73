"""One worker thread with a queue: jobs of a lane run one after another."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from app.jobs.outbox import Message
from engine.cancel import CancelToken
from engine.errors import Cancelled, SabunError

_log = logging.getLogger(__name__)

Work = Callable[[CancelToken], Iterator[Any]]
"""A job's body: given its token, yields frozen events."""

_PAUSE_S = 0.05


@dataclass
class Task:
    """A job as the worker sees it; holds no Qt object.

    Attributes:
        id: Number of the job.
        work: Its body.
        token: Set to stop it.
        urgent: True makes lanes that yield to this one pause meanwhile.
    """

    id: int
    work: Work
    token: CancelToken = field(default_factory=CancelToken)
    urgent: bool = True


class Lane:
    """A named worker thread.

    Args:
        name: Shown in thread lists.
        post: Called from the worker with each message.
        yields_to: A lane whose urgent jobs go first: this lane waits between two events, and
            where a job calls its token's ``give_way``.
    """

    def __init__(
        self, name: str, post: Callable[[Message], None], yields_to: Lane | None = None
    ) -> None:
        self.name = name
        self._post = post
        self._yields_to = yields_to
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._urgent = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"sabun-{name}")
        self._thread.start()

    @property
    def has_urgent_work(self) -> bool:
        """Whether an urgent job is running."""
        return self._urgent.is_set()

    @property
    def is_alive(self) -> bool:
        """Whether the worker thread still runs."""
        return self._thread.is_alive()

    def add(self, task: Task) -> None:
        """Queue a job."""
        self._tasks.put(task)

    def ask_to_end(self) -> None:
        """Let the worker end after the jobs that are queued (cancel those first)."""
        self._tasks.put(None)

    def join(self, timeout_s: float) -> bool:
        """Wait for the worker to end; return whether it did."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (task := self._tasks.get()) is not None:
            if task.urgent:
                self._urgent.set()
            self._post(self._outcome(task))
            self._urgent.clear()
            # A finished generator may hold the last reference to models or rows: let go
            # now, not when the next job happens to come.
            del task

    def _outcome(self, task: Task) -> Message:
        """Run one job to its end. The program's broad ``except`` for jobs lives here."""
        if task.token.cancelled:
            return Message(task.id, "cancelled")
        if self._yields_to is not None:
            other = self._yields_to
            task.token.gives_way_to(lambda: other.has_urgent_work)
        try:
            for event in task.work(task.token):
                self._post(Message(task.id, "event", event))
                self._give_way(task)
        except Cancelled:
            return Message(task.id, "cancelled")
        except Exception as error:  # noqa: BLE001  shown to the user, with details to copy
            if not isinstance(error, SabunError):
                _log.error("A job failed.", exc_info=error)
            return Message(task.id, "failed", error)
        return Message(task.id, "finished")

    def _give_way(self, task: Task) -> None:
        while self._yields_to is not None and self._yields_to.has_urgent_work:
            if task.token.wait(_PAUSE_S):
                return
