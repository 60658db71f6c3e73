"""Markdown: the text as written, with its headings as trail and its tables as rows.

The structure comes from markdown-it-py, whose tokens know their lines; everything that is no
heading, table, code or HTML stays as it was written, so that quotes can be found again.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.documents.cleaning import chosen_title, one_line
from engine.documents.headings import HeadingTrail
from engine.documents.source import Source
from engine.documents.tables.grid import MARKED, Row
from engine.documents.tables.writing import table_texts
from engine.documents.text_files.plain_text import paragraphs, text_lines
from engine.documents.text_files.web_page import is_html, parse
from engine.records import Block, Location, ParsedDocument, TableRow

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_WIDE_BLANK = re.compile(r"^( {0,3}#{1,6})\u3000", re.MULTILINE)
"""Japanese authors put an ideographic space behind the number signs of a heading."""

_LIBRARY_ERRORS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)


@functools.cache
def _parser() -> MarkdownIt:
    """Return a parser of blocks alone: what stands in a line is of no interest here."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


class _Walker:
    """Collects blocks from the lines of one file."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.blocks: list[Block] = []
        self.trail = HeadingTrail()
        self.first_heading = ""
        self._pending = 0  # index of the first line that is in no block yet

    def walk(self, tokens: Sequence[Token]) -> None:
        """Go through the tokens once."""
        for position, token in enumerate(tokens):
            if token.map is None or token.map[0] < self._pending:
                continue  # no block, or within one that was taken whole
            start, end = token.map
            if token.type == "table_open":
                self._table(tokens, position, start, end)
            elif token.level:
                continue  # inside a list or a quotation: as written
            elif token.type == "heading_open":
                self._heading(int(token.tag[1:]), tokens[position + 1].content, start, end)
            elif token.type == "fence":
                self._whole(start, end)
            elif token.type == "html_block" and is_html(token.content):
                self._html(token.content, start, end)
        self._flush(len(self.lines))

    def _flush(self, end: int) -> None:
        """Take the lines before ``end`` as they are, cut at blank ones."""
        for text, first, last in paragraphs(self.lines[self._pending : end], self._pending + 1):
            self._add(text, first, last)
        self._pending = end

    def _add(
        self, text: str, first: int, last: int, *, atomic: bool = False, row: TableRow | None = None
    ) -> None:
        place = Location("line", first, last)
        self.blocks.append(Block(text, place, self.trail.text, atomic=atomic, row=row))

    def _heading(self, level: int, text: str, start: int, end: int) -> None:
        self._flush(start)
        heading = one_line(text)
        if heading:
            self.trail.enter(level, heading)
            self.first_heading = self.first_heading or heading
            self._add(heading, start + 1, end)
        self._pending = end

    def _whole(self, start: int, end: int) -> None:
        """Take code as one block, whatever blank lines it has."""
        self._flush(start)
        while end > start + 1 and not self.lines[end - 1].strip():
            end -= 1  # a fence that is never closed goes on to the end of the file
        text = "\n".join(line.rstrip() for line in self.lines[start:end])
        self._add(text, start + 1, end)
        self._pending = end

    def _html(self, html: str, start: int, end: int) -> None:
        """Take the text of a piece of HTML; comments and bare tags have none."""
        self._flush(start)
        for block in parse(html).blocks:
            self._add(block.text, start + 1, end, atomic=block.atomic, row=block.row)
        self._pending = end

    def _table(self, tokens: Sequence[Token], position: int, start: int, end: int) -> None:
        self._flush(start)
        numbers: list[int] = []
        rows: list[list[str]] = []
        while (token := tokens[position]).type != "table_close":
            if token.type == "tr_open":
                numbers.append(token.map[0] + 1 if token.map else start + 1)
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(one_line(token.content))
            position += 1
        marks = [bytes([MARKED]) * len(rows[0]), *([b""] * len(rows))] if rows else []
        grid = [Row(n, tuple(row), m) for n, row, m in zip(numbers, rows, marks, strict=False)]
        for number, text, row in table_texts(grid):
            self._add(text, number, number, atomic=True, row=row)
        self._pending = end


def _front_matter(lines: list[str]) -> tuple[list[str], str]:
    """Return the lines with the marks of a YAML header blanked, and the title that it gives.

    Its entries are read as they stand: who wrote it, until when it holds.
    """
    if lines[0].strip() != "---":
        return lines, ""
    for end, line in enumerate(lines[1:60], start=1):
        if line.strip() in ("---", "..."):
            inside = lines[1:end]
            titles = [entry[6:] for entry in inside if entry.startswith("title:")]
            said = ("title:", "#")  # the title is the document's; the rest is a remark
            kept = ["" if entry.startswith(said) else entry for entry in inside]
            title = (titles or [""])[0].strip(" \"'")
            return ["", *kept, "", *lines[end + 1 :]], title
    return lines, ""


def read(source: Source) -> ParsedDocument:
    """Read a Markdown file; locations are line numbers."""
    lines, title = _front_matter(text_lines(source))
    text = _WIDE_BLANK.sub(r"\1 ", "\n".join(lines))
    with source.library_call(*_LIBRARY_ERRORS):
        tokens = _parser().parse(text)
    walker = _Walker(lines)
    walker.walk(tokens)
    name = chosen_title(title, walker.first_heading, name=source.name)
    return ParsedDocument(name, source.checked(walker.blocks), "text/markdown")
