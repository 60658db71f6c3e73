"""Cancellation: one token per job, polled in every loop."""

from __future__ import annotations

import ctypes
import threading

from engine.errors import Cancelled


class CancelToken:
    """A flag that another thread may set once; cheap to poll.

    Attributes:
        native_flag: Two bytes for compiled code to read without the interpreter lock: the
            first is 0 until the token is set and 1 afterwards, the second stays 0.
    """

    def __init__(self) -> None:
        self._event = threading.Event()
        self.native_flag = ctypes.create_string_buffer(2)

    def cancel(self) -> None:
        """Ask the job to stop at its next poll. May be called from any thread."""
        self._event.set()
        self.native_flag[0] = b"\x01"

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
