"""The light mark-up in which the longer texts are written, parsed into blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"
FOOTNOTE_REF = re.compile(r"\[\^(\d+)\]")
_FOOTNOTE_DEF = re.compile(r"\[\^(\d+)\]: (.*)")
_RULE = re.compile(r"\|(\s*:?-+:?\s*\|)+")


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title of the document."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``**bold**`` and ``[^n]`` may occur in it."""

    text: str


@dataclass(frozen=True)
class Bullet:
    """An item of a list without numbers."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table whose first row is its header."""

    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Bullet | Table


@dataclass(frozen=True)
class Text:
    """A parsed text with its front matter."""

    meta: dict[str, str]
    blocks: tuple[Block, ...]
    footnotes: dict[int, str] = field(default_factory=dict)

    @property
    def date(self) -> datetime:
        """Return the date that goes into the metadata; 9:00 UTC, for want of a better hour."""
        return datetime.fromisoformat(self.meta["date"]).replace(hour=9, tzinfo=UTC)

    @property
    def is_japanese(self) -> bool:
        """Return whether the title contains kana or kanji."""
        return bool(re.search(r"[\u3040-\u9fff]", self.meta["title"]))


def load(name: str) -> Text:
    """Parse ``texts/<name>.md``."""
    _, front, body = (TEXTS / f"{name}.md").read_text(encoding="utf-8").split("---\n", 2)
    meta = dict(line.split(": ", 1) for line in front.strip().splitlines())
    lines = body.strip().splitlines()
    footnotes = {int(m[1]): m[2] for line in lines if (m := _FOOTNOTE_DEF.fullmatch(line))}
    kept = [line for line in lines if not _FOOTNOTE_DEF.fullmatch(line)]
    return Text(meta, tuple(_blocks(kept)), footnotes)


def plain(text: str) -> str:
    """Return a paragraph without emphasis marks and footnote references."""
    return FOOTNOTE_REF.sub("", text).replace("**", "").replace("*", "")


def _blocks(lines: list[str]) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    for line in [*lines, ""]:
        if line.startswith("|"):
            if not _RULE.fullmatch(line):
                rows.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
            continue
        if rows:
            yield Table(tuple(rows))
            rows = []
        if line.startswith("#"):
            marks, _, text = line.partition(" ")
            yield Heading(len(marks), text)
        elif line.startswith("- "):
            yield Bullet(line[2:])
        elif line.strip():
            yield Paragraph(line)
