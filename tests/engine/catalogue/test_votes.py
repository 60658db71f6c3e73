"""Votes on comparisons: one tally per pair, whichever side a mode was on."""

from __future__ import annotations

import sqlite3

import pytest

from engine.catalogue import Catalogue
from engine.catalogue.schema import MIGRATIONS
from engine.catalogue.votes import wilson
from engine.errors import DataFolderUnusable
from engine.records import (
    Answer,
    AnswerStats,
    AttentionMode,
    AttentionUse,
    Comparison,
    Coverage,
)


def comparison(first: AttentionMode, second: AttentionMode) -> Comparison:
    def answer(mode: AttentionMode) -> Answer:
        return Answer(
            question="Top secret question?",
            search_query="",
            text="Confidential text.",
            generated="Confidential text.",
            refused=False,
            refusal_reason="",
            attention=AttentionUse(mode, "dense", "cpu", "CPU", f"a-{mode}"),
            passages=(),
            extracts=(),
            citations=(),
            coverage=Coverage(1, 0),
            stats=AnswerStats(1, 1, 1.0, None, None, None, 0),
            model="tiny",
        )

    return Comparison((answer(first), answer(second)), (None, None), "")


def test_both_orders_are_one_pair(catalogue: Catalogue) -> None:
    assert catalogue.votes.tallies() == ()
    catalogue.votes.add(comparison("baseline", "difflora"), "second")
    catalogue.votes.add(comparison("difflora", "baseline"), "first")
    catalogue.votes.add(comparison("difflora", "baseline"), "second")
    catalogue.votes.add(comparison("difflora", "baseline"), "tie")
    catalogue.votes.add(comparison("contrast", "selective"), "tie")
    one, other = catalogue.votes.tallies(("baseline", "difflora", "selective", "contrast"))
    assert (one.modes, one.wins, one.n_ties) == (("baseline", "difflora"), (1, 2), 1)
    assert one.share == pytest.approx(2 / 3)
    assert one.interval == wilson(2, 3)
    assert (other.modes, other.wins, other.n_ties) == (("selective", "contrast"), (0, 0), 1)
    assert other.share is None and other.interval is None


def test_the_interval_is_wilsons() -> None:
    # Values of the score interval without continuity correction, from its closed form.
    assert wilson(0, 0) is None
    assert wilson(8, 10) == pytest.approx((0.4901625, 0.9433178), abs=1e-6)
    low, high = wilson(0, 10) or (9, 9)
    assert low == 0 and high == pytest.approx(0.2775328, abs=1e-6)


def test_no_text_is_kept(catalogue: Catalogue) -> None:
    catalogue.votes.add(comparison("baseline", "contrast"), "first")
    with sqlite3.connect(catalogue.paths.catalogue) as db:
        (row,) = db.execute("SELECT * FROM votes").fetchall()
        stored = repr(row)
    db.close()
    assert "secret" not in stored and "Confidential" not in stored
    assert "a-contrast" in stored and "cpu" in stored


def test_a_reader_refuses_a_vote(catalogue: Catalogue) -> None:
    reader = Catalogue(catalogue.paths, writable=False)
    try:
        with pytest.raises(DataFolderUnusable, match="reading only"):
            reader.votes.add(comparison("baseline", "contrast"), "first")
        assert reader.votes.tallies() == ()
    finally:
        reader.close()


def test_an_older_catalogue_learns_to_vote(paths) -> None:
    old = Catalogue(paths, writable=True, migrations=MIGRATIONS[:1])
    old.collections.create("Kept")
    old.close()
    new = Catalogue(paths, writable=True)
    try:
        new.votes.add(comparison("baseline", "contrast"), "tie")
        assert [c.name for c in new.collections.list()] == ["Kept"]
        assert new.votes.tallies()[0].n_ties == 1
    finally:
        new.close()


def test_votes_on_a_mode_that_this_program_does_not_have_are_counted(catalogue: Catalogue) -> None:
    catalogue.votes.add(comparison("gone", "baseline"), "first")
    catalogue.votes.add(comparison("gone", "also gone"), "second")
    known, unknown = catalogue.votes.tallies(("baseline", "difflora"))
    assert (known.modes, known.wins) == (("baseline", "gone"), (0, 1))
    assert (unknown.modes, unknown.wins) == (("also gone", "gone"), (1, 0))
