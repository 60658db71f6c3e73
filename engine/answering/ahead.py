"""What can be read while a question is still being typed: passages stand before the question."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

from engine.answering.gathering import (
    AnswerRequest,
    Evidence,
    Resources,
    search,
    unspoken,
)
from engine.answering.generate import prepare
from engine.attention.registry import PREFILLS
from engine.cancel import CancelToken
from engine.errors import (
    Cancelled,
    EmptyQuestion,
    FilterUnreadable,
    NothingFits,
    QuestionTooLong,
)
from engine.events import PassagesRetrieved, PromptPrefilled, ReadAheadEvent
from engine.questions import small_talk
from engine.records import AttentionChoice
from engine.retrieval import find_extracts
from engine.retrieval.terms import query_tokens
from engine.text import language_of


def read_ahead(
    request: AnswerRequest, choice: AttentionChoice, resources: Resources, cancel: CancelToken
) -> Iterator[ReadAheadEvent]:
    """Search for a question that is not finished, and read the passages that would be used.

    What was read stays in the model's cache, and ``request.last_read`` says in which order; the
    finished question searches for itself and reads what is missing. Nothing is judged here. Key
    sentences are looked for because they take room from the passages.

    Args:
        request: The question so far.
        choice: Attention that it would be answered with.
        resources: Stores and models.
        cancel: Stops within a fraction of a batch; whole batches stay read.

    Yields:
        ``PassagesRetrieved``, ``PromptPrefilled``...; nothing where there is nothing to read:
        a word or a greeting, a language that the model does not write, a sparse reading.

    Raises:
        As :func:`engine.answering.answer.answer`, but for a question that is too long.
    """
    if not worth_reading(request.question) or not PREFILLS.get(choice.prefill).is_plain:
        return
    try:
        yield from _read_ahead(request, choice, resources, cancel)
    except (Cancelled, QuestionTooLong, FilterUnreadable, NothingFits, EmptyQuestion):
        return


def _read_ahead(
    request: AnswerRequest, choice: AttentionChoice, resources: Resources, cancel: CancelToken
) -> Iterator[ReadAheadEvent]:
    started = time.perf_counter()
    query, passages = search(request, resources)
    took_ms = 1e3 * (time.perf_counter() - started)
    yield PassagesRetrieved(query, passages, request.coverage, took_ms)
    cancel.raise_if_cancelled()
    found = Evidence(query, language_of(request.question), passages, (), took_ms, started=started)
    if not passages or unspoken(found.language, resources):
        return
    found = replace(found, extracts=find_extracts(query, passages, resources.embedder))
    cancel.raise_if_cancelled()
    model = resources.chat_model()
    model.use_attention(choice)
    prompt = prepare(request, found, model).prompt
    for event in model.read(prompt.tokens, prompt.n_evidence, cancel, cuts=prompt.cuts):
        yield PromptPrefilled(event.n_done, event.n_total)


def worth_reading(question: str) -> bool:
    """Tell whether so much of a question says what it will be about: two words, one of content."""
    content = query_tokens(question)
    enough = len(question.split()) > 1 or len(content) > 1
    return bool(content) and enough and small_talk(question) is None
