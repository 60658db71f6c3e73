"""The one door: which section a value takes, and its text."""

from __future__ import annotations

from engine.documents.office.number_format import fractions, moments, numbers
from engine.documents.office.number_format.code import Section, sections


def section_of(number: float, code: str) -> tuple[Section | None, bool]:
    """Return the section that a number takes, and whether it shows a minus itself.

    None stands for numbers that no condition admits: they are shown without a format.
    """
    numeric = [section for section in sections(code) if section.kind != "text"]
    if len(numeric) < 2:
        only = numeric[0] if numeric else None
        if only is None or only.condition is None or only.holds(number):
            return only, only is not None and only.only_negative
        return None, False
    first, second = numeric[:2]
    by_default = number > 0 or (number == 0 and len(numeric) == 2)
    if first.holds(number) if first.condition else by_default:
        return first, first.only_negative
    if second.condition:
        if second.holds(number):
            return second, second.only_negative
    elif number < 0 or len(numeric) == 2:
        return second, first.condition in (None, (">", 0.0), (">=", 0.0))
    return (numeric[2], False) if len(numeric) > 2 else (None, False)


def number_text(number: float, code: str, *, since_1904: bool = False) -> str:
    """Return a number as the cell shows it, blanks of alignment included.

    Args:
        number: Finite.
        code: Format code; empty for General.
        since_1904: True if the workbook counts days from 1904.
    """
    section, is_signed = section_of(number, code)
    if section is None:
        return numbers.general(number)
    sign = "-" if number < 0 and not is_signed else ""
    if section.kind == "number":
        return sign + numbers.formatted(number, section)
    if section.kind == "fraction":
        return sign + fractions.formatted(number, section)
    if section.kind == "date":
        return _date_text(number, section, is_signed=is_signed, since_1904=since_1904)
    words = "".join(
        numbers.general(abs(number)) if token.kind == "general" else token.text
        for token in section.tokens
    )
    return sign + words if words else ""


def _date_text(number: float, section: Section, *, is_signed: bool, since_1904: bool) -> str:
    is_duration = any(token.kind == "elapsed" for token in section.tokens)
    if number < 0 and not (is_duration or since_1904):
        return numbers.general(number)  # Excel fills the cell with number signs
    shift = moments.DAYS_TO_1904 if since_1904 and not is_duration and number >= 0 else 0
    text = moments.formatted(abs(number) + shift, section)
    if text is None:
        return numbers.general(number)
    return "-" + text if number < 0 and not is_signed else text


def words_text(words: str, code: str) -> str:
    """Return text as the cell shows it: formats may put words around it."""
    found = sections(code)
    section = found[3] if len(found) > 3 else found[-1]
    if section.kind == "text":
        return "".join(words if t.kind == "text" else t.text for t in section.tokens)
    if len(found) > 3 and section.tokens:
        return "".join(token.text for token in section.tokens)
    return words
