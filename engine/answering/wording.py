"""Sentences that an answer may hold besides what was quoted and generated, per language."""

from __future__ import annotations

from collections.abc import Sequence

from engine.languages import profile_of
from engine.records import Coverage, Extract, RetrievedPassage

NEAREST_SHOWN = 3


def refusal(language: str, passages: Sequence[RetrievedPassage], coverage: Coverage) -> str:
    """Return the refusal in the question's language: what was searched, and what is nearest.

    The nearest passages carry no number: nothing is cited.
    """
    places = dict.fromkeys(
        f"{item.passage.document.name} ({item.passage.location})"
        for item in passages[:NEAREST_SHOWN]
    )
    wording = profile_of(language).wording
    searched = wording.searched.format(
        files=coverage.n_files_searched, passages=coverage.n_passages
    )
    if coverage.n_files_unreadable:
        searched += wording.unreadable.format(files=coverage.n_files_unreadable)
    nearest = wording.separator.join(places) or wording.nowhere
    return wording.refusal.format(searched=searched, nearest=nearest)


def quoted(extracts: Sequence[Extract], language: str) -> str:
    """Return the extracts as quotations with their numbers, one a line."""
    opening, closing = profile_of(language).wording.quotation
    return "\n".join(
        f"{opening}{' '.join(item.quote.split())}{closing}[{item.number}]" for item in extracts
    )
