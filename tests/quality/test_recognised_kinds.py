"""The rules alone, where what they do not see is looked up, know the kinds of questions.

With likeness the share is a little higher (docs/decisions/0061-kinds-of-questions.md); this one
needs no model.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.questions.kinds import by_rules
from engine.questions.small_talk import small_talk
from engine.workshop.recognition.labelled import LabelledQuestion, read_labelled

QUESTIONS = Path(__file__).parent / "kinds" / "recognised.jsonl"


def kind_of(question: LabelledQuestion) -> str:
    if small_talk(question.text) is not None:
        return "talk"
    return by_rules(question.text) or "fact"


@pytest.mark.parametrize("split", ["dev", "held"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_most_kinds_are_known(language: str, split: str) -> None:
    questions = [
        each
        for each in read_labelled(QUESTIONS)
        if (each.language, each.split) == (language, split)
    ]
    wrong = [f"{q.kind} -> {kind_of(q)}: {q.text}" for q in questions if kind_of(q) != q.kind]
    assert len(questions) > 100
    assert len(wrong) <= 0.05 * len(questions), "\n".join(wrong)


def test_few_look_ups_are_taken_for_anything_else() -> None:
    facts = [each for each in read_labelled(QUESTIONS) if each.kind == "fact"]
    assert sum(kind_of(each) != "fact" for each in facts) <= 0.04 * len(facts)
