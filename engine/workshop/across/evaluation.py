"""How well passages are found in collections of two languages."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.catalogue import Catalogue
from engine.paths import DataPaths
from engine.records import Retriever
from engine.vectors import VectorStore
from engine.workshop.across.pairs import Pair, mixed_pools
from engine.workshop.evaluation.metrics import bootstrap_interval, mean, ranking_metrics
from engine.workshop.evaluation.pool import Pool

if TYPE_CHECKING:
    from engine.embedding import Embedder


@dataclass(frozen=True)
class Found:
    """One question's result.

    Attributes:
        group: ``across en`` or ``within en``: the question's language.
        metrics: See :func:`engine.workshop.evaluation.metrics.ranking_metrics`.
    """

    group: str
    metrics: dict[str, float]


@dataclass(frozen=True)
class GroupScores:
    """The questions of a group together.

    Attributes:
        n: Questions.
        recall_1: Share with the answer first.
        recall_5: Share with it among the first five.
        interval_5: 95 % bootstrap interval of ``recall_5``.
    """

    n: int
    recall_1: float
    recall_5: float
    interval_5: tuple[float, float]


def search_mixed(
    pairs: Sequence[Pair],
    embedder: Callable[[], Embedder],
    retriever: Retriever,
    cancel: CancelToken | None = None,
) -> Iterator[Found]:
    """Search both mixed collections of some pairs with each question; yield each result.

    Raises:
        ModelMissing: The embedding model is not installed.
        Cancelled: It was stopped.
    """
    token = cancel or CancelToken()
    for texts, questions in mixed_pools(pairs):
        with tempfile.TemporaryDirectory(prefix="sabun-across-") as folder:
            paths = DataPaths(Path(folder))
            catalogue = Catalogue(paths, writable=True)
            vectors = VectorStore(paths, catalogue)
            try:
                pool = Pool(catalogue, vectors, token)
                for _ in pool.index(texts, embedder):
                    pass
                for question, across in questions:
                    token.raise_if_cancelled()
                    found = pool.ranked(embedder, question, retriever)
                    group = f"{'across' if across else 'within'} {question.language}"
                    yield Found(group, ranking_metrics(found, set(question.gold)))
            finally:
                vectors.close()
                catalogue.close()


def by_group(results: Sequence[Found]) -> dict[str, GroupScores]:
    """Return the scores of each group, and of ``across`` and ``within`` as a whole."""
    groups: dict[str, list[dict[str, float]]] = {}
    for found in results:
        for name in (found.group.split()[0], found.group):
            groups.setdefault(name, []).append(found.metrics)
    return {
        name: GroupScores(
            len(rows),
            mean([row["recall@1"] for row in rows]),
            mean([row["recall@5"] for row in rows]),
            bootstrap_interval([row["recall@5"] for row in rows]),
        )
        for name, rows in sorted(groups.items())
    }
