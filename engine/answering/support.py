"""Does stored text support a sentence of the answer? Judged by content alone.

A small model writes wrong numbers, swaps names and cites the wrong passage; with the fact
in passage 2 it still writes [1]. So nothing it says about its sources is believed. A claim
is the question with the answer: "8 weeks" to "how long is the lead time of the HX-25-T?" is
supported by the row of the HX-25-T alone. It needs every number with its unit, every date and
name, the order in which they go together, whether it is affirmed or denied; and its words,
or those of the question that it answers. What has the facts and other words is undecided.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.answering.binding import (
    has_other_role,
    is_of_another_part,
    is_superseded,
    pairs_agree,
    polarity_agrees,
    verbatim,
)
from engine.answering.facts import Facts, comparable, facts, is_row, stems, words
from engine.answering.figures import alike, amounts_agree, kinds, moments_agree, one_by_one, shared
from engine.answering.instructions import is_about_programs
from engine.answering.meant import LINK_SHARE, Meant
from engine.answering.statements import Claim, Rarity, StoredSentence, is_within
from engine.records import Lack
from engine.text import is_cjk, language_of

MIN_COVERAGE = 0.6
"""Share of the claim's words, weighted by rarity, that the evidence must hold. Paraphrase
loses about a third; an invented sentence on the same topic shares less than half."""

SHORT_NAME = 3
"""So many letters stand within many words."""

MAX_BARE_WORDS = 3
"""An answer of so few words that repeats none of the question leaves its topic to it."""

WHOLE = 0.7
"""A claim so long that repeats a sentence word for word is that sentence."""

LONGEST_BARE = 32
LONGEST_BARE_CJK = 14
"""Characters; in more there is a sentence with a subject."""

MIN_REPEATED = 0.3
"""Share of what a claim repeats of the question that the document must know, too."""


ALIKE = 0.5
"""Share of words that two sentences of two documents have in common that say the same thing."""

CLEARLY = 0.2
"""Difference in the share of words held by which one sentence is nearer to a claim than another."""


@dataclass(frozen=True)
class Verdict:
    """How one stored sentence bears on a claim.

    Attributes:
        score: How well it supports it, in [0, 1]; 0 means it does not.
        lack: What is lacking; "words" if the facts agree and only the words are others.
        coverage: Share of the claim's words that it holds.
        undecided: Whether all facts agree, and only the words are others.
    """

    score: float
    lack: Lack
    coverage: float
    undecided: bool = False


def support(claim: str, evidence: StoredSentence, rarity: Rarity, question: str = "") -> float:
    """Return how well the evidence supports a claim, in [0, 1]; 0 means it does not."""
    return Judge([evidence], rarity).verdict(Claim(claim, question), evidence).score


class Judge:
    """Judges claims by the same evidence.

    Args:
        units: All of it.
        rarity: Of its words.
    """

    def __init__(self, units: Sequence[StoredSentence], rarity: Rarity) -> None:
        self._units = units
        self._rarity = rarity
        self._meant = Meant(units, rarity)
        self._codes = frozenset(code for unit in units for code in facts(unit.text).codes)
        self._coverages: dict[str, list[float]] = {}

    def verdict(self, claim: Claim, unit: StoredSentence) -> Verdict:
        """Say how a stored sentence bears on a claim."""
        held, near = words(unit.text), words(unit.context)
        said = words(claim.text)
        coverage = self._rarity.share(said, held, near)
        if said and verbatim(claim.text, unit.text):
            coverage = 1.0
        if unit.instructs and not is_about_programs(f"{claim.question} {claim.text}"):
            return Verdict(0.0, "instruction", coverage if said else 1.0)
        lack = self._lacks(claim, unit, held | near)
        if lack:
            return Verdict(0.0, lack, coverage)
        across = language_of(claim.text) != language_of(unit.text)
        repeated = said & words(claim.question)
        same_code = {*claim.facts.codes, *claim.asked.codes} & {*facts(unit.text).codes}
        known = self._rarity.share(repeated, held, near | words(unit.around))
        if known < MIN_REPEATED and not same_code:
            # The question is answered with something else, or in another language.
            return Verdict(0.0, "link", coverage, undecided=across)
        if said and coverage >= MIN_COVERAGE and said & held:
            whole = len(claim.text) >= WHOLE * len(unit.text) and bool(
                verbatim(claim.text, unit.text)
            )
            if ((_is_bare(claim) and not whole) or claim.asks_name) and not self._meant.is_linked(
                claim, unit
            ):
                return Verdict(0.0, "link", coverage)
            outdone = self._is_outdone(claim, unit) or self._meant.is_other_row(claim, unit)
            return Verdict(0.0 if outdone else coverage, "together" if outdone else "", coverage)
        if self._rarity.share(claim.new_words, held, near) < MIN_COVERAGE:
            undecided = across or not (claim.facts.any_figure or claim.facts.codes)
            return Verdict(0.0, "words", coverage, undecided)
        if not said & held and not claim.facts.any_figure and not claim.facts.codes:
            return Verdict(0.0, "words", coverage)  # it says nothing, or the heading alone does
        alone = _is_bare(claim) or claim.asks_name
        linked = self._meant.is_linked(claim, unit) or (
            not alone and self._meant.is_nearest(claim, unit)
        )
        if not linked or self._meant.is_other_row(claim, unit) or self._is_outdone(claim, unit):
            return Verdict(0.0, "link", coverage)
        return Verdict(max(coverage, MIN_COVERAGE), "", coverage)

    def rivals(self, claim: Claim) -> list[StoredSentence]:
        """Return the sentences that might say what a claim says: with figures of its kinds."""
        which = kinds(claim.facts)
        return [
            each
            for each in self._units
            if each.single
            and not each.instructs
            and (not which or alike(which, kinds(facts(each.text))))
        ]

    def other_values(self, claim: Claim, unit: StoredSentence) -> StoredSentence | None:
        """Return a sentence of another document that answers the same with another figure."""
        ours = words(unit.text)
        asked = words(claim.question)
        if not unit.around or not claim.facts.any_figure or not asked:
            return None
        which = kinds(claim.facts)
        for each in self.rivals(claim):
            theirs = words(each.text)
            alike = len(ours & theirs) / max(1, len(ours | theirs))
            if (
                each.around != unit.around
                and alike >= ALIKE
                and self._meant.link(asked, each) >= LINK_SHARE * self._meant.link(asked, unit)
                and which <= kinds(facts(each.text))
                and not shared(claim.facts, facts(each.text))
                and self._meant.has_asked_code(claim, each, which)
            ):
                return each
        return None

    def _lacks(self, claim: Claim, unit: StoredSentence, held: frozenset[str]) -> Lack:
        said, there, context = claim.facts, facts(unit.text), facts(unit.context)
        around = facts(unit.around)
        asked = claim.asked if unit.around and not is_row(unit.text) else facts("")
        if not amounts_agree(said, there, context, _within(asked, around)):
            return "number"
        years = there.moments.years | context.moments.years | around.moments.years
        if not moments_agree(said, there, _within(asked, around), years):
            return "date"
        if not said.weekdays <= there.weekdays | context.weekdays | around.weekdays:
            return "date"
        if not self._names_agree(claim, unit) or self._is_other_name(claim, held):
            return "name"
        if not pairs_agree(claim.text, unit.text):
            return "together"
        three = (claim.text, claim.question, unit.text)
        if is_of_another_part(*three) or is_superseded(*three) or has_other_role(*three):
            return "together"
        return "" if polarity_agrees(claim.text, _told(claim, unit.text)) else "denied"

    def _names_agree(self, claim: Claim, unit: StoredSentence) -> bool:
        there, context = facts(unit.text), facts(unit.context)
        codes = {*there.codes, *context.codes}
        for code in claim.facts.codes:
            longer = code not in self._codes and any(c.startswith(f"{code}-") for c in codes)
            if code not in codes and not longer:
                return False
        known = stems(unit.text) | stems(unit.context)
        folded = comparable(unit.text) + " " + comparable(unit.context)
        around, asked = comparable(unit.around), {*claim.asked.names}
        if is_row(unit.text):  # another row is about something else
            asked = set()
        across = language_of(claim.text) != language_of(unit.text)
        return all(
            name in known or _stands(name, folded) or (name in asked and _stands(name, around))
            for name in claim.facts.names
            if name not in claim.facts.codes and not _is_common(name, across=across)
        )

    def _is_other_name(self, claim: Claim, held: frozenset[str]) -> bool:
        """Where a name is asked for, every new word without a kana is one."""
        return claim.asks_name and any(
            all(c < "\u3041" or c > "\u309f" for c in token) and is_cjk(token[0])
            for token in claim.new_words - held
        )

    def _is_outdone(self, claim: Claim, unit: StoredSentence) -> bool:
        """Another sentence is clearly nearer to the claim, and has another figure or denies it."""
        if self._meant.is_asked_label(claim, unit):
            return False
        asked = {*claim.asked.codes} & {*facts(unit.text).codes}
        singles = [
            (share, each)
            for share, each in zip(self._shares(claim), self._units, strict=True)
            if each.single and not each.instructs and asked <= {*facts(each.text).codes}
        ]
        ours = [pair for pair in singles if is_within(pair[1], unit)]
        for figure in one_by_one(claim.facts):
            if any(amount.value == 1 for amount in figure.amounts):  # "a day", "per month"
                continue
            holding = [share for share, each in ours if shared(figure, facts(each.text))]
            least = max(holding, default=1.0) + CLEARLY
            if any(
                share >= least
                and alike(kinds(figure), kinds(facts(each.text)))
                and not shared(figure, facts(each.text))
                for share, each in singles
            ):
                return True
        least = max((share for share, _ in ours), default=1.0) + CLEARLY
        return not claim.facts.any_figure and any(
            share >= least and not polarity_agrees(claim.text, each.text) for share, each in singles
        )

    def _shares(self, claim: Claim) -> list[float]:
        """Return how much of the claim's words each unit holds itself."""
        if claim.text not in self._coverages:
            said = words(claim.text)
            self._coverages[claim.text] = [
                self._rarity.share(said, words(each.text), ()) for each in self._units
            ]
        return self._coverages[claim.text]


def _told(claim: Claim, text: str) -> str:
    """Return the cells of a row that hold the claim's figures; all of another text.

    "Until March: 910 | From April: 932" does not deny "932 since April".
    """
    if not is_row(text):
        return text
    cells = [cell for cell in text.split(" | ") if shared(claim.facts, facts(cell))]
    return " | ".join(cells) or text


def _is_common(name: str, *, across: bool) -> bool:
    """Tell whether a word in katakana may be a common one: a short one, or a translated one."""
    katakana = all("\u30a1" <= c <= "\u30fc" for c in name)
    return katakana and (across or len(name) <= SHORT_NAME)


def _is_bare(claim: Claim) -> bool:
    """Tell whether a claim leaves its subject to the question."""
    said = words(claim.text)
    short = len(said) <= MAX_BARE_WORDS and len(claim.text) <= _longest_bare(claim.text)
    return short and not said & words(claim.question)


def _longest_bare(text: str) -> int:
    """Return up to how many characters an answer may have no subject of its own."""
    return LONGEST_BARE_CJK if any(map(is_cjk, text)) else LONGEST_BARE


def _stands(name: str, folded: str) -> bool:
    """Tell whether a name stands in a text; a short one as a word of its own."""
    if len(name) > SHORT_NAME or not name.isascii():
        return name in folded
    return re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", folded) is not None


def _within(asked: Facts, around: Facts) -> Facts:
    """Return what a question says that the document says too."""
    values = {amount.value for amount in around.amounts}
    dates = {date for dates in around.moments.dates for date in dates}
    moments = type(asked.moments)(
        tuple(
            d
            for d in asked.moments.dates
            if any(o.tells(x, around.moments.years) for x in d for o in dates)
        ),
        (),
        tuple(t for t in asked.moments.times if t in around.moments.times),
        "",
    )
    kept = tuple(amount for amount in asked.amounts if amount.value in values)
    return Facts(kept, moments, asked.codes, asked.names, asked.weekdays)
