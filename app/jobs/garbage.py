"""Garbage collection on the GUI thread only.

A cycle that holds a Qt object must not be collected in a worker: the object would be
destroyed outside its thread. So automatic collection is off while Qt runs, and a timer
collects what CPython's own thresholds would have collected.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_INTERVAL_MS = 1_000


class GarbageCollector(QObject):
    """Collects garbage from a timer on the thread that made it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(_INTERVAL_MS)

    def collect(self) -> int:
        """Collect the oldest generation that is due; return what was found."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                return gc.collect(generation)
        return 0

    def settle(self) -> None:
        """Take what lives now (imported libraries, models) out of later collections.

        Without this a full collection walks a million objects of torch and stalls
        the window for a noticeable time.
        """
        gc.freeze()

    def close(self) -> None:
        """Give collection back to the interpreter."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
