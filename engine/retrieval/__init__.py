"""From a question to evidence: search, fusion, query understanding, extracts, refusal."""

from engine.retrieval.answerability import evidence_answers
from engine.retrieval.extracts import find_extracts
from engine.retrieval.followup import understand_query
from engine.retrieval.search import retrieve

__all__ = ["evidence_answers", "find_extracts", "retrieve", "understand_query"]
