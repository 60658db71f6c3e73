"""All collections' indexes."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from engine.catalogue import Catalogue
from engine.catalogue.vector_table import Floats
from engine.paths import DataPaths
from engine.vectors.cache_file import CacheFile
from engine.vectors.index import CollectionIndex


class VectorStore:
    """Nearest passages, per collection and embedder. May be used from any thread.

    Nothing is loaded before the first search. What an index holds follows the catalogue:
    each search first takes in the vectors that came since.

    Args:
        paths: The data folder.
        catalogue: The truth.
    """

    def __init__(self, paths: DataPaths, catalogue: Catalogue) -> None:
        self._paths = paths
        self._catalogue = catalogue
        self._guard = threading.Lock()
        self._indexes: dict[tuple[int, str], CollectionIndex] = {}

    def search(
        self, collection_id: int, embedder_name: str, vector: Floats, k: int
    ) -> list[tuple[int, float]]:
        """Return ``(passage id, cosine similarity)`` of the ``k`` nearest, best first.

        Args:
            collection_id: Where to search.
            embedder_name: Whose vectors; those of other models are not comparable.
            vector: ``[d]`` float32, L2-normalised.
            k: Upper bound.
        """
        return self._of(collection_id, embedder_name).search(vector, k)

    def similarities(
        self, embedder_name: str, passage_ids: Sequence[int], vector: Floats
    ) -> dict[int, float]:
        """Return the cosine similarity of passages; those without a vector are left out."""
        found = self._catalogue.vectors.of(embedder_name, passage_ids)
        return {row: float(v @ vector) for row, v in found.items() if v.shape == vector.shape}

    def refresh(self, collection_id: int, embedder_name: str) -> None:
        """Take in the catalogue's vectors now and cache them on disk."""
        self._of(collection_id, embedder_name).refresh()

    def forget(self, collection_id: int) -> None:
        """Drop the indexes of a deleted collection, on disk too."""
        with self._guard:
            for key in [key for key in self._indexes if key[0] == collection_id]:
                del self._indexes[key]
            if not self._catalogue.writable:
                return
        for path in self._paths.vectors.glob(f"collection-{int(collection_id)}-*"):
            path.unlink(missing_ok=True)

    def close(self) -> None:
        """Give the memory back. Safe to call twice."""
        with self._guard:
            self._indexes.clear()

    def _of(self, collection_id: int, embedder_name: str) -> CollectionIndex:
        key = (collection_id, embedder_name)
        with self._guard:
            if key not in self._indexes:
                file = CacheFile.of(self._paths, collection_id, embedder_name)
                self._indexes[key] = CollectionIndex(
                    self._catalogue, collection_id, embedder_name, file
                )
            return self._indexes[key]
