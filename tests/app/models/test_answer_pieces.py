from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.models.answer_pieces import (
    Piece,
    bare_text,
    merge_spans,
    pieces_of,
    quotes_of,
    unsupported_spans,
)
from engine.records import Citation, Extract


def unsupported(sentence: str) -> Citation:
    return Citation(0, sentence, "", False)


def test_markers_become_chips():
    assert pieces_of("Twenty days [1]. Five carry over [2][3].", n_passages=3) == [
        Piece("Twenty days "),
        Piece(number=1),
        Piece(". Five carry over "),
        Piece(number=2),
        Piece(number=3),
        Piece("."),
    ]


def test_a_marker_without_a_passage_stays_text():
    assert pieces_of("See [9] and [0].", n_passages=2) == [Piece("See [9] and [0].")]


def test_unsupported_sentences_are_marked_around_their_chips():
    text = "True [1]. Invented here [2]. True again."
    pieces = pieces_of(text, [unsupported("Invented here [2].")], 2)
    assert [p.text for p in pieces if p.unsupported] == ["Invented here ", "."]
    assert Piece(". ") in pieces or Piece(". ", 0, False) in pieces


def test_a_sentence_is_found_without_its_markers():
    text = "休暇は20日です[1]。作り話です。"
    assert unsupported_spans(text, [unsupported("作り話です。")]) == [(12, 18)]
    assert unsupported_spans(text, [unsupported("これはない。")]) == []
    assert unsupported_spans(text, [unsupported("")]) == []


def test_verified_citations_mark_nothing():
    verified = Citation(1, "True.", "True.", True)
    assert unsupported_spans("True.", [verified]) == []


@given(st.text(alphabet="ab [1]2.\n休", max_size=60), st.text(alphabet="ab [1].休", max_size=12))
def test_no_character_is_lost_or_moved(text, sentence):
    pieces = pieces_of(text, [unsupported(sentence)], 5)
    assert "".join(f"[{p.number}]" if p.number else p.text for p in pieces) == _canonical(text)


def _canonical(text: str) -> str:
    import re

    return re.sub(
        r"\[(\d{1,3})\]", lambda m: f"[{int(m[1])}]" if 1 <= int(m[1]) <= 5 else m[0], text
    )


def test_quotes_are_grouped_by_passage_once_each():
    extracts = [Extract(1, "q", 10, 20, 0.9), Extract(2, "r", 5, 9, 0.5)]
    citations = [
        Citation(1, "s", "q", True, 7, "d", "p", None, 10, 20),
        Citation(1, "s", "t", True, 7, "d", "p", None, 30, 40),
        Citation(0, "s", "", False),
    ]
    assert quotes_of(extracts, citations) == {1: [(10, 20), (30, 40)], 2: [(5, 9)]}


def test_overlapping_spans_are_joined():
    assert merge_spans([(5, 9), (0, 3), (8, 12), (12, 13)]) == [(0, 3), (5, 13)]


def test_differences_are_marked_between_markers():
    text = "One two [1] three. Four. [?]"
    bare = bare_text(text)
    assert bare == "One two three. Four."
    start = bare.index("two")
    pieces = pieces_of(text, different=[(start, start + len("two three"))])
    marked = [p.text or p.number for p in pieces if p.different or p.number]
    assert marked == ["two ", 1, " three"]
    assert "".join(p.text for p in pieces) == "One two  three. Four."


def test_a_piece_can_be_different_and_unsupported():
    text = "All of this. And that."
    citation = Citation(0, "And that.", "", False)
    pieces = pieces_of(text, [citation], different=[(9, 16)])
    assert [(p.text, p.different, p.unsupported) for p in pieces] == [
        ("All of th", False, False),
        ("is. ", True, False),
        ("And", True, True),
        (" that.", False, True),
    ]


def test_a_translation_leads_to_what_it_is_of_and_is_not_called_unsupported() -> None:
    own = Citation(1, "The period is a year.", "期間は一年。", verified=False, start=4, end=10)
    assert unsupported_spans("The period is a year. [1]", [own]) == []
    assert quotes_of((), [own]) == {1: [(4, 10)]}
