"""Complete follow-up questions from what was asked before, so that they can be searched."""

from __future__ import annotations

from engine.languages import profile_of
from engine.records import Turn
from engine.text import content_tokens, language_of

_MAX_ANCHOR_CHARACTERS = 400
"""Longer earlier questions would drown the follow-up in both rankings."""


_MAX_COMPLETED = 120
"""What is longer says by itself what it is about."""


def understand_query(question: str, history: tuple[Turn, ...]) -> str:
    """Return what to search for.

    A question that stands alone comes back unchanged. One that leans on what was said becomes
    one that stands alone where the rules of its language can tell how: "And in March?" replaces
    the month of the question before it, 「その納期は？」 says of what. Otherwise it is put behind
    the question it leans on: both rankings then see the topic and the change.
    """
    history = tuple(turn for turn in history if turn.answer.kind != "talk")
    if not history or not _leans_on_history(question):
        return question
    anchor = _anchor(history, pointing=_points_back(question))
    if not anchor:
        return question
    profile = profile_of(language_of(question))
    whole = ""
    if language_of(anchor) == profile.code and len(question) <= _MAX_COMPLETED:
        whole = profile.follow_up.complete(question.strip(), anchor)
    return whole or f"{anchor} {question.strip()}"


def _anchor(history: tuple[Turn, ...], *, pointing: bool) -> str:
    """Return the earlier question to put in front.

    "And for X?" after "And for Y?" replaces Y, so it goes back to the last question that
    stood alone. A pronoun may mean anything said since, so it takes the last search.
    """
    if pointing:
        return _tail(history[-1].answer.search_query)
    for turn in reversed(history):
        if not _leans_on_history(turn.answer.question):
            return _tail(turn.answer.question)
    return _tail(history[-1].answer.search_query)


def _tail(text: str) -> str:
    return text.strip()[-_MAX_ANCHOR_CHARACTERS:]


def _leans_on_history(question: str) -> bool:
    text = question.strip()
    return profile_of(language_of(text)).follow_up.leans(text, len(content_tokens(text)))


def _points_back(question: str) -> bool:
    text = question.strip()
    return profile_of(language_of(text)).follow_up.points_back(text)
