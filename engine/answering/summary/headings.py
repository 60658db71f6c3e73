"""Which lines of a document are headings, and which only point to a heading elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.answering.summary.noise import shown
from engine.documents.headings import SEPARATOR
from engine.languages import PROFILES, any_of
from engine.records import Passage
from engine.retrieval.sentences import Sentence
from engine.text import is_cjk, normalise

MOST_HEADING = 70
MOST_HEADING_CJK = 36
"""Characters; a longer line says something."""

_NUMBERED = re.compile(rf"^\s*(?:{any_of(p.summaries.numbered for p in PROFILES)})")
_ITEM = re.compile(r"^\s*[-*•・]\s")
_ROW = re.compile(r" \| |\t")
_SENTENCE_END = re.compile(r"[.!?。！？;；,、]$")


class Headings:
    """The headings of a document, as far as its reader told them from text.

    Args:
        passages: Of the document.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._known = frozenset(title for each in passages for title in _trail(each))

    def holds(self, sentence: Sentence, passage: Passage, following: Sequence[Sentence]) -> bool:
        """Tell whether a line names what follows it.

        Args:
            sentence: The line.
            passage: Where it stands.
            following: What stands behind it in the passage; empty for the last.
        """
        text = shown(sentence.text)
        if passage.location.kind == "slide" and sentence.start > passage.start:
            return False
        if _ROW.search(text) or _ITEM.match(text) or "：" in text.rstrip("："):
            return False
        if normalise(text) in self._known:
            return True
        if passage.location.kind == "section" and not _begins_a_part(sentence, passage):
            return False  # whatever it is, its reader took it for no heading
        if sentence.heading:
            return True
        most = MOST_HEADING_CJK if is_cjk(text[:1] or " ") else MOST_HEADING
        if len(text) > most or _SENTENCE_END.search(text):
            return False
        if ": " in text:
            return False
        if _NUMBERED.match(text):
            return True
        return bool(following) and not any(c.isdigit() for c in text)

    def points_elsewhere(self, text: str, passage: Passage) -> bool:
        """Tell whether a line is a heading of another part: a table of contents is made of them."""
        folded = normalise(text)
        return folded in self._known and folded not in _trail(passage)


def _trail(passage: Passage) -> tuple[str, ...]:
    if passage.location.kind != "section":
        return ()
    return tuple(normalise(part) for part in passage.location.name.split(SEPARATOR) if part)


def _begins_a_part(sentence: Sentence, passage: Passage) -> bool:
    """Tell whether a line stands first in a passage, or behind an empty line."""
    before = passage.text[: sentence.start - passage.start]
    return not before.strip() or before.endswith("\n\n")
