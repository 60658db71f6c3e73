"""What one text has and another has not, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from engine.languages import profile_of

Span = tuple[int, int]
"""Half-open offsets in code points."""

_SPACED = re.compile(r"[^\W_]+(?:['’.,:/-][^\W_]+)*|[^\w\s]|_")
"""A word with what stands inside it (``don't``, ``1,200``), or one mark."""

_UNSPACED = re.compile(
    r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*|[A-Za-zＡ-Ｚａ-ｚ]+|[\u30a1-\u30ff\uff66-\uff9f]+"
    r"|[\u3041-\u309f]+|[\u3005-\u3007\u3400-\u9fff\uf900-\ufaff]|[^\s]"
)
"""Runs of one script; Han characters one by one, since compounds differ inside."""


def differences(first: str, second: str, language: str) -> tuple[list[Span], list[Span]]:
    """Return the spans of each text that the other does not have.

    Words count as equal when they are the same but for case; white space does not count.
    Marked words that follow each other are one span.

    Args:
        first: A text.
        second: Another.
        language: ISO 639-1; decides what a word is.

    Returns:
        Ascending, disjoint spans into ``first`` and into ``second``.
    """
    pattern = _SPACED if profile_of(language).spaced else _UNSPACED
    words = [list(pattern.finditer(text)) for text in (first, second)]
    keys = [[match.group().casefold() for match in found] for found in words]
    marked: tuple[list[Span], list[Span]] = ([], [])
    for tag, a, b, c, d in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for side, low, high in ((0, a, b), (1, c, d)):
            if low < high:
                marked[side].append((words[side][low].start(), words[side][high - 1].end()))
    return marked
