"""Which clause of one document is which of the other: by row, by words, by what they mean."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from engine.answering.differences.clauses import Clause
from engine.text import content_tokens, normalise
from engine.text.stems import stem

Embed = Callable[[Sequence[str]], npt.NDArray[np.float32]]
"""Texts to vectors, ``[n, d]``, L2-normalised."""

LEAST_ALIKE = 0.42
"""Shared weight of words from which two clauses say something of the same matter; under one
heading less is needed."""

LEAST_IN_PLACE = 0.33
"""The same of two clauses with one number of their own under one heading."""

SAME_HEADING = 0.16
SAME_NUMBER = 0.08

LEAST_MEANT = 0.86
"""Cosine similarity of two clauses without common words under one heading."""

MAX_EMBEDDED = 60
"""Clauses a side that are compared by meaning; in order, those under common headings first."""

MAX_COMPARED = 40
"""Clauses of the other side that are looked at for one: those with its rarest words."""

LEAST_ACROSS = 0.05
"""How much more alike than usual two clauses of two languages are that say the same. Of a rule book
and its translation all were (.064 and more), of texts about other things none (up to .043)."""

MAX_ACROSS = 150
"""Clauses a side that are compared in two languages."""

Pair = tuple[int, int]


@dataclass
class Alignment:
    """What belongs together; positions in the two sequences.

    Attributes:
        pairs: Old and new, in the order of the old.
        removed: Only in the old.
        added: Only in the new.
    """

    pairs: list[Pair] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    added: list[int] = field(default_factory=list)


def align(
    old: Sequence[Clause], new: Sequence[Clause], embed: Embed | None = None
) -> Iterator[Alignment | float]:
    """Align two documents.

    Args:
        old: Clauses of one.
        new: Of the other.
        embed: Compares what no word tells; None leaves that out.

    Yields:
        The part that is done, in [0, 1]; at last the alignment.
    """
    matched: dict[int, int] = {}
    taken: set[int] = set()

    def take(one: int, other: int) -> None:
        if one not in matched and other not in taken:
            matched[one] = other
            taken.add(other)

    for one, other in _same_texts(old, new):
        take(one, other)
    yield 0.1
    for one, other in _same_rows(old, new, matched, taken):
        take(one, other)
    yield 0.2
    scored: list[tuple[float, int, int]] = []
    left = [n for n in range(len(old)) if n not in matched]
    words = _Words(old, new)
    for done, one in enumerate(left):
        scored += [(s, one, other) for other, s in words.best(one, taken)]
        if done % 50 == 49:
            yield 0.2 + 0.6 * done / len(left)
    for score, one, other in sorted(scored, key=lambda item: (-item[0], item[1], item[2])):
        if score >= LEAST_ALIKE or (score >= LEAST_IN_PLACE and _in_place(old[one], new[other])):
            take(one, other)
    if embed is not None:
        for one, other in _meant(old, new, matched, taken, embed):
            take(one, other)
    yield Alignment(
        sorted(matched.items()),
        [n for n in range(len(old)) if n not in matched],
        [n for n in range(len(new)) if n not in taken],
    )


def align_across(
    old: Sequence[Clause], new: Sequence[Clause], embed: Embed
) -> Iterator[Alignment | float]:
    """Align two documents in two languages by meaning alone, and by the figures they share.

    Yields:
        As :func:`align`.
    """
    ours, theirs = old[:MAX_ACROSS], new[:MAX_ACROSS]
    if not ours or not theirs:
        yield Alignment([], [*range(len(old))], [*range(len(new))])
        return
    first = embed([clause.text for clause in ours])
    yield 0.5
    second = embed([clause.text for clause in theirs])
    alike = first @ second.T
    # Any two clauses are alike to begin with; what stands out from that is a pair.
    apart = alike.mean(axis=1, keepdims=True) + alike.mean(axis=0, keepdims=True) - alike.mean()
    # A pair is no part of what is usual for its two clauses: it counts for much among few.
    alone = [n / max(n - 1, 1) for n in alike.shape]
    alike = (alike - apart) * alone[0] * alone[1]
    matched: dict[int, int] = {}
    for flat in np.argsort(-alike, axis=None, kind="stable"):
        one, other = divmod(int(flat), len(theirs))
        nearest = alike[one].argmax() == other and alike[:, other].argmax() == one
        if nearest and alike[one, other] >= LEAST_ACROSS:
            matched[one] = other
    yield Alignment(
        sorted(matched.items()),
        [n for n in range(len(old)) if n not in matched],
        sorted(set(range(len(new))) - set(matched.values())),
    )


def _in_place(one: Clause, other: Clause) -> bool:
    numbered = one.number == other.number and "." in one.number
    return numbered and heading_form(one) == heading_form(other)


def heading_form(clause: Clause) -> str:
    """Return a heading as headings are compared."""
    return normalise(clause.heading)


def _same_texts(old: Sequence[Clause], new: Sequence[Clause]) -> Iterator[Pair]:
    """Yield clauses with the same text: under the same heading first, then anywhere, in order."""
    for under in (True, False):
        places: dict[tuple[str, str], list[int]] = defaultdict(list)
        for n, clause in enumerate(new):
            places[heading_form(clause) if under else "", clause.text].append(n)
        for n, clause in enumerate(old):
            for other in places.get((heading_form(clause) if under else "", clause.text), ())[:4]:
                yield n, other


def _same_rows(
    old: Sequence[Clause], new: Sequence[Clause], matched: dict[int, int], taken: set[int]
) -> Iterator[Pair]:
    """Yield rows with the same key; under the same heading first."""
    keys = _keys(old), _keys(new)
    for with_heading in (True, False):
        places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for n, key in keys[1].items():
            if n not in taken:
                places[(heading_form(new[n]) if with_heading else "", *key)].append(n)
        for n, key in keys[0].items():
            if n in matched:
                continue
            found = places.get((heading_form(old[n]) if with_heading else "", *key), [])
            if found:
                yield n, found.pop(0)


def _keys(clauses: Sequence[Clause]) -> dict[int, tuple[str, ...]]:
    """Return by what each row is known: the first columns that tell the rows of a table apart."""
    tables: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n, clause in enumerate(clauses):
        if clause.cells:
            # Rows of one table may lack cells, so the first two labels tell which it is.
            tables[(heading_form(clause), *(cell.label for cell in clause.cells[:1]))].append(n)
    keys: dict[int, tuple[str, ...]] = {}
    for rows in tables.values():
        if len(rows) == 1 and len(clauses[rows[0]].cells) == 1:
            keys[rows[0]] = (clauses[rows[0]].cells[0].label,)
            continue
        for n_columns in (1, 2, 3):
            own = {n: _key(clauses[n], n_columns) for n in rows}
            if len(set(own.values())) == len(rows) or n_columns == 3:
                keys.update(own)
                break
    return keys


def _key(clause: Clause, n_columns: int) -> tuple[str, ...]:
    named = [cell for cell in clause.cells if not _is_bare(cell.value)] or list(clause.cells)
    return tuple(part for cell in named[:n_columns] for part in (cell.label, cell.value))


def _is_bare(value: str) -> bool:
    """Tell whether a value is a mere number: a row's own number, or a figure."""
    return value.replace(",", "").replace(".", "").isdigit()


class _Words:
    """Compares clauses by the words they share, the rare ones counting more."""

    def __init__(self, old: Sequence[Clause], new: Sequence[Clause]) -> None:
        self._old, self._new = old, new
        self._sets = [_words(clause) for clause in old], [_words(clause) for clause in new]
        count = Counter(word for side in self._sets for words in side for word in words)
        total = len(old) + len(new)
        self._weight = {word: math.log(1 + total / n) for word, n in count.items()}
        self._places: dict[str, list[int]] = defaultdict(list)
        for n, words in enumerate(self._sets[1]):
            for word in words:
                self._places[word].append(n)
        self._sums = [sum(map(self._weight.__getitem__, words)) for words in self._sets[1]]

    def best(self, one: int, taken: set[int]) -> list[tuple[int, float]]:
        """Return how alike the likeliest clauses of the other side are to one of this."""
        own, clause = self._sets[0][one], self._old[one]
        total = sum(map(self._weight.__getitem__, own))
        shared: dict[int, float] = defaultdict(float)
        for word in sorted(own, key=lambda w: (len(self._places[w]), w)):
            places = self._places[word]
            if len(places) > MAX_COMPARED * 5 and len(shared) >= MAX_COMPARED:
                break
            for other in places:
                if other not in taken:
                    shared[other] += self._weight[word]
        likely = sorted(shared, key=lambda n: (-shared[n], n))[:MAX_COMPARED]
        found = []
        for other in likely:
            least = min(total, self._sums[other])
            dice = 2 * shared[other] / ((total + self._sums[other]) or 1)
            # A clause that was made much longer still holds the words of the shorter one.
            score = max(dice, 0.75 * shared[other] / (least or 1) if least > 8 else 0.0)
            there = self._new[other]
            if clause.heading and heading_form(clause) == heading_form(there):
                score += SAME_HEADING
                score += SAME_NUMBER if clause.number == there.number else 0.0
            score -= 0.1 if bool(clause.cells) != bool(there.cells) else 0.0
            found.append((other, score))
        return found


def _words(clause: Clause) -> frozenset[str]:
    text = " ".join(cell.value for cell in clause.cells[:1]) if clause.cells else clause.text
    return frozenset(stem(t) for t in content_tokens(text) if not t[0].isdigit())


def _meant(
    old: Sequence[Clause],
    new: Sequence[Clause],
    matched: dict[int, int],
    taken: set[int],
    embed: Embed,
) -> list[Pair]:
    """Return pairs under one heading that are each other's nearest in meaning."""
    headings = _common_headings(old, new)
    ours = [n for n, c in enumerate(old) if n not in matched and _sense(c)][:MAX_EMBEDDED]
    theirs = [n for n, c in enumerate(new) if n not in taken and _sense(c)][:MAX_EMBEDDED]
    ours = [n for n in ours if heading_form(old[n]) in headings or not old[n].heading]
    theirs = [n for n in theirs if heading_form(new[n]) in headings or not new[n].heading]
    if not ours or not theirs:
        return []
    first = embed([old[n].text for n in ours])
    second = embed([new[n].text for n in theirs])
    alike = first @ second.T
    for row, one in enumerate(ours):
        for column, other in enumerate(theirs):
            if heading_form(old[one]) != heading_form(new[other]):
                alike[row, column] = 0.0
    return [
        (ours[row], theirs[column])
        for row, column in enumerate(alike.argmax(axis=1))
        if alike[row, column] >= LEAST_MEANT and alike[:, column].argmax() == row
    ]


def _sense(clause: Clause) -> bool:
    return not clause.cells


def _common_headings(old: Sequence[Clause], new: Sequence[Clause]) -> frozenset[str]:
    return frozenset(map(heading_form, old)) & frozenset(map(heading_form, new)) - {""}
