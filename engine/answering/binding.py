"""Do names, numbers and denials go together in a claim as they do in the evidence?"""

from __future__ import annotations

import re

from engine.answering.facts import (
    clauses,
    comparable,
    contradicts,
    denies,
    facts,
    is_amount,
    is_row,
    names,
    negated,
    stems,
    words,
)
from engine.answering.figures import alike, kinds, one_by_one, shared
from engine.languages import PROFILES, any_of
from engine.text.amounts import Amount
from engine.text.sentences import SENTENCE_STOPS

FOLLOWING = 40
"""Characters behind a former value in which the one that took its place stands."""

DENIED_SHARE = 0.5
"""A denied part of the evidence is about the claim if the claim shares this much of it."""

_RULES = tuple(profile.facts for profile in PROFILES)
_NOT_BEFORE = re.compile(any_of(rules.denied_before for rules in _RULES))
_DENIAL_BEHIND = max(rules.denial_behind for rules in _RULES)
"""Characters behind a claim in which it may be denied."""

_PASSIVE = tuple(rules.passive for rules in _RULES if rules.passive)
_END_MARKS = "".join((" ", *SENTENCE_STOPS))
_JOINT = re.compile(any_of(rules.joints for rules in _RULES))
_TITLE = re.compile(any_of(rules.numbering for rules in _RULES))
_CONJUNCTION = re.compile(any_of(rules.conjunction for rules in _RULES))
_TOPIC = re.compile(any_of(rules.topic for rules in _RULES))
_CELL = re.compile(r" \| ")
_STARTS = tuple(rules.range_start for rules in _RULES)
_ENDS = tuple(rules.range_end for rules in _RULES)
_ASKS_START = re.compile(any_of(rules.asks_start for rules in _RULES))
_ASKS_END = re.compile(any_of(rules.asks_end for rules in _RULES))
_FORMER = re.compile(any_of(rules.former for rules in _RULES))
_SUPERSEDED = re.compile(
    "|".join(
        rules.superseded.replace("<old", f"<l{at}_old")
        for at, rules in enumerate(_RULES)
        if rules.superseded
    )
    or r"(?!)"
)
_QUOTED = re.compile(r"\"[^\"]+\"|“[^”]+”|«[^»]+»|「[^」]+」|『[^』]+』")


def verbatim(claim: str, evidence: str) -> re.Match[str] | None:
    """Return where the claim stands word for word in the evidence, both in comparable form."""
    words = re.escape(comparable(claim).strip(_END_MARKS))
    return re.search(rf"(?<![a-z0-9]){words}(?![a-z0-9])", comparable(evidence))


def pairs_agree(claim: str, evidence: str) -> bool:
    """Tell whether names and numbers go together as in the evidence.

    Three checks. Each number that follows a name in the claim follows the same name in the
    evidence, with no other amount of its unit between. A part of the claim names nobody
    else than the part of the evidence it is from. Two names come in the same order in both,
    unless one of the sentences is passive ("... by X") and the other is not. A claim in the
    evidence's own words passes; so does one about a row of a table, which is of one thing.
    """
    if verbatim(claim, evidence) or is_row(evidence):
        return True
    said, there = comparable(claim), comparable(evidence)
    # A name that begins a sentence looks like any first word; the other sentence tells.
    both = dict.fromkeys([*names(claim), *names(evidence)])
    present = [name for name in both if name in said and name in there]
    if not present:
        return True
    if not all(_owner_agrees(said, there, present, n, evidence) for n in facts(claim).amounts):
        return False
    if not _same_parties(claim, evidence, list(both)):
        return False
    passive = _is_passive(said) != _is_passive(there)
    order = [said.find(name) for name in sorted(present, key=there.find)]
    return passive or len(present) < 2 or order == sorted(order)


def _owner_agrees(said: str, there: str, present: list[str], number: Amount, evidence: str) -> bool:
    before = _name_before(said, present, number.start)
    known = list(dict.fromkeys([*present, *names(evidence)]))
    others = facts(evidence).amounts
    places = [n for n in others if n.value == number.value]
    owners = {_name_before(there, known, place.start) for place in places}
    if not before or not places or owners == {""}:
        return True
    if before not in owners:
        return False
    if _SUPERSEDED.search(there):
        return True
    return any(
        not any(
            there.rfind(before, 0, place.start) < other.start < place.start
            and not _JOINT.search(there, other.start, place.start)
            and other.unit == place.unit
            and other.value != place.value
            for other in others
        )
        for place in places
    )


def _name_before(folded: str, known: list[str], at: int) -> str:
    """Return the known name that ends last before ``at``; empty if none does."""
    places = [(folded.rfind(name, 0, at), len(name), name) for name in known]
    best = max(places, default=(-1, 0, ""))
    return best[2] if best[0] >= 0 else ""


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


def is_of_another_part(claim: str, question: str, evidence: str) -> bool:
    """Tell whether a figure of the claim stands in a part that it does not speak of.

    "Up to 210 in Geneva, elsewhere up to 160": who says Geneva and not elsewhere has 210; so it
    is with the cells of a row.
    """
    text = _TITLE.sub(" ", evidence)
    parts = _CELL.split(text) if is_row(text) else _statements(text)
    if len(parts) < 2:
        return False
    spoken = _marks(claim) | _marks(question)
    for figure in one_by_one(facts(claim)):
        same = [part for part in parts if shared(figure, facts(part))]
        for other in parts:
            if other in same or not alike(kinds(figure), kinds(facts(other))):
                continue
            if same and all(_is_less_meant(spoken, _marks(part), _marks(other)) for part in same):
                return True
            if same and all(_has_other_topic(spoken, part, other) for part in same):
                return True
            if same and all(_names_another(claim, question, part, other) for part in same):
                return True
    return False


def _statements(text: str) -> list[str]:
    """Cut a text into its parts, also at an "and" that has a figure on either side."""
    parts: list[str] = []
    for part in _JOINT.split(text):
        pieces = _CONJUNCTION.split(part)
        alone = len(pieces) > 1 and all(facts(piece).any_figure for piece in pieces)
        parts += pieces if alone else [part]
    return parts


def _marks(text: str) -> frozenset[str]:
    """Return what tells one part from another: words, names and years."""
    found = facts(text)
    years = {str(year) for year in found.moments.years}
    years |= {str(n.value) for n in found.amounts if not n.unit and 1900 <= n.value < 2100}
    return words(text) | frozenset(found.names) | years


def _is_less_meant(spoken: frozenset[str], ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Tell whether what is said has something of what only the other part says, and no more."""
    own, other = ours - theirs, theirs - ours
    return bool(own and other & spoken) and not own & spoken


def _has_other_topic(spoken: frozenset[str], part: str, other: str) -> bool:
    """Tell whether the topic of the other part is spoken of, and not all that of this one."""
    ours, theirs = _TOPIC.search(part), _TOPIC.search(other)
    if not (ours and theirs):
        return False
    own, rival = words(ours.group()), words(theirs.group())
    return bool((rival - own) & spoken and (own - rival) - spoken)


def _names_another(claim: str, question: str, part: str, other: str) -> bool:
    """Tell whether a part names somebody else, and the other one whom the claim names."""
    said = {*names(claim), *names(question)}
    ours, theirs = {*names(part)}, {*names(other)}
    return bool(ours - theirs and said & theirs - ours) and not said & (ours - theirs)


def has_other_role(claim: str, question: str, evidence: str) -> bool:
    """Tell whether a date that something begins with is taken for that it ends with, or so."""
    there = facts(evidence).moments
    said = facts(claim).moments
    for dates, span in zip(said.dates, said.spans, strict=True):
        role = _role(comparable(claim), span) or _asked_role(comparable(question))
        roles = {
            _role(comparable(evidence), other_span)
            for other, other_span in zip(there.dates, there.spans, strict=True)
            if any(o.tells(d, said.years) for o in other for d in dates)
        }
        if role and roles and "" not in roles and role not in roles:
            return True
    return False


def _role(text: str, span: tuple[int, int]) -> str:
    before, behind = text[: span[0]], text[span[1] :]
    for role, pairs in (("start", _STARTS), ("end", _ENDS)):
        for front, rear in pairs:
            if (front and re.search(front, before)) or (rear and re.match(rear, behind)):
                return role
    return ""


def _asked_role(question: str) -> str:
    starts, ends = bool(_ASKS_START.search(question)), bool(_ASKS_END.search(question))
    return "" if starts == ends else "start" if starts else "end"


def is_superseded(claim: str, question: str, evidence: str) -> bool:
    """Tell whether a claim holds a value that the evidence says another took the place of.

    Not if it has the new one as well, asks or speaks of the former one, or says what the
    evidence says of it: "4.1% in the third quarter".
    """
    text = comparable(evidence)
    match = _SUPERSEDED.search(text)
    if match is None or _FORMER.search(comparable(f"{question} {claim}")):
        return False
    old = next(group for group in match.groups() if group)
    rest, following = text.replace(old, " ", 1), text[match.end() : match.end() + FOLLOWING]
    if not kinds(facts(old)) & kinds(facts(following)):
        return False
    of_the_old_one = words(old) - words(rest)
    gone, kept = shared(facts(claim), facts(old)), shared(facts(claim), facts(rest))
    if kept - gone:  # of both: then of the former one all that there is
        return bool(gone - kept) and len(gone) < len(shared(facts(old), facts(old)))
    return len(gone - kept) == 1 and not words(claim) & of_the_old_one


def polarity_agrees(claim: str, evidence: str) -> bool:
    """Tell whether each part of the claim is affirmed or denied like the part it is from.

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
    found = verbatim(claim, evidence)
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
    return bool({n.value for n in facts(one).amounts} & {n.value for n in facts(other).amounts})
