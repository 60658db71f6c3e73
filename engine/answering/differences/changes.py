"""What changed between two clauses that belong together, and what only has other words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from engine.answering.differences.aligning import Alignment
from engine.answering.differences.clauses import Cell, Clause, Sentence, Span
from engine.answering.facts import contradicts, facts, negated, words
from engine.languages import PROFILES

ChangeKind = Literal["changed", "added", "removed", "reworded"]

_ALIKE = tuple(
    (re.compile(rf"\b(?:{pattern})\b" if profile.spaced else pattern), f" {meaning} ")
    for profile in PROFILES
    for pattern, meaning in profile.compares.alike
)
_N_CELLS = 4
"""Cells that stand for a column which only one of two tables has."""


@dataclass(frozen=True)
class Change:
    """One difference.

    Attributes:
        kind: ``changed``: another fact; ``added``, ``removed``: in one document only;
            ``reworded``: other words for the same.
        topic: The heading, number or row it stands under, as printed.
        old: Where it stands in the old document; nothing if it was added.
        new: The same in the new one.
    """

    kind: ChangeKind
    topic: str
    old: tuple[Span, ...]
    new: tuple[Span, ...]


@dataclass(frozen=True)
class Differences:
    """All that differs between two documents.

    Attributes:
        changes: Facts in the order of the new document, then what is only worded differently.
        n_same: Clauses that are the same.
    """

    changes: tuple[Change, ...]
    n_same: int

    def of(self, *kinds: ChangeKind) -> tuple[Change, ...]:
        """Return the changes of some kinds."""
        return tuple(change for change in self.changes if change.kind in kinds)


def differences_across(
    old: Sequence[Clause], new: Sequence[Clause], alignment: Alignment
) -> Differences:
    """Say which figures and dates differ between two documents in two languages."""
    found: list[tuple[tuple[float, int], Change]] = []
    n_same = 0
    for one, other in alignment.pairs:
        ours, theirs = (" ".join(s.shown for s in c.sentences) for c in (old[one], new[other]))
        figures = _figures(ours), _figures(theirs)
        # "Twice" has no figure to be held against 年2回.
        if figures[0] == figures[1] or not all(figures):
            n_same += 1
        else:
            topic = _topic(new[other])
            found.append(((other, 0), Change("changed", topic, old[one].spans, new[other].spans)))
    for n in alignment.removed:
        found.append(((n, 1), Change("removed", _topic(old[n]), old[n].spans, ())))
    for n in alignment.added:
        found.append(((n, 2), Change("added", _topic(new[n]), (), new[n].spans)))
    return Differences(tuple(c for _, c in sorted(found, key=lambda item: item[0])), n_same)


def _figures(text: str) -> frozenset[object]:
    found = facts(text)
    dates = {(d.month, d.day) for dates in found.moments.dates for d in dates}
    return frozenset({a.value for a in found.amounts} | dates | {*found.moments.times})


def differences(old: Sequence[Clause], new: Sequence[Clause], alignment: Alignment) -> Differences:
    """Say what differs, given which clauses belong together."""
    known = tuple(frozenset(s.text for c in side for s in c.sentences) for side in (old, new))
    lost, gained = _columns(old, new, alignment)
    found: list[tuple[tuple[float, int], Change]] = []
    n_same = 0
    for one, other in alignment.pairs:
        own = list(_between(old[one], new[other], (known, lost | gained)))
        n_same += not own
        found += [((other, 0), change) for change in own]
    before = dict(alignment.pairs)
    for n in alignment.removed:
        place = max((before[m] for m in before if m < n), default=-1) + 0.5
        found += [((place, n), change) for change in _only(old[n], "removed", known[1])]
    for n in alignment.added:
        found += [((n, 0), change) for change in _only(new[n], "added", known[0])]
    found += [((len(new), 0), change) for change in _of_columns(old, lost, "removed")]
    found += [((len(new), 0), change) for change in _of_columns(new, gained, "added")]
    ordered = [change for _, change in sorted(found, key=lambda item: item[0])]
    real = [change for change in ordered if change.kind != "reworded"]
    return Differences((*real, *(c for c in ordered if c.kind == "reworded")), n_same)


Known = tuple[tuple[frozenset[str], ...], frozenset[tuple[str, str]]]


def _between(old: Clause, new: Clause, known: Known) -> Iterator[Change]:
    if old.text == new.text:
        return
    if len(old.cells) > 1 and len(new.cells) > 1:
        yield from _of_cells(old, new, known[1])
        return
    ours, theirs = old.sentences, new.sentences
    matcher = SequenceMatcher(None, [s.text for s in ours], [s.text for s in theirs], False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        gone = [s for s in ours[a:b] if s.text not in known[0][1]]
        come = [s for s in theirs[c:d] if s.text not in known[0][0]]
        if not gone and not come:
            continue
        for one, other in _paired(gone, come):
            kind = _kind(one, other)
            topic = _topic(new if other else old)
            yield Change(kind, topic, _spans(one), _spans(other))


def _paired(
    gone: list[Sentence], come: list[Sentence]
) -> Iterator[tuple[list[Sentence], list[Sentence]]]:
    """Yield sentences that took each other's place: one by one if there are as many."""
    if len(gone) == len(come):
        yield from (([one], [other]) for one, other in zip(gone, come, strict=True))
    else:
        yield gone, come


def _kind(gone: Sequence[Sentence], come: Sequence[Sentence]) -> ChangeKind:
    if not come:
        return "removed"
    if not gone:
        return "added"
    one, other = (" ".join(s.shown for s in side) for side in (gone, come))
    return "changed" if _other_facts(one, other) or _other_words(one, other) else "reworded"


def _other_facts(old: str, new: str) -> bool:
    """Tell whether two texts state other figures, dates or codes, or one denies the other."""
    one, other = facts(old), facts(new)
    figures = [
        {(a.value, a.unit) for a in each.amounts} | {*each.codes} | {*each.weekdays}
        for each in (one, other)
    ]
    if figures[0] != figures[1]:
        return True
    if {*one.moments.times} != {*other.moments.times}:
        return True
    if {*map(frozenset, one.moments.dates)} != {*map(frozenset, other.moments.dates)}:
        return True
    return negated(old.casefold()) != negated(new.casefold()) or contradicts(old, new)


def _other_words(old: str, new: str) -> bool:
    """Tell whether two texts differ in more than words that say the same."""
    return _meanings(old) != _meanings(new)


def _meanings(text: str) -> frozenset[str]:
    folded = text.casefold()
    for pattern, meaning in _ALIKE:
        folded = pattern.sub(meaning, folded)
    return words(folded)


def _of_cells(old: Clause, new: Clause, columns: frozenset[tuple[str, str]]) -> Iterator[Change]:
    """Yield the cells of two rows that differ, as one change."""
    ours = {cell.label: cell for cell in old.cells}
    theirs = {cell.label: cell for cell in new.cells}
    gone: list[Cell] = []
    come: list[Cell] = []
    for label in dict.fromkeys((*ours, *theirs)):
        one, other = ours.get(label), theirs.get(label)
        if (_table(old), label) in columns or (_table(new), label) in columns:
            continue
        if one and other and _same_value(one.value, other.value):
            continue
        gone += [one] if one else []
        come += [other] if other else []
    if not gone and not come:
        return
    kind: ChangeKind = "changed"
    if not gone or not come:
        kind = "added" if come else "removed"
    topic = _topic(new)
    yield Change(kind, topic, tuple(c.span for c in gone), tuple(c.span for c in come))


def _same_value(one: str, other: str) -> bool:
    if one == other:
        return True
    try:
        return float(one.replace(",", "")) == float(other.replace(",", ""))
    except ValueError:
        return False


def _table(clause: Clause) -> str:
    return clause.cells[0].label if clause.cells else ""


def _columns(
    old: Sequence[Clause], new: Sequence[Clause], alignment: Alignment
) -> tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str]]]:
    """Return the columns that only one of two tables has, with the name of the first one."""
    sides: list[dict[str, set[str]]] = [{}, {}]
    for one, other in alignment.pairs:
        for side, clause in zip(sides, (old[one], new[other]), strict=True):
            if len(clause.cells) > 1:
                side.setdefault(_table(clause), set()).update(c.label for c in clause.cells)
    both = sides[0].keys() & sides[1].keys()
    lost = {(t, label) for t in both for label in sides[0][t] - sides[1][t]}
    gained = {(t, label) for t in both for label in sides[1][t] - sides[0][t]}
    return frozenset(lost), frozenset(gained)


def _of_columns(
    clauses: Sequence[Clause], columns: frozenset[tuple[str, str]], kind: ChangeKind
) -> Iterator[Change]:
    for table, label in sorted(columns):
        cells = [
            cell
            for clause in clauses
            if len(clause.cells) > 1 and _table(clause) == table
            for cell in clause.cells
            if cell.label == label
        ][:_N_CELLS]
        spans = tuple(cell.span for cell in cells)
        old, new = (spans, ()) if kind == "removed" else ((), spans)
        yield Change(kind, cells[0].name, old, new)


def _only(clause: Clause, kind: ChangeKind, known: frozenset[str]) -> Iterator[Change]:
    spans = _spans([s for s in clause.sentences if s.text not in known])
    if spans:
        old, new = (spans, ()) if kind == "removed" else ((), spans)
        yield Change(kind, _topic(clause), old, new)


def _spans(sentences: Sequence[Sentence]) -> tuple[Span, ...]:
    return tuple(span for sentence in sentences for span in sentence.spans)


def _topic(clause: Clause) -> str:
    """Return what a clause is about: its number and heading, and the key of a row."""
    row = ""
    if len(clause.cells) > 1:
        named = [c for c in clause.cells if not c.value.replace(",", "").replace(".", "").isdigit()]
        shown = clause.sentences[0].shown
        key = (named or list(clause.cells))[0]
        at = key.span[0] - clause.sentences[0].spans[0][0]
        whole = shown[at : at + key.span[1] - key.span[0]]
        row = re.split(r"[:：]\s*", whole, maxsplit=1)[-1]
    elif clause.cells:
        row = re.split(r"[:：]", clause.sentences[0].shown, maxsplit=1)[0].strip(" -・•*")
    heading = f"{clause.number} {clause.heading}".strip()
    return " · ".join(part for part in (heading, row) if part)
