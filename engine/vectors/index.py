"""One collection's vectors in memory, kept equal to the catalogue's."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np

from engine.catalogue import Catalogue, VectorStamp
from engine.catalogue.vector_table import Floats
from engine.vectors.cache_file import CacheFile

_NOTHING = VectorStamp("", 0, 0, 0)
_SMALL = 20_000
"""Up to so many vectors (30 MB) the cache file is written whenever something changed."""
_REWRITE_SHARE = 0.05
"""Beyond, when this share of it is new: one more file in a large collection then costs that
file, and the next start adds the rest from the catalogue."""


class CollectionIndex:
    """Exact inner-product search over the passages of one collection that have vectors.

    May be used from any thread.

    Args:
        catalogue: The truth.
        collection_id: Whose passages.
        embedder: Whose vectors.
        file: Where the index is cached.
    """

    def __init__(
        self, catalogue: Catalogue, collection_id: int, embedder: str, file: CacheFile
    ) -> None:
        self._catalogue = catalogue
        self._collection_id = collection_id
        self._embedder = embedder
        self._file = file
        self._guard = threading.Lock()
        self._index: Any = None
        self._held = _NOTHING
        self._n_unsaved = 0
        self._loaded = False

    def search(self, vector: Floats, k: int) -> list[tuple[int, float]]:
        """Return ``(passage id, cosine)`` of the ``k`` nearest, best first.

        ``vector`` is ``[d]``, L2-normalised. Passages without a vector are not found.
        """
        with self._guard:
            self._catch_up()
            if self._index is None or not self._index.ntotal or k < 1:
                return []
            query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
            if query.shape[1] != self._index.d:
                return []
            scores, ids = self._index.search(query, min(k, self._index.ntotal))
        return [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]

    def refresh(self) -> None:
        """Take in what the catalogue has, and write the cache file if enough is new.

        Costs a few look-ups, and loads nothing, if the file is up to date.
        """
        with self._guard:
            wanted = self._catalogue.vectors.stamp(self._collection_id)
            if self._file.saved_stamp() == wanted:
                return
            self._catch_up()
            n = self._index.ntotal if self._index is not None else 0
            few = n <= _SMALL or not self._file.stamp.exists()
            if few or self._n_unsaved > _REWRITE_SHARE * n:
                self._save()

    # --- under the guard ---------------------------------------------------------------

    def _save(self) -> None:
        if self._index is None or not self._catalogue.writable:
            return
        if self._file.save(self._index, self._held):
            self._n_unsaved = 0

    def _catch_up(self) -> None:
        wanted = self._catalogue.vectors.stamp(self._collection_id)
        if not self._loaded:
            self._load(wanted)
        if wanted == self._held:
            return
        if wanted.n_removals != self._held.n_removals:
            self._drop_removed()
        if not self._add(self._held, wanted):  # another width: the model was changed
            self._index = None
            self._add(_NOTHING, wanted)
        self._held = wanted

    def _load(self, wanted: VectorStamp) -> None:
        self._loaded = True
        found = self._file.load()
        # Counts only grow: a cache ahead of the catalogue knows another past (a restored
        # backup), so it is not believed.
        if found is not None and _precedes(found[1], wanted):
            self._index, self._held = found
        elif self._catalogue.writable:
            self._file.delete()  # so that refresh() writes another

    def _add(self, since: VectorStamp, until: VectorStamp) -> bool:
        for ids, vectors in self._catalogue.vectors.since(
            self._collection_id, self._embedder, since, until
        ):
            if self._index is None:
                import faiss

                self._index = faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1]))
            if self._index.d != vectors.shape[1]:
                return False
            self._index.add_with_ids(vectors, ids)
            self._n_unsaved += len(ids)
        return True

    def _drop_removed(self) -> None:
        if self._index is None:
            return
        import faiss

        held = faiss.vector_to_array(self._index.id_map)
        kept = self._catalogue.vectors.embedded_passages(self._collection_id, self._embedder)
        gone = np.setdiff1d(held, kept)
        if len(gone):
            self._index.remove_ids(gone)
            self._n_unsaved += len(gone)


def _precedes(held: VectorStamp, wanted: VectorStamp) -> bool:
    same_history = held.catalogue == wanted.catalogue and held.n_removals <= wanted.n_removals
    ahead = held.n_removals == wanted.n_removals and held.passage_mark > wanted.passage_mark
    return same_history and not ahead
