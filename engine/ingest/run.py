"""The verb ``index``: scan, read, store, embed."""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.catalogue import Catalogue, Fingerprint, KnownFile
from engine.catalogue.sources import covers
from engine.documents.sandbox.isolation import ParserProcess
from engine.errors import Cancelled, CollectionMissing, PathMissing
from engine.events import (
    FileIndexed,
    FileRemoved,
    FileSkipped,
    FileUnchanged,
    IndexEvent,
    IndexFinished,
    ScanFinished,
    SourceOffline,
)
from engine.ingest.embed import embed_pending
from engine.ingest.file_states import FileHandler
from engine.ingest.progress import Forecast, Stopwatch, Throttle, read_progress
from engine.ingest.scan import Scan, Scanner
from engine.records import Collection, IndexSummary, SkippedFile, SkipReason, WatchedSource
from engine.vectors import VectorStore

if TYPE_CHECKING:
    from engine.embedding import Embedder

_RATE = "embedded_characters_per_s"
_LOG = logging.getLogger(__name__)


def index(
    catalogue: Catalogue,
    embedder_loader: Callable[[], Embedder],
    vectors: VectorStore,
    *,
    collection: str,
    paths: Sequence[Path],
    cancel: CancelToken,
    retry_skipped: bool = False,
    passwords: Mapping[str, str] | None = None,
) -> Iterator[IndexEvent]:
    """Index files and folders; see :meth:`engine.facade.Engine.index` for the contract.

    Args:
        catalogue: Open for writing.
        embedder_loader: Called once, and only if a passage has no vector.
        vectors: Refreshed at the end.
        collection: Name; created if it does not exist.
        paths: New sources to scan; none scans all sources of the collection.
        cancel: Polled between files, in a file, between batches.
        retry_skipped: Read again what was skipped before.
        passwords: By absolute path.
    """
    # Not resolve(): a folder keeps the name under which the user knows it, links and all.
    wanted = [os.path.abspath(path.expanduser()) for path in paths]  # noqa: PTH100
    for path in wanted:
        if not os.path.exists(path):  # noqa: PTH110 - False, not an error, where stat fails
            raise PathMissing(path=path)
    found = _collection(catalogue, collection)
    run = _Run(catalogue, embedder_loader, vectors, found, cancel)
    try:
        yield from run.events(wanted, retry_skipped, dict(passwords or {}))
    except Cancelled:
        yield IndexFinished(_logged(run.summary()), cancelled=True)
    else:
        yield IndexFinished(_logged(run.summary()))


def _logged(summary: IndexSummary) -> IndexSummary:
    """Write the counts into the log: never a path, never a word of a document."""
    reasons = Counter(str(file.reason) for file in summary.skipped)
    _LOG.info(
        "Indexed %d files in %.1f s; unchanged %d, removed %d, skipped %s.",
        summary.n_indexed,
        summary.duration_s,
        summary.n_unchanged,
        summary.n_removed,
        dict(sorted(reasons.items())) or 0,
    )
    return summary


def _collection(catalogue: Catalogue, name: str) -> Collection:
    try:
        return catalogue.collections.named(name)
    except CollectionMissing:
        return catalogue.collections.create(name)


class _Run:
    """One run: what it counts, and its stages in order."""

    def __init__(
        self,
        catalogue: Catalogue,
        embedder_loader: Callable[[], Embedder],
        vectors: VectorStore,
        collection: Collection,
        cancel: CancelToken,
    ) -> None:
        self._catalogue = catalogue
        self._embedder_loader = embedder_loader
        self._vectors = vectors
        self._id = collection.id
        self._cancel = cancel
        self._stopwatch = Stopwatch()
        self._n_indexed = self._n_unchanged = self._n_removed = 0
        self._skipped: list[SkippedFile] = []

    def summary(self) -> IndexSummary:
        """Return the counts so far."""
        return IndexSummary(
            n_indexed=self._n_indexed,
            n_unchanged=self._n_unchanged,
            n_removed=self._n_removed,
            skipped=tuple(self._skipped),
            n_passages=self._catalogue.collections.get(self._id).n_passages,
            duration_s=self._stopwatch.duration_s,
            stage_s=dict(self._stopwatch.stage_s),
        )

    def events(
        self, wanted: list[str], retry_skipped: bool, passwords: dict[str, str]
    ) -> Iterator[IndexEvent]:
        """Run all stages."""
        for path in wanted:
            self._catalogue.sources.add(self._id, path)
        self._catalogue.vectors.use_embedder(self._id, self._catalogue.settings.embedder_name())
        with self._stopwatch.timed("scan"):
            scan = self._scan(wanted)
            gone = self._gone(scan)
        yield ScanFinished(len(scan.files) + len(scan.unreadable), scan.n_bytes)
        yield from (SourceOffline(source.path) for source in scan.offline)
        yield from self._folders(scan)
        forecast = Forecast(len(scan.files), float(self._catalogue.meta.get(_RATE) or 0.0))
        with ParserProcess() as parser:
            handler = FileHandler(
                self._catalogue,
                self._id,
                gone=gone,
                parser=parser,
                stopwatch=self._stopwatch,
                retry_skipped=retry_skipped,
                passwords=passwords,
                cancel=self._cancel,
            )
            yield from self._read(scan, handler, forecast)
        yield from self._remove(gone)
        yield from self._embed(forecast)
        with self._stopwatch.timed("vectors"):
            self._catalogue.vectors.prune()
            self._vectors.refresh(self._id, self._catalogue.settings.embedder_name())

    # --- scanning ----------------------------------------------------------------------

    def _scan(self, wanted: list[str]) -> Scan:
        sources = [
            s for s in self._catalogue.sources.of(self._id) if not wanted or s.path in wanted
        ]
        sources.sort(key=lambda source: source.id)
        scan = Scanner(self._catalogue.paths.root, self._cancel).run(sources)
        for source in [s for s in scan.online if self._was_unmounted(s, scan)]:
            scan.online.remove(source)
            scan.offline.append(source)
        for source in sources:
            self._catalogue.sources.set_online(source, source in scan.online)
        return scan

    def _was_unmounted(self, source: WatchedSource, scan: Scan) -> bool:
        """Tell whether a folder is suddenly empty: more likely unmounted than tidied up."""
        path = Path(source.path)
        if not path.is_dir() or source.path in scan.unreadable or any(path.iterdir()):
            return False
        known = self._catalogue.files.all_known(self._id)
        return any(covers(source.path, item.fingerprint.path) for item in known)

    def _gone(self, scan: Scan) -> dict[bytes, list[KnownFile]]:
        """Return files that are no longer at their path, by content."""
        watched = self._catalogue.sources.of(self._id)
        gone: dict[bytes, list[KnownFile]] = {}
        for known in self._catalogue.files.all_known(self._id):
            path = known.fingerprint.path
            if path not in scan.unreadable and scan.is_gone(path, watched):
                gone.setdefault(known.fingerprint.sha256, []).append(known)
        return gone

    # --- the first stage ---------------------------------------------------------------

    def _folders(self, scan: Scan) -> Iterator[IndexEvent]:
        for path, detail in scan.unreadable.items():
            skipped = SkippedFile(path, SkipReason.NO_PERMISSION, detail)
            known = self._catalogue.files.known(self._id, path)
            if known is None or known.skipped != skipped:
                self._catalogue.files.store_skipped(self._id, Fingerprint(path, 0, 0), skipped)
            self._skipped.append(skipped)
            yield FileSkipped(skipped)

    def _read(self, scan: Scan, handler: FileHandler, forecast: Forecast) -> Iterator[IndexEvent]:
        throttle = Throttle()
        n_total = len(scan.files)
        for n_done, (path, (n_bytes, mtime_ns)) in enumerate(scan.files.items()):
            self._cancel.raise_if_cancelled()
            if throttle.due():
                eta_s = forecast.reading(n_done, handler.n_characters)
                yield read_progress(n_done, n_total, eta_s, path)
            event = handler.handle(path, n_bytes, mtime_ns)
            self._count(event)
            yield event

    def _count(self, event: FileIndexed | FileUnchanged | FileSkipped) -> None:
        if isinstance(event, FileIndexed):
            self._n_indexed += 1
        elif isinstance(event, FileUnchanged):
            self._n_unchanged += 1
        else:
            self._skipped.append(event.file)

    def _remove(self, gone: dict[bytes, list[KnownFile]]) -> Iterator[IndexEvent]:
        for known in (item for items in gone.values() for item in items):
            self._cancel.raise_if_cancelled()
            with self._stopwatch.timed("store"):
                self._catalogue.files.remove(self._id, known)
            if known.document_id is not None:
                self._n_removed += 1
                yield FileRemoved(known.fingerprint.path)

    # --- the second stage --------------------------------------------------------------

    def _embed(self, forecast: Forecast) -> Iterator[IndexEvent]:
        if not self._catalogue.vectors.n_pending(self._id):
            return
        embedder = self._embedder_loader()
        self._catalogue.vectors.use_embedder(self._id, embedder.name)
        self._catalogue.vectors.check_dimension(embedder.name, embedder.dimension)
        yield from embed_pending(
            self._catalogue,
            embedder,
            self._id,
            stopwatch=self._stopwatch,
            forecast=forecast,
            cancel=self._cancel,
        )
        if forecast.measured_rate:
            self._catalogue.meta.store(_RATE, forecast.measured_rate)
