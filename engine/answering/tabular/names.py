"""Names of columns and tables that a question uses, and what of it nothing explains."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.answering.tabular.limits import Span
from engine.languages import PROFILES, any_of
from engine.records.tables import TypedColumn
from engine.text import normalise
from engine.text.stems import stem
from engine.text.tokens import STOP_WORDS

_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_LATIN = re.compile(r"[a-z][a-z'&]*\d*|\d+[a-z]+|\d+")
_CJK = re.compile(r"[\u3041-\u3096\u30a1-\u30fc\u4e00-\u9fff々]+")
_CURRENCY_WORD = re.compile(r"\b(?:gbp|eur|usd|jpy|chf)\b")
_FILLER = re.compile(any_of(profile.tabular.fillers for profile in PROFILES))
_RESIDUE = re.compile(r"[a-z][a-z0-9'\-]*|\d[\d.,]*|[\u30a1-\u30fc]{2,}|[\u4e00-\u9fff々]+")
_LONE_LETTER = re.compile(r"(?<=[\u3041-\u9fff])[a-z](?![a-z0-9])")
_GRAMMAR = re.compile(r"[\u3041-\u3096]+")


@dataclass(frozen=True)
class Named:
    """A column that a question names.

    Attributes:
        column: The column.
        share: How much of its name stands in the question, in (0, 1].
        spans: Where.
    """

    column: TypedColumn
    share: float
    spans: tuple[Span, ...]

    @property
    def n_characters(self) -> int:
        """Letters of the question that it explains."""
        return sum(end - start for start, end in self.spans)


def named_columns(form: str, columns: Iterable[TypedColumn]) -> list[Named]:
    """Return the columns whose names a question uses, whole or in part, best first."""
    found = []
    for column in columns:
        share, spans = _share(form, core_of(column.name))
        if spans:
            found.append(Named(column, share, tuple(spans)))
    return sorted(found, key=lambda each: (-each.share, -each.n_characters))


def core_of(name: str) -> str:
    """Return a column's name in comparable form without its unit."""
    form = normalise(name)
    core = _BRACKETS.sub("", form).strip() or form
    return _CURRENCY_WORD.sub("", core).strip() or core


def _share(form: str, name: str) -> tuple[float, list[Span]]:
    """Return which part of a name stands in a question, and where."""
    spans: list[Span] = []
    n_found = n_all = 0.0
    stems = _stems(form)
    for match in _LATIN.finditer(name):
        word = match.group()
        if word in STOP_WORDS and len(word) > 1 and word not in ("from", "to"):
            continue
        n_all += len(word)
        places = stems.get(_key(word), [])
        if places:
            n_found += len(word)
            spans += places
    for match in _CJK.finditer(name):
        run = match.group()
        n_all += 2 * len(run)
        at, length = _longest_common(run, form)
        if length >= 2 or (length == len(run) and len(run) == 1 and _stands_alone(form, at)):
            n_found += 2 * length
            spans.append((at, at + length))
    return (n_found / n_all if n_all else 0.0), spans


def _key(word: str) -> str:
    """Return what forms of a word share: course, courses; approved, approves."""
    cut = stem(word)
    if cut == word and len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        cut = word[:-1]
    return cut.removesuffix("e") if len(cut) > 4 else cut


def _stems(form: str) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for match in _LATIN.finditer(form):
        found.setdefault(_key(match.group()), []).append(match.span())
    return found


def _longest_common(run: str, form: str) -> tuple[int, int]:
    """Return where the longest piece of ``run`` stands in ``form``, and its length."""
    for length in range(len(run), 0, -1):
        for start in range(len(run) - length + 1):
            piece = run[start : start + length]
            if _GRAMMAR.fullmatch(piece):
                continue
            at = form.find(piece)
            if at >= 0:
                return at, length
    return -1, 0


def _stands_alone(form: str, at: int) -> bool:
    """Tell whether a single character is a word: no kanji beside it."""
    beside = form[max(0, at - 1) : at] + form[at + 1 : at + 2]
    return not re.search(r"[\u4e00-\u9fff]", beside)


def table_spans(form: str, texts: Iterable[str]) -> list[Span]:
    """Return where words of the names of a table, its document and its headings stand."""
    spans: list[Span] = []
    for text in dict.fromkeys(texts):
        name = normalise(text).replace("_", " ")
        stems = _stems(form)
        for match in _LATIN.finditer(name):
            if len(match.group()) > 1 and match.group() not in STOP_WORDS:
                spans += stems.get(_key(match.group()), [])
        for match in _CJK.finditer(name):
            spans += _common_pieces(match.group(), form)
    return spans


def _common_pieces(run: str, form: str) -> list[Span]:
    """Return every stretch of two characters or more that a run shares with a question."""
    spans: list[Span] = []
    at = 0
    while at < len(form) - 1:
        length = 0
        while at + length < len(form) and form[at : at + length + 1] in run:
            length += 1
        if length >= 2 and not _GRAMMAR.fullmatch(form[at : at + length]):
            spans.append((at, at + length))
        at += max(length, 1)
    return spans


def unexplained(form: str, spans: Sequence[Span]) -> list[str]:
    """Return the words of a question that nothing explains, words without a topic left out."""
    letters = list(form)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    rest = _FILLER.sub(lambda match: " " * len(match.group()), "".join(letters))
    return [
        word
        for word in _RESIDUE.findall(rest)
        if word not in STOP_WORDS and not (len(word) == 1 and not word.isdigit())
    ] + _LONE_LETTER.findall(rest)
