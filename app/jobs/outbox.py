"""The mailbox between worker threads and the GUI thread."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from typing import Any, Literal

from engine.events import IndexProgressed, PromptPrefilled, SideProgressed, TokensGenerated

MessageKind = Literal["event", "finished", "failed", "cancelled"]


@dataclass(frozen=True)
class Message:
    """One thing that happened to one job.

    Attributes:
        job_id: Which job.
        kind: ``event`` while it runs; one of the others ends it.
        value: The event, the error, or None.
    """

    job_id: int
    kind: MessageKind
    value: Any = None


class Outbox:
    """A thread-safe queue that remembers whether the reader was already woken."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._messages: deque[Message] = deque()
        self._woken = False

    def put(self, message: Message) -> bool:
        """Add a message; return True if the reader must be woken for it."""
        with self._guard:
            self._messages.append(message)
            must_wake = not self._woken
            self._woken = True
            return must_wake

    def take_all(self) -> list[Message]:
        """Return what has gathered, in order, and let the next ``put`` wake again."""
        with self._guard:
            messages = list(self._messages)
            self._messages.clear()
            self._woken = False
            return messages


def coalesce(messages: list[Message]) -> list[Message]:
    """Merge neighbours that a window need not see one by one.

    Streamed text is concatenated; of progress reports of one job that follow each other
    only the last counts. Order is kept.
    """
    merged: list[Message] = []
    for message in messages:
        last = merged[-1] if merged else None
        if last is not None and last.job_id == message.job_id:
            value = _joined(last.value, message.value)
            if value is not None:
                merged[-1] = Message(message.job_id, "event", value)
                continue
        merged.append(message)
    return merged


def _joined(old: Any, new: Any) -> Any:
    """Return one event that stands for two neighbours, or None if both are needed."""
    if isinstance(old, SideProgressed) and isinstance(new, SideProgressed):
        event = _joined(old.event, new.event) if old.side == new.side else None
        return None if event is None else SideProgressed(new.side, event)
    if isinstance(old, TokensGenerated) and isinstance(new, TokensGenerated):
        return TokensGenerated(old.text + new.text)
    if isinstance(new, IndexProgressed | PromptPrefilled) and type(old) is type(new):
        return new
    return None
