"""Where the passages of a prompt stand, counted in tokens."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Protocol


class Speller(Protocol):
    """Spells tokens."""

    def piece(self, token: int) -> bytes:
        """Return the bytes of a token; a control token as it is written in a prompt."""


def block_spans(
    model: Speller, text: str, tokens: Sequence[int], blocks: Sequence[str]
) -> tuple[tuple[int, int], ...]:
    """Return the tokens that each block of a rendered prompt is made of.

    A token that two blocks share counts for the first.

    Args:
        model: Spells the tokens.
        text: The rendered prompt.
        tokens: Of the whole text.
        blocks: Parts of the text, in the order they stand there.

    Returns:
        Half-open ranges, ascending and disjoint; none at all if a block is not in the text,
        or the tokens do not spell it.
    """
    ends = token_ends(model, text, tokens)
    spans: list[tuple[int, int]] = []
    raw, at, first = text.encode("utf-8", "replace"), 0, 0
    for block in blocks:
        part = block.encode("utf-8", "replace")
        start = raw.find(part, at)
        if start < 0 or not ends:
            return ()
        at = start + len(part)
        # The token that holds byte `start` is the first that ends behind it.
        low = max(first, bisect_right(ends, start))
        first = max(low, min(bisect_left(ends, at) + 1, len(ends)))
        spans.append((low, first))
    return tuple(spans)


def part_starts(spans: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Return the tokens where the parts of a prompt begin, ascending.

    A passage ends where its own text does, whatever follows: so it is the same part before
    another passage and before the key sentences.

    Args:
        spans: Of its passages and, last, of its question.
    """
    if not spans:
        return ()
    *passages, (question, _) = spans
    starts = {start for start, _ in passages[:1]} | {end for _, end in passages} | {question}
    return tuple(sorted(starts))


def token_ends(model: Speller, text: str, tokens: Sequence[int]) -> list[int]:
    """Return the byte of the text behind each token; nothing if they do not spell the text.

    Vocabularies may begin a text with a token or a space of their own, and drop white space
    next to control tokens; nothing else may differ.
    """
    raw = text.encode("utf-8", "replace")
    ends: list[int] = []
    at = 0
    for token in tokens:
        piece = model.piece(token)
        blank = _skip_blank(raw, at)
        for spelt, start in ((piece, at), (piece, blank), (piece[1:], at)):
            if raw.startswith(spelt, start) and (spelt is piece or piece[:1] == b" "):
                at = start + len(spelt)
                break
        ends.append(at)
    return ends if _skip_blank(raw, at) == len(raw) else []


def _skip_blank(raw: bytes, at: int) -> int:
    while at < len(raw) and raw[at : at + 1].isspace():
        at += 1
    return at
