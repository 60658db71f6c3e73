"""One prompt under one attention: streamed, then observed."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from engine.answering.budget import LEAST_TOKENS, prompt_budget
from engine.answering.gathering import AnswerRequest, Evidence
from engine.answering.prompt import Prompt, Said, build_prompt
from engine.answering.reading_order import PlacedPassage
from engine.cancel import CancelToken
from engine.events import PromptPrefilled, TokensGenerated
from engine.inference.chat_model import ChatModel, Generated, Piece, Prefilled, Sampling
from engine.languages import PROFILES
from engine.records import Answer, AttentionChoice, AttentionUse, SourceAttention

STOP_STRINGS = (
    "\n\n\n",
    *(echo for profile in PROFILES for echo in profile.wording.prompt_echoes),
)
"""Where a small model starts to write the next prompt instead of ending."""

SMALL_PARAMETERS = 250_000_000
"""A smaller model (the embedded one has 135 million) is asked for a sentence or two and invents
the rest of a longer text; and when nothing it wrote is supported, it has lost the thread rather
than found other words. One of 500 million, which is no larger a file, does neither."""

TURNS_TOLD = 2
MAX_TOLD = 400
"""Of a conversation a follow-up is sent so many turns, and so many characters of each answer."""

MAX_SPANS = 256
"""Passages whose share of attention is measured at once."""


@dataclass(frozen=True)
class Generation:
    """What a model made of the evidence; all empty if none ran.

    Attributes:
        model: Its name.
        small: Whether it is one that loses the thread.
        attention: What really ran; None if nothing did.
        result: Text, tokens and times.
        first_token_ms: From the question to the first token.
    """

    model: str = ""
    small: bool = False
    attention: AttentionUse | None = None
    result: Generated | None = None
    first_token_ms: float | None = None


@dataclass(frozen=True)
class Task:
    """What a model is to do; knows nothing of attention.

    Attributes:
        prompt: Evidence and question.
        sampling: How tokens are chosen.
        before_ms: From the question until the prompt was ready.
    """

    prompt: Prompt
    sampling: Sampling
    before_ms: float


def is_small(model: ChatModel) -> bool:
    """Tell whether a model writes a sentence or two at most."""
    return model.n_parameters < SMALL_PARAMETERS


def prepare(request: AnswerRequest, found: Evidence, model: ChatModel) -> Task:
    """Build the prompt.

    Raises:
        QuestionTooLong: The question alone does not fit into the context.
        NoChatTemplate: The model cannot be asked questions.
    """
    settings = request.settings
    prompt = _prompt(request, found, model)
    sampling = Sampling(
        max_tokens=settings.max_answer_tokens,
        temperature=settings.temperature,
        seed=request.seed,
        stop=(*STOP_STRINGS, "\n") if is_small(model) else STOP_STRINGS,
    )
    return Task(prompt, sampling, 1e3 * (time.perf_counter() - found.started))


def _said(request: AnswerRequest, found: Evidence) -> tuple[Said, ...]:
    """Return the turns that a follow-up leans on; none for a question that stands alone."""
    if found.query == request.question:
        return ()
    return tuple(
        Said(turn.answer.question, _told(turn.answer)[:MAX_TOLD])
        for turn in request.history[-TURNS_TOLD:]
    )


def _told(answer: Answer) -> str:
    """Return what an answer said, without markers: its sentences, else its best quotation."""
    said = " ".join(item.sentence for item in answer.citations if item.sentence in answer.generated)
    return said or next((item.quote for item in answer.extracts), "")


def _prompt(request: AnswerRequest, found: Evidence, model: ChatModel) -> Prompt:
    """Return the prompt by rank, or in the order read last if more of that is still there."""
    full = not is_small(model)
    # A small model takes what was said for what is asked; the completed question serves it better.
    history = _said(request, found) if full else ()

    def build(read: Sequence[PlacedPassage]) -> Prompt:
        return build_prompt(
            model,
            request.question if history else found.query,
            found.passages,
            found.extracts,
            language=found.language,
            budget_tokens=_budget(request, full),
            max_answer_tokens=request.settings.max_answer_tokens,
            full=full,
            history=history,
            read=read,
        )

    prompt = build(())
    if request.last_read is None:
        return prompt
    orders = [prompt]
    if request.last_read.passages:
        orders.append(build(request.last_read.passages))
    best = max(orders, key=lambda each: model.n_kept(each.tokens, each.cuts))
    request.last_read.passages = best.placed
    return best


def _budget(request: AnswerRequest, full: bool) -> int:
    """Return the most tokens of a prompt; a small model loses the thread of a longer one."""
    chosen = request.settings.prompt_budget_tokens
    return chosen or (prompt_budget(request.reading_speed) if full else LEAST_TOKENS)


def run_side(
    task: Task, model: ChatModel, choice: AttentionChoice, cancel: CancelToken
) -> Generator[PromptPrefilled | TokensGenerated, None, Generation]:
    """Answer with one attention.

    Yields:
        Progress of the prompt, then the text.

    Returns:
        What became of it (the generator's value).

    Raises:
        AdapterMissing, AdapterMismatch, AdapterDamaged, AttentionUnsupported: The attention
            that was asked for cannot run.
    """
    generation = Generation(
        model=model.model.name, small=is_small(model), attention=model.use_attention(choice)
    )
    prompt = task.prompt
    for event in model.generate(prompt.tokens, task.sampling, cancel, cuts=prompt.cuts):
        if isinstance(event, Prefilled):
            yield PromptPrefilled(event.n_done, event.n_total)
        elif isinstance(event, Piece):
            yield TokensGenerated(event.text)
        else:
            first = event.first_token_s
            generation = replace(
                generation,
                attention=model.attention,  # with what switched itself off meanwhile
                result=event,
                first_token_ms=None if first is None else task.before_ms + 1e3 * first,
            )
    return generation


def observe_side(task: Task, model: ChatModel, generation: Generation) -> SourceAttention | None:
    """Return where the answer that was just generated looked; None if it cannot be told."""
    prompt, result = task.prompt, generation.result
    if result is None or not result.tokens or result.reason == "cancelled":
        return None
    spans = prompt.spans[:MAX_SPANS]
    mass = model.observe([*prompt.tokens, *result.tokens], len(prompt.tokens), spans)
    if mass is None:
        return None
    numbers = tuple(item.number for item in prompt.passages[: len(spans)])
    return SourceAttention(numbers, tuple(tuple(map(float, row)) for row in mass))
