"""Prepares an answer's Markdown for Qt's reader of it: citations and doubts as marks of one kind.

Qt would take ``[1]`` before a bracket for a link, so markers become private characters that mean
nothing in Markdown; the same characters in the text itself are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.models.answer_pieces import pieces_of
from engine.records import Answer, Citation

CHIP, CHIP_END = "\ue000", "\ue001"
"""Around the number of a passage."""

DOUBT, DOUBT_END = "\ue002", "\ue003"
"""Around a sentence that no passage supports."""

_MARKS = re.compile(f"[{CHIP}-{DOUBT_END}]")
_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_ROW = re.compile(r"\s*\|")


def is_markdown(answer: Answer) -> bool:
    """Tell whether an answer is Markdown: what is put together or has parts, unlike a sentence."""
    return not answer.model or answer.kind != "fact"


def marked_markdown(text: str, citations: Sequence[Citation], n_passages: int) -> str:
    """Return Markdown with marks; every line of running text stays a line of its own.

    Args:
        text: Markdown with ``[n]`` markers.
        citations: Its citations.
        n_passages: Highest number that leads somewhere; other markers stay as they are.
    """
    marked = ""
    for piece in pieces_of(_MARKS.sub("", text), citations, n_passages):
        if piece.number:
            marked += f"{CHIP}{piece.number}{CHIP_END}"
        elif piece.unsupported:
            marked += f"{DOUBT}{piece.text}{DOUBT_END}"
        else:
            marked += piece.text
    return _with_lines(marked)


def _with_lines(text: str) -> str:
    """Say of line breaks in running text that they are meant, as Markdown wants it."""
    lines, fenced = [], False
    for line in text.split("\n"):
        opens = _FENCE.match(line) is not None
        fenced ^= opens
        plain = line.strip() and not (opens or fenced or _ROW.match(line))
        lines.append(f"{line.rstrip()}  " if plain else line)
    return "\n".join(lines)
