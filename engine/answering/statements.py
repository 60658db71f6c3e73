"""A sentence of an answer, and the stored sentences that it is held against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from engine.answering.facts import Facts, facts, words
from engine.retrieval.answer_type import answer_type
from engine.retrieval.terms import rarity_of

CONTEXT_WEIGHT = 0.6
"""A word found only in the heading or in the sentence before counts this much."""


@dataclass(frozen=True)
class StoredSentence:
    """A stored sentence, or two that follow each other.

    Attributes:
        number: Number of its passage.
        start: Offset into the document's text.
        end: Offset past the last character.
        text: The exact slice.
        context: Headings and the sentence before: what a reader knows at this point.
        around: All that was found of its document.
        single: Whether it is one sentence or row.
        instructs: Whether it tells a program what to do.
    """

    number: int
    start: int
    end: int
    text: str
    context: str
    around: str = ""
    single: bool = True
    instructs: bool = False


class Rarity:
    """How telling a word is among the sentences at hand: ``ln(1 + N / (1 + n))``.

    Args:
        texts: All evidence sentences; a word in none of them weighs most.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        sets = [words(text) for text in texts]
        self._n = len(sets)
        self._holding = Counter(token for tokens in sets for token in tokens)

    def __call__(self, token: str) -> float:
        """Return the weight of a stem."""
        return rarity_of(self._holding[token], max(self._n, 1))

    def share(self, wanted: Iterable[str], held: Iterable[str], near: Iterable[str]) -> float:
        """Return the share of the weight of ``wanted`` that is held, or near; 1 of nothing."""
        held, near, wanted = set(held), set(near), list(wanted)
        total = sum(map(self, wanted))
        found = sum(self(token) for token in wanted if token in held)
        found += CONTEXT_WEIGHT * sum(self(t) for t in wanted if t in near and t not in held)
        return found / total if total else 1.0


@dataclass(frozen=True)
class Claim:
    """A sentence of an answer, with the question.

    Attributes:
        text: The sentence.
        question: What it answers; empty if that is not known.
    """

    text: str
    question: str = ""

    @cached_property
    def facts(self) -> Facts:
        """What can be looked up."""
        return facts(self.text)

    @cached_property
    def asked(self) -> Facts:
        """The same of the question."""
        return facts(self.question)

    @cached_property
    def new_words(self) -> frozenset[str]:
        """What the sentence says beyond the question."""
        return words(self.text) - words(self.question)

    @cached_property
    def asks_name(self) -> bool:
        """Whether a person or a place is asked for."""
        return bool(self.question) and answer_type(self.question) in ("person", "place")


def is_within(one: StoredSentence, other: StoredSentence) -> bool:
    """Tell whether a sentence is part of another one, as of two that follow each other."""
    return one.number == other.number and other.start <= one.start and one.end <= other.end
