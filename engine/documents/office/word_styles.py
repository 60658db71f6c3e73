"""What Word computes instead of storing: heading levels and list numbers."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from engine.documents.office.archive import attribute, local_name

_HEADING_NAME = re.compile(r"^(?:heading|見出し)\s*([1-9])$", re.IGNORECASE)
_MAX_INHERITANCE = 20


def _child(element: ET.Element | None, name: str) -> ET.Element | None:
    for found in element if element is not None else ():
        if local_name(found) == name:
            return found
    return None


def _value(element: ET.Element | None, name: str) -> str:
    found = _child(element, name)
    return attribute(found, "val") if found is not None else ""


class Styles:
    """Paragraph styles by identifier."""

    def __init__(self, root: ET.Element | None) -> None:
        self._styles = {
            attribute(style, "styleId"): style
            for style in (root if root is not None else ())
            if local_name(style) == "style"
        }

    def raised(self) -> dict[str, ET.Element]:
        """Return the ``vertAlign`` of each character style that raises or lowers its text."""
        found: dict[str, ET.Element] = {}
        for name, style in self._styles.items():
            align = _child(_child(style, "rPr"), "vertAlign")
            if align is not None:
                found[name] = align
        return found

    def _lineage(self, paragraph: ET.Element) -> list[ET.Element]:
        """Return the paragraph's style and those it is based on."""
        found: list[ET.Element] = []
        name = _value(_child(paragraph, "pPr"), "pStyle")
        while name in self._styles and len(found) < _MAX_INHERITANCE:
            found.append(self._styles[name])
            name = _value(found[-1], "basedOn")
        return found

    def heading_level(self, paragraph: ET.Element) -> int | None:
        """Return 1-9 for headings, 0 for the title, None for other paragraphs."""
        outline = _value(_child(paragraph, "pPr"), "outlineLvl")
        if outline.isdigit() and int(outline) < 9:
            return int(outline) + 1
        for style in self._lineage(paragraph):
            name = _value(style, "name")
            if match := _HEADING_NAME.match(name):
                return int(match[1])
            if name.lower() in ("title", "表題"):
                return 0
            outline = _value(_child(style, "pPr"), "outlineLvl")
            if outline.isdigit():
                return int(outline) + 1 if int(outline) < 9 else None
        return None

    def sets_first_row_off(self, style_id: str) -> bool:
        """Tell whether a table style, or one that it is based on, formats the first row."""
        for _ in range(_MAX_INHERITANCE):
            style = self._styles.get(style_id)
            if style is None:
                return False
            for part in style:
                if local_name(part) == "tblStylePr" and attribute(part, "type") == "firstRow":
                    return True
            style_id = _value(style, "basedOn")
        return False

    def list_of(self, paragraph: ET.Element) -> tuple[str, int]:
        """Return list identifier and level; an empty identifier outside lists."""
        places = [_child(paragraph, "pPr")]
        places += [_child(style, "pPr") for style in self._lineage(paragraph)]
        level = ""
        for properties in places:
            numbering = _child(properties, "numPr")
            level = level or _value(numbering, "ilvl")
            if list_id := _value(numbering, "numId"):
                number = int(level) if level.isdigit() else 0
                return ("" if list_id == "0" else list_id), min(number, 8)
        return "", 0


def _roman(number: int) -> str:
    text = ""
    for value, letters in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
        (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        count, number = divmod(number, value)
        text += letters * count
    return text


def _kanji(number: int) -> str:
    digits = "〇一二三四五六七八九"
    if number >= 100:
        return "".join(digits[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    text = ("" if tens == 1 else digits[tens]) + "十" if tens else ""
    return text + (digits[ones] if ones or not tens else "")


_AIUEO = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_IROHA = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
)


def formatted(number: int, style: str) -> str:
    """Return a list number as Word writes it; Arabic for rare styles."""
    number = max(0, min(number, 9999))
    if number == 0:
        return "0"
    if style in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if style == "upperLetter" else letters
    if style in ("lowerRoman", "upperRoman"):
        return _roman(number).upper() if style == "upperRoman" else _roman(number)
    if style in (
        "japaneseCounting",
        "chineseCounting",
        "ideographDigital",
        "japaneseDigitalTenThousand",
    ):
        return _kanji(number)
    if style.startswith("decimalFullWidth"):
        return str(number).translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"})
    if style.startswith("decimalEnclosedCircle") and number <= 20:
        return chr(0x2460 + number - 1)
    if style.startswith("aiueo"):
        return _AIUEO[(number - 1) % len(_AIUEO)]
    if style.startswith("iroha"):
        return _IROHA[(number - 1) % len(_IROHA)]
    return str(number)


class Numbering:
    """Counts list items while paragraphs pass in order: ``第3条``, ``2.1``, ``(a)``."""

    def __init__(self, root: ET.Element | None, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, ET.Element]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._family: dict[str, str] = {}
        abstract = {
            attribute(item, "abstractNumId"): item
            for item in (root if root is not None else ())
            if local_name(item) == "abstractNum"
        }
        for item in root if root is not None else ():
            if local_name(item) == "num":
                self._load(attribute(item, "numId"), item, abstract)

    def _load(self, list_id: str, item: ET.Element, abstract: dict[str, ET.Element]) -> None:
        family = _value(item, "abstractNumId")
        levels: dict[int, ET.Element] = {}
        overrides = [_child(o, "lvl") for o in item if local_name(o) == "lvlOverride"]
        for level in [*abstract.get(family, ()), *overrides]:
            if level is not None and local_name(level) == "lvl":
                index = attribute(level, "ilvl")
                levels[int(index) if index.isdigit() else 0] = level
        self._levels[list_id] = levels
        restarts = any(
            _child(o, "startOverride") is not None for o in item if local_name(o) == "lvlOverride"
        )
        # Lists of one family share their counters unless one starts afresh.
        self._family[list_id] = list_id if restarts else f"family {family}"

    def _start(self, list_id: str, level: int) -> int:
        start = _value(self._levels[list_id].get(level), "start")
        return int(start) if start.isdigit() else 1

    def label(self, paragraph: ET.Element) -> str:
        """Return the number in front of a paragraph with a space after it, or nothing."""
        list_id, level = self._styles.list_of(paragraph)
        levels = self._levels.get(list_id, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(self._family[list_id], {})
        counts[level] = counts.get(level, self._start(list_id, level) - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if _value(levels[level], "numFmt") in ("bullet", "none", ""):
            return ""

        def number(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            count = counts.get(index, self._start(list_id, index))
            return formatted(count, _value(levels.get(index), "numFmt"))

        text = re.sub(r"%([1-9])", number, _value(levels[level], "lvlText"))
        return f"{text} " if text else ""
