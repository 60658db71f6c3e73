"""Which lines make a summary: the worthiest of each part, each kind of fact once, nothing twice."""

from __future__ import annotations

from collections.abc import Mapping

from engine.answering.composed import Statement
from engine.answering.summary.central import KEY_FACTS, tokens_of
from engine.answering.summary.outline import Line, Outline
from engine.text import is_cjk, normalise

LEAST_LINES = 6
MOST_LINES = 14
SHARE = 0.75
"""Of a document's lines, between these bounds; long lines are fewer, see below."""

LEAST_CHARACTERS, MOST_CHARACTERS = 800, 2200
LEAST_CHARACTERS_CJK, MOST_CHARACTERS_CJK = 350, 900
CHARACTERS = 0.6
"""Of a document's length, between these bounds: what is read in a minute."""

SAME = 0.6
"""Lines that share so many of their words say the same."""

MOST_SHOWN = 420
"""Characters of a line; a longer one is cut at the end of a clause."""

NEW_PART = 0.6
NEW_FACT = 0.3
NEXT_ROW = 0.5
"""What a part, a kind of fact that nothing told yet adds, and each further row of a table takes."""


def length_of(read: Outline) -> int:
    """Return how many lines a summary has."""
    return max(LEAST_LINES, min(MOST_LINES, round(SHARE * len(read.lines))))


def best_lines(read: Outline, worth: Mapping[int, float], n: int) -> list[Line]:
    """Return the lines of a summary, in the document's order."""
    left = {line.at: line for line in read.lines}
    tokens = {at: tokens_of(line.text) for at, line in left.items()}
    kinds = {at: _kinds(line.text) for at, line in left.items()}
    size = {part.lines[0].part: len(part.lines) for part in read.parts}
    chosen: list[Line] = []
    taken: dict[int, int] = {}
    rows: dict[int, int] = {}
    told: set[int] = set()
    room = _room(read)

    def gain(at: int) -> float:
        line = left[at]
        n_taken = taken.get(line.part, 0)
        fresh = NEW_PART if not n_taken else -0.25 * n_taken / max(1.0, size[line.part] / 4)
        fresh -= NEXT_ROW * rows.get(line.part, 0) * line.row
        return worth[at] + fresh + NEW_FACT * min(1, len(kinds[at] - told))

    while left and len(chosen) < n and (room > 0 or len(chosen) < LEAST_LINES):
        at = max(left, key=lambda each: (gain(each), -each))
        line = left.pop(at)
        if any(_alike(tokens[at], tokens[other.at]) for other in chosen):
            continue
        room -= len(line.text)
        rows[line.part] = rows.get(line.part, 0) + line.row
        chosen.append(line)
        taken[line.part] = taken.get(line.part, 0) + 1
        told |= kinds[at]
    return sorted(chosen, key=lambda line: line.at)


def _room(read: Outline) -> float:
    """Return how many characters a summary has, beyond its least number of lines."""
    length = sum(len(line.text) for line in read.lines)
    cjk = any(map(is_cjk, "".join(line.text for line in read.lines[:5])))
    least = LEAST_CHARACTERS_CJK if cjk else LEAST_CHARACTERS
    most = MOST_CHARACTERS_CJK if cjk else MOST_CHARACTERS
    return max(least, min(most, CHARACTERS * length))


def _kinds(text: str) -> frozenset[int]:
    folded = normalise(text)
    return frozenset(at for at, pattern in enumerate(KEY_FACTS) if pattern.search(folded))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) > SAME * min(len(one), len(other)) if one and other else False


def statements_of(read: Outline, chosen: list[Line]) -> list[Statement]:
    """Return chosen lines as statements under the headings they stand under."""
    titles = {part.lines[0].part: part.title for part in read.parts}
    made: list[Statement] = []
    part = -1
    for line in chosen:
        if line.part != part:
            part = line.part
            if titles[part] and len(titles) > 1:
                made.append(Statement(f"**{titles[part]}**", before="\n\n"))
        made.append(Statement(f"- {cut(line.text)}", (line.source,)))
    return made


def cut(text: str) -> str:
    """Return a line without what stands before its first word, cut where it is too long."""
    bare = text.replace("**", "").lstrip("-*•・●○◆■▪‣ \u3000")
    if len(bare) <= MOST_SHOWN:
        return bare
    head = bare[:MOST_SHOWN]
    end = max(head.rfind(mark) for mark in (" | ", ", ", "; ", "、", "。", " "))
    cjk = is_cjk(head[-1])
    return f"{head[: end if end > MOST_SHOWN // 2 else MOST_SHOWN].rstrip()}{'…' if cjk else ' …'}"
