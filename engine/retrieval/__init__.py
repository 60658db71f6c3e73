"""From a question to evidence: search, fusion, query understanding, extracts, refusal."""

from engine.retrieval.answerability import judge
from engine.retrieval.extracts import find_extracts
from engine.retrieval.followup import understand_query
from engine.retrieval.search import retrieve

__all__ = ["find_extracts", "judge", "retrieve", "understand_query"]
