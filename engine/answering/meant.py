"""Which stored sentences a question means: an answer of two words leaves its topic to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.answering.facts import facts, is_row, words
from engine.answering.figures import alike, kinds, shared
from engine.answering.statements import Claim, Rarity, StoredSentence, is_within

LINK_SHARE = 0.8
"""An answer that leaves the topic to the question is from a sentence that holds this share of
what the best one with a figure of its kind holds of the question."""


MIN_OWN = 0.2
"""Share of a claim's words that a sentence must hold by itself to be what is meant."""

MIN_LABEL = 0.5
"""Share of the words of a label that the question has, if it asks for that line of a form."""


class Meant:
    """Holds sentences against what was asked.

    Args:
        units: All evidence.
        rarity: Of its words.
    """

    def __init__(self, units: Sequence[StoredSentence], rarity: Rarity) -> None:
        self._units = units
        self._rarity = rarity
        self._links: dict[str, list[float]] = {}

    def is_linked(self, claim: Claim, unit: StoredSentence) -> bool:
        """Tell whether it holds about as much of the question as any with such a figure."""
        if not claim.question:
            return True
        wanted = words(claim.question)
        if claim.asks_name and not self._says_what(claim, unit):
            return False
        if claim.question not in self._links:
            self._links[claim.question] = [self.link(wanted, each) for each in self._units]
        ours, which = self._link_of_figure(claim, wanted, unit), kinds(claim.facts)
        if not self.has_asked_code(claim, unit, which) or self.is_other_row(claim, unit):
            return False
        if self.is_asked_label(claim, unit):
            return True
        best = max(
            (
                link
                for link, each in zip(self._links[claim.question], self._units, strict=True)
                if each.single
                and not each.instructs
                and (not which or alike(which, kinds(facts(each.text))))
            ),
            default=0.0,
        )
        return ours > 0 and ours >= LINK_SHARE * best

    def _says_what(self, claim: Claim, unit: StoredSentence) -> bool:
        """Tell whether it holds a word of what a person or place is asked for, not names alone.

        "Who deputises for Owen Tarrick?" is not answered by a mail from one to the other.
        """
        names = frozenset(words(" ".join(claim.asked.names)))
        what = words(claim.question) - names
        held = words(unit.text) | words(unit.context)
        return not what or is_row(unit.text) or bool(what & held)

    def is_nearest(self, claim: Claim, unit: StoredSentence) -> bool:
        """Tell whether no sentence with such a figure has more of a claim that says its subject.

        Only a figure can be held against others: what has none may be about something else.
        A row that has the code that was asked for is always nearest.
        """
        which = kinds(claim.facts)
        if not which:
            return False
        if is_row(unit.text) and {*claim.asked.codes} & {*facts(unit.text).codes}:
            return True
        said = words(claim.text)
        ours = self._rarity.share(said, words(unit.text), ())
        return ours >= MIN_OWN and all(
            self._rarity.share(said, words(each.text), ()) <= ours
            for each in self._units
            if each.single
            and not each.instructs
            and not shared(claim.facts, facts(each.text))
            and alike(which, kinds(facts(each.text)))
        )

    def is_asked_label(self, claim: Claim, unit: StoredSentence) -> bool:
        """Tell whether it is the line of a form whose label is asked for, more than any other.

        The line says nothing of what the form is about; its other lines do.
        """
        wanted = words(claim.question)
        ours = _share_of_label(wanted, unit)
        return ours >= MIN_LABEL and all(
            _share_of_label(wanted, each) < ours
            for each in self._units
            if each.single and each.number == unit.number and each.start != unit.start
        )

    def is_other_row(self, claim: Claim, unit: StoredSentence) -> bool:
        """Tell whether another row of the table has all that it has of the question, and more."""
        if not is_row(unit.text):
            return False
        asked = _marks(claim.question)
        ours = asked & _marks(unit.text)
        return any(
            asked & _marks(each.text) > ours
            for each in self._units
            if each.number == unit.number and is_row(each.text) and not each.instructs
        )

    def has_asked_code(self, claim: Claim, unit: StoredSentence, which: frozenset[str]) -> bool:
        """Tell whether it has the code that was asked for, or no other has it."""
        codes = {*claim.asked.codes}
        return bool(codes & {*facts(unit.text).codes}) or not any(
            each.single
            and codes & {*facts(each.text).codes}
            and alike(which, kinds(facts(each.text)))
            for each in self._units
        )

    def _link_of_figure(self, claim: Claim, wanted: frozenset[str], unit: StoredSentence) -> float:
        """Of several sentences the one with the figure has to be the one that is meant."""
        if unit.single or not (claim.facts.any_figure or claim.asks_name):
            return self.link(wanted, unit)
        holding = [
            each
            for each in self._units
            if each.single
            and is_within(each, unit)
            and (
                shared(claim.facts, facts(each.text))
                if claim.facts.any_figure
                else claim.new_words & words(each.text)
            )
        ]
        return max((self.link(wanted, each) for each in holding), default=self.link(wanted, unit))

    def link(self, wanted: frozenset[str], unit: StoredSentence) -> float:
        """Return the share of words, weighted by rarity, that a sentence or its heading holds."""
        return self._rarity.share(wanted, words(unit.text), words(unit.context))


_LETTER = re.compile(r"(?<![A-Za-z])[A-Z](?![A-Za-z])")
"""A grade, a plan, a wing: rows differ by it."""

_LABEL = re.compile(r"([^\n:：|]{1,40})[:：]\s+[^\n|]+")


def _share_of_label(wanted: frozenset[str], unit: StoredSentence) -> float:
    """Return how much of the label of a line of a form is asked for: "Payment due: 18 October"."""
    found = _LABEL.fullmatch(unit.text.strip())
    label = words(found[1]) if found else frozenset()
    return len(wanted & label) / len(label) if label else 0.0


def _marks(text: str) -> frozenset[str]:
    found = facts(text)
    numbers = (str(amount.value) for amount in found.amounts if not amount.unit)
    letters = frozenset(letter.casefold() for letter in _LETTER.findall(text))
    return words(text) | frozenset(found.names) | frozenset(numbers) | letters
