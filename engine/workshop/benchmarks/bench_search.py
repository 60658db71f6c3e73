"""How fast a search is, and what share of the time to the first token it takes."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.errors import CollectionEmpty, ModelMissing
from engine.events import ExtractsFound, PassagesRetrieved, TokensGenerated
from engine.records import AskRequest, Retriever
from engine.workshop.benchmarks.rows import BenchRow, row

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
    found = engine.library.collection(collection)
    if not found.n_passages:
        raise CollectionEmpty(name=collection)
    shape = f"passages={found.n_passages} questions={len(questions)} top_k=10"
    retrievers: tuple[Retriever, ...] = ("lexical", "dense", "hybrid")
    samples: dict[Retriever, list[float]] = {retriever: [] for retriever in retrievers}
    for retriever in retrievers:
        engine.search(questions[0], collection, retriever=retriever)
    for turn in range(n_rounds):
        for question in questions:
            for at, retriever in enumerate(retrievers):
                # Words of its own each time, or the embedder's cache of queries would answer.
                query = f"{question} {turn}.{at}"
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
    """Time what comes before the model: the passages, then the supporting sentences."""
    try:
        engine.loaded.warm_up()
    except ModelMissing:
        return
    marks: dict[str, list[float]] = {"passages": [], "extracts": [], "first token": []}
    for question in questions:
        if found := _first_token(engine, collection, f"{question} 0"):
            for name, duration_ms in found.items():
                marks[name].append(duration_ms)
    if not marks["first token"]:
        return
    total = row("ask until first token", marks["first token"], shape=shape)
    yield total
    for name in ("passages", "extracts"):
        yield row(f"ask until {name}", marks[name], shape=shape, baseline=(total.what, total.p50))


def _first_token(engine: Engine, collection: str, question: str) -> dict[str, float] | None:
    """Return ms until each step of one answer; None if no token was generated."""
    cancel = CancelToken()
    names = {
        PassagesRetrieved: "passages",
        ExtractsFound: "extracts",
        TokensGenerated: "first token",
    }
    found: dict[str, float] = {}
    started = time.perf_counter()
    request = AskRequest(question, collection, engine.attention.choice("baseline"))
    for event in engine.ask(request, cancel):
        name = names.get(type(event))
        if name is not None:
            found.setdefault(name, 1e3 * (time.perf_counter() - started))
        if name == "first token":
            cancel.cancel()
    return found if len(found) == len(names) else None
