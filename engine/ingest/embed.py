"""The second stage: vectors for passages that have none."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.catalogue import Catalogue, PendingText
from engine.events import IndexProgressed
from engine.ingest.progress import Forecast, Stopwatch, Throttle, embed_progress

if TYPE_CHECKING:
    from engine.embedding import Embedder

_WINDOW = 512
"""Texts in memory at once; sorting within so many by length leaves little to pad."""
_BATCH = 32
"""Texts per transaction: what a kill loses, one to two seconds of work."""


def embed_pending(
    catalogue: Catalogue,
    embedder: Embedder,
    collection_id: int,
    *,
    stopwatch: Stopwatch,
    forecast: Forecast,
    cancel: CancelToken,
) -> Iterator[IndexProgressed]:
    """Embed and store until nothing is pending; each batch is one transaction.

    Raises:
        Cancelled: Between batches; those before are kept.
        DiskFull: Likewise.
    """
    n_total = catalogue.vectors.n_pending(collection_id)
    left = catalogue.vectors.pending_characters(collection_id)
    throttle = Throttle()
    while window := catalogue.vectors.pending(collection_id, _WINDOW):
        window.sort(key=lambda item: len(item.text.encode("utf-8", "replace")))
        for start in range(0, len(window), _BATCH):
            batch = window[start : start + _BATCH]
            cancel.raise_if_cancelled()
            if throttle.due():
                n_done = n_total - catalogue.vectors.n_pending(collection_id)
                yield embed_progress(n_done, n_total, forecast.embedding(left))
            left -= _embed(catalogue, embedder, batch, stopwatch, forecast, cancel)
    yield embed_progress(n_total, n_total, 0.0)


def _embed(
    catalogue: Catalogue,
    embedder: Embedder,
    batch: list[PendingText],
    stopwatch: Stopwatch,
    forecast: Forecast,
    cancel: CancelToken,
) -> int:
    started, paused_s = time.perf_counter(), cancel.paused_s
    with stopwatch.timed("embed"):
        vectors = embedder.embed_passages([item.text for item in batch], cancel)
    n_characters = sum(len(item.text) for item in batch)
    duration_s = time.perf_counter() - started - (cancel.paused_s - paused_s)
    forecast.embedded(n_characters, duration_s)
    with stopwatch.timed("store"):
        catalogue.vectors.store(embedder.name, [item.text_hash for item in batch], vectors)
    return n_characters
