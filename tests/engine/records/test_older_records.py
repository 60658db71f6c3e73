"""Answers that earlier programs stored are read as what they are now called."""

from __future__ import annotations

import json

import pytest

from engine.codec import from_json, to_json
from engine.records import Answer, AnswerStats, AttentionUse, Coverage

ANSWER = Answer(
    question="Who?",
    search_query="Who?",
    text="Ms Sato. [1]",
    generated="Ms Sato. [1]",
    refused=False,
    refusal_reason="",
    attention=AttentionUse("baseline", "dense", "", ""),
    passages=(),
    extracts=(),
    citations=(),
    coverage=Coverage(1, 0, 1),
    stats=AnswerStats(0, 0, 0.0, None, None, None, 0),
)
SINCE = ("kind", "score", "scanned", "table", "plan")
"""What answers did not have at first."""


@pytest.mark.parametrize(("stored", "kind"), [("documents", "fact"), ("small-talk", "talk")])
def test_kinds_of_once_have_their_names_of_today(stored: str, kind: str) -> None:
    fields = json.loads(to_json(ANSWER))
    fields["kind"] = stored
    answer = from_json(Answer, json.dumps(fields))
    assert answer.kind == kind
    assert json.loads(to_json(answer))["kind"] == kind


def test_an_answer_from_before_there_were_kinds_is_a_look_up() -> None:
    fields = json.loads(to_json(ANSWER))
    for name in SINCE:
        fields.pop(name, None)
    assert from_json(Answer, json.dumps(fields)) == ANSWER


def test_kinds_of_today_stay() -> None:
    fields = json.loads(to_json(ANSWER))
    fields["kind"] = "count"
    assert from_json(Answer, json.dumps(fields)).kind == "count"
