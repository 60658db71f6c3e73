"""Format codes taken apart: sections, conditions, and the tokens of each section."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["general", "number", "fraction", "date", "text", "words"]
TokenKind = Literal[
    "literal",
    "digit",
    "point",
    "comma",
    "percent",
    "exponent",
    "slash",
    "text",
    "general",
    "date",
    "elapsed",
    "noon",
]

MAX_CODE_CHARACTERS = 512
"""Excel allows 255; what is longer is no format that a person made."""

_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?(?:[Ee][+-]?\d+)?)")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_CURRENCY = re.compile(r"\$([^-]*)(?:-(.*))?", re.DOTALL)
_NOON = re.compile(r"am/pm|a/p|上午/下午|午前/午後", re.IGNORECASE)
_GENERAL = re.compile(r"general|g/標準", re.IGNORECASE)
_DATE = re.compile(r"([ymdhsaegb])\1*", re.IGNORECASE)


@dataclass(frozen=True)
class Token:
    """The smallest part of a section.

    Attributes:
        kind: What it stands for.
        text: A literal's characters; a placeholder ``0``, ``#`` or ``?``; a date code in lower
            case; ``E+`` and the like as written.
    """

    kind: TokenKind
    text: str


@dataclass(frozen=True, eq=False)
class Section:
    """One of up to four parts of a format; each code is taken apart once, so it is itself a key.

    Attributes:
        kind: What its tokens make of a value.
        tokens: In order.
        condition: Comparison and limit; None if it has none of its own.
        language: Windows language identifier of a ``[$-411]`` in hexadecimal digits; or a tag.
    """

    kind: Kind
    tokens: tuple[Token, ...]
    condition: tuple[str, float] | None = None
    language: str = ""

    def holds(self, number: float) -> bool:
        """Tell whether a number meets the condition."""
        if self.condition is None:
            return False
        sign, limit = self.condition
        return {
            "<": number < limit,
            ">": number > limit,
            "=": number == limit,
            "<=": number <= limit,
            ">=": number >= limit,
            "<>": number != limit,
        }[sign]

    @property
    def only_negative(self) -> bool:
        """True if the condition admits negative numbers alone: their sign is not shown."""
        if self.condition is None:
            return False
        sign, limit = self.condition
        return (sign == "<" and limit <= 0) or (sign in ("<=", "=") and limit < 0)


class _Scanner:
    """Reads a format code from left to right."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.position = 0
        self.sections: list[Section] = []
        self._reset()

    def _reset(self) -> None:
        self.tokens: list[Token] = []
        self.condition: tuple[str, float] | None = None
        self.language = ""

    def scan(self) -> tuple[Section, ...]:
        while self.position < len(self.code):
            if self.code[self.position] == ";":
                self._end_section()
                self.position += 1
            else:
                self._step(self.code[self.position])
        self._end_section()
        return tuple(self.sections)

    def _end_section(self) -> None:
        tokens = tuple(self.tokens)
        self.sections.append(Section(_kind(tokens), tokens, self.condition, self.language))
        self._reset()

    def _add(self, kind: TokenKind, text: str, length: int = 1) -> None:
        self.tokens.append(Token(kind, text))
        self.position += length

    def _step(self, character: str) -> None:
        if character == '"':
            end = self.code.find('"', self.position + 1)
            end = len(self.code) if end < 0 else end
            self._add("literal", self.code[self.position + 1 : end], end + 1 - self.position)
        elif character == "\\":
            self._add("literal", self.code[self.position + 1 : self.position + 2], 2)
        elif character == "_":
            self._add("literal", " ", 2)  # as wide as the next character
        elif character == "*":
            self.position += 2  # fills the cell
        elif character == "[":
            self._bracket()
        elif character in "0#?":
            self._add("digit", character)
        elif character in _SINGLE:
            self._add(_SINGLE[character], character)
        elif character in "Ee" and self.code[self.position + 1 : self.position + 2] in ("+", "-"):
            self._add("exponent", self.code[self.position : self.position + 2], 2)
        else:
            self._word(character)

    def _word(self, character: str) -> None:
        for kind, pattern in _WORDS:
            match = pattern.match(self.code, self.position)
            if match:
                text = match[0] if kind == "noon" else match[0].lower()
                self._add(kind, text, len(match[0]))
                return
        self._add("literal", character)

    def _bracket(self) -> None:
        end = self.code.find("]", self.position)
        if end < 0:
            self._add("literal", "[")
            return
        inside = self.code[self.position + 1 : end].strip()
        self.position = end + 1
        if match := _CONDITION.fullmatch(inside):
            self.condition = match[1], float(match[2])
        elif _ELAPSED.fullmatch(inside):
            self.tokens.append(Token("elapsed", inside.lower()))
        elif match := _CURRENCY.fullmatch(inside):
            self.language = self.language or (match[2] or "").lower()
            if match[1]:
                self.tokens.append(Token("literal", match[1]))
        # Colours, shapes of digits ([DBNum1]) and what no program knows are left out.


_SINGLE: dict[str, TokenKind] = {
    ".": "point",
    ",": "comma",
    "%": "percent",
    "/": "slash",
    "@": "text",
}
_WORDS: tuple[tuple[TokenKind, re.Pattern[str]], ...] = (
    ("noon", _NOON),
    ("general", _GENERAL),
    ("date", _DATE),
)


def _kind(tokens: tuple[Token, ...]) -> Kind:
    kinds = {token.kind for token in tokens}
    if "text" in kinds:
        return "text"
    if kinds & {"date", "elapsed", "noon"}:
        return "date"
    if "digit" in kinds:
        return "fraction" if "slash" in kinds else "number"
    return "general" if "general" in kinds else "words"


@functools.lru_cache(maxsize=1024)
def sections(code: str) -> tuple[Section, ...]:
    """Return the sections of a format code, in order; at least one."""
    if len(code) > MAX_CODE_CHARACTERS:
        return (Section("general", (Token("general", "general"),)),)
    return _Scanner(code or "General").scan()
