"""Which kind a question is of."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.questions.small_talk import small_talk
from engine.records import QuestionKind

if TYPE_CHECKING:
    from engine.embedding import Embedder


def recognise(question: str, embedder: Callable[[], Embedder]) -> QuestionKind:
    """Return the kind of a question that stands alone.

    Args:
        question: Completed from the conversation.
        embedder: Loads the embedding model.
    """
    return "talk" if small_talk(question) is not None else "fact"
