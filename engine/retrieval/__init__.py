"""From a question to evidence: search, fusion, query understanding, extracts, refusal."""

from engine.retrieval.answerability import judge
from engine.retrieval.followup import understand_query
from engine.retrieval.quotations import find_extracts, quotations
from engine.retrieval.search import retrieve

__all__ = ["find_extracts", "judge", "quotations", "retrieve", "understand_query"]
