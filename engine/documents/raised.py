"""Raised and lowered text: exponents, units, chemical formulas and marks of notes stay apart.

``5 x 10`` with a raised 6 is ``5 x 10^6``, never ``5 x 106``; an amount with the mark of a note is
``250 [note 2]``, never ``2502``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

Place = Literal["", "raised", "lowered"]
"""Where a run stands: on the line, above or below it."""

_NUMBER_BEFORE = re.compile(r"(?<![\w.,])-?(\d+)$")
_LETTERS_BEFORE = re.compile(r"(?<![A-Za-zµμΩÅ°\u0370-\u03ff])[A-Za-zµμΩÅ°\u0370-\u03ff]{1,3}$")
_POWER = re.compile(r"[+\-\u2212\u2013]?(?:\d+|[a-z])(?:[.,/]\d+)?")
_SIGNED = re.compile(r"[\-\u2212\u2013]\d+")
_ORDINAL = re.compile(r"st|nd|rd|th|er|re|e|o|º|ª|ème", re.IGNORECASE)
_TRADE = re.compile(r"TM|SM|MC|R|C|[™®©℠]", re.IGNORECASE)
_MARK = re.compile(r"[*†‡§¶#※注]|\d{1,3}(?:\s?[,，、]\s?\d{1,3})*[)）]?$|[a-z][)）]?$")
_IN_BRACKETS = re.compile(r"[(（［\[].*[)）］\]]", re.DOTALL)
_HAS_CJK = re.compile(r"[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff66-\uff9f]")
_SMALL_BEHIND_DIGIT = re.compile(r"(?<=\d)[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_LEFT_AS_IT_IS = re.compile(r"[\w+\-]", re.ASCII)
_RAISED = str.maketrans("0123456789+-\u2212=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
NOTE_MARK = re.compile(r"\s?\[(?:note [a-z]?|note \d[\d,]*|注\s?[a-z\d,]+)\]")
"""A mark as :func:`note_mark` writes it: between a number and its unit it parts what belongs
together."""

_ON_THE_LINE = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_LOWERED = str.maketrans("0123456789+-\u2212=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


def joined(runs: Iterable[tuple[str, Place]]) -> str:
    """Return the text of runs; neighbours at the same height count as one."""
    text = ""
    pending, place = "", ""
    for piece, where in (*runs, ("", "")):
        if where and where == place:
            pending += piece
            continue
        if place:
            text += beside(text, pending, raised=place == "raised")
        pending, place = (piece, where) if where else ("", "")
        text += "" if where else piece
    return text


def spelled_out(text: str) -> str:
    """Return text whose small raised digits, where they follow a digit, stand apart: ``10^6``.

    Everything that folds widths and shapes would make 106 of them.
    """

    def apart(match: re.Match[str]) -> str:
        before = text[max(0, match.start() - 40) : match.start()]
        return _raised_behind_number(before, match[0].translate(_ON_THE_LINE))

    return _SMALL_BEHIND_DIGIT.sub(apart, text)


def beside(before: str, text: str, *, raised: bool) -> str:
    """Return raised or lowered text as it is written behind what stands before it.

    Args:
        before: The text of the line so far.
        text: What is raised or lowered.
        raised: False for lowered text.
    """
    core = text.strip()
    if not core:
        return text
    head, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    written = _raised(before, core) if raised else _lowered(before, core)
    return (head if written[:1] != " " else "") + written + tail


def note_mark(before: str, mark: str) -> str:
    """Return the mark of a note, in the language of the text before it.

    Args:
        before: The text that has the mark.
        mark: ``2``, ``*1``, ``(a)``, ``注2``.
    """
    core = mark.strip("()（）［］[] ")
    label = "" if not core.isalnum() or len(core) > 3 or core[0] == "注" else "note "
    if label and _HAS_CJK.search(before):
        label = "注"
    gap = " " if before and not before[-1].isspace() else ""
    return f"{gap}[{label}{core}]"


def _raised(before: str, text: str) -> str:
    if not before or before[-1].isspace():
        is_mark = text[0].isdigit() and before.rstrip()[-1:].isdigit()
        return note_mark(before, text) if is_mark else text
    if before[-1].isdigit():
        return _raised_behind_number(before, text)
    if _TRADE.fullmatch(text):
        return text
    if _LETTERS_BEFORE.search(before):
        small = text.translate(_RAISED)  # m² and s⁻¹ are found as m2 and s-1
        if not _LEFT_AS_IT_IS.search(small):
            return small
        return f"^{text}" if len(text) == 1 else f"^({text})"
    if _IN_BRACKETS.fullmatch(text) or not _MARK.match(text):
        return text if before[-1].isalpha() else f" {text}"
    return note_mark(before, text)


def _raised_behind_number(before: str, text: str) -> str:
    if _ORDINAL.fullmatch(text):
        return text
    number = _NUMBER_BEFORE.search(before)
    is_base = number is not None and len(number[1]) <= 2
    if _SIGNED.fullmatch(text) or (is_base and _POWER.fullmatch(text)):
        return f"^{text}"
    return note_mark(before, text)


def _lowered(before: str, text: str) -> str:
    if not before or before[-1].isspace():
        return text
    if before[-1].isdigit():
        return f"_{text}"
    small = text.translate(_LOWERED)
    return text if _LEFT_AS_IT_IS.search(small) else small
