"""What a question asks to have summed up, as far as its words say it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.languages import PROFILES, any_of
from engine.text import normalise

_RULES = tuple(profile.summaries for profile in PROFILES)
_ASKS = tuple(re.compile(rules.asks) for rules in _RULES if rules.asks)
_EVERYTHING = re.compile(any_of(rules.everything for rules in _RULES))
_DECISIONS = re.compile(any_of(rules.asks_decisions for rules in _RULES))
_TASKS = re.compile(any_of(rules.asks_tasks for rules in _RULES))
_KINDS = {
    name: re.compile(any_of(rules.document_kinds.get(name, "") for rules in _RULES))
    for name in dict.fromkeys(name for rules in _RULES for name in rules.document_kinds)
}
_MARKS = re.compile(r"[\s、。,.?？!！:：;；「」『』\"“”'’()（）]+")
_EDGE = re.compile(any_of(rules.edge for rules in _RULES))


@dataclass(frozen=True)
class Wanted:
    """What is to be summed up.

    Attributes:
        topic: The words that say which document; empty if none do.
        everything: All documents are meant.
        decisions: What was decided is asked for.
        tasks: Who has to do what is asked for.
    """

    topic: str
    everything: bool
    decisions: bool
    tasks: bool


def wanted(question: str) -> Wanted:
    """Take a question apart; its filters are taken out already."""
    folded = normalise(question)
    everything = bool(_EVERYTHING.search(folded))
    decisions, tasks = bool(_DECISIONS.search(folded)), bool(_TASKS.search(folded))
    rest = _EVERYTHING.sub(" ", folded) if everything else folded
    return Wanted(without_asking(rest), everything, decisions, tasks)


def without_asking(folded: str) -> str:
    """Return the words of a question that name something, and not what is to be done with it.

    >>> without_asking("please summarise the supply agreement")
    'supply agreement'
    """
    rest = folded
    for asks in _ASKS:
        rest = asks.sub(_kept, rest)
    rest = " ".join(_MARKS.sub(" ", rest).split())
    return _EDGE.sub("", rest).strip()


def _kept(match: re.Match[str]) -> str:
    """Return what a question frames: "what is THE HANDBOOK about?"."""
    return " ".join(["", *(value for value in match.groupdict().values() if value), ""])


def document_kinds(text: str) -> frozenset[str]:
    """Return the kinds of document that a question or a document's names speak of."""
    folded = normalise(text)
    return frozenset(name for name, pattern in _KINDS.items() if pattern.search(folded))


def without_kinds(topic: str) -> str:
    """Return what names a document beside its kind; empty if nothing does."""
    rest = topic
    for pattern in _KINDS.values():
        rest = pattern.sub(" ", rest)
    return _EDGE.sub("", " ".join(rest.split())).strip()
