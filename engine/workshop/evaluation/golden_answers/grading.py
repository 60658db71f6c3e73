"""Grade an answer by rules that accept what says the same.

Numbers, dates and times of day are compared by value (1,200 is 1.2 thousand, 3 July 2025 is
令和7年7月3日), names and other words by their letters without width, case, articles and
punctuation. An answer that holds another value of the same kind beside the right one is wrong
(two different prices help nobody), unless that value stands in the question or the file allows
it; so is one that denies the right one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from engine.workshop.evaluation.golden_answers import words
from engine.workshop.evaluation.golden_answers.expected import (
    Expected,
    Part,
    parts_of,
    rivals,
    same,
)
from engine.workshop.evaluation.golden_answers.quantities import Values, fold, values_of

Verdict = Literal["right", "wrong", "refused", "silent"]
"""``silent``: nothing was written, and nothing declined either."""

_MARKER = re.compile(r"\s*\[(?:\d+(?:\s*[,、]\s*\d+)*|\?)\]")
_TOKEN = re.compile(r"[a-z]+|\d+(?:[.,]\d+)*|[^\W_]")
_ARTICLES = {"a", "an", "the"}


@dataclass(frozen=True)
class Grade:
    """What an answer is worth.

    Attributes:
        verdict: See :data:`Verdict`.
        reason: Why it is wrong; empty otherwise.
    """

    verdict: Verdict
    reason: str = ""


def grade(text: str, expected: Expected, *, asked: str = "", refused: bool = False) -> Grade:
    """Grade what was written.

    Args:
        text: The answer, with or without ``[n]`` marks.
        expected: What is accepted.
        asked: Question and what it follows; values that stand in it may be repeated.
        refused: Whether the program itself declined.
    """
    answer = without_marks(text)
    if refused:
        return Grade("refused")
    if not answer:
        return Grade("silent")
    wrong = why_wrong(answer, expected, asked)
    if wrong and declines(answer):
        return Grade("refused")
    return Grade("wrong", wrong) if wrong else Grade("right")


def without_marks(text: str) -> str:
    """Return a text without the marks of citations and of what nothing supports."""
    return _MARKER.sub("", text).strip()


def declines(text: str) -> bool:
    """Tell whether a text says that there is no answer."""
    return bool(words.REFUSALS.search(fold(text)))


def holds(text: str, expected: Expected) -> bool:
    """Tell whether a quotation holds the answer, whatever else stands in it."""
    values = values_of(text)
    if expected.parts and all(_found(part, values) for part in expected.parts):
        return True
    return any(contains(text, form) for form in expected.forms)


def why_wrong(text: str, expected: Expected, asked: str = "") -> str:
    """Return why an answer is wrong, in a few words; empty if it is right."""
    for form in expected.wrong:
        if contains(text, form):
            return f"says {form}"
    if expected.yes is not None:
        return _why_not_so(text, expected.yes)
    if expected.parts:
        return _why_other_values(text, expected, asked)
    if any(contains(text, form) for form in expected.forms):
        return ""
    return "the answer is not in it"


def _why_not_so(text: str, yes: bool) -> str:
    found = polarity(text)
    return "" if found == yes else f"says {'yes' if found else 'no'}"


def polarity(text: str) -> bool:
    """Tell whether an answer says yes: by its first word, else by its first negation."""
    folded = fold(text)
    if words.YES.match(folded):
        return True
    if words.NO.match(folded):
        return False
    return not words.NEGATION.search(words.DOUBLE_NEGATION.sub(" ", folded))


def _why_other_values(text: str, expected: Expected, asked: str) -> str:
    values = values_of(text)
    allowed = [values_of(each) for each in (asked, *expected.beside, *expected.forms)]
    by_form = any(contains(text, form) for form in expected.forms)
    for part in expected.parts:
        if not by_form and not _found(part, values):
            return "the value is not in it"
        for other in rivals(part, values):
            kept = not _denied(other, values) and not _among(other, allowed)
            if kept and not any(same(each, other) for each in expected.parts):
                return f"also says {values.text[slice(*other.span)].strip()}"
    return ""


def _found(part: Part, values: Values) -> bool:
    candidates = parts_of(values, type(part))
    return any(same(part, each) and not _denied(each, values) for each in candidates)


def _among(other: Part, allowed: list[Values]) -> bool:
    return any(
        same(other, each) or same(each, other)
        for values in allowed
        for each in parts_of(values, type(other))
    )


def _denied(part: Part, values: Values) -> bool:
    start, end = part.span
    return _denies(values.text[:start], values.text[end:])


def _denies(before: str, behind: str) -> bool:
    return bool(words.DENIED_BEFORE.search(before) or words.DENIED_BEHIND.match(behind))


def contains(text: str, form: str) -> bool:
    """Tell whether a form stands in a text and is not denied there.

    Width, case, articles, punctuation and spaces do not count; "B-204" does not stand in
    "B-2040".
    """
    folded = fold(text)
    found = _tokens(folded)
    wanted = [token for token, _, _ in _tokens(fold(form))]
    for at in range(len(found) - len(wanted) + 1):
        if [token for token, _, _ in found[at : at + len(wanted)]] == wanted and wanted:
            start, end = found[at][1], found[at + len(wanted) - 1][2]
            if not _denies(folded[:start], folded[end:]):
                return True
    return False


def _tokens(folded: str) -> list[tuple[str, int, int]]:
    return [
        (_plain(match.group()), *match.span())
        for match in _TOKEN.finditer(folded)
        if match.group() not in _ARTICLES
    ]


def _plain(token: str) -> str:
    """Return a number without separators and the zeros that end a fraction; words as they are."""
    if not token[0].isdigit():
        return token
    digits = token.replace(",", "")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
