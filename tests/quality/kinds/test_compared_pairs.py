"""Comparisons over documents of made companies, through the real engine.

The labels are what was changed when the documents were written (``pairs/*.txt``).
"""

from __future__ import annotations

from pathlib import Path

import pytest
from version_pairs import QUESTIONS, read, write

from engine.events import AnswerFinished
from engine.facade import Engine
from engine.records import Answer, AskRequest
from engine.settings import DEFAULT_COLLECTION
from engine.workshop.evaluation.kinds.matching import Counts, changes_found
from engine.workshop.evaluation.kinds.questions import KindQuestion, read_kind_questions

A_PART = ("en-delivery", "ja-rules")
LEAST_F1 = 0.9

pytestmark = pytest.mark.models


def asked(engine: Engine, question: KindQuestion) -> Answer:
    *_, last = engine.ask(AskRequest(question.text, DEFAULT_COLLECTION, kind="compare"))
    assert isinstance(last, AnswerFinished)
    return last.answer


def f1_of(folder: Path, wanted: tuple[str, ...] = ()) -> tuple[float, list[str]]:
    """Return the F1 over all changes of some pairs, and what was not perfect."""
    chosen = [pair for pair in read() if not wanted or pair.id in wanted]
    documents = folder / "documents"
    documents.mkdir()
    for pair in chosen:
        write(pair, documents)
    ids = {pair.id for pair in chosen}
    questions = [
        question
        for question in read_kind_questions([QUESTIONS])
        if question.id.removeprefix("compare-").rpartition("-")[0] in ids
    ]
    counts: list[Counts] = []
    failed: list[str] = []
    with Engine(folder / "data") as engine:
        list(engine.index([documents]))
        for question in questions:
            answer = asked(engine, question)
            found = changes_found(answer, question.changes, question.optional_changes)
            counts.append(found)
            if not found.perfect:
                failed.append(f"{question.id}: {found}\n{answer.text}")
    total = Counts(
        sum(each.right for each in counts),
        sum(each.missed for each in counts),
        sum(each.extra for each in counts),
    )
    return total.f1, failed


def test_the_changes_of_some_pairs_are_found(tmp_path: Path) -> None:
    f1, failed = f1_of(tmp_path, A_PART)
    assert f1 >= LEAST_F1, "\n\n".join(failed)


@pytest.mark.slow
def test_the_changes_of_all_pairs_are_found(tmp_path: Path) -> None:
    f1, failed = f1_of(tmp_path)
    assert f1 >= LEAST_F1, "\n\n".join(failed)


JAPANESE = """第1条（パスワード） パスワードは、12文字以上とする。
第2条（紛失） 端末を紛失したときは、24時間以内に情報管理部に報告する。
第3条（教育） 従業員は、年2回の研修を受ける。
第4条（保管） 顧客の書類は、7年間保管する。
第5条（廃棄） 紙の書類は、裁断して廃棄する。
"""
ENGLISH = """1. Passwords
Passwords have at least 14 characters.
2. Loss
A lost device is reported to the information office within 24 hours.
3. Training
Employees attend a training twice a year.
4. Storage
Customer files are kept for 10 years.
5. Disposal
Paper files are shredded.
"""


@pytest.mark.slow
def test_a_translation_is_held_against_its_original_by_figures(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "rules-ja.txt").write_text(JAPANESE, encoding="utf-8")
    (documents / "rules-en.txt").write_text(ENGLISH, encoding="utf-8")
    with Engine(tmp_path / "data") as engine:
        list(engine.index([documents]))
        request = AskRequest(
            "Compare rules-ja.txt and rules-en.txt", DEFAULT_COLLECTION, kind="compare"
        )
        *_, last = engine.ask(request)
    assert isinstance(last, AnswerFinished)
    table = last.answer.table
    assert table is not None
    assert [row.cells[1:] for row in table.rows] == [
        ("パスワードは、12文字以上とする。", "Passwords have at least 14 characters."),
        ("顧客の書類は、7年間保管する。", "Customer files are kept for 10 years."),
    ]
