"""Passages: long enough to be understood, short enough to be quoted, with exact offsets.

Chunks cover all text, in order, and never overlap: nothing is embedded twice. They do not
cross pages, slides, sheets or mail parts, so each can be found again; they cross headings
only when a section is too short to stand alone.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from engine.documents.headings import SEPARATOR
from engine.documents.places import spanned, unit
from engine.records import Block, Chunk, Location, ParsedDocument
from engine.text import sentence_spans

TARGET_COST = 900
"""About 900 English or 450 Japanese characters, some 220 tokens of the embedding model."""

MAX_COST = 1_260
"""Tolerated rather than leaving a stub behind; still within the model's 512 tokens."""

SHORT_COST = 220
"""A passage below this says too little alone and may take in the next section."""

_WINDOW = 8_192
"""Characters that are split into sentences at a time."""

# Kanji, kana, Hangul and digits take about twice as many tokens per character as letters.
_COSTLY = re.compile(
    r"[0-9\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\uac00-\ud7af\uff10-\uff9f\U00020000-\U0003ffff]"
)
_SOFT_BREAK = re.compile(r"[\s、，,；;：:]")


def cost(text: str) -> int:
    """Return the length of ``text`` in units of an English letter."""
    return len(text) + len(_COSTLY.findall(text))


@dataclass(frozen=True)
class _Piece:
    """Text that stays together: a block, a sentence, or a part of a huge sentence."""

    start: int
    end: int
    cost: int
    block: Block


def laid_out(blocks: tuple[Block, ...]) -> tuple[str, list[tuple[int, Block]]]:
    """Return a document's text and where in it each of its blocks starts."""
    parts: list[str] = []
    starts: list[tuple[int, Block]] = []
    length = 0
    previous: Block | None = None
    for block in blocks:
        if previous is not None and not block.joined:
            together = unit(previous.location) == unit(block.location)
            gap = "\n" if together and previous.heading == block.heading else "\n\n"
            parts.append(gap)
            length += len(gap)
        starts.append((length, block))
        parts.append(block.text)
        length += len(block.text)
        previous = block
    return "".join(parts), starts


def _hard_cuts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a sentence that is too long, after a space or comma where one is near the end."""
    while end - start > MAX_COST or cost(text[start:end]) > MAX_COST:
        length = TARGET_COST
        while cost(text[start : start + length]) > TARGET_COST:
            length = length * 4 // 5
        breaks = [m.end() for m in _SOFT_BREAK.finditer(text, start, start + length)]
        cut = breaks[-1] if breaks and breaks[-1] > start + length // 2 else start + length
        yield start, cut
        start = cut
    yield start, end


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield sentences window by window, so that an unclosed bracket costs little time."""
    while start < end:
        cut = end
        if end - start > _WINDOW:
            line_end = text.rfind("\n", start + _WINDOW // 2, start + _WINDOW)
            stop = text.rfind("。", start + _WINDOW // 2, start + _WINDOW)
            cut = max(line_end, stop) + 1 or start + _WINDOW
        for first, last in sentence_spans(text[start:cut]):
            yield start + first, start + last
        start = cut


def _pieces(text: str, starts: list[tuple[int, Block]]) -> Iterator[_Piece]:
    for start, block in starts:
        n_units = cost(block.text)
        if n_units <= (MAX_COST if block.atomic else TARGET_COST):
            yield _Piece(start, start + len(block.text), n_units, block)
            continue
        for first, last in _sentences(text, start, start + len(block.text)):
            for cut_start, cut_end in _hard_cuts(text, first, last):
                yield _Piece(cut_start, cut_end, cost(text[cut_start:cut_end]), block)


def _related(trail: str, other: str) -> bool:
    """Tell whether two sections lie under one heading or one within the other."""
    if not trail or not other:
        return True
    parts, others = trail.split(SEPARATOR), other.split(SEPARATOR)
    return parts[0] == others[0]


class _Packer:
    """Gathers pieces into passages."""

    def __init__(self) -> None:
        self.groups: list[list[_Piece]] = []
        self._cost = 0

    def take(self, piece: _Piece) -> None:
        """Append a piece to the open passage or begin the next."""
        if self.groups and self._belongs(piece):
            self._cost += piece.start - self.groups[-1][-1].end + piece.cost
            self.groups[-1].append(piece)
        else:
            self._merge_stub()
            self.groups.append([piece])
            self._cost = piece.cost

    def _belongs(self, piece: _Piece) -> bool:
        before = self.groups[-1][-1]
        last = before.block
        total = self._cost + piece.start - before.end + piece.cost
        if unit(last.location) != unit(piece.block.location):
            return False
        is_short = self._cost < SHORT_COST
        if last.heading == piece.block.heading:
            return total <= (MAX_COST if is_short else TARGET_COST)
        return is_short and total <= TARGET_COST and _related(last.heading, piece.block.heading)

    def _merge_stub(self) -> None:
        """Give a short last passage of a section back to the one before it."""
        if len(self.groups) < 2 or self._cost >= SHORT_COST:
            return
        before, stub = self.groups[-2], self.groups[-1]
        same = (
            unit(before[-1].block.location) == unit(stub[0].block.location)
            and before[-1].block.heading == stub[-1].block.heading
        )
        gaps = stub[-1].end - before[0].start - sum(p.end - p.start for p in before + stub)
        if same and sum(piece.cost for piece in before + stub) + gaps <= MAX_COST:
            before.extend(self.groups.pop())

    def finish(self) -> list[list[_Piece]]:
        """Return the passages."""
        self._merge_stub()
        return self.groups


def _common_trail(blocks: list[Block]) -> str:
    trails = [block.heading.split(SEPARATOR) for block in blocks]
    if all(trail == trails[0] for trail in trails):
        return blocks[0].heading
    common = itertools.takewhile(lambda level: len(set(level)) == 1, zip(*trails, strict=False))
    return SEPARATOR.join(level[0] for level in common)


def _context(title: str, trail: str, text: str) -> str:
    """Return title and trail without what the passage itself begins with."""
    parts = [title, *(trail.split(SEPARATOR) if trail else [])]
    unique = list(dict.fromkeys(part for part in parts if part))
    # "5.3 Termination" at the top of the passage says what "Termination" in the trail says.
    if len(unique) > 1 and unique[-1] in text[: len(unique[-1]) + 12]:
        unique.pop()
    return SEPARATOR.join(unique)


def chunk(parsed: ParsedDocument) -> tuple[str, tuple[Chunk, ...]]:
    """Return the document's full text and its passages.

    For every passage ``full_text[passage.start:passage.end] == passage.text``; passages are
    in order, disjoint, and together hold every character that is not white space.
    """
    text, starts = laid_out(parsed.blocks)
    packer = _Packer()
    for piece in _pieces(text, starts):
        packer.take(piece)
    chunks = [_finished(parsed.title, text, group) for group in packer.finish()]
    return text, tuple(passage for passage in chunks if passage.text)


def _finished(title: str, text: str, group: list[_Piece]) -> Chunk:
    raw = text[group[0].start : group[-1].end]
    start = group[0].start + len(raw) - len(raw.lstrip())
    passage = raw.strip()
    blocks = [piece.block for piece in group]
    trail = _common_trail(blocks)
    place: Location = spanned([block.location for block in blocks], trail)
    return Chunk(start, start + len(passage), passage, _context(title, trail, passage), place)
