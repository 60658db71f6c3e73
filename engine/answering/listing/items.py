"""What an item of a list says, and which items are the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.answering.composed import Source
from engine.answering.listing.groups import Row
from engine.answering.listing.matching import Fit
from engine.text import search_form

MAX_CHARACTERS = 240
_ORDINAL = re.compile(r"^(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]?$", re.IGNORECASE)
_VALUE = re.compile(r"^[^\w]*[\d.,]+|^\d|^(?:GBP|EUR|JPY|USD|CHF)\b")
_CODE = re.compile(r"^(?=.*[A-Za-z])[A-Z0-9][A-Za-z0-9./-]*\d[A-Za-z0-9./-]*$")
_BRACKET = re.compile(r"\s*[（(][^（）()]*[)）]\s*")
_NOT_SAID = re.compile(r"[\s\W_]+")
_UNIT = re.compile(r"[（(]([^（）()]{1,14})[)）]\s*$")


@dataclass(frozen=True)
class Item:
    """One item.

    Attributes:
        text: What it is, one line.
        sources: Where it stands, every place of it.
        key: Equal for the same thing.
    """

    text: str
    sources: tuple[Source, ...]
    key: str


def items_of(fit: Fit) -> list[Item]:
    """Return the items of a group."""
    name = _subject_column(fit)
    subjects = [dict(row.cells).get(name, "") for row in fit.rows]
    whole = len(set(subjects)) < len(subjects)
    found = []
    for row in fit.rows:
        text = _text(fit, row, name)
        if text:
            key = _key(text, fit, whole=whole)
            found.append(Item(shortened(text), (_source(row),), key))
    return found


def merged(items: Sequence[Item]) -> list[Item]:
    """Return each item once, with all places where it stands."""
    found: dict[str, Item] = {}
    for item in items:
        known = found.get(item.key)
        if known is None:
            found[item.key] = item
        else:
            sources = (*known.sources, *(s for s in item.sources if s not in known.sources))
            found[item.key] = Item(known.text, sources, item.key)
    return list(found.values())


def _text(fit: Fit, row: Row, subject: str) -> str:
    cells = dict(row.cells)
    if fit.group.kind != "table":
        return row.text
    if not fit.group.columns:  # a form, or rows without names
        if len(row.cells) == 1 and row.cells[0][0]:
            return f"{row.cells[0][0]}: {row.cells[0][1]}"
        return " – ".join(value for _, value in row.cells)
    if fit.column:
        value = cells.get(fit.column, "")
        if not value or not _is_value(fit, fit.column):
            return _described(fit, value, row)
        if fit.column == subject:
            beside = [f"{name} {v}".strip() for name, v in row.cells if name != subject]
            return f"{', '.join(beside[:2])}: {value}" if beside else value
        return f"{cells.get(subject, '')}: {_with_unit(fit.column, value, cells)}"
    head = cells.get(subject) or row.cells[0][1]
    more = [
        value if not _VALUE.match(value) else f"{name} {value}"
        for name, value in row.cells
        if name != subject and value != head and not _ORDINAL.match(value)
    ]
    return head if not more else f"{head} – {', '.join(more[:3])}"


def _described(fit: Fit, value: str, row: Row) -> str:
    """Return a value; a code with the first words beside it, which say what it is of."""
    if not _CODE.match(value):
        return value
    others = (v for name, v in row.cells if name != fit.column)
    words = next((v for v in others if not _VALUE.match(v) and not _CODE.match(v)), "")
    return f"{value} – {words}" if words else value


def _with_unit(column: str, value: str, cells: dict[str, str]) -> str:
    unit = _UNIT.search(column)
    if unit and value.replace(",", "").replace(".", "").lstrip("-").isdigit():
        return f"{value} {unit[1]}"
    money = [v for v in cells.values() if re.fullmatch(r"[A-Z]{3}", v)]
    return (
        f"{value} {money[0]}"
        if money and value.replace(",", "").replace(".", "").isdigit()
        else value
    )


def _subject_column(fit: Fit) -> str:
    """Return the column that says what a row is about: the first that is no running number."""
    rows = fit.group.rows
    for column in fit.group.columns:
        values = [dict(row.cells).get(column, "") for row in rows]
        said = [value for value in values if value]
        if len(said) * 2 < len(rows) or all(map(_ORDINAL.match, said)):
            continue
        return column
    return fit.group.columns[0] if fit.group.columns else ""


def _is_value(fit: Fit, column: str) -> bool:
    """Tell whether a column holds numbers, amounts or dates, which say nothing alone."""
    values = [dict(row.cells).get(column, "") for row in fit.rows]
    said = [value for value in values if value]
    return sum(bool(_VALUE.match(v)) and not _CODE.match(v) for v in said) * 2 > len(said)


def _key(text: str, fit: Fit, *, whole: bool) -> str:
    if not whole and fit.group.kind == "table" and not (fit.column and _is_value(fit, fit.column)):
        text = text.split(" – ")[0]
    plain = _BRACKET.sub(" ", text) if _BRACKET.sub("", text).strip() else text
    said = _NOT_SAID.sub(" ", search_form(plain)).strip()
    return said or _NOT_SAID.sub(" ", search_form(text)).strip() or text


def _source(row: Row) -> Source:
    line = row.line
    end = max(
        (more.end for more in row.rest if more.passage.id == line.passage.id), default=line.end
    )
    return Source(line.passage, line.start, max(line.end, end))


def shortened(text: str) -> str:
    """Return one line of bearable length."""
    text = " ".join(text.split())
    return text if len(text) <= MAX_CHARACTERS else f"{text[:MAX_CHARACTERS].rstrip()}…"
