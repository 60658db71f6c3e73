"""Kept conversations: answers round-trip, and are kept as a whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from some_answer import an_answer

from engine.catalogue import Catalogue
from engine.catalogue.consistency import check
from engine.codec import from_json, to_json
from engine.records import (
    QUESTION_KINDS,
    Answer,
    AnswerRow,
    AnswerStats,
    AnswerTable,
    AttentionUse,
    Citation,
    Coverage,
    DocumentRef,
    Extract,
    Location,
    Notice,
    Passage,
    RetrievedPassage,
    RowFilter,
    Scanned,
    TableName,
    TablePlan,
)

FLOAT = st.floats(allow_nan=False, allow_infinity=False)
INT = st.integers(-(2**53), 2**53)
PLACE = st.builds(Location, st.sampled_from(["page", "sheet", "slide"]), INT, INT, st.text())
DOCUMENT = st.builds(DocumentRef, INT, st.text(), st.text(), st.text(), FLOAT, st.text())
PASSAGE = st.builds(Passage, INT, DOCUMENT, INT, INT, INT, st.text(), st.text(), PLACE)
RANK = st.none() | INT
RETRIEVED = st.builds(RetrievedPassage, INT, PASSAGE, FLOAT, RANK, RANK, st.none() | FLOAT)
CITATION = st.builds(
    Citation, INT, st.text(), st.text(), st.booleans(), INT, st.text(), st.text(),
    st.none() | PLACE, INT, INT,
)  # fmt: skip


def tuples(of: Any) -> Any:
    return st.lists(of, max_size=3).map(tuple)


NOTICE = st.builds(
    Notice, st.text(), st.dictionaries(st.text(), st.text() | INT | FLOAT, max_size=3)
)
ROW = st.builds(AnswerRow, tuples(st.text()), INT, st.booleans())
PLAN = st.builds(
    TablePlan, tuples(st.builds(TableName, INT, st.text())), st.sampled_from(["sum", "look-up"]),
    st.text(), tuples(st.builds(RowFilter, st.text(), st.sampled_from(["=", "covers"]), st.text())),
    st.text(), st.booleans(), INT,
)  # fmt: skip
ANSWER = st.builds(
    Answer,
    question=st.text(), search_query=st.text(), text=st.text(), generated=st.text(),
    refused=st.booleans(), refusal_reason=st.sampled_from(["", "no-evidence", "unsupported"]),
    attention=st.builds(AttentionUse, st.just("baseline"), st.just("dense"), st.text(), st.text(),
                       notes=tuples(NOTICE)),
    passages=tuples(RETRIEVED),
    extracts=tuples(st.builds(Extract, INT, st.text(), INT, INT, FLOAT)),
    citations=tuples(CITATION),
    coverage=st.builds(Coverage, INT, INT, INT),
    stats=st.builds(AnswerStats, INT, INT, FLOAT, st.none() | FLOAT, st.none() | FLOAT,
                    st.none() | FLOAT, INT),
    notices=tuples(NOTICE), model=st.text(), stopped=st.booleans(),
    kind=st.sampled_from(QUESTION_KINDS),
    scanned=st.none() | st.builds(Scanned, INT, INT, st.booleans()),
    table=st.none() | st.builds(AnswerTable, tuples(st.text()), tuples(ROW)),
    plan=st.none() | PLAN,
)  # fmt: skip


@given(answer=ANSWER)
@settings(max_examples=60, deadline=None)
def test_answers_round_trip_exactly(answer: Answer) -> None:
    assert from_json(Answer, to_json(answer)) == answer


def test_fields_of_a_later_version_are_ignored() -> None:
    text = to_json(an_answer())
    assert from_json(Answer, text.replace("{", '{"invented_later":[1],', 1)) == an_answer()


def test_an_answer_of_a_mode_that_this_program_does_not_have_is_kept() -> None:
    gone = replace(an_answer(), attention=AttentionUse("gone", "gone too", "cpu", "CPU", "a"))
    assert from_json(Answer, to_json(gone)) == gone


def test_sentences_of_an_earlier_program_are_kept_as_they_are() -> None:
    """The file is what the program before notices wrote."""
    stored = (Path(__file__).parent / "answer_with_sentences.json").read_text("utf-8")
    answer = from_json(Answer, stored)
    assert answer.notices == (
        Notice("stored-text", {"text": "The answer was cut at its length limit."}),
        Notice("stored-text", {"text": "Sentences marked [?] are not supported by the documents."}),
    )
    assert [note.code for note in answer.attention.notes] == ["stored-text"] * 2
    assert answer.citations[0].location == Location("line", 1, 1)
    assert from_json(Answer, to_json(answer)) == answer


def test_turns_are_kept_in_order_and_counted(catalogue: Catalogue) -> None:
    collection = catalogue.collections.create("x").id
    kept = catalogue.conversations
    older, row = kept.keep(an_answer("0?"), collection)
    rows = [row, *(kept.keep(an_answer(f"{n}?"), collection, older.id)[1] for n in (1, 2))]
    newer, _ = kept.keep(an_answer("契約"), collection)
    assert [turn.answer.question for turn in kept.turns(older.id)] == ["0?", "1?", "2?"]
    assert [turn.id for turn in kept.turns(older.id)] == rows
    assert [c.id for c in kept.list(collection)] == [newer.id, older.id]
    now, new_row = kept.keep(an_answer("3?"), collection, older.id)
    assert now == kept.list(collection)[0] and now.n_turns == 4 and new_row not in rows
    kept.delete(older.id)
    assert kept.turns(older.id) == ()
    catalogue.collections.delete(collection)
    assert kept.list(collection) == ()


def test_a_turn_takes_the_place_of_another_of_its_conversation(catalogue: Catalogue) -> None:
    collection = catalogue.collections.create("x").id
    kept = catalogue.conversations
    one, old = kept.keep(an_answer("old"), collection)
    other, row = kept.keep(an_answer("other"), collection)
    now, new = kept.keep(an_answer("new"), collection, one.id, replaces=old)
    assert [turn.answer.question for turn in kept.turns(one.id)] == ["new"]
    assert (now.n_turns, now.title) == (1, "old") and new != old
    kept.keep(an_answer("more"), collection, one.id, replaces=row)
    assert [turn.id for turn in kept.turns(other.id)] == [row], "not a turn of that conversation"


def test_nothing_is_kept_in_a_conversation_that_is_gone(catalogue: Catalogue) -> None:
    collection = catalogue.collections.create("x").id
    one, row = catalogue.conversations.keep(an_answer(), collection)
    catalogue.conversations.delete(one.id)
    assert catalogue.conversations.keep(an_answer(), collection, one.id, replaces=row) is None
    assert catalogue.conversations.list(collection) == ()
    assert check(catalogue, "x") == []


def test_a_question_as_a_title_is_one_short_line(catalogue: Catalogue) -> None:
    collection = catalogue.collections.create("x").id
    named, _ = catalogue.conversations.keep(an_answer("  What is\n this? "), collection)
    assert named.title == "What is this?"
    cut, _ = catalogue.conversations.keep(an_answer("あ" * 500), collection)
    assert len(cut.title) == 60
    catalogue.conversations.rename(cut.id, "い" * 500)
    assert len(catalogue.conversations.list(collection)[0].title) == 80
