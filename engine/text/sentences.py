"""Sentence boundaries with exact offsets, for quoting and for checking support."""

from __future__ import annotations

import re

from engine.languages import PROFILES, any_of

_RULES = [profile.sentences for profile in PROFILES]
_ABBREVIATION = re.compile(any_of(rules.abbreviations for rules in _RULES), re.IGNORECASE)
_END = re.compile(any_of([*(rules.end for rules in _RULES), r"\n+"]))
_GOES_ON = re.compile(any_of(rules.goes_on for rules in _RULES))
_OPENING = "".join(rules.brackets[0] for rules in _RULES)
_CLOSING = "".join(rules.brackets[1] for rules in _RULES)
_BRACKETED = "".join(rules.stops for rules in _RULES if rules.brackets[0])
"""Marks that do not end a sentence within brackets."""

SENTENCE_STOPS = tuple("".join(rules.stops for rules in _RULES))
"""Marks that end a sentence, of all languages."""

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
            if _inside_brackets(sentence) and match.group()[0] in _BRACKETED:
                continue
            if _GOES_ON.match(text, match.end() - 1):
                continue
        close(match.end())
        start = match.end()
    close(len(text))
    return spans
