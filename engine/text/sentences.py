"""Sentence boundaries with exact offsets, for quoting and for checking support."""

from __future__ import annotations

import re

_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|no|nos|art|sec|fig|dr|mr|mrs|ms|prof|inc|ltd|co|corp|approx"
    r"|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|st|p|pp)|\b[A-Za-z])\.$",
    re.IGNORECASE,
)
_END = re.compile(r"[。！？｡]+[」』）)\"'”’]*|[.!?]+[\"'”’)\]]*(?=\s)|\n+")
# 「...。」と言った: a quotation that the sentence goes on after.
_GOES_ON = re.compile(r"[」』）][\u3041-\u3096]")
_OPENING = "「『（(["
_CLOSING = "」』）)]"
_LONGEST_QUOTATION = 400


def _inside_brackets(text: str) -> bool:
    if len(text) > _LONGEST_QUOTATION:
        return False  # a bracket that is never closed must not swallow the document
    return sum(map(text.count, _OPENING)) > sum(map(text.count, _CLOSING))


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return half-open offsets of the sentences of ``text``, white space trimmed off.

    A line end closes a sentence (list items, table rows, headings). Full stops after
    abbreviations and within Japanese quotation marks do not.
    """
    spans: list[tuple[int, int]] = []
    start = 0

    def close(end: int) -> None:
        raw = text[start:end]
        stripped = raw.strip()
        if stripped:
            first = start + raw.index(stripped[0])
            spans.append((first, first + len(stripped)))

    for match in _END.finditer(text):
        ended_by_line = match.group().startswith("\n")
        sentence = text[start : match.end()]
        if not ended_by_line:
            if match.group().startswith(".") and _ABBREVIATION.search(sentence.rstrip()):
                continue
            if _inside_brackets(sentence) and match.group()[0] in "。！？｡":
                continue
            if _GOES_ON.match(text, match.end() - 1):
                continue
        close(match.end())
        start = match.end()
    close(len(text))
    return spans
