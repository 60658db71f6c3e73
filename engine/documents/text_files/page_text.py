"""The text of a web page, collected from opening tags, text and closing tags."""

from __future__ import annotations

from dataclasses import dataclass

from engine.documents.cleaning import clean, collapse, one_line
from engine.documents.headings import HeadingTrail
from engine.documents.raised import beside
from engine.documents.tables.grid import BOLD, MARKED, GridBuilder
from engine.documents.tables.writing import table_texts
from engine.records import Block, Location, TableRow

_LEVEL = {f"h{level}": level for level in range(1, 7)}
_BLOCK = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form header hgroup hr legend li main menu ol p pre section "
    "summary table tbody thead tfoot tr td th caption ul option".split()
)


_PIECES_BEFORE = 8
"""Of those before raised text only the last letters matter."""
_ALL_ROWS = 1_000
_BOLD = frozenset({"b", "strong"})


@dataclass(frozen=True)
class Span:
    """What a cell's tag says of it.

    Attributes:
        n_columns: Columns that it covers.
        n_rows: Rows that it covers; 0 for all that follow.
    """

    n_columns: int = 1
    n_rows: int = 1


class _Table:
    """Cells of the table that is being read."""

    def __init__(self) -> None:
        self.grid = GridBuilder()
        self.row: list[tuple[str, Span, int]] = []
        self.span = Span()
        self.in_head = False
        self.n_plain = 0
        self.bold_depth = 0

    def end_cell(self, text: str, *, is_head: bool) -> None:
        look = MARKED if is_head or self.in_head else 0
        look |= BOLD if text and not self.n_plain else 0
        self.row.append((text, self.span, look))
        self.span, self.n_plain = Span(), 0

    def end_row(self) -> None:
        for text, span, look in self.row:
            n_rows = span.n_rows or _ALL_ROWS
            self.grid.cell(text, n_columns=span.n_columns, n_rows=n_rows, look=look)
        if self.row:
            self.grid.end_row()
        self.row = []


class PageText:
    """Turns a walk over a page into blocks.

    Attributes:
        title: From the ``title`` element; may be empty.
        first_heading: First ``h1`` to ``h6``; may be empty.
        blocks: Paragraphs, headings and table rows in document order.
    """

    def __init__(self, title: str) -> None:
        self.title = one_line(title)
        self.first_heading = ""
        self.blocks: list[Block] = []
        self._trail = HeadingTrail()
        self._pieces: list[str] = []
        self._table: _Table | None = None
        self._table_depth = 0
        self._pre_depth = 0
        self._raised_from = 0
        self._mark = ""

    def mark(self, mark: str) -> None:
        """Take the mark of an item of a list; the next text stands behind it."""
        self._mark = "" if self._table is not None else mark

    def text(self, text: str) -> None:
        """Take text as it stands in the source."""
        if self._pre_depth:
            text = text.replace("\n", "\v")
        if self._table is not None and not self._table.bold_depth and not text.isspace():
            self._table.n_plain += len(text)
        if text:
            self._pieces.append(text)

    def field(self, value: str) -> None:
        """Take what a field is filled with; its label stands before it."""
        if value:
            before = "".join(self._pieces[-_PIECES_BEFORE:]).rstrip(" \n\t")
            mark = "" if not before or before[-1] in "\v:：?？" else ":"
            if mark:
                self._pieces[-1] = self._pieces[-1].rstrip(" \n\t")
            self._pieces.append(f"{mark} {value}\v")

    def open(self, tag: str, span: Span | None = None) -> None:
        """Take an opening tag.

        Args:
            tag: Its name.
            span: What a cell says of its size.
        """
        if self._table is not None and self._table_depth == 1:
            self._open_in_table(tag, span, self._table)
        if tag == "br":
            self._pieces.append("\v")
        elif tag in ("sup", "sub"):
            self._raised_from = len(self._pieces)
        elif tag == "table":
            self._table_depth += 1
            if self._table is None:
                self._flush()
                self._table = _Table()
        elif tag in _BLOCK or tag in _LEVEL:
            self._boundary()
            self._pre_depth += tag == "pre"

    @staticmethod
    def _open_in_table(tag: str, span: Span | None, table: _Table) -> None:
        if tag in _BOLD:
            table.bold_depth += 1
        elif tag in ("td", "th"):
            table.span, table.n_plain = span or Span(), 0
        elif tag in ("thead", "tbody", "tfoot"):
            table.in_head = tag == "thead"

    def close(self, tag: str) -> None:
        """Take a closing tag."""
        if tag in ("sup", "sub"):
            self._end_raised(raised=tag == "sup")
        if self._table is not None and tag in _BOLD and self._table_depth == 1:
            self._table.bold_depth = max(0, self._table.bold_depth - 1)
        if self._table is not None and tag in ("td", "th", "tr", "table", "caption"):
            self._close_in_table(tag, self._table)
        elif tag in _LEVEL and self._table is None:
            self._heading(_LEVEL[tag])
        elif tag in _BLOCK or tag in _LEVEL:
            self._boundary()
            self._pre_depth -= tag == "pre"
            self._mark = "" if tag == "li" else self._mark

    def _end_raised(self, *, raised: bool) -> None:
        """Set raised or lowered text apart from what it stands beside."""
        start = min(self._raised_from, len(self._pieces))
        inside = "".join(self._pieces[start:])
        before = "".join(self._pieces[max(0, start - _PIECES_BEFORE) : start])
        self._pieces[start:] = [beside(before.rstrip("\n"), inside, raised=raised)]

    def finish(self) -> None:
        """Take the end of the page."""
        self._flush()

    def _boundary(self) -> None:
        if self._table is None:
            self._flush()
        else:
            self._pieces.append("\v")

    def _taken(self) -> str:
        if not self._pieces:
            return ""
        text = collapse("".join(self._pieces))
        self._pieces.clear()
        return clean(text) if text else ""

    def _flush(self) -> None:
        self._add(self._taken())

    def _add(self, text: str, *, atomic: bool = False, row: TableRow | None = None) -> None:
        if text:
            if not atomic:
                text, self._mark = self._mark + text, ""
            place = Location("section", name=self._trail.text or self.title)
            self.blocks.append(Block(text, place, self._trail.text, atomic=atomic, row=row))

    def _heading(self, level: int) -> None:
        text = one_line(self._taken())
        if text:
            self._mark = ""
            self._trail.enter(level, text)
            self.first_heading = self.first_heading or text
            self._add(text)

    def _close_in_table(self, tag: str, table: _Table) -> None:
        if tag == "table":
            self._table_depth -= 1
        if self._table_depth > (0 if tag == "table" else 1):
            self._pieces.append(" ")  # a table within a cell is text of that cell
            return
        if tag in ("td", "th"):
            table.end_cell(self._taken(), is_head=tag == "th")
        elif tag == "caption":
            self._flush()
        elif tag == "tr":
            table.end_row()
        else:
            table.end_row()
            self._end_table(table)

    def _end_table(self, table: _Table) -> None:
        self._table = None
        rest = self._taken()
        rows = table.grid.rows
        if max((len(row.cells) for row in rows), default=0) < 2 or len(rows) < 2:
            # Laid out with a table: cells are paragraphs.
            for cells in rows:
                for at in cells.own():
                    self._add(cells.cells[at])
        else:
            for _, text, row in table_texts(rows):
                self._add(text, atomic=True, row=row)
        self._add(rest)
