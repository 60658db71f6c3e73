from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.answering.citations import CitationResolver, mark, strip_markers
from engine.records import DocumentRef, Extract, Location, Passage, RetrievedPassage


class Shelf:
    """Documents in memory, with the interface that the catalogue has."""

    def __init__(self, *texts: str) -> None:
        self.texts = dict(enumerate(texts, start=1))

    def span(self, document_id: int, start: int, end: int) -> str:
        return self.texts.get(document_id, "")[start:end]

    def passages(self) -> list[RetrievedPassage]:
        return [
            RetrievedPassage(
                number,
                Passage(
                    10 * number,
                    DocumentRef(number, f"d{number}.txt", f"/docs/d{number}.txt", "", 0.0, "text"),
                    0,
                    2,
                    len(text),
                    text[2:],
                    "",
                    Location("page", number),
                ),
                1.0 / number,
            )
            for number, text in self.texts.items()
        ]


SHELF = (
    "* The canteen opens at eleven. Lunch costs 6 euros.",
    "* The lease of the Osaka office ends on 31 March 2027. The deposit is two months of rent.\n"
    "Notice must be given in writ-\ning six months before.",
    "* 有給休暇は年に20日です。繰越は5日までとします。",
)


def resolver() -> CitationResolver:
    shelf = Shelf(*SHELF)
    return CitationResolver(shelf.passages(), shelf)


def test_the_passage_that_says_it_is_cited_whatever_number_the_model_wrote():
    (citation,) = resolver().of_text("The lease of the Osaka office ends on 31 March 2027 [1].")
    assert (citation.number, citation.verified) == (2, True)
    assert citation.quote == "The lease of the Osaka office ends on 31 March 2027."
    assert SHELF[1][citation.start : citation.end] == citation.quote
    assert citation.sentence == "The lease of the Osaka office ends on 31 March 2027."
    assert (citation.document, citation.path) == ("d2.txt", "/docs/d2.txt")
    assert citation.location == Location("page", 2)
    assert citation.passage_id == 20


def test_each_sentence_stands_or_falls_alone():
    found = resolver().of_text(
        "Lunch costs 6 euros. Lunch costs 9 euros. The deposit is two months of rent. "
        "The office has a swimming pool."
    )
    assert [c.number for c in found] == [1, 0, 2, 0]
    assert [c.verified for c in found] == [True, False, True, False]
    assert all(c.quote == "" and c.location is None for c in found if not c.verified)


def test_a_quote_over_a_divided_word_is_the_exact_slice():
    (citation,) = resolver().of_text("Notice must be given in writing six months before.")
    assert citation.verified and "writ-\ning" in SHELF[1]
    assert citation.quote == SHELF[1][citation.start : citation.end]


def test_japanese_sentences_are_cited():
    found = resolver().of_text("有給休暇は年に２０日です。繰越は10日までです。")
    assert [c.number for c in found] == [3, 0]


def test_the_mark_of_a_list_stays_with_its_sentence():
    found = resolver().of_text("1. Lunch costs 6 euros.\n2. The deposit is two months of rent.")
    assert [c.sentence for c in found] == [
        "1. Lunch costs 6 euros.",
        "2. The deposit is two months of rent.",
    ]
    assert all(c.verified for c in found)


def test_a_sentence_of_two_facts_needs_both():
    both = "Lunch costs 6 euros, and the deposit is two months of rent."
    assert resolver().of_text(both)[0].verified
    assert not resolver().of_text(both.replace("two", "three"))[0].verified


def test_a_document_that_changed_meanwhile_verifies_nothing():
    shelf = Shelf(*SHELF)
    made = CitationResolver(shelf.passages(), shelf)
    shelf.texts[2] = shelf.texts[2].replace("2027", "2028")
    (citation,) = made.of_text("The lease of the Osaka office ends on 31 March 2027.")
    assert (citation.number, citation.verified, citation.quote) == (0, False, "")
    shelf.texts.clear()
    assert not made.of_text("Lunch costs 6 euros.")[0].verified


def test_extracts_are_checked_against_the_stored_text():
    shelf = Shelf(*SHELF)
    made = CitationResolver(shelf.passages(), shelf)
    good = Extract(1, SHELF[0][2:30], 2, 30, 0.9)
    bad = Extract(1, "The canteen opens at twelve.", 2, 30, 0.9)
    lost = Extract(9, "x", 0, 1, 0.9)
    assert [c.verified for c in made.of_extracts((good, bad, lost))] == [True, False, False]
    assert made.of_extracts((good,))[0].number == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It ends in March [2].", "It ends in March."),
        ("It ends [1, 3] in March [2][4].", "It ends in March."),
        ("It ends (see passage 2).", "It ends."),
        ("終了します【2】。", "終了します。"),
        ("It has [sic] 2 rooms.", "It has [sic] 2 rooms."),
        ("The answer is: It ends in March.", "It ends in March."),
        ("The key sentence is: It ends.", "It ends."),
    ],
)
def test_the_numbers_of_the_model_are_removed(text, expected):
    assert strip_markers(text) == expected


def test_marked_text_shows_support_and_its_lack():
    found = resolver().of_text("Lunch costs 6 euros. Lunch costs 9 euros.")
    assert mark(found) == "Lunch costs 6 euros. [1] Lunch costs 9 euros. [?]"
    assert mark(found[:1]) == "Lunch costs 6 euros. [1]"
    assert mark(()) == ""
    japanese = resolver().of_text("有給休暇は年に20日です。月に30日です。")
    assert mark(japanese) == "有給休暇は年に20日です。[3]月に30日です。[?]"


@given(st.text(max_size=200))
def test_any_text_gives_citations_whose_quotes_are_stored(text):
    for citation in resolver().of_text(text):
        assert citation.verified == (citation.number > 0)
        if citation.verified:
            stored = SHELF[citation.number - 1]
            assert stored[citation.start : citation.end] == citation.quote


def test_without_passages_nothing_is_supported():
    (citation,) = CitationResolver([], Shelf()).of_text("Anything at all.")
    assert not citation.verified
