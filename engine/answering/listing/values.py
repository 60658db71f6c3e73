"""Values of a kind wherever they stand: telephone numbers, addresses, dates, percentages."""

from __future__ import annotations

import re

from engine.answering.composed import Source
from engine.answering.facts import comparable
from engine.answering.gathering import Resources
from engine.answering.listing.items import Item, merged, shortened
from engine.answering.listing.lines import Line, lines_of
from engine.answering.listing.scan import Scope
from engine.answering.listing.topic import Page, topic_share
from engine.answering.listing.wanted import Wanted
from engine.languages import PROFILES, any_of
from engine.text import sentence_spans
from engine.text.dates import moments

_PATTERNS = {
    "phone": (
        r"(?<![\w.-])(?:\+\d{1,3}[ -])?(?:\(0\d+\)|0\d{1,4})[ -]\d{2,4}(?:[ -]\d{2,4})?(?![\w-])"
    ),
    "email": r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    "percent": r"\d+(?:[.,]\d+)?\s?[%％]",
    "money": (r"(?:GBP|EUR|USD|JPY|CHF|£|€|\$|¥|￥)\s?\d[\d,.]*\d?(?:\s(?:million|thousand))?"),
}
"""What values look like in any language."""

_FIND = {
    name: re.compile(
        any_of((pattern, *(p.lists.forms.get(name, "") for p in PROFILES))), re.IGNORECASE
    )
    for name, pattern in _PATTERNS.items()
}
_DUE = re.compile(any_of(p.lists.due for p in PROFILES), re.IGNORECASE)
_DATE_LIKE = re.compile(
    r"\d{1,2}\s?[月日]|\d{4}-\d{2}-\d{2}|\b\d{1,2} [A-Z][a-z]{2,}|[A-Z][a-z]{2,} \d{1,2}\b"
)
_PERIOD = re.compile(any_of(p.lists.periods for p in PROFILES), re.IGNORECASE)
SPELT = frozenset({"email"})
"""Kinds whose value says all: one that stands in several places is one item."""

_LEAST_TOPIC = 0.8
_LABELLED = 60
_NEAR = 20
_ROW_NAMES = re.compile(r"(?:^|(?<=\| ))[^|:：]{1,60}[:：] ")


def values_of(want: Wanted, scope: Scope, resources: Resources) -> list[Item]:
    """Return the values of the kind that is wanted, from every document that the topic admits."""
    found: list[Item] = []
    for row in scope.documents:
        passages = resources.catalogue.passages.of_document(row)
        if not passages:
            continue
        lines = lines_of(passages)
        names = f"{passages[0].document.title}\n{passages[0].document.path}\n{passages[0].context}"
        page = Page(f"{names}\n{passages[0].text[:400]}", names)
        if topic_share(want, page) < _LEAST_TOPIC:
            continue
        for line in lines:
            found += _in_line(want, line)
    return merged(found)


def _in_line(want: Wanted, line: Line) -> list[Item]:
    printed, found = line.printed, []
    spans = [(0, len(printed))] if line.kind == "row" else sentence_spans(printed)
    for start, end in spans:
        sentence = printed[start:end]
        told = _ROW_NAMES.sub("", sentence) if line.kind == "row" else sentence
        for value in _values(want, told):
            source = Source(line.passage, line.start + start, line.start + end)
            said = want.value == "date" or value in sentence[:_NEAR]
            text = shortened(sentence if said else f"{value}: {sentence.strip()}")
            key = value if want.value in SPELT else f"{value} {sentence.strip()[:_LABELLED]}"
            found.append(Item(text, (source,), key.casefold()))
    return found


def _values(want: Wanted, sentence: str) -> list[str]:
    if want.value != "date":
        return list(
            dict.fromkeys(match.group().strip() for match in _FIND[want.value].finditer(sentence))
        )
    if "deadline" in want.classes and not _DUE.search(sentence):
        return []
    dates = bool(_DATE_LIKE.search(sentence)) and bool(moments(comparable(sentence)).dates)
    if dates or ("deadline" in want.classes and _PERIOD.search(sentence)):
        period = _PERIOD.search(sentence) or _DATE_LIKE.search(sentence)
        return [period.group().strip()] if period else []
    return []
