"""Does a stored sentence support a sentence of the answer? Judged by content alone.

A small model writes wrong numbers, swaps names and cites the wrong passage; with the fact
in passage 2 it still writes [1]. So nothing it says about its sources is believed. A claim
is supported only if its words are there, and every number with its unit, every name, the
order in which names and numbers go together, and whether it is affirmed or denied.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from engine.answering.facts import (
    Number,
    calendar,
    clauses,
    comparable,
    contradicts,
    denies,
    is_amount,
    names,
    negated,
    numbers,
    stems,
    without_labels,
)
from engine.languages import PROFILES, any_of
from engine.retrieval.terms import rarity_of
from engine.text.sentences import SENTENCE_STOPS

MIN_COVERAGE = 0.6
"""Share of the claim's words, weighted by rarity, that the evidence must hold. Paraphrase
loses about a third; an invented sentence on the same topic shares less than half."""

DENIED_SHARE = 0.5
"""A denied part of the evidence is about the claim if the claim shares this much of it."""

CONTEXT_WEIGHT = 0.6
"""A word found only in the heading or in the sentence before counts this much."""

_RULES = tuple(profile.facts for profile in PROFILES)
_NOT_BEFORE = re.compile(any_of(rules.denied_before for rules in _RULES))
_DENIAL_BEHIND = max(rules.denial_behind for rules in _RULES)
"""Characters behind a claim in which it may be denied."""

_PASSIVE = tuple(rules.passive for rules in _RULES if rules.passive)
_END_MARKS = "".join((" ", *SENTENCE_STOPS))
_QUOTED = re.compile(r"\"[^\"]+\"|“[^”]+”|«[^»]+»|「[^」]+」|『[^』]+』")


@dataclass(frozen=True)
class StoredSentence:
    """A stored sentence, or two that follow each other.

    Attributes:
        number: Number of its passage.
        start: Offset into the document's text.
        end: Offset past the last character.
        text: The exact slice.
        context: Headings and the sentence before: what a reader knows at this point.
    """

    number: int
    start: int
    end: int
    text: str
    context: str


class Rarity:
    """How telling a word is among the sentences at hand: ``ln(1 + N / (1 + n))``.

    Args:
        texts: All evidence sentences; a word in none of them weighs most.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        sets = [stems(text) for text in texts]
        self._n = len(sets)
        self._holding = Counter(token for tokens in sets for token in tokens)

    def __call__(self, token: str) -> float:
        """Return the weight of a stem."""
        return rarity_of(self._holding[token], max(self._n, 1))


def support(claim: str, evidence: StoredSentence, rarity: Rarity) -> float:
    """Return how well the evidence supports a claim, in [0, 1]; 0 means it does not."""
    coverage = _coverage(claim, evidence, rarity)
    if coverage < MIN_COVERAGE:
        return 0.0
    if not (
        _numbers_agree(claim, evidence)
        and _names_agree(claim, evidence)
        and calendar(claim) <= calendar(evidence.text) | calendar(evidence.context)
        and _pairs_agree(claim, evidence.text)
        and _polarity_agrees(claim, evidence.text)
    ):
        return 0.0
    return coverage


def _coverage(claim: str, evidence: StoredSentence, rarity: Rarity) -> float:
    wanted = stems(claim)
    held, near = stems(evidence.text), stems(evidence.context)
    total = sum(rarity(token) for token in wanted)
    found = sum(rarity(token) for token in wanted if token in held)
    found += CONTEXT_WEIGHT * sum(rarity(t) for t in wanted if t in near and t not in held)
    if not total or not wanted & held:
        return 0.0
    return 1.0 if _verbatim(claim, evidence.text) else found / total


def _verbatim(claim: str, evidence: str) -> re.Match[str] | None:
    """Return where the claim stands word for word in the evidence, both in comparable form."""
    words = re.escape(comparable(claim).strip(_END_MARKS))
    return re.search(rf"(?<![a-z0-9]){words}(?![a-z0-9])", comparable(evidence))


def _numbers_agree(claim: str, evidence: StoredSentence) -> bool:
    """Every number of the claim stands in the evidence, with the same unit if both have one.

    A number without a unit may also stand in the headings (a year, a version).
    """
    said, there = numbers(claim), numbers(evidence.text)
    context = {number.value for number in numbers(evidence.context)}
    return all(_stands(number, there, context) for number in said)


def _stands(number: Number, there: list[Number], context: set[str]) -> bool:
    same = [other for other in there if other.value == number.value]
    if same:
        return not number.unit or any(other.unit in ("", number.unit) for other in same)
    return not number.unit and number.value in context


def _names_agree(claim: str, evidence: StoredSentence) -> bool:
    known = stems(evidence.text) | stems(evidence.context)
    folded = comparable(evidence.text) + " " + comparable(evidence.context)
    return all(name in known or name in folded for name in names(claim))


def _pairs_agree(claim: str, evidence: str) -> bool:
    """Names and numbers go together as in the evidence.

    Three checks. Each number that follows a name in the claim follows the same name in the
    evidence. A part of the claim names nobody else than the part of the evidence it is
    from. Two names come in the same order in both, unless one of the sentences is
    passive ("... by X") and the other is not. A claim in the evidence's own words passes.
    """
    if _verbatim(claim, evidence):
        return True
    evidence = without_labels(evidence)  # the owner of a number is not its column
    said, there = comparable(claim), comparable(evidence)
    # A name that begins a sentence looks like any first word; the other sentence tells.
    both = dict.fromkeys([*names(claim), *names(evidence)])
    present = [name for name in both if name in said and name in there]
    if not present:
        return True
    for number in numbers(claim):
        before = _name_before(said, present, number.start)
        places = [other.start for other in numbers(evidence) if other.value == number.value]
        known = {_name_before(there, _names_in(present, evidence), at) for at in places}
        if before and places and known != {""} and before not in known:
            return False
    if not _same_parties(claim, evidence, list(both)):
        return False
    passive = _is_passive(said) != _is_passive(there)
    order = [_at(said, name) for name in sorted(present, key=lambda name: _at(there, name))]
    return passive or len(present) < 2 or order == sorted(order)


def _is_passive(folded: str) -> bool:
    return any(mark in folded for mark in _PASSIVE)


def _same_parties(claim: str, evidence: str, known: list[str]) -> bool:
    parts = clauses(evidence)
    for said in clauses(claim):
        nearest = _nearest(said, parts)
        ours = {name for name in known if name in said}
        theirs = {name for name in known if name in nearest}
        if ours and theirs and not ours & theirs:
            return False
    return True


def _nearest(said: str, parts: list[str]) -> str:
    """Return the part of the evidence that shares most words with a part of the claim."""
    words = stems(said)
    return max(parts, key=lambda part: (len(words & stems(part)), -len(part)))


def _names_in(present: list[str], evidence: str) -> list[str]:
    return list(dict.fromkeys([*present, *names(evidence)]))


def _at(folded: str, name: str) -> int:
    return folded.find(name)


def _name_before(folded: str, known: list[str], at: int) -> str:
    """Return the known name that ends last before ``at``; empty if none does."""
    places = [(folded.rfind(name, 0, at), name) for name in known]
    best = max(places, default=(-1, ""))
    return best[1] if best[0] >= 0 else ""


def _polarity_agrees(claim: str, evidence: str) -> bool:
    """Each part of the claim is affirmed or denied like the part of the evidence it is from.

    And what the evidence denies in words of the claim, the claim must deny somewhere. Quoted
    words that the claim does not use are a title or what somebody else said: they deny nothing.
    An amount alone asserts nothing; only "not 140 euros" itself denies it.
    """
    if is_amount(claim) and _stands_undenied(claim, evidence):
        return True
    parts, claimed = clauses(_without_other_quotes(claim, evidence)), clauses(claim)
    if not any(map(negated, claimed)):
        words = stems(claim)
        for part in filter(denies, parts):
            if len(words & stems(part)) >= DENIED_SHARE * len(stems(part)):
                return False
    for said in claimed:
        words = stems(said)
        if not words:
            continue
        nearest = _nearest(said, parts)
        if not words & stems(nearest):
            continue
        if negated(said) != negated(nearest) or contradicts(said, nearest):
            return False
        if any(contradicts(said, part) for part in parts if _share_number(said, part)):
            return False
    return True


def _stands_undenied(claim: str, evidence: str) -> bool:
    """Tell whether the claim's words stand there with no "not" before or ではない behind."""
    found = _verbatim(claim, evidence)
    if found is None:
        return False
    before, behind = found.string[: found.start()], found.string[found.end() :]
    return not (_NOT_BEFORE.search(before) or negated(behind[:_DENIAL_BEHIND]))


def _without_other_quotes(claim: str, evidence: str) -> str:
    used = stems(claim)

    def kept(quote: re.Match[str]) -> str:
        return quote.group() if used & stems(quote.group()) else " "

    return _QUOTED.sub(kept, evidence)


def _share_number(one: str, other: str) -> bool:
    return bool({n.value for n in numbers(one)} & {n.value for n in numbers(other)})
