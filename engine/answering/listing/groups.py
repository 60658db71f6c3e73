"""What in a document is a list: tables, items below a heading, members named in a line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Literal

from engine.answering.listing.lines import Line
from engine.answering.listing.members import members
from engine.languages import PROFILES
from engine.records import DocumentRef
from engine.text import is_cjk, sentence_spans

GroupKind = Literal["table", "items", "paragraphs", "members"]

_FIELD = re.compile(r"^([^:：|]{1,60}?)\s*[:：](?=\s|[^\s\d/])\s*(.*)$", re.DOTALL)
_LABEL = re.compile(
    r"^\**([^:：|。]{1,50}?)\**\s*[:：]\**\s*(\S.*)$|^(\S[^|。]{1,30}?)\s{3,}(\S.*)$", re.DOTALL
)
_MAX_PARAGRAPH = 240
_LEAD_CHARACTERS = 220
_N_FOLDERS = 2
_MOSTLY = 0.7
_MAX_BETWEEN = 6
_N_LEADING = 2
_MAX_LABEL_CJK = 8


@dataclass(frozen=True)
class Row:
    """One line of a group.

    Attributes:
        line: Where it stands.
        cells: Text by name of its column, in order; of an item its text under an empty name.
    """

    line: Line
    cells: tuple[tuple[str, str], ...]
    rest: tuple[Line, ...] = ()

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(value for _, value in self.cells)


@dataclass(frozen=True)
class Group:
    """Lines that belong together, and what they are called.

    Attributes:
        kind: What they are.
        rows: In reading order.
        columns: Names of a table's columns.
        label: What stands right in front of them: a label, a line that leads to them.
        heading: The heading above them.
        around: Outer headings, the sheet, title and names of the document.
    """

    kind: GroupKind
    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    label: str
    heading: str
    around: str

    @property
    def document(self) -> DocumentRef:
        """Where it stands."""
        return self.rows[0].line.passage.document


def groups_of(lines: Sequence[Line], may_enumerate: Callable[[str], bool]) -> Iterator[Group]:
    """Yield the groups of one document.

    Args:
        lines: Of it.
        may_enumerate: Tells whether a line is worth taking apart for members.
    """
    heading, before = "", None
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.kind == "heading":
            follows = before is not None and before.kind == "heading"
            heading = f"{before.text}\n{line.text}" if before and follows else line.text
            before, at = line, at + 1
            continue
        run = _run(lines, at)
        label = _label_of(before, heading)
        for group, row in _groups(run, label, heading):
            if group is not None:
                yield group
            elif row is not None and may_enumerate(row.text):
                yield from _members(row, heading, _around(row.line))
        before, at = run[-1], at + len(run)


def _run(lines: Sequence[Line], at: int) -> list[Line]:
    """Return the lines from one on that are of its kind; text behind an item may go on with it."""
    first = lines[at]
    run = [first]
    for number, line in enumerate(lines[at + 1 :], start=at + 1):
        beside = line.kind == "text" or (line.kind == "heading" and line.bare and first.number > 0)
        if first.kind == "item" and beside and _between(run, lines, number):
            run.append(line)
            continue
        same = line.kind == first.kind and _same_place(first, line)
        goes_on = first.kind == "item" and line.kind == "text" and _goes_on(run[-1], line)
        if not (same or goes_on):
            break
        if first.kind == "item" and line.kind == "item" and line.number == 1 and run[-1].number > 1:
            break
        run.append(line)
    return run


def _between(run: Sequence[Line], lines: Sequence[Line], at: int) -> bool:
    """Tell whether text stands within a list: its next number, or item, follows soon."""
    if lines[at].text.endswith((":", "：")):
        return False
    last = next(line for line in reversed(run) if line.kind == "item")
    for line in lines[at + 1 : at + 1 + _MAX_BETWEEN]:
        if line.kind == "item":
            numbered = line.number == last.number + 1 if last.number else not line.number
            return numbered and _same_place(last, line)
        if line.kind == "row" or (line.kind == "heading" and not (line.bare and last.number)):
            return False
    return False


def _same_place(first: Line, line: Line) -> bool:
    one, other = first.passage.location, line.passage.location
    if one.kind == "sheet":
        return _sheet(one.name) == _sheet(other.name)
    return one.kind != "slide" or one.first == other.first


def _sheet(name: str) -> str:
    return name.rpartition("!")[0]


def _goes_on(before: Line, line: Line) -> bool:
    """Tell whether a line was broken for width only."""
    indented = line.printed.startswith(("  ", "\u3000")) or line.text[:1].islower()
    return indented and not before.text.endswith((".", "。", "!", "?"))


def _label_of(before: Line | None, heading: str) -> str:
    if before is None or before.kind not in ("text", "item"):
        return ""
    if len(before.text) <= _LEAD_CHARACTERS:
        return before.text
    spans = sentence_spans(before.text)
    n_last = _N_LEADING if before.text.endswith((":", "：")) else 1
    return before.text[spans[-n_last:][0][0] :][-2 * _LEAD_CHARACTERS :] if spans else ""


def _groups(
    run: Sequence[Line], label: str, heading: str
) -> Iterator[tuple[Group | None, Row | None]]:
    """Yield what is a group, and the rows that may enumerate something."""
    first = run[0]
    around = _around(first)
    if first.kind == "row":
        for rows in _tables(run):
            columns = tuple(dict.fromkeys(name for row in rows for name, _ in row.cells if name))
            yield Group("table", rows, columns, label, heading, around), None
        return
    if first.kind == "item":
        rows = _joined(run)
        if len(rows) > 1 or label.endswith((":", "：")):
            yield Group("items", rows, (), label, heading, around), None
        for row in rows:
            yield None, row
        return
    labelled = [_labelled(line) for line in run]
    forms = tuple(row for row in labelled if row is not None)
    if len(forms) > 1 and len(forms) >= _MOSTLY * len(run):
        columns = tuple(dict.fromkeys(name for row in forms for name, _ in row.cells))
        yield Group("table", forms, (), label, heading, around), None
    short = [line for line in run if len(line.text) <= _MAX_PARAGRAPH]
    if len(short) > 1 and heading:
        rows = tuple(Row(line, (("", line.text),)) for line in short)
        yield Group("paragraphs", rows, (), "", heading, around), None
    if len(short) > 2 and run[0].text.endswith((":", "：")):
        rows = tuple(Row(line, (("", line.text),)) for line in short[1:])
        yield Group("paragraphs", rows, (), run[0].text, heading, around), None
    for row in _joined_text(run):
        yield None, row


@lru_cache(maxsize=4096)
def _names(context: str, title: str, path: str, sheet: str) -> str:
    parts = PurePosixPath(path.replace("\\", "/")).parts
    names = (
        PurePosixPath(parts[-1]).stem.replace("_", " ") if parts else "",
        *parts[-1 - _N_FOLDERS : -1],
    )
    return "\n".join((context, title, sheet, *names))


def _around(line: Line) -> str:
    document, place = line.passage.document, line.passage.location
    sheet = _sheet(place.name) if place.kind == "sheet" else ""
    return _names(line.passage.context, document.title, document.path, sheet)


def _tables(run: Sequence[Line]) -> Iterator[tuple[Row, ...]]:
    """Cut rows where their columns change: each part is a table of its own."""
    rows: list[Row] = []
    names: Counter[str] = Counter()
    for line in run:
        row = Row(line, _cells(line.text))
        own = {name for name, _ in row.cells if name}
        if rows and own and names and not own & names.keys():
            yield tuple(rows)
            rows, names = [], Counter()
        rows.append(row)
        names.update(own)
    if rows:
        yield tuple(rows)


def _cells(text: str) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for part in text.split(" | "):
        match = _FIELD.match(part.strip())
        found.append((match[1].strip(), match[2].strip()) if match else ("", part.strip()))
    return tuple((name, value) for name, value in found if value)


def _joined(run: Sequence[Line]) -> tuple[Row, ...]:
    """Return the items of a list with the lines that go on with them."""
    rows: list[tuple[Line, list[Line]]] = []
    numbered = run[0].number > 0
    for line in run:
        inner = line.kind == "item" and numbered and not line.number
        if not rows or (line.kind == "item" and not inner):
            rows.append((line, []))
        else:
            rows[-1][1].append(line)
    found = []
    for line, more in rows:
        broken = [
            m for at, m in enumerate(more) if m.kind == "text" and _goes_on((line, *more)[at], m)
        ]
        text = " ".join((line.text, *(m.text for m in broken)))
        found.append(Row(line, (("", text),), tuple(broken)))
    return tuple(found)


def _joined_text(run: Sequence[Line]) -> Iterator[Row]:
    """Yield lines of text, each with those that only its width broke off."""
    at = 0
    while at < len(run):
        more: list[Line] = []
        while at + 1 + len(more) < len(run):
            last, line = (more or [run[at]])[-1], run[at + 1 + len(more)]
            wrapped = len(last.text) > 45 and not last.text.endswith((".", "。", ":", "?", "!"))
            joined = wrapped or _goes_on(last, line)
            if not joined or _LABEL.match(line.text) or len(more) > 6:
                break
            more.append(line)
        text = run[at].text
        for line in more:
            text += line.text if not text[-1:].isascii() else f" {line.text}"
        yield Row(run[at], (("", text.strip()),), tuple(more))
        at += 1 + len(more)


def _labelled(line: Line) -> Row | None:
    match = _LABEL.match(line.text)
    if match is None:
        return None
    name, value = (match[1], match[2]) if match[1] else (match[3], match[4])
    return Row(line, ((name.strip("* "), value.strip()),))


def _points_back(label: str) -> bool:
    """Tell whether a Japanese label names nothing itself: 「このモジュールは」."""
    return any(p.follow_up.points_back(label) for p in PROFILES if not p.spaced)


def _members(row: Row, heading: str, around: str) -> Iterator[Group]:
    """Yield the enumerations that a line or a sentence holds."""
    for label, found in members(row.text):
        long = len(label) > _MAX_LABEL_CJK if any(map(is_cjk, label)) else len(label.split()) > 4
        if (len(found) < 2 and long) or _points_back(label):
            continue
        rows = tuple(Row(row.line, (("", each),), row.rest) for each in found)
        yield Group("members", rows, (), label, heading, around)
