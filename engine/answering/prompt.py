"""The prompt: numbered evidence within the token budget, then the question."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from engine.answering.reading_order import Arrangement, PlacedPassage
from engine.answering.spans import block_spans, part_starts
from engine.errors import QuestionTooLong
from engine.languages import profile_of
from engine.languages.profile import PromptWording
from engine.records import Extract, RetrievedPassage
from engine.text import sentence_spans

MIN_CUT_TOKENS = 48
"""A shorter rest of the budget is not worth a beginning of a passage."""

MIN_EVIDENCE_TOKENS = 192
"""Evidence that even a long question gets, budget or not, while the context has room."""

HISTORY_SHARE = 0.2
"""Share of the budget that earlier turns may take."""

ROUNDING_TOKENS = 16
"""Token counts of parts do not add up exactly to that of the whole."""


class Tokeniser(Protocol):
    """What the prompt needs of a chat model."""

    @property
    def n_ctx(self) -> int:
        """Context in tokens."""

    def tokenise(self, text: str) -> list[int]:
        """Return the tokens of plain text."""

    def apply_template(self, messages: Sequence[dict[str, str]]) -> str:
        """Render chat messages."""

    def prompt_tokens(self, rendered: str) -> list[int]:
        """Return the tokens of a rendered template."""

    def defuse(self, text: str) -> str:
        """Return a text as the rendered template shows it."""

    def piece(self, token: int) -> bytes:
        """Return the bytes of a token."""


@dataclass(frozen=True)
class Prompt:
    """What the model reads.

    Attributes:
        text: Rendered with the model's chat template.
        tokens: Its tokens.
        passages: The passages that are in it, possibly cut; the rest did not fit.
        spans: Half-open token range of each of these passages with its heading; empty if
            they cannot be told apart.
        cuts: Where its parts begin: the first passage, what follows each one, the question.
        placed: Its passages as they stand there.
    """

    text: str
    tokens: tuple[int, ...]
    passages: tuple[RetrievedPassage, ...]
    spans: tuple[tuple[int, int], ...] = ()
    cuts: tuple[int, ...] = ()
    placed: tuple[PlacedPassage, ...] = ()

    @property
    def n_evidence(self) -> int:
        """Tokens up to the end of the last passage; 0 if the passages cannot be told apart."""
        return self.spans[-1][1] if self.spans else 0

    @property
    def sha256(self) -> str:
        """Hash of the tokens, 64 hexadecimal digits."""
        return hashlib.sha256(array("i", self.tokens).tobytes()).hexdigest()


@dataclass(frozen=True)
class Said:
    """An earlier question of the conversation and what was answered."""

    question: str
    answer: str


@dataclass(frozen=True)
class _Parts:
    """What the paragraphs of a prompt are filled with, each element a line or block of its own."""

    question: str
    passages: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    extracts: tuple[str, ...] = ()

    def paragraphs(self, wording: PromptWording) -> list[str]:
        """Return the paragraphs that have content, in order."""
        filled = (
            _filled(wording.passages, "{passages}", "\n\n".join(self.passages)),
            _filled(wording.history, "{history}", "\n".join(self.history)),
            _filled(wording.extracts, "{extracts}", "\n".join(self.extracts)),
            _filled(wording.question, "{question}", self.question.strip()),
        )
        return [text for text in filled if text]


def _filled(template: str, place: str, content: str) -> str:
    return template.replace(place, content, 1) if content else ""


def build_prompt(
    model: Tokeniser,
    question: str,
    passages: Sequence[RetrievedPassage],
    extracts: Sequence[Extract],
    *,
    language: str,
    budget_tokens: int,
    max_answer_tokens: int,
    full: bool = False,
    history: Sequence[Said] = (),
    read: Sequence[PlacedPassage] = (),
) -> Prompt:
    """Build the prompt for a question.

    Passages go in whole and by rank while they fit; the first that does not is cut at a
    sentence end. The best sentences are repeated with their numbers right before the question,
    where a small model attends most. The question is always whole.

    Args:
        model: Counts tokens and renders the template.
        question: Completed question; as typed if ``history`` completes it.
        passages: Numbered evidence.
        extracts: Best supporting sentences.
        language: ISO 639-1, of the wording; the first profile's where it has none.
        budget_tokens: Upper bound for the prompt.
        max_answer_tokens: Room to leave for the answer.
        full: For a model that follows more than a sentence of instruction.
        history: What the question leans on, oldest first; takes at most
            :data:`HISTORY_SHARE` of the budget, the latest first.
        read: What the model has read last; where the prompt holds what that begins with, it
            begins so, too.

    Raises:
        QuestionTooLong: The question alone does not fit into the context.
        NoChatTemplate: The model cannot be asked questions.
    """
    profile = profile_of(language).wording
    wording = profile.full if full else profile.brief
    room = model.n_ctx - max_answer_tokens - ROUNDING_TOKENS
    said = _history(model, history, int(HISTORY_SHARE * budget_tokens))
    quoted = tuple(f"[{item.number}] {' '.join(item.quote.split())}" for item in extracts)
    # Better without the repeated sentences, and without what was said, than not at all.
    for parts in (
        _Parts(question, history=said, extracts=quoted),
        _Parts(question, history=said),
        _Parts(question),
    ):
        fixed = len(_render(model, wording, parts)[1])
        if fixed <= room:
            break
    else:
        n_question = len(model.tokenise(question))
        raise QuestionTooLong(n_tokens=n_question, limit=max(0, room - (fixed - n_question)))
    wanted = max(budget_tokens - ROUNDING_TOKENS, fixed + MIN_EVIDENCE_TOKENS)
    chosen, texts = _fit(model, passages, min(wanted, room) - fixed)
    made = Arrangement(chosen, texts, list(parts.extracts)).following(read)
    parts = replace(parts, passages=tuple(made.texts), extracts=tuple(made.quoted))
    text, tokens = _render(model, wording, parts)
    blocks = [model.defuse(block) for block in made.texts]
    spans = block_spans(model, text, tokens, blocks)
    cuts = part_starts(block_spans(model, text, tokens, [*blocks, model.defuse(question.strip())]))
    return Prompt(text, tuple(tokens), tuple(made.passages), spans, cuts, made.placed)


def _history(model: Tokeniser, history: Sequence[Said], budget: int) -> tuple[str, ...]:
    """Return the latest turns that fit, oldest first, each on a line of its own."""
    lines: list[str] = []
    for turn in reversed(history):
        line = " ".join(f"{turn.question} - {turn.answer}".split())
        budget -= len(model.tokenise(line + "\n"))
        if budget < 0:
            break
        lines.insert(0, line)
    return tuple(lines)


def _fit(
    model: Tokeniser, passages: Sequence[RetrievedPassage], budget: int
) -> tuple[list[RetrievedPassage], list[str]]:
    chosen: list[RetrievedPassage] = []
    texts: list[str] = []
    for item in passages:
        text = _numbered(item, item.passage.text)
        n_tokens = len(model.tokenise(text + "\n\n"))
        if n_tokens > budget:
            text = _cut(model, item, budget)
            if text:
                chosen.append(item)
                texts.append(text)
            break
        chosen.append(item)
        texts.append(text)
        budget -= n_tokens
    return chosen, texts


def _cut(model: Tokeniser, item: RetrievedPassage, budget: int) -> str:
    """Return the beginning of a passage that fits, ending with a sentence; maybe nothing."""
    if budget < MIN_CUT_TOKENS:
        return ""
    ends = [end for _, end in sentence_spans(item.passage.text)]
    low, high = 0, len(ends)  # the first `low` sentences fit, more than `high` do not
    while low < high:
        middle = (low + high + 1) // 2
        text = _numbered(item, item.passage.text[: ends[middle - 1]])
        if len(model.tokenise(text + "\n\n")) <= budget:
            low = middle
        else:
            high = middle - 1
    return _numbered(item, item.passage.text[: ends[low - 1]]) if low else ""


def _numbered(item: RetrievedPassage, text: str) -> str:
    heading = item.passage.context.replace("\n", " > ") or item.passage.document.name
    return f"[{item.number}] {heading}\n{text.strip()}"


def _render(model: Tokeniser, wording: PromptWording, parts: _Parts) -> tuple[str, list[int]]:
    messages = [
        {"role": "system", "content": wording.system},
        {"role": "user", "content": "\n\n".join(parts.paragraphs(wording))},
    ]
    text = model.apply_template(messages)
    return text, model.prompt_tokens(text)
