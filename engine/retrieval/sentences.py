"""Candidate sentences of retrieved passages, with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from engine.languages import PROFILES, any_of
from engine.records import RetrievedPassage
from engine.text import is_cjk, normalise, sentence_spans
from engine.text.sentences import SENTENCE_STOPS

_LINE = re.compile(r"[^\n]+")
_CELL_BORDER = re.compile(r" \| |\t")
_BULLET = re.compile(r"[\s>]*(?:[-*・•●○◆■]|[(（]?\d+[.)）．、]|第\d)")
_CONTINUES = re.compile(r"[\s>]*[a-z(\d](?!\.\s)")
_MIN_WRAPPED = 50
_MIN_WRAPPED_CJK = 30
"""Shorter lines are headings or list items, not sentences broken for width."""
_MAX_HEADING = 80
_MAX_LABEL_WORDS = 5
_MAX_LABEL_CJK = 14
_SENTENCE_ENDS = (*SENTENCE_STOPS, ":", ";", "：")
_NUMBERED_HEADING = re.compile(
    rf"\s*(?:{any_of(profile.sentences.numbered_heading for profile in PROFILES)}"
    r"|#{1,6} .*|\d+(?:\.\d+)*\.?\s+(?:[^\W\d]\S*\s*){1,5})\s*$"
)
_MIN_CHARACTERS = 4
_MAX_QUOTE_CHARACTERS = 600
"""A longer "sentence" is a page without punctuation; quoting it would show no fact."""


@dataclass(frozen=True)
class Sentence:
    """One sentence (or spreadsheet row) that may support an answer.

    Attributes:
        number: Number of its passage.
        start: Offset in the document's text.
        end: Offset past the last character.
        text: The exact slice.
        near: The sentence before it, the headings above it and the document's names, which say
            what a sentence such as "It is 12 days." leaves unsaid.
        heading: True for a line that only names what follows.
    """

    number: int
    start: int
    end: int
    text: str
    near: str
    heading: bool = False


def sentences_of(retrieved: RetrievedPassage) -> list[Sentence]:
    """Cut one passage into sentences; rows of tables stay whole."""
    passage = retrieved.passage
    spans = _merge_questions(passage.text, _spans(passage.text, passage.location.kind == "sheet"))
    document = passage.document
    title = normalise(document.title)
    titles = f"{normalise(passage.context)} {title}"
    names = "\n".join((passage.context, document.title, document.name))
    found: list[Sentence] = []
    before = headings = ""
    under_heading = False
    for (start, end), after in zip_longest(spans, spans[1:], fillvalue=(0, 0)):
        text, following = passage.text[start:end], passage.text[slice(*after)]
        heading = _is_heading(text, titles, title) or _is_label(text, following)
        if len(text) >= _MIN_CHARACTERS:
            offset = passage.start
            near = f"{before}\n{headings}\n{names}"
            found.append(
                Sentence(retrieved.number, offset + start, offset + end, text, near, heading)
            )
        if heading:  # one right below another goes on with it; after text a new part begins
            headings = f"{headings}\n{text}" if under_heading else text
        before, under_heading = text, heading
    return found


def _is_heading(line: str, titles: str, title: str) -> bool:
    """Tell whether a line is a title (with its number), a numbered heading, or all capitals."""
    if len(line) > _MAX_HEADING or line.rstrip().endswith(_SENTENCE_ENDS):
        return False
    letters = [character for character in line if character.isalpha()]
    shouted = len(letters) > 3 and all(character.isupper() for character in letters)
    folded = normalise(line)
    titled = folded in titles or (bool(title) and title in folded and len(folded) < len(title) + 40)
    return shouted or titled or bool(_NUMBERED_HEADING.match(line))


def _is_label(line: str, following: str) -> bool:
    """Tell whether a line is a bare name above a longer sentence."""
    if len(following) < 2 * len(line) or not following.endswith((".", "。")):
        return False
    if any(c.isdigit() for c in line) or line.rstrip().endswith(_SENTENCE_ENDS) or ": " in line:
        return False
    cjk = any(is_cjk(character) for character in line)
    return len(line) <= _MAX_LABEL_CJK if cjk else len(line.split()) <= _MAX_LABEL_WORDS


def candidate_sentences(passages: Sequence[RetrievedPassage]) -> list[Sentence]:
    """Return the sentences of all passages in rank order, each text once."""
    found = [sentence for retrieved in passages for sentence in sentences_of(retrieved)]
    return [found[n] for n in first_of_each(found)]


def first_of_each(sentences: Sequence[Sentence]) -> list[int]:
    """Return where each text stands first, in order; blank ones are left out.

    Passages may overlap, so the same sentence can stand in two of them.
    """
    first: dict[str, int] = {}
    for number, sentence in enumerate(sentences):
        first.setdefault(normalise(sentence.text), number)
    first.pop("", None)
    return list(first.values())


def _spans(text: str, rows: bool) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for first, last in _logical_lines(text, rows):
        # Same length, so the offsets hold; a wrapped line must not end a sentence.
        line = text[first:last].replace("\n", " ")
        whole = rows or _CELL_BORDER.search(line)
        for start, end in [(0, len(line))] if whole else sentence_spans(line):
            spans.extend(_bounded(text, first + start, first + end))
    return spans


def _logical_lines(text: str, rows: bool) -> list[tuple[int, int]]:
    """Return the lines of a text, those that mail or plain text wrapped joined again."""
    lines: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        before = text[slice(*lines[-1])].rpartition("\n")[2] if lines else ""
        adjacent = bool(lines) and lines[-1][1] + 1 == match.start()
        if adjacent and not rows and _wrapped(before, match.group()):
            lines[-1] = (lines[-1][0], match.end())
        else:
            lines.append((match.start(), match.end()))
    return lines


def _wrapped(line: str, following: str) -> bool:
    """Tell whether a line was broken for width only: long, unfinished, and going on."""
    line = line.rstrip()
    if _CELL_BORDER.search(line) or _CELL_BORDER.search(following):
        return False
    if is_cjk(line[-1:] or " "):
        width = len(line) >= _MIN_WRAPPED_CJK
        return width and not _BULLET.match(following) and is_cjk(following.strip()[:1] or " ")
    if len(line) < _MIN_WRAPPED or line.endswith((".", "!", "?", ":", ";")):
        return False
    return bool(_CONTINUES.match(following))


def _bounded(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut over-long spans at the last space or Japanese comma before the limit."""
    pieces: list[tuple[int, int]] = []
    while end - start > _MAX_QUOTE_CHARACTERS:
        window = text[start : start + _MAX_QUOTE_CHARACTERS]
        cut = max(window.rfind(" "), window.rfind("、") + 1, window.rfind("。") + 1)
        cut = start + (cut if cut > 0 else _MAX_QUOTE_CHARACTERS)
        pieces.append((start, cut))
        start = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
    pieces.append((start, end))
    return pieces


def _merge_questions(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join a question with the sentence after it: in a FAQ that one is the answer."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        asked = bool(merged) and text[slice(*merged[-1])].endswith(("?", "？"))
        if asked and end - merged[-1][0] <= _MAX_QUOTE_CHARACTERS:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged
