"""Hyphens at line ends: those of a broken word go, those of a compound or a number stay.

The rest of the document decides where it holds the word: "long-" and "term" become
"long-term" where that is written elsewhere, "Liefer-" and "schein" become "Lieferschein".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from engine.documents.cleaning import unwrap
from engine.languages import PROFILES, any_of

_HYPHENS = ("-", "\u2010")
_END = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*[-\u2010]$")
_START = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CUT = re.compile(r"\w+-\n\w+")
_COMPOUND = re.compile(any_of(profile.tokens.compounds for profile in PROFILES))
_HANGING = re.compile(any_of(profile.tokens.hanging_hyphen for profile in PROFILES))


class Hyphens:
    """Decides about the line ends of one document.

    Args:
        texts: All lines of the document; read when the first hyphen is met.
    """

    def __init__(self, texts: Callable[[], Iterable[str]]) -> None:
        self._texts = texts
        self._words: set[str] | None = None

    def unwrap(self, lines: list[str]) -> str:
        """Join the lines of one paragraph."""
        joined: list[str] = []
        for line in lines:
            line = line.strip()
            cut = bool(joined) and joined[-1].endswith(_HYPHENS)
            end = _END.search(joined[-1][-60:]) if cut else None
            start = _START.match(line) if end else None
            if end and start:
                joined[-1] = self._joined(joined[-1], line, end.group(), start.group())
            else:
                joined.append(line)
        return unwrap(joined)

    def _joined(self, above: str, below: str, end: str, start: str) -> str:
        left = end[:-1].rsplit("-", 1)[-1]
        right = start.split("-", 1)[0]
        if not (left[-1].isalpha() and right.isalpha() and right[0].islower()):
            return above + below
        if _HANGING.fullmatch(right):
            return f"{above} {below}"
        return above + below if self._is_compound(left, right) else above[:-1] + below

    def _is_compound(self, left: str, right: str) -> bool:
        words = self._known()
        whole, compound = (left + right).casefold(), f"{left}-{right}".casefold()
        if compound in words or whole in words:
            return compound in words
        return bool(_COMPOUND.fullmatch(compound))

    def _known(self) -> set[str]:
        if self._words is None:
            # A word that is cut itself says nothing: its hyphen stands at the end of a line.
            text = "\n".join(self._texts()).casefold().replace("\u2010", "-")
            self._words = set(_WORD.findall(_CUT.sub("\n", text)))
        return self._words
