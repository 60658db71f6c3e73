"""Documents that mention something, or are of a kind: exact by words, by meaning as possible."""

from __future__ import annotations

import re
import time
from collections.abc import Generator

from engine.answering.asked import Asked
from engine.answering.composed import Source
from engine.answering.gathering import Resources
from engine.answering.listing.items import Item, shortened
from engine.answering.listing.scan import PROGRESS_S, Scope, near_passages
from engine.answering.listing.wanted import Wanted, genres_of
from engine.cancel import CancelToken
from engine.catalogue.name_text import names_of
from engine.events import AnswerProgressed
from engine.records import DocumentRef, Passage
from engine.retrieval.query import Query
from engine.retrieval.terms import held_tokens, lexical_match, query_terms
from engine.text import is_cjk, search_form

_LINE = re.compile(r"[^\n]+")
_MAX_POSSIBLE = 5
_MAIL = "message/rfc822"
_SHEETS = ("spreadsheet", "excel", "csv")
_AT_ONCE = 400
_NEAR_PASSAGES = 200


def documents_that(
    asked: Asked,
    want: Wanted,
    query: Query,
    scope: Scope,
    resources: Resources,
    cancel: CancelToken,
) -> Generator[AnswerProgressed, None, tuple[list[Item], list[Item]]]:
    """Return the documents that hold the words of a topic, and those whose meaning is near.

    A topic's words must stand in one passage or in a document's names; what is written in
    quotation marks, and Japanese words, as they are.
    """
    kind = {row: each for row, each in scope.documents.items() if is_of(want.genres, each)}
    if not want.topic.strip():
        first = resources.catalogue.passages.first_of_documents(list(kind), 1)
        passages = resources.catalogue.passages.get(first)
        return [_item(each) for each in passages.values()], []
    terms = query_terms(want.topic.strip('"'))
    exact = _exact(want.topic)
    match = " AND ".join(f"({m})" for m in map(lexical_match, terms) if m)
    hits = resources.catalogue.passages.holding(asked.request.collection_id, match)
    found: dict[int, Item] = {}
    told, done = time.perf_counter(), 0
    total = sum(scope.counts.get(row, 0) for row in scope.documents)
    rows = [passage for passage, document in hits if document in kind]
    for start in range(0, len(rows), _AT_ONCE):
        if cancel.cancelled:
            scope.complete = False
            scope.seen = set(found)
            break
        some = rows[start : start + _AT_ONCE]
        stored = resources.catalogue.passages.get(some)
        for row in some:
            passage = stored.get(row)
            if passage is None or passage.document.id in found or not query.admits_passage(passage):
                continue
            line = _holding_line(passage, terms, exact)
            if line is not None:
                found[passage.document.id] = _item(passage, line)
        done += len(some)
        if time.perf_counter() - told > PROGRESS_S:
            yield AnswerProgressed("scan", done, total)
            told = time.perf_counter()
    for row in _named(kind, terms, exact):
        if row not in found:
            first = resources.catalogue.passages.first_of_documents([row], 1)
            for passage in resources.catalogue.passages.get(first).values():
                found[row] = _item(passage)
    possible = [] if cancel.cancelled else _near(asked, want, kind, found, resources)
    return [found[row] for row in scope.documents if row in found], possible


def is_of(genres: frozenset[str], document: DocumentRef) -> bool:
    """Tell whether a document is of one of some kinds, by its names and its format."""
    if not genres:
        return True
    if "mail" in genres and document.media_type == _MAIL:
        return True
    if "spreadsheet" in genres and any(name in document.media_type for name in _SHEETS):
        return True
    return bool(genres & genres_of(names_of(document.path, document.title)))


def _exact(topic: str) -> str:
    """Return what must stand in a passage as it is: a quotation, or one Japanese word."""
    if topic.startswith('"'):
        return search_form(topic.strip('"'), asked=True)
    plain = topic.strip()
    return search_form(plain, asked=True) if plain and all(map(is_cjk, plain)) else ""


def _holds(text: str, terms: tuple[str, ...], exact: str) -> bool:
    if exact and exact.strip() not in search_form(text):
        return False
    return len(held_tokens(terms, text)) == len(terms)


def _holding_line(passage: Passage, terms: tuple[str, ...], exact: str) -> tuple[int, int] | None:
    """Return the line that holds most; None if the passage lacks something."""
    if not _holds(f"{passage.context}\n{passage.text}", terms, exact):
        return None
    spans = [match.span() for match in _LINE.finditer(passage.text) if match.group().strip()]
    if not spans:
        return None
    return max(spans, key=lambda span: len(held_tokens(terms, passage.text[slice(*span)])))


def _named(kind: dict[int, DocumentRef], terms: tuple[str, ...], exact: str) -> list[int]:
    return [
        row
        for row, each in kind.items()
        if terms and _holds(names_of(each.path, each.title), terms, exact)
    ]


def _item(passage: Passage, line: tuple[int, int] | None = None) -> Item:
    document = passage.document
    if line is None:
        match = _LINE.search(passage.text)
        line = match.span() if match else (0, len(passage.text))
        said = document.title if document.title != document.name else ""
    else:
        said = f"“{' '.join(passage.text[slice(*line)].split())}”"
    source = Source(passage, passage.start + line[0], passage.start + line[1])
    text = f"{document.name} – {shortened(said)}" if said else document.name
    return Item(text, (source,), document.path)


def _near(
    asked: Asked,
    want: Wanted,
    kind: dict[int, DocumentRef],
    found: dict[int, Item],
    resources: Resources,
) -> list[Item]:
    """Return documents whose meaning is as near as that of half of those that were found."""
    hits = near_passages(asked, want.topic, resources, _NEAR_PASSAGES)
    stored = resources.catalogue.passages.get([row for row, _ in hits])
    best: dict[int, tuple[float, int]] = {}
    for row, similarity in hits:
        if row in stored:
            best.setdefault(stored[row].document.id, (similarity, row))
    known = sorted(best[row][0] for row in found if row in best)
    if found and not known:
        return []
    least = known[len(known) // 2] if known else 0.0
    near = [
        _item(stored[row])
        for document, (similarity, row) in best.items()
        if document not in found and document in kind and similarity >= least
    ]
    return near[: _MAX_POSSIBLE if found else 3]
