"""What the vectors of a collection say of a question, whatever language it is in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.embedding.language_axis import asked_vector

if TYPE_CHECKING:
    from engine.embedding import Embedder
    from engine.vectors import VectorStore

Hits = list[tuple[int, float]]


class Nearest:
    """The nearest passages of a question.

    Args:
        vectors: Embeddings.
        model: Embeds the question.
        question: What is asked.
        collection_id: Where to search.
        limit: Upper bound of hits.

    Attributes:
        hits: ``(passage id, similarity)``, nearest first.
        spread: The yardstick of the model's similarities; None if nobody measured it.
    """

    def __init__(
        self,
        vectors: VectorStore,
        model: Embedder,
        question: str,
        *,
        collection_id: int,
        limit: int,
    ) -> None:
        self._vectors = vectors
        self._model = model.name
        self._asked = asked_vector(model, question)
        found = vectors.search(collection_id, model.name, self._asked.vector, limit)
        self.hits: Hits = [(row, value + self._asked.offset) for row, value in found]
        self.spread = model.axis.spread if model.axis else None

    def similarities(self, passage_ids: Sequence[int]) -> dict[int, float]:
        """Return the similarity of any passages; those without a vector are left out."""
        found = self._vectors.similarities(self._model, passage_ids, self._asked.vector)
        return {row: value + self._asked.offset for row, value in found.items()}
