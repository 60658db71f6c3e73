"""Cancellation: one token per job, polled in every loop."""

from __future__ import annotations

import threading

from engine.errors import Cancelled


class CancelToken:
    """A flag that another thread may set once; cheap to poll."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the job to stop at its next poll. May be called from any thread."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether stop was asked for."""
        return self._event.is_set()

    def raise_if_cancelled(self) -> None:
        """Raise :class:`engine.errors.Cancelled` if stop was asked for."""
        if self.cancelled:
            raise Cancelled

    def wait(self, timeout_s: float) -> bool:
        """Sleep up to ``timeout_s`` seconds; return at once, True, when cancelled."""
        return self._event.wait(timeout_s)
