"""How much sooner the first token comes where the model has read some of the prompt already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from engine.answering.gathering import AnswerRequest, Evidence, Resources, gather
from engine.answering.generate import Task, prepare
from engine.events import AnswerFinished
from engine.facade import Engine
from engine.inference.chat_model import ChatModel, Sampling
from engine.records import AskRequest, RetrievedPassage
from engine.retrieval import find_extracts
from engine.workshop.benchmarks.rows import BenchRow, row

DRAFTS = (0.5, 0.7, 0.85, 1.0)
"""How much of a question's words is there when the typist pauses: the last one is a sure hit."""


def bench_again(
    engine: Engine, collection: str, questions: Sequence[str], *, n_rounds: int = 1
) -> Iterator[BenchRow]:
    """Time the first token of each question cold and in the situations that reuse is for.

    Each is asked from an empty cache, again, then from an empty cache after each draft alone was
    read ahead; retrieval counts in all of them. Where the passages are the same but the question
    is another one, the prompt alone is timed, and its own cold time is the baseline. Questions
    that are refused are left out.

    Args:
        engine: Open, with an indexed collection.
        collection: Its name.
        questions: At least one that is answered.
        n_rounds: Times that each question is asked in each situation.

    Yields:
        Milliseconds to the first token: ``cold``, ``repeated``, ``read ahead`` by share of the
        words typed, then ``prompt cold`` and ``same passages``; ratios are to the cold row.
    """
    names = ["cold", "repeated", *(f"read ahead {share:.0%}" for share in DRAFTS)]
    samples: dict[str, list[float]] = {name: [] for name in names}
    for question in questions:
        for _ in range(n_rounds):
            times = _times(engine, AskRequest(question, collection, keeps_order=True))
            if all(times):
                for name, taken in zip(names, times, strict=True):
                    samples[name].append(taken)
    yield from _rows(samples)
    yield from _rows(_same_passages(engine, collection, questions, n_rounds))


def _rows(samples: dict[str, list[float]]) -> Iterator[BenchRow]:
    (first, cold), *others = samples.items()
    base = row(first, cold)
    yield base
    for name, taken in others:
        yield row(name, taken, baseline=(base.what, base.p50))


def _times(engine: Engine, request: AskRequest) -> list[float]:
    words = request.question.split()
    taken = [_first_token_ms(engine, request, afresh=True), _first_token_ms(engine, request)]
    for share in DRAFTS:
        engine.loaded.chat_model().start_afresh()
        draft = " ".join(words[: round(share * len(words))])
        for _event in engine.read_ahead(replace(request, question=draft)):
            pass
        taken.append(_first_token_ms(engine, request))
    return taken


def _first_token_ms(engine: Engine, request: AskRequest, *, afresh: bool = False) -> float:
    if afresh:
        engine.loaded.chat_model().start_afresh()
    *_, last = engine.ask(request)
    if not isinstance(last, AnswerFinished):
        raise RuntimeError("asking ended without its last event")
    return last.answer.stats.time_to_first_token_ms or 0.0


def _same_passages(
    engine: Engine, collection: str, questions: Sequence[str], n_rounds: int
) -> dict[str, list[float]]:
    """Ask each question of the passages that the one before was answered from."""
    samples: dict[str, list[float]] = {"prompt cold": [], "same passages": []}
    model = engine.loaded.chat_model()
    model.use_attention(engine.attention.choice())
    resources = engine._resources()
    requests = [engine._complete(AskRequest(question, collection)) for question in questions]
    for before, request in zip(requests, requests[1:] + requests[:1], strict=True):
        found = _evidence(before, resources)
        first = prepare(before, found, model)
        other = prepare(request, _about(request, found.passages, resources), model)
        for _ in range(n_rounds):
            model.start_afresh()
            samples["prompt cold"].append(_prompt_ms(model, other))
            model.start_afresh()
            _prompt_ms(model, first)
            samples["same passages"].append(_prompt_ms(model, other))
    return samples


def _evidence(request: AnswerRequest, resources: Resources) -> Evidence:
    gathering = gather(request, resources)
    while True:
        try:
            next(gathering)
        except StopIteration as end:
            found: Evidence = end.value
            return found


def _about(
    request: AnswerRequest, passages: tuple[RetrievedPassage, ...], resources: Resources
) -> Evidence:
    extracts = find_extracts(request.question, passages, resources.embedder)
    return replace(_evidence(request, resources), passages=passages, extracts=extracts)


def _prompt_ms(model: ChatModel, task: Task) -> float:
    *_, last = model.generate(task.prompt.tokens, Sampling(max_tokens=1), cuts=task.prompt.cuts)
    seconds = getattr(last, "first_token_s", None)
    return 1e3 * (seconds or 0.0)
