"""Markdown: the text as written, with its headings as trail and its tables as rows."""

from __future__ import annotations

import re

from engine.documents.cleaning import chosen_title, one_line
from engine.documents.headings import HeadingTrail
from engine.documents.source import Source
from engine.documents.tables import table_lines
from engine.documents.text_files.plain_text import paragraphs, text_lines
from engine.records import Block, Location, ParsedDocument

_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t\u3000]+(.+?)[ \t]*#*[ \t]*$")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-+)[ \t]*$")
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
_DELIMITER_ROW = re.compile(r"^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")
_CELL_BORDER = re.compile(r"(?<!\\)\|")


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [one_line(cell.replace("\\|", "|")) for cell in _CELL_BORDER.split(inner)]


class _Walker:
    """Collects blocks from the lines of one file."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.blocks: list[Block] = []
        self.trail = HeadingTrail()
        self.first_heading = ""
        self._pending = 0  # index of the first line that is in no block yet

    def _flush(self, end: int) -> None:
        for text, first, last in paragraphs(self.lines[self._pending : end], self._pending + 1):
            self.blocks.append(Block(text, Location("line", first, last), self.trail.text))
        self._pending = end

    def _heading(self, level: int, text: str, start: int, end: int) -> None:
        self._flush(start)
        self.trail.enter(level, text)
        self.first_heading = self.first_heading or text
        self.blocks.append(Block(text, Location("line", start + 1, end), self.trail.text))
        self._pending = end

    def _table(self, start: int) -> int:
        end = start + 2
        while end < len(self.lines) and "|" in self.lines[end]:
            end += 1
        self._flush(start)
        rows = [_cells(self.lines[i]) for i in range(start, end) if i != start + 1]
        texts = table_lines(rows, header_known=True)
        first = end - len(texts) if len(rows) > 1 else start
        for offset, text in enumerate(texts):
            place = Location("line", first + offset + 1, first + offset + 1)
            self.blocks.append(Block(text, place, self.trail.text, atomic=True))
        self._pending = end
        return end

    def walk(self) -> None:
        """Go through the lines once."""
        fence = ""
        position = 0
        while position < len(self.lines):
            line = self.lines[position]
            following = self.lines[position + 1] if position + 1 < len(self.lines) else ""
            if fence or (opening := _FENCE.match(line)):
                if not fence:
                    fence = opening.group(1) if opening else ""
                elif line.strip().startswith(fence):
                    fence = ""
            elif match := _HEADING.match(line):
                self._heading(len(match[1]), one_line(match[2]), position, position + 1)
            elif line.strip() and not line.startswith("    ") and self._underlined(position):
                level = 1 if following.strip().startswith("=") else 2
                self._heading(level, one_line(line), position, position + 2)
                position += 1
            elif "|" in line and "|" in following and _DELIMITER_ROW.match(following):
                position = self._table(position)
                continue
            position += 1
        self._flush(len(self.lines))

    def _underlined(self, position: int) -> bool:
        """A one-line paragraph above a line of ``===`` or ``---`` is a heading."""
        above = self.lines[position - 1] if position else ""
        below = self.lines[position + 1] if position + 1 < len(self.lines) else ""
        return not above.strip() and bool(_UNDERLINE.match(below)) and "|" not in below


def _without_front_matter(lines: list[str]) -> tuple[list[str], str]:
    """Blank a YAML header out (line numbers stay) and return the title it gives."""
    if lines[0].strip() != "---":
        return lines, ""
    for end, line in enumerate(lines[1:60], start=1):
        if line.strip() == "---":
            titles = [entry[6:] for entry in lines[1:end] if entry.startswith("title:")]
            return [""] * (end + 1) + lines[end + 1 :], (titles or [""])[0].strip(" \"'")
    return lines, ""


def read(source: Source) -> ParsedDocument:
    """Read a Markdown file; locations are line numbers."""
    lines, title = _without_front_matter(text_lines(source))
    walker = _Walker(lines)
    walker.walk()
    name = chosen_title(title, walker.first_heading, name=source.name)
    return ParsedDocument(name, source.checked(walker.blocks), "text/markdown")
