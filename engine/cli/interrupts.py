"""What Ctrl-C does to a long verb."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from engine.cancel import CancelToken


@contextmanager
def interruptible(cancel: CancelToken, unit: str) -> Iterator[None]:
    """Let the first Ctrl-C end a run behind the unit in hand; a second stops at once."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        if cancel.cancelled:
            raise KeyboardInterrupt
        cancel.cancel()
        sys.stderr.write(f"\nStopping after the {unit} in hand (Ctrl-C again: at once) ...\n")

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
