"""Tables as lines: each value bound to its full name, each line with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine.documents.tables.forms import Form, pairs_of
from engine.documents.tables.grid import (
    BOLD,
    DOWN,
    FILLED,
    MARKED,
    Row,
    flat,
    has,
)
from engine.documents.tables.headers import Header, are_names, find_header
from engine.documents.tables.kinds import (
    Kind,
    ends_in_colon,
    is_name,
    is_note,
    is_total,
    is_value,
    kind_of,
    without_colon,
)
from engine.documents.tables.line import Line, Role
from engine.documents.tables.naming import named
from engine.documents.tables.regions import Region
from engine.records import TableHead

_LOOK_AHEAD_LINES = 500
"""Lines within which every name of a header must have been used, or it is written itself."""

_SAMPLE_ROWS = 60
_MAX_CAPTION = 200
_MAX_TRIES = 20
"""Rows that look like another header and are none, after which looks mean nothing."""


class Binder:
    """Goes through one region from top to bottom.

    Args:
        region: Rows and columns.
        header: What names its columns; its rows above are titles and labels.
        form: Where its labels stand: above the header, or everywhere without one.
    """

    def __init__(self, region: Region, header: Header | None, form: Form | None) -> None:
        self.rows, self.left, self.right = region.rows, region.left, region.right
        self.form = form
        self.header: Header | None = None
        self.names: tuple[str, ...] = ()
        self._heads: list[tuple[str, ...]] = []
        self._next = header
        self._head: TableHead | None = None
        self._is_first = True
        self._caption = ""
        self._section = ""
        self._n_tries = 0
        sample = self.rows[:_SAMPLE_ROWS]
        self._n_widest = max(len(row.own(self.left, self.right)) for row in sample)
        self._are_labels = self._look_like_labels(sample)

    def _look_like_labels(self, rows: list[Row]) -> bool:
        """Tell whether first cells name the second ones: names, or words before values."""
        owns = [(row, own) for row in rows if len(own := row.own(self.left, self.right)) > 1]
        n_names = sum(is_name(row.cells[own[0]]) for row, own in owns)
        seconds = (kind_of(row.cells[own[1]], row.look(own[1])) for row, own in owns)
        if n_names and n_names >= 0.3 * len(owns):
            return True
        return len(owns) > 1 and any(kind is not Kind.WORDS for kind in seconds)

    def continue_with(self, header: Header) -> None:
        """Take the names of the table above."""
        self.header, self.names, self._next = header, header.names, None
        self._head = TableHead(header.names)

    def lines(self) -> Iterator[Line]:
        """Yield the lines; a header only where some of its text stands in no other line."""
        at = 0
        waiting: list[Line] = []
        head: Line | None = None
        while at < len(self.rows):
            if self._next is not None and at == self._next.first:
                yield from _with_head(head, waiting)
                head, waiting = self._enter(self._next), []
                at = self._next.end
                self._next = None
                continue
            row = self.rows[at]
            if self._next is None and self._begins_another(at):
                continue
            line = self._line(row, at)
            at += 1
            if line is None:
                continue
            waiting.append(line)
            if head is None or len(waiting) > _LOOK_AHEAD_LINES:
                yield from _with_head(head, waiting)
                head, waiting = None, []
        yield from _with_head(head, waiting)

    def _enter(self, header: Header) -> Line:
        self.header, self.names = header, header.names
        self._head, self._is_first = TableHead(header.names, self._caption), True
        self._caption = self._section = ""
        rows = self.rows[header.first : header.end]
        self._heads = [row.cells[self.left : self.right] for row in rows]
        texts = [name for name in self.names if name]
        columns = [at for at, name in enumerate(self.names) if name]
        pairs = tuple(("", text) for text in dict.fromkeys(texts))
        return Line(rows[-1].number, Role.HEADER, pairs, columns[0], columns[-1])

    # --- another table below ---------------------------------------------------------

    def _begins_another(self, at: int) -> bool:
        """Tell whether a row is the header of another table right below this one."""
        row = self.rows[at]
        if at == 0 or self._n_tries >= _MAX_TRIES or not self._may_be_header(row, at):
            return False
        own = row.own(self.left, self.right)
        if row.cells[self.left : self.right] in self._heads:
            return False
        kinds = [kind_of(row.cells[c], row.look(c)) for c in own]
        if len(own) < 2 or any(is_value(kind) or kind is Kind.PROSE for kind in kinds):
            return False
        self._n_tries += 1
        found = find_header(self.rows[at : at + _SAMPLE_ROWS + 12], self.left, self.right)
        if found is None or found.first != 0 or at + found.end >= len(self.rows):
            return False
        self._n_tries -= 1
        self._next = replace(found, first=at, end=at + found.end)
        self.form = None
        return True

    def _may_be_header(self, row: Row, at: int) -> bool:
        flags = MARKED | (self.header.looks & (BOLD | FILLED) if self.header else 0)
        if self.header is None and self.form is None:
            flags |= BOLD | FILLED
        if has(row.looks, flags):
            return True
        if at > 10 * _SAMPLE_ROWS:
            return False
        if self.header is None:
            return are_names(row, row.own(self.left, self.right))
        values = self.header.values
        in_values = [c for c in row.own(self.left, self.right) if c < len(values) and values[c]]
        return len(in_values) > 1 and all(is_name(row.cells[c]) for c in in_values)

    # --- rows ------------------------------------------------------------------------

    def _line(self, row: Row, at: int) -> Line | None:
        own = row.own(self.left, self.right)
        if not own:
            return None
        if has(row.looks, DOWN) and all(row.look(c) & DOWN for c in own):
            return None
        if self._heads and row.cells[self.left : self.right] in self._heads:
            return None
        if len(own) == 1:
            return self._single(row, own[0], at)
        if self._next is not None:
            pairs = self._without_header(row, own)
            role = Role.TITLE
        elif self.header is not None and not self._is_head_of_others(self.header, row, own, at):
            pairs, role = named(self.header, self.names, row, own, self.left), Role.DATA
        else:
            pairs, role = self._without_header(row, own), Role.DATA
        line = Line(row.number, role, tuple(pairs), own[0], own[-1], self._section)
        return self._placed(line, row, own) if role is Role.DATA else line

    def _placed(self, line: Line, row: Row, own: list[int]) -> Line:
        """Return a row with its place in the table: which column each of its values is of."""
        if self._head is None or len(line.pairs) != len(own):
            return line
        pairs = zip(own, line.pairs, strict=True)
        columns = tuple(self._column(row, at, name) for at, (name, _) in pairs)
        if all(at < 0 for at in columns):
            return line
        first, self._is_first = self._is_first, False
        return replace(
            line,
            head=self._head,
            columns=columns,
            is_first=first,
            is_total=is_total(row.cells[own[0]]),
        )

    def _column(self, row: Row, at: int, name: str) -> int:
        """Return the column that a cell is a value of; -1 for none, or for several."""
        own_name = self.names[at] if at < len(self.names) else ""
        if own_name == name:
            return at
        return -1 if not name or row.end(at) > at + 1 else at

    def _is_head_of_others(self, header: Header, row: Row, own: list[int], at: int) -> bool:
        """Tell whether a row has words where the others have numbers, in three columns or more."""
        if at > 10 * _SAMPLE_ROWS:
            return False
        in_numbers = [c for c in own if c < len(header.numbers) and header.numbers[c]]
        if len(in_numbers) < 3:
            return False
        kinds = [kind_of(row.cells[c], row.look(c)) for c in in_numbers]
        return kinds.count(Kind.WORDS) > 0.6 * len(kinds)

    def _single(self, row: Row, column: int, at: int) -> Line:
        text = flat(row.cells[column])
        role, name, section = Role.NOTE, "", self._section
        if self._next is not None or (self.header is None and at == 0):
            role = Role.TITLE
        elif self._is_section(row, column, at):
            role, section, self._section = Role.SECTION, "", text
        elif self.header is not None and self._is_value_alone(self.header, row, column, at):
            role, name = Role.DATA, self.names[column]
        if role is Role.NOTE and (is_note(text) or at + 1 == len(self.rows)):
            section = ""
        if role is Role.TITLE:
            self._caption = f"{self._caption} {text}".strip()[:_MAX_CAPTION]
        line = Line(row.number, role, ((name, text),), column, column, section)
        return self._placed(line, row, [column]) if role is Role.DATA else line

    def _is_value_alone(self, header: Header, row: Row, column: int, at: int) -> bool:
        """Tell whether the only cell of a row is a value of its column rather than a remark."""
        text = row.cells[column]
        if column >= len(self.names) or row.end(column) > column + 1 or is_note(text):
            return False
        kind = kind_of(text, row.look(column))
        if is_value(kind) or kind is Kind.PERIOD:
            return column > self.left or header.values[column] or header.looks > 0
        if column > self.left:
            return not header.values[column]
        is_certain = header.looks & MARKED or self.right - self.left == 2
        is_last = at + 1 == len(self.rows) > 2
        return bool(is_certain) and kind is Kind.WORDS and not is_last

    def _is_section(self, row: Row, column: int, at: int) -> bool:
        """Tell whether a row of one cell is a title over those that follow."""
        text = row.cells[column]
        if at + 1 >= len(self.rows) or column != self.left or is_note(text) or is_total(text):
            return False
        if self.header is None and self.form is not None:
            return False
        following = self.rows[at + 1].own(self.left, self.right)
        if len(following) < 2 or kind_of(text) is Kind.PROSE:
            return False
        width = row.end(column) - column
        stands_out = row.look(column) & (BOLD | FILLED | MARKED)
        plain = self.rows[at + 1].look(following[0]) & (BOLD | FILLED | MARKED) != stands_out
        return width > max(1, (self.right - self.left) / 2) or bool(stands_out and plain)

    def _without_header(self, row: Row, own: list[int]) -> list[tuple[str, str]]:
        texts = [flat(row.cells[c]) for c in own]
        if self.form is not None:
            return pairs_of(self.form, row, own)
        if len(own) == 2 and (self._n_widest == 2 or ends_in_colon(texts[0])):
            kind = kind_of(texts[0], row.look(own[0]))
            is_label = self._are_labels and kind in (Kind.WORDS, Kind.CODE, Kind.PERIOD)
            if (is_label or is_name(texts[0])) and not ends_in_colon(texts[1]):
                return [(without_colon(texts[0]), texts[1])]
        return [("", text) for text in texts]


def _with_head(head: Line | None, lines: list[Line]) -> Iterator[Line]:
    """Yield lines, the header before them if some of its text would be lost."""
    if head is not None:
        used = {name for line in lines for name, _ in line.pairs}
        used.update(part for name in list(used) for part in name.split(" / "))
        if any(text not in used for _, text in head.pairs):
            yield head
    yield from lines
