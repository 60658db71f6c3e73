"""The opening of a summary: a capable model writes it from the quoted lines, and it is checked."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field

from engine.answering.asking import ask_model, generation_of
from engine.answering.citations import CitationResolver
from engine.answering.composed import Source, Statement
from engine.answering.gathering import Resources
from engine.answering.generate import Generation, is_small
from engine.answering.likeness import likeness_of
from engine.answering.quality import is_degenerate
from engine.answering.summary.outline import Line, Outline
from engine.cancel import CancelToken
from engine.errors import QuestionTooLong
from engine.events import PromptPrefilled, TokensGenerated
from engine.languages import LanguageProfile
from engine.records import AttentionChoice, Citation, Notice, RetrievedPassage
from engine.text.sentences import SENTENCE_STOPS

MAX_TOKENS = 120
MOST_CHARACTERS = 1600
"""Of quoted lines that the model reads: about four hundred tokens."""


@dataclass(frozen=True)
class Opening:
    """What a model wrote.

    Attributes:
        statements: Sentences that the document supports; empty if there are none.
        left_out: Those that it does not.
        notices: What to say of it.
        generation: The model, what attention ran, and how long it took.
    """

    statements: tuple[Statement, ...] = ()
    left_out: tuple[Citation, ...] = ()
    notices: tuple[Notice, ...] = ()
    generation: Generation = field(default_factory=Generation)


def opening(
    read: Outline,
    chosen: Sequence[Line],
    profile: LanguageProfile,
    resources: Resources,
    choice: AttentionChoice,
    seed: int,
    cancel: CancelToken,
) -> Generator[PromptPrefilled | TokensGenerated, None, Opening]:
    """Have an opening written, and keep what the chosen lines' passages support.

    Yields:
        Progress and text of the model.

    Raises:
        AdapterMissing, AdapterMismatch, AdapterDamaged, AttentionUnsupported: The attention
            that was asked for cannot run.
        NoChatTemplate: The model cannot be asked.
    """
    model = resources.chat_model()
    if is_small(model):
        return Opening()
    model.use_attention(choice)
    words = profile.summary_wording
    quoted = _within(chosen)
    request = words.request.format(name=read.document.title, sentences="\n".join(quoted))
    try:
        result = yield from ask_model(
            model, words.system, request, max_tokens=MAX_TOKENS, seed=seed, cancel=cancel
        )
    except QuestionTooLong:
        return Opening()
    generation = generation_of(model, result)
    if result is None or is_degenerate(result.text, profile.code):
        return Opening(generation=generation)
    return _checked(result.text, chosen, resources, generation, cancel)


def _within(chosen: Sequence[Line]) -> list[str]:
    found: list[str] = []
    left = MOST_CHARACTERS
    for line in chosen:
        left -= len(line.text)
        if left < 0 and found:
            break
        found.append(line.text)
    return found


def _checked(
    text: str,
    chosen: Sequence[Line],
    resources: Resources,
    generation: Generation,
    cancel: CancelToken,
) -> Opening:
    passages = list({line.source.passage.id: line.source.passage for line in chosen}.values())
    evidence = [RetrievedPassage(n, each, 0.0) for n, each in enumerate(passages, start=1)]
    resolver = CitationResolver(
        evidence,
        resources.catalogue.documents,
        "",
        None if cancel.cancelled else likeness_of(resources.embedder),
    )
    cited = resolver.of_text(text)
    if _is_cut(generation, text):
        cited = cited[:-1]
    kept = tuple(
        Statement(
            item.sentence,
            (Source(passages[item.number - 1], item.start, item.end),),
            before=" " if at else "\n\n",
        )
        for at, item in enumerate(each for each in cited if each.verified)
    )
    left_out = tuple(item for item in cited if not item.verified)
    said = (Notice("left-out" if kept else "nothing-supported"),) if left_out else ()
    return Opening(kept, left_out, said, generation)


def _is_cut(generation: Generation, text: str) -> bool:
    """Tell whether a text ends in the middle of a sentence."""
    result = generation.result
    stopped = result is not None and result.reason in ("length", "cancelled")
    return stopped and not text.rstrip().endswith(SENTENCE_STOPS)
