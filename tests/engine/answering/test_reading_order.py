from __future__ import annotations

from engine.answering.reading_order import Arrangement, PlacedPassage
from engine.records import DocumentRef, Location, Passage, RetrievedPassage

DOCUMENT = DocumentRef(1, "d.txt", "/d.txt", "", 0.0, "text/plain")


def arranged(*names: str) -> Arrangement:
    """Return passages by rank: each letter of a name is a text, its first one the passage."""
    passages = [
        RetrievedPassage(
            rank, Passage(ord(name[0]), DOCUMENT, 0, 0, 1, name, "", Location("page", 1)), 1.0
        )
        for rank, name in enumerate(names, start=1)
    ]
    texts = [f"[{rank}] heading\n{name}" for rank, name in enumerate(names, start=1)]
    return Arrangement(passages, texts, [f"[{rank}] key {n}" for rank, n in enumerate(names, 1)])


def read(*names: str) -> list[PlacedPassage]:
    return [PlacedPassage(ord(name[0]), f"heading\n{name}") for name in names]


def order(arrangement: Arrangement) -> list[str]:
    return [text.rpartition("\n")[2] for text in arrangement.texts]


def test_what_was_read_comes_first_and_the_rest_by_rank():
    made = arranged("a", "b", "c", "d").following(read("c", "a", "x"))
    assert order(made) == ["c", "a", "b", "d"]
    assert [item.number for item in made.passages] == [3, 1, 2, 4]  # their ranks
    assert [text[:4] for text in made.texts] == ["[1] ", "[2] ", "[3] ", "[4] "]
    assert made.quoted == ["[2] key a", "[3] key b", "[1] key c", "[4] key d"]


def test_a_passage_behind_one_that_is_not_wanted_counts_as_unread():
    assert order(arranged("a", "b", "c").following(read("x", "c"))) == ["a", "b", "c"]
    assert order(arranged("a", "b", "c").following(read("b", "x", "c"))) == ["b", "a", "c"]


def test_a_passage_that_is_cut_elsewhere_is_another_text():
    assert order(arranged("a", "bb").following(read("b", "a"))) == ["a", "bb"]
    assert arranged("a", "bb").placed == tuple(read("a", "bb"))


def test_nothing_read_or_nothing_found_changes_nothing():
    plain = arranged("a", "b")
    assert plain.following([]) == plain
    assert arranged().following(read("a")) == arranged()


def test_key_sentences_of_passages_that_did_not_fit_keep_their_numbers():
    made = arranged("a", "b")
    more = Arrangement(made.passages, made.texts, [*made.quoted, "[5] far", "no number"])
    assert more.following(read("b")).quoted == ["[2] key a", "[1] key b", "[5] far", "no number"]
