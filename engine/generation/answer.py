"""From a question to a cited answer: evidence first, then text, then proof."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.errors import EmptyQuestion
from engine.events import (
    AnswerEvent,
    AnswerFinished,
    ExtractsFound,
    PassagesRetrieved,
    PromptPrefilled,
    TokensGenerated,
)
from engine.generation import wording
from engine.generation.citations import CitationResolver, mark, strip_markers
from engine.generation.prompt import build_prompt
from engine.generation.quality import is_degenerate
from engine.generation.session import ChatModel, Generated, Piece, Prefilled, Sampling
from engine.records import (
    Answer,
    AnswerStats,
    AttentionMode,
    AttentionUse,
    Citation,
    Coverage,
    Extract,
    ModelFile,
    PrefillMode,
    RetrievedPassage,
    Turn,
)
from engine.retrieval import evidence_answers, find_extracts, retrieve, understand_query
from engine.settings import Settings
from engine.text import language_of

if TYPE_CHECKING:
    from engine.catalogue import Catalogue
    from engine.embedding import Embedder
    from engine.vectors import VectorStore

STOP_STRINGS = ("\n\n\n", "\nQuestion:", "\nKey sentences:", "\n質問：")
"""Where a small model starts to write the next prompt instead of ending."""


SMALL_BYTES = 600 << 20
"""A smaller model is asked for a sentence or two and invents the rest of a longer text; and
when nothing it wrote is supported, it has lost the thread rather than found other words."""


@dataclass(frozen=True)
class AnswerRequest:
    """What is asked, of what, and how.

    Attributes:
        question: As typed.
        collection_id: Where to search.
        coverage: What a search of the collection can see.
        attention: Attention variant; checked before.
        prefill: Prefill variant; checked before.
        seed: Sampling seed.
        settings: ``top_k``, budgets, temperature, strictness.
        history: Earlier turns of the conversation, oldest first.
    """

    question: str
    collection_id: int
    coverage: Coverage
    attention: AttentionMode = "baseline"
    prefill: PrefillMode = "dense"
    seed: int = 0
    settings: Settings = field(default_factory=Settings)
    history: tuple[Turn, ...] = ()


@dataclass(frozen=True)
class _Evidence:
    """What was found before any model ran."""

    query: str
    language: str
    passages: tuple[RetrievedPassage, ...]
    extracts: tuple[Extract, ...]
    retrieval_ms: float


@dataclass(frozen=True)
class _Generation:
    """What a model made of the evidence; all empty if none ran."""

    model: str = ""
    small: bool = False
    device: str = ""
    result: Generated | None = None
    first_token_ms: float | None = None


def answer(
    request: AnswerRequest,
    *,
    catalogue: Catalogue,
    vectors: VectorStore,
    embedder: Callable[[], Embedder],
    chat_model_file: Callable[[], ModelFile],
    chat_model: Callable[[], ChatModel],
    cancel: CancelToken,
) -> Iterator[AnswerEvent]:
    """Answer a question from stored passages.

    Args:
        request: The question.
        catalogue: Passages and stored texts.
        vectors: Embeddings.
        embedder: Loads the embedding model.
        chat_model_file: Says which chat model would be used, without loading it.
        chat_model: Loads it; not called if the evidence does not answer, or if the model
            does not write the language of the question.
        cancel: Stops between steps and within the prompt; what is there is kept.

    Yields:
        ``PassagesRetrieved``, ``ExtractsFound``, ``PromptPrefilled``...,
        ``TokensGenerated``..., ``AnswerFinished``. A refusal for want of evidence goes
        from ``PassagesRetrieved`` straight to ``AnswerFinished``.

    Raises:
        EmptyQuestion, QuestionTooLong: Input.
        ModelMissing, ModelDamaged, ModelTooLarge, ModelUnsupported, NoChatTemplate: No
            model to answer with.
    """
    if not request.question.strip():
        raise EmptyQuestion
    started = time.perf_counter()
    query = understand_query(request.question, request.history)
    passages = retrieve(
        catalogue,
        vectors,
        embedder,
        query,
        request.collection_id,
        top_k=request.settings.top_k,
        retriever="hybrid",
    )
    retrieval_ms = 1e3 * (time.perf_counter() - started)
    yield PassagesRetrieved(query, passages, request.coverage, retrieval_ms)
    extracts = find_extracts(query, passages, embedder)
    found = _Evidence(query, language_of(request.question), passages, extracts, retrieval_ms)
    if not evidence_answers(query, passages, extracts):
        yield AnswerFinished(_refused(request, found))
        return
    yield ExtractsFound(extracts)
    generation = _Generation()
    notices: tuple[str, ...] = ()
    if not cancel.cancelled:
        file = chat_model_file()
        if file.languages and found.language not in file.languages:
            notices = (wording.NOT_SPOKEN.format(model=file.name),)
        else:
            generation = yield from _generate(request, found, chat_model(), started, cancel)
    resolver = CitationResolver(passages, catalogue)
    finished = _finished(request, found, generation, resolver)
    yield AnswerFinished(
        replace(
            finished,
            notices=notices + finished.notices,
            stopped=cancel.cancelled,
        )
    )


def _generate(
    request: AnswerRequest,
    found: _Evidence,
    model: ChatModel,
    started: float,
    cancel: CancelToken,
) -> Generator[AnswerEvent, None, _Generation]:
    """Stream the generated part; return what became of it."""
    settings = request.settings
    small = model.model.n_bytes < SMALL_BYTES
    prompt = build_prompt(
        model,
        found.query,
        found.passages,
        found.extracts,
        language=found.language,
        budget_tokens=settings.prompt_budget_tokens,
        max_answer_tokens=settings.max_answer_tokens,
    )
    sampling = Sampling(
        max_tokens=settings.max_answer_tokens,
        temperature=settings.temperature,
        seed=request.seed,
        stop=(*STOP_STRINGS, "\n") if small else STOP_STRINGS,
    )
    generation = _Generation(model=model.model.name, small=small, device=model.device)
    before_ms = 1e3 * (time.perf_counter() - started)
    for event in model.generate(prompt.tokens, sampling, cancel):
        if isinstance(event, Prefilled):
            yield PromptPrefilled(event.n_done, event.n_total)
        elif isinstance(event, Piece):
            yield TokensGenerated(event.text)
        else:
            first = event.first_token_s
            generation = replace(
                generation,
                result=event,
                first_token_ms=None if first is None else before_ms + 1e3 * first,
            )
    return generation


def _refused(request: AnswerRequest, found: _Evidence) -> Answer:
    return Answer(
        question=request.question,
        search_query=found.query,
        text=wording.refusal(found.language, found.passages),
        generated="",
        refused=True,
        refusal_reason="no-evidence",
        attention=_attention(request, _Generation()),
        passages=found.passages,
        extracts=(),
        citations=(),
        coverage=request.coverage,
        stats=_stats(request, found, _Generation()),
    )


def _finished(
    request: AnswerRequest,
    found: _Evidence,
    generation: _Generation,
    resolver: CitationResolver,
) -> Answer:
    """Put the answer together; every citation is looked up in the stored text."""
    strict = request.settings.strict
    generated, cited, notices = _checked(found, generation, resolver, strict=strict)
    quotes = wording.quoted(found.extracts, found.language)
    return Answer(
        question=request.question,
        search_query=found.query,
        text="\n\n".join(part for part in (quotes, generated) if part),
        generated=generated,
        refused=False,
        refusal_reason="",
        attention=_attention(request, generation),
        passages=found.passages,
        extracts=found.extracts,
        citations=(*resolver.of_extracts(found.extracts), *cited),
        coverage=request.coverage,
        stats=_stats(request, found, generation),
        notices=notices,
        model=generation.model,
    )


def _checked(
    found: _Evidence, generation: _Generation, resolver: CitationResolver, *, strict: bool
) -> tuple[str, tuple[Citation, ...], tuple[str, ...]]:
    """Return the generated text with markers, its citations, and what to tell the user."""
    result = generation.result
    if result is None:
        return "", (), ()
    if is_degenerate(strip_markers(result.text), found.language):
        # Stopped before the first word: nothing was produced, and nothing went wrong.
        return "", (), () if result.reason == "cancelled" else (wording.DEGENERATE,)
    notices: list[str] = []
    if result.reason == "loop":
        notices.append(wording.LOOPED)
    if result.reason == "length":
        notices.append(wording.CUT)
    cited = resolver.of_text(result.text)
    if not any(item.verified for item in cited) and (strict or generation.small):
        # Invented figures beside quoted facts help nobody.
        return "", (), (wording.NOTHING_SUPPORTED,)
    if not all(item.verified for item in cited):
        notices.append(wording.LEFT_OUT if strict else wording.UNSUPPORTED)
    kept = tuple(item for item in cited if item.verified) if strict else cited
    return mark(kept, strict=strict), kept, tuple(notices)


def _attention(request: AnswerRequest, generation: _Generation) -> AttentionUse:
    kernel = "llama.cpp" if generation.model else ""
    return AttentionUse(request.attention, request.prefill, kernel, generation.device)


def _stats(request: AnswerRequest, found: _Evidence, generation: _Generation) -> AnswerStats:
    result = generation.result
    return AnswerStats(
        prompt_tokens=result.n_prompt if result else 0,
        completion_tokens=len(result.tokens) if result else 0,
        retrieval_ms=found.retrieval_ms,
        time_to_first_token_ms=generation.first_token_ms,
        prefill_tokens_per_second=result.prefill_tokens_per_second if result else None,
        decode_tokens_per_second=result.decode_tokens_per_second if result else None,
        seed=request.seed,
    )
