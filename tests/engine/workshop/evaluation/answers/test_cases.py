"""Frozen evidence: only the number of distractors changes, and none holds an answer."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.errors import BadData
from engine.workshop.evaluation.answers.cases import (
    CaseSettings,
    load_cases,
    make_cases,
    save_cases,
    with_extracts,
)
from engine.workshop.questions.file import Question

TOWNS = [f"town{n}" for n in range(30)]


def questions() -> list[Question]:
    return [
        Question(
            id=f"q{n}-{k}",
            language="en",
            text=f"Which river flows through {town}?" if k == 0 else f"What crosses {town}?",
            answers=(f"river{n}",),
            gold=(f"The river through {town} is called river{n}. It is long.",),
            distractors=(f"Nobody swims in {town}, as the water is cold.",),
            title=f"About {town}",
        )
        for n, town in enumerate(TOWNS)
        for k in range(2)
    ]


SETTINGS = CaseSettings(distractors=(0, 2, 4), refused_at=2, n_passages=10)


def test_every_passage_has_a_case_per_level_and_one_without_evidence() -> None:
    cases = make_cases(questions(), SETTINGS)
    assert len(cases) == 10 * 4
    assert len({case.cluster for case in cases}) == 10
    by_cluster = [
        [c for c in cases if c.cluster == cluster] for cluster in {c.cluster for c in cases}
    ]
    for group in by_cluster:
        assert [(c.n_distractors, c.answerable) for c in group] == [
            (0, True), (2, True), (4, True), (2, False)
        ]  # fmt: skip
        assert len({c.questions for c in group}) == 1


def test_the_evidence_stands_where_the_case_says_and_nowhere_else() -> None:
    for case in make_cases(questions(), SETTINGS):
        answers = [a for q in case.questions for a in q.answers]
        holding = [n for n, t in enumerate(case.texts, 1) if any(a in t for a in answers)]
        assert holding == ([case.position] if case.answerable else [])
        assert len(case.texts) == case.n_distractors + 1


def test_more_distractors_add_to_those_of_fewer() -> None:
    cases = make_cases(questions(), SETTINGS)
    for cluster in {case.cluster for case in cases}:
        found = []
        for case in (c for c in cases if c.cluster == cluster and c.answerable):
            texts = list(case.texts)
            del texts[case.position - 1]
            assert texts[: len(found)] == found
            found = texts


def test_the_evidence_comes_in_every_place() -> None:
    places = {
        c.position
        for c in make_cases(questions(), CaseSettings(n_passages=30))
        if c.n_distractors == 2 and c.answerable
    }
    assert places == {1, 2, 3}


class Indifferent:
    """An embedder to which all texts are alike: words decide."""

    axis = None

    def embed_query(self, text: str) -> NDArray[np.float32]:
        return np.array([1.0, 0.0], np.float32)

    def embed_passages(self, texts: list[str]) -> NDArray[np.float32]:
        return np.array([[1.0, 0.0]] * len(texts), np.float32)


def test_the_sentences_that_the_program_would_repeat_are_frozen_too(tmp_path: Path) -> None:
    plain = make_cases(questions(), SETTINGS)
    assert not any(question.extracts for case in plain for question in case.questions)
    cases = [with_extracts(case, Indifferent) for case in plain]  # type: ignore[arg-type]
    for before, case in zip(plain, cases, strict=True):
        assert (case.texts, case.position) == (before.texts, before.position)
        for question in case.questions:
            assert 1 <= len(question.extracts) <= 3
            for extract in question.extracts:
                assert extract.quote in case.texts[extract.number - 1]
            if case.answerable:
                assert any(e.number == case.position for e in question.extracts)
    save_cases(tmp_path / "cases.jsonl", cases)
    assert load_cases(tmp_path / "cases.jsonl") == cases


def test_the_same_questions_give_the_same_cases(tmp_path: Path) -> None:
    cases = make_cases(questions(), SETTINGS)
    assert cases == make_cases(questions(), SETTINGS)
    save_cases(tmp_path / "cases.jsonl", cases)
    assert load_cases(tmp_path / "cases.jsonl") == cases


def test_a_broken_case_is_named(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    save_cases(path, make_cases(questions(), SETTINGS)[:2])
    path.write_text(path.read_text() + '{"id": "x"}\n')
    with pytest.raises(BadData) as caught:
        load_cases(path)
    assert caught.value.data["line"] == 3
