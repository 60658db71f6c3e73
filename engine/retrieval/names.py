"""Documents whose name, folders or title a question names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.records import Passage
from engine.retrieval.terms import held_tokens, lexical_match, query_terms

if TYPE_CHECKING:
    from engine.catalogue import Catalogue

_N_LOOKED_AT = 30
_N_DOCUMENTS = 5
_N_PASSAGES = 3
"""First passages of such a document that are looked at even if nothing in them fits."""

_LEAST_FIT = 0.5

_WHOLE = 3.0
"""Nothing but words of a document's names asks for that document, whatever stands in others."""


@dataclass(frozen=True)
class NamedDocuments:
    """Documents by how well their names fit.

    Attributes:
        fit: Share of the question's terms that a document's names hold, cubed, by its row: one
            word of several hardly counts, all of them are decisive.
        passages: First passages of the documents that fit best.
    """

    fit: Mapping[int, float]
    passages: tuple[int, ...]

    def of(self, passages: Mapping[int, Passage]) -> dict[int, float]:
        """Return the fit of each passage's document, without those that fit nothing."""
        found = {row: self.fit.get(hit.document.id, 0.0) for row, hit in passages.items()}
        return {row: fit for row, fit in found.items() if fit}


def named_documents(catalogue: Catalogue, question: str, collection_id: int) -> NamedDocuments:
    """Return the documents that a question may call by their names."""
    terms = query_terms(question)
    called = catalogue.passages.named(collection_id, lexical_match(question), _N_LOOKED_AT)
    shares = {
        row: len(held_tokens(terms, names)) / len(terms) if terms else 0.0
        for row, names in called.items()
    }
    best = sorted((row for row in shares if shares[row] >= _LEAST_FIT), key=lambda r: -shares[r])
    first = catalogue.passages.first_of_documents(best[:_N_DOCUMENTS], _N_PASSAGES)
    whole = _WHOLE if len(terms) > 1 else 1.0
    return NamedDocuments(
        {row: whole if share == 1 else share**3 for row, share in shares.items()}, first
    )


NOBODY = NamedDocuments({}, ())
"""No document by any name."""
