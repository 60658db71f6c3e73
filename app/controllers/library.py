"""Collections, their sources, and the indexing of dropped files and folders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from app.controllers.ingest_progress import IngestProgress
from app.jobs import Job, JobRunner
from engine.cancel import CancelToken
from engine.events import IndexEvent
from engine.records import Collection
from engine.settings import DEFAULT_COLLECTION

if TYPE_CHECKING:
    from engine.facade import Engine

_REFRESH_MS = 700
"""Counts in the sidebar follow indexing in steps: reading them for each file costs more."""


class LibraryController(QObject):
    """Knows the collections and indexes into them.

    Signals:
        collections_changed: All collections, by name.
        selected: The collection in use, or None; also when its counts changed.
        switched: Another collection is in use.
        sources_changed: Sources of the collection in use.
        progress_changed: Collection name, its :class:`IngestProgress` or None at the end.
        indexed: Collection name, summary, whether it was cancelled.
        collections_loaded: Once, after the first reading.
        failed: An error of any of these.
    """

    collections_loaded = Signal()
    collections_changed = Signal(object)
    selected = Signal(object)
    switched = Signal(object)
    sources_changed = Signal(object)
    progress_changed = Signal(str, object)
    indexed = Signal(str, object, bool)
    failed = Signal(object)

    def __init__(self, engine: Engine, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._runner = runner
        self._ingests: dict[str, list[Job]] = {}
        self.collections: tuple[Collection, ...] = ()
        self.current: Collection | None = None
        self.progress: dict[str, IngestProgress] = {}
        self._since_refresh = QElapsedTimer()
        self._since_refresh.start()

    # --- collections -------------------------------------------------------------------

    def load(self, wanted: str = "") -> None:
        """Read the collections for the first time; make the default one if there is none."""

        def read() -> tuple[Collection, ...]:
            found = self._engine.library.collections()
            name = wanted or DEFAULT_COLLECTION
            if not found or (wanted and all(c.name != wanted for c in found)):
                self._engine.library.create_collection(name)
                found = self._engine.library.collections()
            return found

        def take(found: tuple[Collection, ...]) -> None:
            self._take(found, wanted)
            self.collections_loaded.emit()

        self._runner.call(read, take, self.failed.emit)

    def refresh(self, wanted: str = "") -> None:
        """Read the collections again, and select ``wanted`` if given."""
        self._runner.call(
            self._engine.library.collections,
            lambda found: self._take(found, wanted),
            self.failed.emit,
        )

    def select(self, name: str) -> None:
        """Use another collection."""
        self._take(self.collections, name)

    def create(self, name: str) -> None:
        """Create a collection and use it."""
        self._runner.call(
            lambda: self._engine.library.create_collection(name),
            lambda _made: self.refresh(name),
            self.failed.emit,
        )

    def rename(self, collection: Collection, name: str) -> None:
        """Rename a collection."""
        keep = name if self.current and collection.id == self.current.id else ""
        self._runner.call(
            lambda: self._engine.library.rename_collection(collection.id, name),
            lambda _none: self.refresh(keep),
            self.failed.emit,
        )

    def delete(self, collection: Collection) -> None:
        """Delete a collection with its index; the user's files stay."""
        for job in self._ingests.get(collection.name, []):
            job.cancel()

        def remove() -> None:
            self._engine.library.delete_collection(collection.id)
            if not self._engine.library.collections():
                self._engine.library.create_collection(DEFAULT_COLLECTION)

        # In the ingest lane: what indexes into the collection must have ended before.
        self._runner.call(remove, lambda _none: self.refresh(), self.failed.emit, lane="ingest")

    def _take(self, found: tuple[Collection, ...], wanted: str = "") -> None:
        previous = self.current
        self.collections = found
        self.collections_changed.emit(found)
        name = wanted or (previous.name if previous else "")
        by_name = {collection.name: collection for collection in found}
        self.current = by_name.get(name) or (found[0] if found else None)
        self.selected.emit(self.current)
        if (previous.id if previous else 0) != (self.current.id if self.current else 0):
            self.switched.emit(self.current)
        self.refresh_sources()

    # --- sources -----------------------------------------------------------------------

    def refresh_sources(self) -> None:
        """Read the sources of the collection in use again."""
        if self.current is None:
            self.sources_changed.emit(())
            return
        collection_id = self.current.id
        self._runner.call(
            lambda: self._engine.library.sources(collection_id),
            self.sources_changed.emit,
            self.failed.emit,
        )

    def remove_source(self, source_id: int) -> None:
        """Stop watching a folder or file and drop its documents from the index."""
        self._runner.call(
            lambda: self._engine.library.remove_source(source_id),
            lambda _none: self.refresh(),
            self.failed.emit,
            lane="ingest",
        )

    # --- indexing ----------------------------------------------------------------------

    def add_paths(self, paths: Sequence[Path | str], collection: str = "") -> Job | None:
        """Index files and folders into a collection (the one in use if not named)."""
        return self._index(paths, collection)

    def rescan(self, collection: str = "") -> Job | None:
        """Look for new, changed and deleted files in the sources."""
        return self._index((), collection)

    def retry_skipped(self, passwords: Mapping[str, str]) -> Job | None:
        """Read the skipped files of the collection in use again."""
        return self._index((), "", retry_skipped=True, passwords=dict(passwords))

    def cancel(self, collection: str = "") -> None:
        """Stop indexing into a collection; what is finished is kept."""
        name = collection or (self.current.name if self.current else "")
        for job in self._ingests.get(name, []):
            job.cancel()
        if name in self.progress:
            self._set_progress(name, self.progress[name].with_stopping())

    def _index(
        self,
        paths: Sequence[Path | str],
        collection: str,
        *,
        retry_skipped: bool = False,
        passwords: Mapping[str, str] | None = None,
    ) -> Job | None:
        name = collection or (self.current.name if self.current else "")
        if not name:
            return None

        def work(token: CancelToken) -> Iterator[IndexEvent]:
            return self._engine.index(
                list(paths),
                name,
                cancel=token,
                retry_skipped=retry_skipped,
                passwords=passwords or {},
            )

        job = self._runner.submit("ingest", work)
        self._ingests.setdefault(name, []).append(job)
        self._set_progress(name, self.progress.get(name) or IngestProgress())
        job.event_received.connect(lambda event: self._on_event(name, event))
        job.failed.connect(self.failed.emit)
        job.ended.connect(lambda: self._on_ended(name, job))
        return job

    def _on_event(self, name: str, event: IndexEvent) -> None:
        progress = self.progress.get(name, IngestProgress()).after(event)
        self._set_progress(name, progress)
        if progress.summary is not None:
            self.indexed.emit(name, progress.summary, progress.cancelled)
        elif progress.lists_are_stale and self._since_refresh.hasExpired(_REFRESH_MS):
            self._since_refresh.restart()
            self.progress[name] = progress.with_fresh_lists()
            self.refresh()

    def _on_ended(self, name: str, job: Job) -> None:
        jobs = self._ingests.get(name, [])
        if job in jobs:
            jobs.remove(job)
        if not jobs:
            self._ingests.pop(name, None)
            self.progress.pop(name, None)
            self.progress_changed.emit(name, None)
        else:
            self._set_progress(name, IngestProgress())
        self.refresh()

    def _set_progress(self, name: str, progress: IngestProgress) -> None:
        self.progress[name] = progress
        self.progress_changed.emit(name, progress)
