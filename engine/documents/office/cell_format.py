"""Cell values as a person sees them in the sheet."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from engine.documents.cleaning import one_line

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|_.|\*.|\[[^\]]*\]')
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.([0#?]+))?(,*)")


def _plain(number: float) -> str:
    """Return a number without format: no ``.0``, no binary noise."""
    if isinstance(number, int) or (number == int(number) and abs(number) < 1e15):
        return str(int(number))
    return f"{number:.10g}"


def _with_literals(section: str) -> tuple[str, str]:
    """Replace quoted text and currency marks by private characters; return both parts."""
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        text = match[1] or match[2] or match[3] or ""
        literals.append(text)
        return "\ue000" if text else ""

    skeleton = _LITERAL.sub(keep, section)
    return skeleton, "\ue001".join(text for text in literals if text)


def formatted_number(number: float, number_format: str) -> str:
    """Apply the common part of Excel's number formats; the rest shows the plain number."""
    sections = number_format.split(";")
    section = sections[1] if number < 0 and len(sections) > 1 and sections[1] else sections[0]
    skeleton, kept = _with_literals(section)
    literals = kept.split("\ue001")
    digits = _DIGITS.search(skeleton)
    if (
        number_format in ("", "General", "@")
        or digits is None
        or "E+" in skeleton
        or "/" in skeleton
    ):
        return _plain(number)
    if digits[2]:  # scaled by thousands: the value itself is safer to quote
        return _plain(number)
    percent = "%" in skeleton
    value = number * 100 if percent else number
    n_places = len(digits[1] or "")
    n_required = (digits[1] or "").count("0")
    separator = "," if "," in digits[0] else ""
    text = f"{abs(value):{separator}.{n_places}f}"
    if n_places > n_required and "." in text:
        whole, _, fraction = text.partition(".")
        fraction = fraction[:n_required] + fraction[n_required:].rstrip("0")
        text = f"{whole}.{fraction}" if fraction else whole
    before, after = skeleton[: digits.start()], skeleton[digits.end() :]
    sign = "-" if number < 0 and not (len(sections) > 1 and sections[1]) else ""

    def restored(part: str) -> str:
        while "\ue000" in part:
            part = part.replace("\ue000", literals.pop(0) if literals else "", 1)
        return part

    return (sign + restored(before) + text + restored(after)).strip()


def shown(value: Any, number_format: str = "General") -> str:
    """Return a cell's text: dates in ISO form, numbers by their format, words on one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime):
        if value.time() == dt.time():
            return value.date().isoformat()
        return value.replace(microsecond=0).isoformat(" ").removesuffix(":00")
    if isinstance(value, dt.time):
        return value.replace(microsecond=0).isoformat().removesuffix(":00")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        text = f"{minutes // 60}:{minutes % 60:02d}"
        return f"{text}:{seconds:02d}" if seconds else text
    if isinstance(value, int | float):
        if value != value or value in (float("inf"), float("-inf")):
            return ""
        return formatted_number(value, number_format)
    return one_line(str(value))
