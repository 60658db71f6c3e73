"""The answer benchmark with real models: what is written, what is refused, what is marked.

``SABUN_TEST_GOLDEN_WORK`` names a folder that is kept between runs: only questions that it does
not hold are asked, all are graded anew. The floors are those below which something is broken; what
was measured stands in docs/measured.md.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from capable_model import capable_model_file

from engine.paths import ASSETS_DIR, DataPaths
from engine.workshop.evaluation.golden_answers.questions import chosen, read_benchmark
from engine.workshop.evaluation.golden_answers.run import AnswersGraded, BenchmarkPlan, ask_golden
from engine.workshop.evaluation.golden_answers.summary import Row

SAMPLES = ASSETS_DIR / "samples"
FILES = (SAMPLES / "golden.jsonl", SAMPLES / "unanswerable.jsonl")
N_ASKED = 60

pytestmark = [pytest.mark.models, pytest.mark.slow, pytest.mark.timeout(3600)]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    kept = os.environ.get("SABUN_TEST_GOLDEN_WORK")
    return Path(kept) if kept else tmp_path_factory.mktemp("golden")


def graded(work: Path, model: str) -> AnswersGraded:
    questions = chosen(read_benchmark(FILES), limit=N_ASKED)
    plan = BenchmarkPlan(questions, SAMPLES / "documents", work, model=model)
    *_, last = ask_golden(plan, DataPaths(work / "nobody's"))
    assert isinstance(last, AnswersGraded)
    return last


@pytest.fixture(scope="module")
def embedded(work: Path) -> AnswersGraded:
    return graded(work, "")


@pytest.fixture(scope="module")
def capable(work: Path) -> AnswersGraded:
    return graded(work, str(capable_model_file().path))


def row(found: AnswersGraded, kind: str, language: str = "all") -> Row:
    one = found.summary.row(kind, language)
    assert one is not None
    return one


def failed(found: AnswersGraded) -> list[tuple[str, str, str]]:
    """Return what to read when a threshold is missed."""
    return [
        (each.question.id, each.reason or each.verdict, each.reply.answer.generated)
        for each in found.outcomes
        if not each.as_wanted
    ]


def test_a_greeting_never_cites(embedded: AnswersGraded) -> None:
    greetings = row(embedded, "greeting")
    assert greetings.as_wanted.n == greetings.as_wanted.of, failed(embedded)


def test_the_sources_are_found_whatever_is_asked(embedded: AnswersGraded) -> None:
    assert row(embedded, "answerable").found.value >= 0.75


def test_what_is_cited_was_looked_up(embedded: AnswersGraded) -> None:
    assert row(embedded, "answerable").verified.value >= 0.95


def test_the_capable_model_writes_right_answers_in_both_languages(capable: AnswersGraded) -> None:
    for language in ("en", "ja"):
        assert row(capable, "answerable", language).as_wanted.value >= 0.2, failed(capable)


def test_most_questions_without_an_answer_are_refused(capable: AnswersGraded) -> None:
    assert row(capable, "unanswerable").as_wanted.value >= 0.6, failed(capable)
