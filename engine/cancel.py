"""Cancellation: one token per job, polled in every loop."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable

from engine.errors import Cancelled

_PAUSE_S = 0.05


class CancelToken:
    """A flag that another thread may set once; cheap to poll.

    Attributes:
        paused_s: Seconds that :meth:`give_way` has waited so far.
        native_flag: Two bytes for compiled code to read without the interpreter lock: the
            first is 0 until the token is set and 1 afterwards, the second stays 0.
    """

    def __init__(self) -> None:
        self._event = threading.Event()
        self._urgent_work: Callable[[], bool] | None = None
        self.paused_s = 0.0
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

    def gives_way_to(self, urgent_work: Callable[[], bool]) -> None:
        """Make :meth:`give_way` wait while this returns True; it is asked again and again."""
        self._urgent_work = urgent_work

    def give_way(self) -> None:
        """Wait while something more urgent needs the processor.

        Long computations call it between their steps, and only where they hold nothing that
        others may wait for: no lock, no transaction.

        Raises:
            Cancelled: Stop was asked for, before or meanwhile.
        """
        self.raise_if_cancelled()
        if self._urgent_work is None or not self._urgent_work():
            return
        began = time.monotonic()
        while self._urgent_work() and not self.wait(_PAUSE_S):
            pass
        self.paused_s += time.monotonic() - began
        self.raise_if_cancelled()

    def wait(self, timeout_s: float) -> bool:
        """Sleep up to ``timeout_s`` seconds; return at once, True, when cancelled."""
        return self._event.wait(timeout_s)
