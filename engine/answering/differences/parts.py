"""Two parts of one document side by side: sections, rows of a table, or two of its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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


def cells_of_parts(clauses: Sequence[Clause], parts: Sequence[Terms]) -> tuple[Change, ...]:
    """Return what differs between two rows, or between two columns in each row."""
    return tuple(_of_rows(clauses, parts)) or tuple(_of_columns(clauses, parts))


def _of_rows(clauses: Sequence[Clause], parts: Sequence[Terms]) -> Iterator[Change]:
    rows = [_rows(clauses, terms) for terms in parts]
    for one in rows[0]:
        for other in rows[1]:
            if one.cells[0].label != other.cells[0].label or one.heading != other.heading:
                continue
            theirs = {cell.label: cell for cell in other.cells[1:]}
            for cell in one.cells[1:]:
                beside = theirs.pop(cell.label, None)
                if beside is None or beside.value != cell.value:
                    yield _change(cell.label, cell, beside)
            for beside in theirs.values():
                yield _change(beside.label, None, beside)


def _rows(clauses: Sequence[Clause], terms: Terms) -> list[Clause]:
    return [
        c
        for c in clauses
        if len(c.cells) > 1 and any(_names(cell.value, terms) for cell in c.cells[:2])
    ]


def _of_columns(clauses: Sequence[Clause], parts: Sequence[Terms]) -> Iterator[Change]:
    for clause in clauses:
        one, other = (_column(clause, terms) for terms in parts)
        if one and other and one.label != other.label and one.value != other.value:
            yield _change(clause.cells[0].value, one, other)


def _column(clause: Clause, terms: Terms) -> Cell | None:
    return next((cell for cell in clause.cells[1:] if _names(cell.label, terms)), None)


def _names(text: str, terms: Terms) -> bool:
    return bool(text) and len(held_tokens(terms, text)) == len(terms)


def _change(topic: str, one: Cell | None, other: Cell | None) -> Change:
    old, new = ((one.span,) if one else ()), ((other.span,) if other else ())
    return Change("changed" if one and other else "added" if other else "removed", topic, old, new)
