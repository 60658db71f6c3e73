"""Two parts of one document side by side: sections, rows of a table, or two of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.answering.differences.changes import Change
from engine.answering.differences.clauses import Cell, Clause
from engine.retrieval.terms import held_tokens

Terms = tuple[str, ...]


def sections(
    clauses: Sequence[Clause], parts: Sequence[Terms]
) -> tuple[tuple[Clause, ...], ...] | None:
    """Return the clauses under the two headings that are meant; None if there are not both."""
    found = tuple(
        tuple(clause for clause in clauses if _names(clause.heading, terms)) for terms in parts
    )
    apart = all(found) and not {c.spans for c in found[0]} & {c.spans for c in found[1]}
    return found if apart else None


@dataclass(frozen=True)
class Beside:
    """Two rows or two columns.

    Attributes:
        changes: What differs.
        names: What the two are called.
    """

    changes: tuple[Change, ...] = ()
    names: tuple[str, str] = ("", "")


def cells_of_parts(clauses: Sequence[Clause], parts: Sequence[Terms]) -> Beside:
    """Return what differs between two rows, or between two columns in each row."""
    found = _of_rows(clauses, parts)
    return found if found.changes else _of_columns(clauses, parts)


def _of_rows(clauses: Sequence[Clause], parts: Sequence[Terms]) -> Beside:
    changes: list[Change] = []
    names = ("", "")
    rows = [_rows(clauses, terms) for terms in parts]
    for one in rows[0]:
        for other in rows[1]:
            if one.cells[0].label != other.cells[0].label or one.heading != other.heading:
                continue
            names = one.cells[0].shown, other.cells[0].shown
            theirs = {cell.label: cell for cell in other.cells[1:]}
            for cell in one.cells[1:]:
                beside = theirs.pop(cell.label, None)
                if beside is None or beside.value != cell.value:
                    changes.append(_change(cell.name, cell, beside))
            changes += [_change(beside.name, None, beside) for beside in theirs.values()]
    return Beside(tuple(changes), names)


def _rows(clauses: Sequence[Clause], terms: Terms) -> list[Clause]:
    return [
        c
        for c in clauses
        if len(c.cells) > 1 and any(_names(cell.value, terms, c.heading) for cell in c.cells[:2])
    ]


def _of_columns(clauses: Sequence[Clause], parts: Sequence[Terms]) -> Beside:
    changes: list[Change] = []
    names = ("", "")
    for clause in clauses:
        one, other = (_column(clause, terms) for terms in parts)
        if one and other and one.label != other.label:
            names = one.name, other.name
            if one.value != other.value:
                changes.append(_change(clause.cells[0].shown, one, other))
    return Beside(tuple(changes), names)


def _column(clause: Clause, terms: Terms) -> Cell | None:
    return next((cell for cell in clause.cells[1:] if _names(cell.label, terms)), None)


def _names(text: str, terms: Terms, heading: str = "") -> bool:
    """Tell whether a text is what is meant; a heading above it may say the rest."""
    held = held_tokens(terms, text)
    return bool(held) and len(held | held_tokens(terms, heading)) == len(terms)


def _change(topic: str, one: Cell | None, other: Cell | None) -> Change:
    old, new = ((one.span,) if one else ()), ((other.span,) if other else ())
    return Change("changed" if one and other else "added" if other else "removed", topic, old, new)
