"""Comparisons as they are asked: the right two, what differs, and what cannot be compared."""

from __future__ import annotations

import pytest

from engine.cancel import CancelToken
from engine.events import AnswerFinished
from engine.inference.chat_model import ChatModel
from engine.records import Answer, ModelFile

LEAVE = (
    "1. Leave\n1.1 Staff get {days} days of leave a year.\n1.2 The office grants leave.",
    "2. Forms\n2.1 Forms lie at the desk.\n2.2 Forms are kept for {years} years.",
)


def no_model() -> ChatModel:
    raise AssertionError("a comparison needs no chat model")


def ask(shelf, question: str, tiny_model: ModelFile, **more: object) -> Answer:
    *_, last = shelf.ask(question, no_model, tiny_model, kind="compare", **more)
    assert isinstance(last, AnswerFinished)
    return last.answer


def add_leave(shelf, path: str, days: int, years: int) -> None:
    shelf.add(path, *(part.format(days=days, years=years) for part in LEAVE))


@pytest.fixture
def versions(shelf):
    add_leave(shelf, "/docs/leave-2021.txt", 20, 2)
    add_leave(shelf, "/docs/leave-2023.txt", 22, 2)
    add_leave(shelf, "/docs/leave-2025.txt", 25, 3)
    return shelf


def rows(answer: Answer) -> list[tuple[str, ...]]:
    assert answer.table is not None
    return [row.cells[1:] for row in answer.table.rows]


@pytest.mark.parametrize(
    "question",
    [
        "What changed in the leave rules?",
        "What changed between leave 2023 and leave 2025?",
        "Compare leave-2023.txt and leave-2025.txt",
        "leaveの2023年版と2025年版の違いは何ですか。",
    ],
)
def test_the_newest_is_held_against_the_one_before_it(versions, tiny_model, question):
    found = ask(versions, question, tiny_model)
    assert rows(found) == [
        (
            "Staff get 22 days of leave a year.",
            "Staff get 25 days of leave a year.",
        ),
        ("Forms are kept for 2 years.", "Forms are kept for 3 years."),
    ]
    assert found.kind == "compare" and found.scanned is not None and found.scanned.exhaustive
    assert found.table is not None and "2023" in found.table.columns[1]


def test_versions_that_are_named_are_compared_and_not_the_newest(versions, tiny_model):
    found = ask(versions, "What changed between leave 2021 and leave 2023?", tiny_model)
    assert rows(found)[0][0] == "Staff get 20 days of leave a year."


@pytest.mark.parametrize(
    ("one", "other", "question"),
    [
        ("休暇規程_第1版", "休暇規程_第2版", "休暇規程の第1版と第2版を比べてください。"),
        ("yard rules v1", "yard rules v2", "Compare version 1 and version 2 of the yard rules"),
        ("yard-rules-rev-A", "yard-rules-rev-B", "yard rules: rev A compared with rev B"),
    ],
)
def test_an_edition_does_not_name_another_document(shelf, tiny_model, one, other, question):
    add_leave(shelf, f"/docs/{one}.txt", 20, 2)
    add_leave(shelf, f"/docs/{other}.txt", 21, 2)
    for edition in ("第1版", "第2版", "v1", "v2", "rev A", "rev B"):
        shelf.add(f"/docs/見積書 {edition}.txt", f"The price is {len(edition)} euros.")
    found = ask(shelf, question, tiny_model)
    assert found.table is not None
    assert [name.partition(".txt")[0] for name in found.table.columns[1:]] == [one, other]


def test_every_cell_is_cited_as_it_is_stored(versions, tiny_model):
    found = ask(versions, "What changed in the leave rules?", tiny_model)
    for citation in found.citations:
        stored = versions.catalogue.passages.get([citation.passage_id])[citation.passage_id]
        assert citation.verified
        assert stored.text[citation.start - stored.start : citation.end - stored.start] == (
            citation.quote
        )
    cells = {cell for row in rows(found) for cell in row}
    assert cells == {citation.quote for citation in found.citations}


def test_a_topic_narrows_what_is_shown(versions, tiny_model):
    found = ask(versions, "What changed about forms between leave 2023 and 2025?", tiny_model)
    assert rows(found) == [("Forms are kept for 2 years.", "Forms are kept for 3 years.")]
    assert "1 of 2" in found.text


def test_identical_documents_have_no_differences(shelf, tiny_model):
    add_leave(shelf, "/docs/leave.txt", 20, 2)
    add_leave(shelf, "/docs/leave (2).txt", 20, 2)
    found = ask(shelf, "Compare the two leave rules", tiny_model)
    assert not found.refused and rows(found) == []
    assert "no differences" in found.text


def test_where_there_is_no_second_version_that_is_said_with_what_is_near(shelf, tiny_model):
    add_leave(shelf, "/docs/leave-2021.txt", 20, 2)
    found = ask(shelf, "What changed in the leave rules since the old version?", tiny_model)
    assert found.refused and found.kind == "compare" and found.table is None
    assert "No second version of leave-2021.txt" in found.text
    assert "handbook.txt" in found.text


def test_a_collection_of_one_file_has_nothing_to_compare(shelf, tmp_path, tiny_model):
    alone = type(shelf)(tmp_path / "alone")
    try:
        add_leave(alone, "/docs/leave.txt", 20, 2)
        assert ask(alone, "Compare the two contracts", tiny_model).refused
        assert ask(alone, "新旧の規程の違いは", tiny_model).refused
    finally:
        alone.close()


def test_two_parts_of_one_document_are_compared(shelf, tiny_model):
    shelf.add(
        "/docs/benefits.txt",
        "Plan A\nThe company pays 4 per cent.\nPayments are made monthly.",
        "Plan B\nThe company pays 6 per cent.\nPayments are made monthly.",
    )
    question = "What is the difference between plan A and plan B in the benefits?"
    assert rows(ask(shelf, question, tiny_model)) == [
        ("The company pays 4 per cent.", "The company pays 6 per cent.")
    ]


def test_two_languages_are_compared_by_figures_and_that_is_said(shelf, tiny_model):
    shelf.add("/docs/fees-en.txt", "The fee is 500 yen a day. It is paid on Monday.")
    shelf.add("/docs/fees-ja.txt", "料金は1日700円です。月曜日に支払います。")
    found = ask(shelf, "Compare fees-en.txt and fees-ja.txt", tiny_model)
    assert "two languages" in found.text


def test_stopped_it_keeps_what_it_has(versions, tiny_model):
    cancel = CancelToken()
    cancel.cancel()
    found = ask(versions, "What changed in the leave rules?", tiny_model, cancel=cancel)
    assert found.stopped


def test_five_hundred_pages_are_bounded_and_that_is_said(shelf, tiny_model):
    def page(n: int, days: int) -> str:
        return "\n".join(
            f"{n}.{m} The matter{n * 20 + m} of room{n} is done within {days} days."
            for m in range(20)
        )

    for name, days in (("long-2023.txt", 3), ("long-2025.txt", 4)):
        shelf.add(f"/docs/{name}", *(page(n, 3 if n else days) for n in range(500)))
    found = ask(shelf, "What changed between long 2023 and long 2025?", tiny_model)
    assert len(rows(found)) == 20
    assert found.scanned is not None and not found.scanned.exhaustive
    assert "6000" in found.text
