"""What a cell holds, by its text: a value, a name for values, or words."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from engine.documents.tables.grid import NUMBER
from engine.languages import PROFILES, any_of
from engine.text.normalise import normalise


class Kind(Enum):
    """What the text of a cell is."""

    EMPTY = "empty"
    VALUE = "value"  # a number, an amount with its unit, a date, a time
    CODE = "code"  # letters with digits, an address: KF-200, A1, mori@example.org
    PERIOD = "period"  # 2025, FY2024, Q1, April, Monday: a value or the name of values
    ANSWER = "answer"  # yes, n/a, a check mark
    PROSE = "prose"  # a sentence
    WORDS = "words"


_LEAD = r"[\s(\[¥$€£+\-−–△▲±<>≤≥~∼〜約'\"]*(?:[a-z]{2,3} ?(?=\d))?"
_NUMBER = r"\d[\d.,'’ /:%‰年月日時分秒\-–~〜]*"
_UNIT = r"(?:[a-zµ°℃²³³/·\u03a9%. ]{1,14}|[\u3040-\u30ff\u4e00-\u9fff]{1,4}(?:/.{1,4})?)?"
_VALUE = re.compile(rf"{_LEAD}{_NUMBER}{_UNIT}[)\]'\"]*(?: ?\([^)]{{1,4}}\))?")
_CODE = re.compile(r"(?=.*\d)[a-z0-9_\-./#:&+@]+|\S+@\S+\.\S+|https?://\S+")
_CODE_OF_TWO = re.compile(r"[A-Z]{1,4} \d[\w\-/]*")
_MARK = re.compile(r"[^\w\s$€£¥%‰°]{1,3}")
_STOP = re.compile(r"[。！？]|(?:\S+ ){2,}.*[.!?;](?: |$)|\S{3,}[.!?;] \S")
_BRACKETS = re.compile(r"\s*[(\[【][^)\]】]*[)\]】]$")
_BASE_UNIT = (
    r"(?:%|‰|°[cf]?|℃|k|[kmcµn]?m|[kmµ]?g|t|lb|oz|[mc]?l|m?s|min|h|hrs?|d|days?|weeks?|yrs?|[mk]?v|m?a|ah"
    r"|[kmg]?wh?|k?j|k?n|nm|hp|ps|k?va|ft|inch(?:es)?|yd|gal|fte|[mg]?bps|kcal|mph|[hkm]?pa|m?bar|psi|[kmg]?hz|rpm|ppm|db|lx|lm|mol|[kmg]?b|px|dpi|pcs?\.?|ea"
    r"|units?|eur|gbp|usd|jpy|chf|keur|[$€£¥]|(?:千|万|十万|百万|億)?(?:円|人|台|個|本|件|トン|㎡|ha)|名|時間|分|秒|日|月|年|回|式|枚|歳)"
)
_UNIT_ALONE = re.compile(
    rf"[(\[][^)\]]{{1,14}}[)\]]|{_BASE_UNIT}[23²³]?(?: ?[/·] ?{_BASE_UNIT}[23²³]?)?"
)

_PERIOD = re.compile(any_of(p.tables.periods for p in PROFILES))
_ANSWER = re.compile(any_of(p.tables.answers for p in PROFILES))
_NAME = re.compile(any_of(p.tables.names for p in PROFILES))
_GENERAL = re.compile(any_of(p.tables.general for p in PROFILES))
_TOTAL = re.compile(any_of(p.tables.totals for p in PROFILES))
_NOTE = re.compile(any_of(p.tables.notes for p in PROFILES))

_SPAN_OF_TIME = re.compile(r"\d.*\b(?:year|month|week|day|hour|minute)s?$|^\d+ ?\S{1,3}$")
_RANGE = re.compile(
    r"\d[\d.,]*\S{0,3} ?(?:-|~|to|から) ?\d[\d.,]*(?: ?\S{1,8})?"
    r"|\d[\d.,]* ?(?:\+|以上|以下|未満|超).{0,4}"
    r"|(?:up to|over|under|from|above|below|more than|less than|[<>≤≥]=?) ?\d[\d.,]*(?: ?\S{1,8})?"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")

_LONG = 48
"""Characters (Japanese ones count twice) beyond which no cell is a name."""


def _width(text: str) -> int:
    return len(text) + sum(1 for character in text if character > "\u2e7f")


@lru_cache(maxsize=8192)
def kind_of(text: str, look: int = 0) -> Kind:
    """Return what a cell is.

    Args:
        text: As shown.
        look: Flags of the cell; a stored number is a value, however it is shown.
    """
    if not text:
        return Kind.EMPTY
    form = normalise(text[:200])
    if _PERIOD.fullmatch(form):
        return Kind.PERIOD
    if look & NUMBER:
        return Kind.VALUE
    if _ANSWER.fullmatch(form) or _MARK.fullmatch(form):
        return Kind.ANSWER
    if _VALUE.fullmatch(form):
        return Kind.VALUE
    if _CODE.fullmatch(form) or _CODE_OF_TWO.fullmatch(text):
        return Kind.CODE
    if _width(text) > _LONG or _STOP.search(text):
        return Kind.PROSE
    return Kind.WORDS


def _bare(text: str) -> str:
    """Return comparable form without colon and brackets at the end; snake_case as words."""
    form = normalise(_CAMEL.sub(" ", text[:200])).rstrip(": *")
    form = _BRACKETS.sub("", form).rstrip(": *") or form
    return form.replace("_", " ").strip()


@lru_cache(maxsize=8192)
def is_name(text: str) -> bool:
    """Tell whether values are known to be called so: "Unit price", "見積番号"."""
    if not text or _width(text) > _LONG:
        return False
    bare = _bare(text)
    if _SPAN_OF_TIME.search(bare):
        return False
    return bool(_NAME.fullmatch(bare) or _GENERAL.fullmatch(bare) or ends_in_colon(text))


def ends_in_colon(text: str) -> bool:
    """Tell whether a cell says itself that the next one is its value."""
    return text.rstrip().endswith((":", "：")) and len(text) > 2


def without_colon(text: str) -> str:
    """Return a name as it stands in front of its value's colon."""
    return text.rstrip(" :：") or text


@lru_cache(maxsize=2048)
def is_general(text: str) -> bool:
    """Tell whether a cell is the name of names: "Item", "項目"."""
    return bool(_GENERAL.fullmatch(_bare(text)))


@lru_cache(maxsize=2048)
def is_total(text: str) -> bool:
    """Tell whether a row with this beginning adds up others, or adds something to a sum."""
    return bool(_TOTAL.fullmatch(_bare(text)))


def is_range(text: str) -> bool:
    """Tell whether a cell holds a span of numbers: "5-9", "10+", "20 to 50", "100以上"."""
    return bool(_RANGE.fullmatch(normalise(text[:40])))


@lru_cache(maxsize=2048)
def is_note(text: str) -> bool:
    """Tell whether a cell begins a remark on the table."""
    return bool(_NOTE.match(normalise(text[:200])))


def is_mark(text: str) -> bool:
    """Tell whether a cell is ticked rather than written in."""
    return bool(_MARK.fullmatch(text)) or text in ("x", "X", "v", "レ", "〇")


@lru_cache(maxsize=2048)
def is_unit(text: str) -> bool:
    """Tell whether a cell holds a unit alone: "kg", "(円)"."""
    return bool(_UNIT_ALONE.fullmatch(normalise(text[:40])))


def is_value(kind: Kind) -> bool:
    """Tell whether a cell of a kind is filled in rather than a name."""
    return kind in (Kind.VALUE, Kind.CODE, Kind.ANSWER)
