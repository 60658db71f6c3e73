"""Cells that a question names: "Derby", 「朝凪製薬」, KF-200."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.answering.tabular.limits import Span
from engine.catalogue.tables import NamedCell
from engine.languages import PROFILES, any_of
from engine.text.tokens import STOP_WORDS

_WORD = re.compile(r"[a-z0-9]+(?:[-_/.][a-z0-9]+)*|[\u30a1-\u30fc]{2,}|[\u4e00-\u9fff々]{2,}")
_FILLER = re.compile(any_of(profile.tabular.fillers for profile in PROFILES))
_SHORTEST = 3
_PARTICLES = "".join(p.tabular.particles for p in PROFILES)


@dataclass(frozen=True)
class NamedValue:
    """Words of cells that a question names.

    Attributes:
        ordinal: Of their column.
        words: In comparable form, as the cell has them; of a part, as the question has it.
        is_whole: Whether the question has all that stands in the cell.
        span: Where in the question.
    """

    ordinal: int
    words: str
    is_whole: bool
    span: Span


def parts_of(form: str) -> list[str]:
    """Return the words of a question that cells may hold among others."""
    found = []
    for match in _WORD.finditer(form):
        word = match.group()
        short = len(word) < _SHORTEST and word.isascii()
        if not short and word not in STOP_WORDS and not word.isdigit():
            found += [word, *_kanji_pieces(word)]
            if word.isascii() and word.endswith("s") and len(word) > 4:
                found.append(word[:-1])
    return list(dict.fromkeys(found))[:40]


def _kanji_pieces(word: str) -> list[str]:
    """Return beginnings and ends of a run of kanji: 東京支店 also names 東京."""
    if word.isascii() or len(word) < 3:
        return []
    return [word[:length] for length in range(2, len(word))] + [
        word[start:] for start in range(1, len(word) - 1)
    ]


def named_values(form: str, cells: Iterable[NamedCell]) -> dict[int, list[NamedValue]]:
    """Return by table the values that a question names, each place once, the longest first.

    Args:
        form: The question in comparable form.
        cells: What the catalogue found, see :meth:`engine.catalogue.tables.TableShelf.words`.
    """
    by_table: dict[int, list[NamedCell]] = defaultdict(list)
    for cell in cells:
        by_table[cell.table_id].append(cell)
    return {table: _of_table(form, found) for table, found in by_table.items()}


def _of_table(form: str, cells: Sequence[NamedCell]) -> list[NamedValue]:
    whole = [
        NamedValue(cell.ordinal, cell.words, True, span)
        for cell in cells
        for span in _places(form, cell.words)
    ]
    kept = _longest(whole)
    parts = []
    for word in parts_of(form):
        for span in _places(form, word):
            if any(span[0] < end and start < span[1] for start, end in _spans(kept)):
                continue
            for cell in cells:
                held = _held(cell.words, word)
                if held and word.isascii():
                    parts.append(NamedValue(cell.ordinal, held, False, span))
                elif held:
                    start, end = _widened(form, cell.words, span)
                    parts.append(NamedValue(cell.ordinal, form[start:end], False, (start, end)))
    return kept + _longest(list(dict.fromkeys(parts)))


def _widened(form: str, cell: str, span: Span) -> Span:
    """Return the longest piece around a place that a question shares with a cell."""
    start, end = span
    while start > 0 and form[start - 1 : end] in cell and not form[start - 1].isspace():
        start -= 1
    while end < len(form) and form[start : end + 1] in cell and not form[end].isspace():
        end += 1
    while end - start > 2 and form[end - 1] in _PARTICLES:
        end -= 1
    return start, end


def _places(form: str, words: str) -> list[Span]:
    """Return where words stand in a question, not within other words or codes."""
    if len(words) < 2:
        return _letters(form, words) if words.isascii() and words.isalpha() else []
    if words in STOP_WORDS or _FILLER.fullmatch(words):
        return []
    before = r"(?<![a-z0-9])(?<![a-z0-9][-/.])" if words[0].isascii() else ""
    behind = r"(?:(?='s)|(?![a-z0-9])(?![-/.][a-z0-9]))" if words[-1].isascii() else ""
    found = [m.span() for m in re.finditer(before + re.escape(words) + behind, form)]
    return found


def _letters(form: str, letter: str) -> list[Span]:
    """Return where a single letter stands as a name: "plan b", 「評価がAの」."""
    alone = rf"(?<![a-z0-9]){letter}(?![a-z0-9])"
    found = [m.span() for m in re.finditer(rf"(?<=[\u3041-\u9fff]){alone}", form)]
    if letter not in ("a", "i"):
        found += [m.span() for m in re.finditer(rf"(?<=[a-z]\s){alone}", form)]
    return found


def _held(cell: str, word: str) -> str:
    """Return a word as a cell has it among others, in singular or plural; empty if it does not."""
    if not word.isascii():
        return word if word in cell and word != cell else ""
    single = word.removesuffix("s") if len(word) > 4 else word
    pattern = (
        rf"(?<![a-z0-9])(?<![a-z0-9][-/.])({re.escape(single)}s?)(?![a-z0-9])(?![-/.][a-z0-9])"
    )
    found = re.search(pattern, cell)
    return found[1] if found and word != cell else ""


def _longest(found: Sequence[NamedValue]) -> list[NamedValue]:
    """Return values, none whose place lies within that of a longer one."""
    kept: list[NamedValue] = []
    for value in sorted(found, key=lambda each: each.span[0] - each.span[1]):
        start, end = value.span
        inside = any(s <= start and end <= e and (s, e) != (start, end) for s, e in _spans(kept))
        overlap = any(
            s < end and start < e and not (s <= start and end <= e) for s, e in _spans(kept)
        )
        if not inside and not overlap:
            kept.append(value)
    return kept


def _spans(values: Iterable[NamedValue]) -> list[Span]:
    return [value.span for value in values]
