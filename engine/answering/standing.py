"""What an answer says of the standing of its documents: an older version, and what the newer says.

A search finds the old policy beside the new one, and a question that names no year may be answered
from either. Whoever reads a figure of an older version must be told so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from engine.answering.differences.aligning import Alignment, align
from engine.answering.differences.changes import differences
from engine.answering.differences.clauses import Clause, Span, clauses_of
from engine.answering.differences.shown import shown_text
from engine.answering.gathering import Resources
from engine.catalogue import Catalogue
from engine.records import Answer, Citation, DocumentRef, Notice
from engine.retrieval.families import Families, Version
from engine.retrieval.versions import asks_former, years_in

MAX_CLAUSES = 1500
"""Of longer documents it is only said that there is a newer version: an answer must not wait."""


def with_standing(answer: Answer, collection_id: int, resources: Resources) -> Answer:
    """Add what is to be said of older versions; what a version says is no contradiction.

    Nothing is added where the question asks for a former version or names its year.

    Args:
        answer: Of a look-up.
        collection_id: Where its documents are.
        resources: The catalogue.
    """
    cited = [citation for citation in answer.citations if citation.verified]
    if answer.refused or not cited:
        return answer
    standing = _Standing(answer, cited, resources.catalogue, collection_id)
    return replace(answer, notices=(*standing.settled(), *standing.older()))


class _Standing:
    """The documents of one answer."""

    def __init__(
        self,
        answer: Answer,
        cited: Sequence[Citation],
        catalogue: Catalogue,
        collection_id: int,
    ) -> None:
        self._answer, self._cited = answer, cited
        self._catalogue = catalogue
        self._families = Families(catalogue, collection_id)
        self._documents = {p.number: p.passage.document for p in answer.passages}

    def older(self) -> Iterator[Notice]:
        """Yield a notice for each document that another version took the place of."""
        question = self._answer.search_query
        if asks_former(question):
            return
        told: set[int] = set()
        shown = {self._documents[c.number].id for c in self._cited if c.number in self._documents}
        n_quoted = len(self._answer.extracts)
        for at, citation in enumerate(self._cited):
            document = self._documents.get(citation.number)
            if document is None or document.id in told:
                continue
            newer = self._families.successor(document)
            # A quotation that is not the first one matters only beside what the newer says.
            if not newer or (0 < at < n_quoted and newer.document.id not in shown):
                continue
            told.add(document.id)
            if self._families.version(document).date[:4] not in years_in(question):
                yield self._notice(citation, document, newer)

    def settled(self) -> Iterator[Notice]:
        """Yield the notices there are; of contradictions those between two versions are none."""
        for notice in self._answer.notices:
            if notice.code != "documents-disagree":
                yield notice
                continue
            other = self._documents.get(int(notice.data["number"]))
            if other is None or other.id in self._versions_cited:
                continue
            yield replace(notice, data={**notice.data, "document": self._named(other)})

    @cached_property
    def _versions_cited(self) -> frozenset[int]:
        """All versions of what is cited, as rows."""
        documents = {self._documents[c.number] for c in self._cited if c.number in self._documents}
        families = (self._families.of(document) for document in documents)
        return frozenset(
            version.document.id for family in families if len(family) > 1 for version in family
        )

    def _notice(self, citation: Citation, document: DocumentRef, newer: Version) -> Notice:
        name = self._named(newer.document)
        said = self._newer_says(citation, document, newer.document)
        if said:
            return Notice(
                "newer-version-says", {"document": document.name, "newer": name, "quote": said}
            )
        return Notice("older-version", {"document": document.name, "newer": name})

    def _named(self, document: DocumentRef) -> str:
        date = self._families.version(document).date
        return f"{document.name} ({date})" if date else document.name

    def _newer_says(self, citation: Citation, document: DocumentRef, newer: DocumentRef) -> str:
        """Return what the newer version says in the place of a quotation, if it says otherwise."""
        texts = [self._catalogue.documents.text(d.id) for d in (document, newer)]
        old, new = (clauses_of(text, MAX_CLAUSES) for text in texts)
        if max(len(old), len(new)) >= MAX_CLAUSES:
            return ""
        span = (citation.start, citation.end)
        quoted = [n for n, clause in enumerate(old) if _overlap(clause.spans, span)]
        for step in align(old, new):
            if isinstance(step, Alignment):
                return _said(old, new, step, quoted, span, texts[1])
        return ""


def _said(
    old: Sequence[Clause],
    new: Sequence[Clause],
    alignment: Alignment,
    quoted: Sequence[int],
    span: Span,
    text: str,
) -> str:
    pairs = [(one, other) for one, other in alignment.pairs if one in quoted]
    for change in differences(old, new, Alignment(pairs)).of("changed"):
        if _overlap(change.old, span):
            return shown_text(text, change.new)
    return ""


def _overlap(spans: Sequence[Span], other: Span) -> bool:
    return any(start < other[1] and other[0] < end for start, end in spans)
