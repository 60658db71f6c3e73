"""How far an indexing run is, folded from its events."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.events import (
    FileIndexed,
    FileRemoved,
    FileSkipped,
    FileUnchanged,
    IndexEvent,
    IndexFinished,
    IndexProgressed,
    ScanFinished,
    SourceOffline,
)
from engine.records import IndexSummary


@dataclass(frozen=True)
class IngestProgress:
    """State of one run.

    Attributes:
        stage: ``scan``, ``read`` or ``embed``.
        n_done: Units finished in this stage.
        n_total: Units of this stage; 0 while unknown.
        eta_s: Seconds to the end; None while unknown.
        current: Path in hand.
        n_changed: Files that got a final state and changed the lists.
        n_listed: The same, when the lists were last read.
        n_skipped: Files that could not be read in this run.
        stopping: The user pressed cancel.
        cancelled: The run ended early.
        summary: Set at the end.
    """

    stage: str = "scan"
    n_done: int = 0
    n_total: int = 0
    eta_s: float | None = None
    current: str = ""
    n_changed: int = 0
    n_listed: int = 0
    n_skipped: int = 0
    stopping: bool = False
    cancelled: bool = False
    summary: IndexSummary | None = None

    def after(self, event: IndexEvent) -> IngestProgress:
        """Return the state after one more event."""
        if isinstance(event, ScanFinished):
            return replace(self, stage="read", n_total=event.n_files)
        if isinstance(event, IndexProgressed):
            return replace(
                self,
                stage=event.stage,
                n_done=event.n_done,
                n_total=event.n_total,
                eta_s=event.eta_s,
                current=event.current,
            )
        if isinstance(event, FileIndexed | FileRemoved | SourceOffline):
            return replace(self, n_changed=self.n_changed + 1)
        if isinstance(event, FileSkipped):
            return replace(self, n_changed=self.n_changed + 1, n_skipped=self.n_skipped + 1)
        if isinstance(event, IndexFinished):
            return replace(self, summary=event.summary, cancelled=event.cancelled)
        assert isinstance(event, FileUnchanged)  # noqa: S101  the union is closed
        return self

    @property
    def lists_are_stale(self) -> bool:
        """Whether files changed since the lists were read."""
        return self.n_changed > self.n_listed

    def with_fresh_lists(self) -> IngestProgress:
        """Return the state after the lists were read again."""
        return replace(self, n_listed=self.n_changed)

    def with_stopping(self) -> IngestProgress:
        """Return the state after the user pressed cancel."""
        return replace(self, stopping=True)
