"""Lists, numbers of things and documents, asked through the real engine over the sample company."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.cancel import CancelToken
from engine.errors import NothingFits
from engine.events import AnswerFinished, AnswerProgressed
from engine.facade import Engine
from engine.records import AskRequest
from engine.settings import DEFAULT_COLLECTION
from engine.workshop.evaluation.kinds.matching import documents_found, items_found
from engine.workshop.evaluation.kinds.questions import read_kind_questions

QUESTIONS = Path(__file__).parents[3] / "quality" / "kinds" / "lists_sample.jsonl"
LEAST = 0.9


@pytest.fixture(scope="module")
def engine(sample_data_dir):
    with Engine(sample_data_dir, writable=False) as opened:
        yield opened


def asked(engine, question, kind="list", cancel=None):
    request = AskRequest(question, DEFAULT_COLLECTION, kind=kind)
    events = list(engine.ask(request, cancel=cancel or CancelToken()))
    assert isinstance(events[-1], AnswerFinished)
    return events[-1].answer


def test_a_part_of_the_questions_is_answered_rightly(engine):
    scores = []
    for question in read_kind_questions((QUESTIONS,))[::4]:
        answer = asked(engine, question.text, question.kind)
        if question.kind == "list":
            scores.append(items_found(answer, question.items, question.optional).f1)
        elif question.kind == "find":
            found = documents_found(answer, question.sources, question.optional_sources)
            scores.append(found.f1)
    assert sum(scores) / len(scores) >= LEAST


def test_a_list_says_how_much_was_looked_at_and_cites_stored_text(engine):
    answer = asked(engine, "List all hotel caps.")
    assert answer.scanned.exhaustive
    assert answer.scanned.n_files == 45
    assert "45 files" in answer.text
    assert "London: 165 GBP" in answer.text
    for citation in answer.citations:
        assert citation.verified
        assert citation.quote.strip()


def test_a_number_is_that_of_the_list_below_it(engine):
    answer = asked(engine, "仕入先は何社ありますか。", "count")
    assert answer.text.startswith("**8**")
    assert len([row for row in answer.table.rows if not row.possible]) == 8


def test_nothing_found_says_what_was_looked_at(engine):
    answer = asked(engine, "Which submarines do we own?")
    assert answer.text.startswith("Nothing was found")
    assert answer.scanned.n_passages > 200
    assert answer.table is None or all(row.possible for row in answer.table.rows)


def test_a_kind_that_contradicts_the_words_is_answered(engine):
    answer = asked(engine, "list how many")
    assert answer.kind == "list"
    assert answer.scanned is not None


def test_a_question_in_a_third_language_is_answered_in_the_first(engine):
    answer = asked(engine, "Welche Lieferanten haben wir?")
    assert "looked at" in answer.text


def test_no_list_is_given_for_a_condition_that_words_cannot_tell(engine):
    answer = asked(engine, "How many spare parts cost more than 100 pounds?", "count")
    numbers = {row.cells[0] for row in answer.table.rows} if answer.table else set()
    assert answer.kind == "fact" or answer.plan is not None or not numbers


def test_filters_narrow_what_is_looked_at(engine):
    answer = asked(engine, "List the spare parts file:stock")
    assert answer.scanned.n_files == 1
    with pytest.raises(NothingFits):
        asked(engine, "List the spare parts folder:nowhere")


def test_a_stopped_list_is_no_exhaustive_one(engine):
    cancel = CancelToken()
    cancel.cancel()
    answer = asked(engine, "Which spare parts do we have?", cancel=cancel)
    assert answer.stopped
    assert not answer.scanned.exhaustive


def test_a_list_that_is_stopped_halfway_keeps_what_it_has(engine, monkeypatch):
    monkeypatch.setattr("engine.answering.listing.scan.PROGRESS_S", 0.0)
    cancel, told = CancelToken(), []
    request = AskRequest("Which spare parts do we have?", DEFAULT_COLLECTION, kind="list")
    for event in engine.ask(request, cancel):
        if isinstance(event, AnswerProgressed):
            told.append(event)
            assert event.stage == "scan"
            assert 0 <= event.n_done <= event.n_total
            if len(told) == 5:
                cancel.cancel()
    assert isinstance(event, AnswerFinished)
    assert event.answer.stopped
    assert 0 < event.answer.scanned.n_files < 45
    assert "Only a part was looked at" in event.answer.text


def test_a_collection_of_one_file(tmp_path):
    (tmp_path / "team.md").write_text("# Team\n\nPresent: Ann Lee, Bo Hall and Cy Reed\n")
    with Engine(tmp_path / "data") as one:
        list(one.index([tmp_path / "team.md"]))
        answer = asked(one, "Who was present?")
    assert [row.cells[0] for row in answer.table.rows] == ["Ann Lee", "Bo Hall", "Cy Reed"]
    assert (answer.scanned.n_files, answer.scanned.exhaustive) == (1, True)


def test_a_document_is_found_by_what_it_says(engine):
    answer = asked(engine, "生成AIの利用について書いてある文書はどれですか。", "find")
    assert answer.citations[0].document == "情報セキュリティ規程.pdf"
