"""Training and development data share no passage."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import BadData, PathMissing
from engine.workshop.questions.file import Question
from engine.workshop.questions.items import QuestionSource, divide, key_of, read_sources

passages = st.integers(0, 30).map(lambda n: f"passage {n}")
some_questions = st.lists(
    st.tuples(
        st.lists(passages, min_size=1, max_size=2, unique=True),
        st.lists(passages, max_size=4, unique=True),
    ),
    min_size=1,
    max_size=40,
)


def question(number: int, gold: list[str], distractors: list[str]) -> Question:
    return Question(f"q{number}", "en", f"{number}?", ("a",), tuple(gold), tuple(distractors))


@settings(max_examples=200, deadline=None)
@given(some_questions, st.sampled_from([0.0, 0.2, 0.5, 1.0]))
def test_no_passage_stands_on_both_sides(drawn: list, share: float) -> None:
    questions = [question(n, *parts) for n, parts in enumerate(drawn)]
    found = divide(questions, share)
    ours = {key_of(p) for q in found.train for p in (*q.gold, *q.distractors)}
    theirs = {key_of(p) for q in found.development for p in (*q.gold, *q.distractors)}
    assert not ours & theirs
    assert len(found.train) + len(found.development) + found.n_dropped == len(questions)


def test_white_space_and_width_do_not_hide_that_a_passage_is_the_same() -> None:
    assert key_of("A  passage\nabout ＡＢＣ") == key_of("A passage about ABC")


def test_what_is_set_aside_does_not_depend_on_the_rest_of_the_data() -> None:
    many = [question(n, [f"passage {n}"], []) for n in range(200)]
    all_ids = {q.id for q in divide(many, 0.2).development}
    half_ids = {q.id for q in divide(many[:100], 0.2).development}
    assert half_ids == {q.id for q in many[:100]} & all_ids
    assert 20 <= len(all_ids) <= 60


def test_a_share_of_a_file_is_the_same_share_every_time(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    lines = [
        json.dumps({"id": f"q{n}", "lang": "en", "question": "?", "answers": ["a"], "gold": ["g"]})
        for n in range(200)
    ]
    path.write_text("\n".join(lines))
    half = [q.id for q in read_sources([QuestionSource(path, 0.5)])]
    assert half == [q.id for q in read_sources([QuestionSource(path, 0.5)])]
    assert 70 <= len(half) <= 130
    assert set(half) < {q.id for q in read_sources([QuestionSource(path)])}


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    good = json.dumps({"lang": "en", "question": "?", "answers": ["a"], "gold": ["g"]})
    path.write_text(f"{good}\n{{broken\n")
    with pytest.raises(BadData) as caught:
        read_sources([QuestionSource(path)])
    assert caught.value.data["line"] == 2


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PathMissing):
        read_sources([QuestionSource(tmp_path / "none.jsonl")])
