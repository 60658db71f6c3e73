"""Text handling that reading, retrieval and citations share; Japanese and English alike."""

from engine.text.language import is_cjk, language_of
from engine.text.normalise import normalise
from engine.text.search_form import search_form
from engine.text.sentences import sentence_spans
from engine.text.tokens import content_tokens, index_tokens

__all__ = [
    "content_tokens",
    "index_tokens",
    "is_cjk",
    "language_of",
    "normalise",
    "search_form",
    "sentence_spans",
]
