"""Summaries through the real engine: key points are named, and every sentence stands there."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from capable_model import find_capable_model

from engine.events import AnswerFinished
from engine.facade import Engine
from engine.records import Answer, AskRequest
from engine.settings import DEFAULT_COLLECTION
from engine.text import normalise

HERE = Path(__file__).parent
LEAST_EXTRACTIVE = 0.7
"""Of the key points of these questions; what has to be reached over all is .6."""


def questions(split: str, *corpora: str) -> list[dict]:
    """Return the questions of a split about some companies."""
    lines = (HERE / "summaries_companies.jsonl").read_text("utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    return [each for each in found if each["split"] == split and each["corpus"] in corpora]


@pytest.fixture(scope="module")
def two_companies(tmp_path_factory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("two-companies")
    with contextlib.closing(Engine(folder)) as engine:
        for _event in engine.index([HERE / "companies"]):
            pass
        yield engine


def asked(engine: Engine, question: str) -> Answer:
    *_, last = engine.ask(AskRequest(question, DEFAULT_COLLECTION, kind="summary"))
    assert isinstance(last, AnswerFinished)
    return last.answer


def folded(text: str) -> str:
    return re.sub(r"\s+|\*\*", "", normalise(text))


def named(points: list[list[str]], answer: Answer) -> list[bool]:
    text = folded(answer.text)
    return [any(folded(form) in text for form in forms) for forms in points]


def test_key_points_are_named_and_every_sentence_stands_in_the_document(two_companies):
    points: list[bool] = []
    for question in questions("dev", "ferrand", "hoshino"):
        answer = asked(two_companies, question["question"])
        assert {Path(cited.path).name for cited in answer.citations} == set(question["sources"])
        for cited in answer.citations:
            passage = answer.passages[cited.number - 1].passage
            stored = two_companies.library.document_text(passage.document.id)
            assert cited.verified and stored[cited.start : cited.end] == cited.quote
        points += named(question["points"], answer)
    assert sum(points) >= LEAST_EXTRACTIVE * len(points)


@pytest.mark.slow
def test_a_capable_model_writes_an_opening_that_is_checked(two_companies, tmp_path):
    file = find_capable_model()
    models = two_companies.paths.models
    models.mkdir(parents=True, exist_ok=True)
    (models / file.name).symlink_to(file)
    two_companies.settings.change(chat_model=file.stem)
    for question in questions("dev", "ferrand")[:1]:
        answer = asked(two_companies, question["question"])
        assert all(cited.verified for cited in answer.citations)
        assert not set(answer.left_out) & set(answer.citations)
        if answer.table is None:
            assert answer.model == file.stem
        assert sum(named(question["points"], answer)) >= 0.6 * len(question["points"])
