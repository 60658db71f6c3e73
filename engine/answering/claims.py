"""A sentence of an answer may state several things; each is looked up by itself."""

from __future__ import annotations

import re

from engine.answering.facts import facts, words
from engine.languages import PROFILES, any_of
from engine.text import sentence_spans

_HEDGE = re.compile(any_of(profile.facts.hedges for profile in PROFILES), re.IGNORECASE)
_FOUND_NOTHING = re.compile(
    rf"(?:{any_of(profile.wording.found_nothing for profile in PROFILES)})", re.IGNORECASE
)
_LIST_MARK = re.compile(r"^\s*(?:[-*•・]\s*|\(?\d{1,2}(?:[.)]\s+|．\s*))")
_JOINT = re.compile(any_of(profile.facts.joints for profile in PROFILES))


def sentences_of_answer(text: str) -> list[str]:
    """Cut an answer into sentences; the mark of a list item stays with its text."""
    found: list[str] = []
    mark = ""
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        if _LIST_MARK.fullmatch(f"{sentence} "):
            mark = f"{sentence} "
            continue
        found.append(mark + sentence)
        mark = ""
    return found


def bare(sentence: str) -> str:
    """Return a sentence of an answer without list mark, and without "No," or "It says that"."""
    return _HEDGE.sub("", _LIST_MARK.sub("", sentence)).strip() or sentence


def finds_nothing(sentence: str) -> bool:
    """Tell whether a model says by a sentence that it found no answer: nothing to be looked up."""
    return _FOUND_NOTHING.match(_LIST_MARK.sub("", sentence).strip()) is not None


def parts_of(sentence: str) -> list[str]:
    """Cut a sentence where it begins to say another thing.

    The names that it begins with go before each part that names nobody. A part that says
    nothing by itself stays with the one before.
    """
    parts: list[str] = []
    for piece in _JOINT.split(sentence):
        piece = piece.strip(" ,、。.")
        if not piece:
            continue
        if parts and not (facts(piece).any_figure or len(words(piece)) > 1):
            parts[-1] += f" {piece}"
        else:
            parts.append(piece)
    if not parts or len(parts) == 1:
        return parts
    subject = " ".join(facts(parts[0]).codes)
    return [
        parts[0],
        *(part if facts(part).codes or not subject else f"{subject} {part}" for part in parts[1:]),
    ]
