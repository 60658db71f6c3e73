"""How well each retriever finds the passages that answer, on any question set."""

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
from engine.workshop.evaluation.metrics import (
    RANKING_METRICS,
    bootstrap_interval,
    mean,
    ranking_metrics,
)
from engine.workshop.evaluation.pool import Pool
from engine.workshop.questions.file import Question

if TYPE_CHECKING:
    from engine.embedding import Embedder


@dataclass(frozen=True)
class Scores:
    """The metrics of one retriever over a set of questions.

    Attributes:
        n: Questions.
        means: Metric name to mean, in [0, 1].
        intervals: Metric name to its 95 % bootstrap interval.
    """

    n: int
    means: dict[str, float]
    intervals: dict[str, tuple[float, float]]


@dataclass(frozen=True)
class RetrieverScores:
    """One retriever's metrics.

    Attributes:
        retriever: Which.
        overall: Over all questions.
        languages: Per language of the question.
    """

    retriever: Retriever
    overall: Scores
    languages: dict[str, Scores]


@dataclass(frozen=True)
class EvaluationProgressed:
    """How far the evaluation is.

    Attributes:
        stage: ``index`` (passages) or the name of a retriever (questions).
        n_done: Units finished.
        n_total: Units of this stage.
    """

    stage: str
    n_done: int
    n_total: int


@dataclass(frozen=True)
class RetrievalEvaluated:
    """Last event: the metrics of every retriever asked for, in that order."""

    scores: tuple[RetrieverScores, ...]
    n_passages: int


EvaluationEvent = EvaluationProgressed | RetrievalEvaluated


def evaluate_retrieval(
    questions: Sequence[Question],
    retrievers: Sequence[Retriever],
    embedder: Callable[[], Embedder],
    cancel: CancelToken | None = None,
) -> Iterator[EvaluationEvent]:
    """Index all distinct passages of a question set and search them with each question.

    The passages go through the program's own catalogue, embedder, vector index and
    :func:`engine.retrieval.retrieve`, in a temporary data folder.

    Yields:
        :class:`EvaluationProgressed`, at last :class:`RetrievalEvaluated`.

    Raises:
        ModelMissing: A retriever needs the embedding model.
        Cancelled: It was stopped.
    """
    token = cancel or CancelToken()
    texts = list(dict.fromkeys(p for q in questions for p in (*q.gold, *q.distractors)))
    needs_vectors = any(retriever != "lexical" for retriever in retrievers)
    with tempfile.TemporaryDirectory(prefix="sabun-eval-", ignore_cleanup_errors=True) as folder:
        paths = DataPaths(Path(folder))
        catalogue = Catalogue(paths, writable=True)
        vectors = VectorStore(paths, catalogue)
        try:
            pool = Pool(catalogue, vectors, token)
            for n_done in pool.index(texts, embedder if needs_vectors else None):
                yield EvaluationProgressed("index", n_done, len(texts))
            scores: list[RetrieverScores] = []
            for retriever in retrievers:
                results: list[dict[str, float]] = []
                for question in questions:
                    token.raise_if_cancelled()
                    found = pool.ranked(embedder, question, retriever)
                    results.append(ranking_metrics(found, set(question.gold)))
                    yield EvaluationProgressed(retriever, len(results), len(questions))
                scores.append(_scores(retriever, questions, results))
            yield RetrievalEvaluated(tuple(scores), len(texts))
        finally:
            vectors.close()
            catalogue.close()


def _scores(
    retriever: Retriever, questions: Sequence[Question], results: list[dict[str, float]]
) -> RetrieverScores:
    by_language: dict[str, list[dict[str, float]]] = {}
    for question, result in zip(questions, results, strict=True):
        by_language.setdefault(question.language, []).append(result)
    languages = {name: _summary(rows) for name, rows in sorted(by_language.items())}
    return RetrieverScores(retriever, _summary(results), languages)


def _summary(results: list[dict[str, float]]) -> Scores:
    columns = {name: [result[name] for result in results] for name in RANKING_METRICS}
    return Scores(
        n=len(results),
        means={name: mean(values) for name, values in columns.items()},
        intervals={name: bootstrap_interval(values) for name, values in columns.items()},
    )
