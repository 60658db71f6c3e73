"""Refuse or answer: does the evidence answer the question?"""

from __future__ import annotations

from engine.records import Extract, RetrievedPassage

MIN_SUPPORT = 0.50
"""Score that the best extract must reach. Chosen on two development sets (200 English and
150 Japanese questions; once with the gold passage in the pool, once with it taken out and
only look-alikes left): at 0.50, 4.5 % and 4.7 % of the answerable questions are refused,
81 % and 39 % of the others. At 0.45 it would be 2.5 % and 2.0 % against 59 % and 24 %, at
0.55 7.5 % and 8.7 % against 89 % and 58 %. A false refusal hides a fact that is there, so
the threshold stays where they are rare."""


def evidence_answers(
    question: str, passages: tuple[RetrievedPassage, ...], extracts: tuple[Extract, ...]
) -> bool:
    """Tell whether the extracts support an answer to the question.

    Args:
        question: What was searched for; a question without a word has no answer.
        passages: Retrieved evidence.
        extracts: From :func:`engine.retrieval.find_extracts`, best first.
    """
    if not question.strip() or not passages or not extracts:
        return False
    return extracts[0].score >= MIN_SUPPORT
