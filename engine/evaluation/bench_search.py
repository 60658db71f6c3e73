"""How fast a search is, and what share of the time to the first token it takes."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from engine.errors import CollectionEmpty, ModelMissing
from engine.evaluation.rows import BenchRow, row
from engine.events import AnswerFinished
from engine.records import Retriever

if TYPE_CHECKING:
    from engine.facade import Engine

BASELINE: Retriever = "lexical"
N_ROUNDS = 5
N_ANSWERS = 5


def bench_search(
    engine: Engine, collection: str, questions: Sequence[str], *, n_rounds: int = N_ROUNDS
) -> Iterator[BenchRow]:
    """Time every retriever over the same questions, in turn, then a few whole answers.

    The first search of each retriever is thrown away: it loads the model and the index.

    Yields:
        One row per retriever in ms, the ratio being over ``lexical``; then the share that
        retrieval has in the time to the first token, if a chat model is installed.

    Raises:
        CollectionMissing, CollectionEmpty, ModelMissing: As ``Engine.search``.
    """
    found = engine.collection(collection)
    if not found.n_passages:
        raise CollectionEmpty(name=collection)
    shape = f"passages={found.n_passages} questions={len(questions)} top_k=10"
    retrievers: tuple[Retriever, ...] = ("lexical", "dense", "hybrid")
    samples: dict[Retriever, list[float]] = {retriever: [] for retriever in retrievers}
    for retriever in retrievers:
        engine.search(questions[0], collection, retriever=retriever)
    for turn in range(n_rounds):
        for question in questions:
            # A query of its own per round, or a cache would answer instead of the model.
            query = question + "?" * turn
            for retriever in retrievers:
                started = time.perf_counter()
                engine.search(query, collection, retriever=retriever)
                samples[retriever].append(1e3 * (time.perf_counter() - started))
    base = row(f"search {BASELINE}", samples[BASELINE], shape=shape)
    for retriever in retrievers:
        yield row(
            f"search {retriever}",
            samples[retriever],
            shape=shape,
            baseline=(base.what, base.p50),
        )
    yield from _share_of_first_token(engine, collection, questions[:N_ANSWERS], shape)


def _share_of_first_token(
    engine: Engine, collection: str, questions: Sequence[str], shape: str
) -> Iterator[BenchRow]:
    retrieval: list[float] = []
    first_token: list[float] = []
    try:
        engine.warm_up()
    except ModelMissing:
        return
    for question in questions:
        for event in engine.ask(question, collection):
            if isinstance(event, AnswerFinished):
                stats = event.answer.stats
                if stats.time_to_first_token_ms:
                    retrieval.append(stats.retrieval_ms)
                    first_token.append(stats.time_to_first_token_ms)
    if first_token:
        total = row("ask time to first token", first_token, shape=shape)
        yield total
        yield row("ask retrieval", retrieval, shape=shape, baseline=(total.what, total.p50))
