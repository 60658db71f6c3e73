"""Which kind a question is of: by rules of its language, then by its likeness to labelled ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from engine.languages import PROFILES, LanguageProfile, profile_of
from engine.questions.learnt import learnt_kinds
from engine.questions.small_talk import small_talk
from engine.records import QUESTION_KINDS, QuestionKind, Turn
from engine.text import content_tokens, language_of, normalise

if TYPE_CHECKING:
    from engine.embedding import Embedder

SURE = 0.75
"""Chance from which on likeness decides that a question is no look-up; a look-up serves any."""

MAX_CHARACTERS = 1000
"""What is longer is a text with a question in it; its beginning and its end say what is wanted."""


def recognise(
    question: str, embedder: Callable[[], Embedder], history: Sequence[Turn] = ()
) -> QuestionKind:
    """Return the kind of a question.

    A question that rules know costs nothing. Any other costs one vector, which the search needs
    anyway. One that only narrows what was asked before ("only in 2025") is of that kind.

    Args:
        question: As typed, without filters.
        embedder: Loads the embedding model.
        history: Earlier turns of the conversation, oldest first.

    Raises:
        ModelMissing, ModelDamaged: There is no embedding model, and the rules did not know.
    """
    if small_talk(question) is not None:
        return "talk"
    found = by_rules(question)
    if found is not None and found != "fact":
        return found
    before = next((t for t in reversed(history) if t.answer.kind != "talk"), None)
    blank = not question.strip()
    narrows = blank or _narrows(question) or (found is None and _leans(question))
    if before is not None and narrows:
        return _kind_before(before)
    return found or ("fact" if blank else _by_likeness(question, embedder()))


def by_rules(question: str) -> QuestionKind | None:
    """Return the kind that the rules of its language see in a question; None if they see none.

    A question in one language may have its verb in another ("Summarise 就業規則"): what rules of
    other languages see counts where those of its own see nothing.
    """
    text = _shortened(normalise(question))
    own = profile_of(language_of(question))
    found = _first(text, own)
    if found is not None:
        return found
    others = (_first(text, each) for each in PROFILES if each.code != own.code)
    return next((kind for kind in others if kind not in (None, "fact")), None)


def _shortened(text: str) -> str:
    if len(text) <= MAX_CHARACTERS:
        return text
    half = MAX_CHARACTERS // 2
    return f"{text[:half]} {text[-half:]}"


def _first(text: str, profile: LanguageProfile) -> QuestionKind | None:
    return next((kind for kind, rule in _rules(profile.code) if rule.search(text)), None)


@cache
def _rules(code: str) -> tuple[tuple[QuestionKind, re.Pattern[str]], ...]:
    rules = profile_of(code).questions.kinds
    known = {str(kind): kind for kind in QUESTION_KINDS}
    return tuple((known[kind], re.compile(pattern)) for kind, pattern in rules)


def _narrows(question: str) -> bool:
    narrows = profile_of(language_of(question)).questions.narrows
    return bool(narrows) and re.fullmatch(narrows, normalise(question)) is not None


def _leans(question: str) -> bool:
    text = question.strip()
    leans = profile_of(language_of(text)).follow_up.leans
    return leans(text, len(content_tokens(text)))


def _kind_before(turn: Turn) -> QuestionKind:
    """Return what was asked for before; what could not be done so was looked up."""
    if turn.answer.kind != "fact":
        return turn.answer.kind
    return by_rules(turn.answer.question) or "fact"


def _by_likeness(question: str, embedder: Embedder) -> QuestionKind:
    learnt = learnt_kinds()
    if embedder.name != learnt.embedder:
        return "fact"
    kind, chance = learnt.likeliest(embedder.embed_query(question))
    return kind if chance >= SURE else "fact"
