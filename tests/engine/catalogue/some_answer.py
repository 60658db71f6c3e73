"""An answer to keep."""

from __future__ import annotations

from engine.records import Answer, AnswerStats, AttentionUse, Coverage


def an_answer(question: str = "How many days?") -> Answer:
    return Answer(
        question, question, "20 days [1]", "20 days [1]", False, "",
        AttentionUse("baseline", "dense", "llama.cpp", "CPU"), (), (), (), Coverage(1, 0),
        AnswerStats(10, 5, 1.5, None, 3.0, None, 7),
    )  # fmt: skip
