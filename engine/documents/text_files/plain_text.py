"""Plain text and everything that reads well as such: logs, JSON, XML, reStructuredText."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.documents.cleaning import clean
from engine.documents.encoding import decode
from engine.documents.source import Source
from engine.documents.text_files.aligned_text import aligned_rows
from engine.documents.text_files.escapes import json_unescaped, runs_unescaped, xml_unescaped
from engine.records import Block, Location, ParsedDocument

_TERMINAL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
"""Colours of a log that was meant for a terminal."""

_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w-]+)")


def text_lines(source: Source) -> list[str]:
    """Return the decoded lines of a text file, with the escapes of its format undone."""
    declared = _XML_ENCODING.match(source.data[:512])
    text = decode(source.data, declared[1].decode("ascii", "replace") if declared else "")
    if source.suffix in (".json", ".jsonl", ".ndjson"):
        text = json_unescaped(text)
    elif source.suffix == ".xml" or declared:
        text = xml_unescaped(text)
    else:
        text = _TERMINAL.sub("", runs_unescaped(text))
    return clean(text).replace("\t", "    ").split("\n")


def paragraphs(lines: list[str], first_line: int = 1) -> list[tuple[str, int, int]]:
    """Group lines at blank lines: text, first and last line number of each group.

    Lines stay as they are: in plain text, a line end often means something (lists,
    addresses, logs), and nothing tells when it does not.
    """
    groups: list[tuple[str, int, int]] = []
    start = 0
    for position in range(len(lines) + 1):
        if position < len(lines) and lines[position].strip():
            continue
        if position > start:
            text = "\n".join(line.rstrip() for line in lines[start:position])
            groups.append((text, first_line + start, first_line + position - 1))
        start = position + 1
    return groups


def _blocks(text: str, first: int, last: int) -> Iterator[Block]:
    lines = text.split("\n")
    rows = aligned_rows(lines) if len(lines) > 1 else None
    if rows is None:
        yield Block(text, Location("line", first, last))
        return
    for at, line, row in rows:
        yield Block(line, Location("line", first + at, first + at), atomic=True, row=row)


def read(source: Source) -> ParsedDocument:
    """Read a text file; locations are line numbers."""
    blocks = [block for group in paragraphs(text_lines(source)) for block in _blocks(*group)]
    return ParsedDocument(source.name, source.checked(blocks), "text/plain")
