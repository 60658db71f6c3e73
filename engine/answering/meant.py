"""Which stored sentences a question means: an answer of two words leaves its topic to it."""

from __future__ import annotations

from collections.abc import Sequence

from engine.answering.facts import facts, is_row, words
from engine.answering.figures import alike, kinds, shared
from engine.answering.statements import Claim, Rarity, StoredSentence, is_within

LINK_SHARE = 0.8
"""An answer that leaves the topic to the question is from a sentence that holds this share of
what the best one with a figure of its kind holds of the question."""


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


def _marks(text: str) -> frozenset[str]:
    found = facts(text)
    numbers = (str(amount.value) for amount in found.amounts if not amount.unit)
    return words(text) | frozenset(found.names) | frozenset(numbers)
