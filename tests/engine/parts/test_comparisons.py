"""Voting on a comparison and keeping it, through the door of the engine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.errors import DataFolderUnusable, VoteImpossible
from engine.facade import Engine
from engine.records import (
    Answer,
    AnswerStats,
    AttentionMode,
    AttentionUse,
    Comparison,
    Coverage,
)


def answer(mode: AttentionMode, generated: str = "Five days.") -> Answer:
    return Answer(
        question="How long?",
        search_query="How long?",
        text=generated,
        generated=generated,
        refused=False,
        refusal_reason="",
        attention=AttentionUse(mode, "dense", "cpu", "CPU"),
        passages=(),
        extracts=(),
        citations=(),
        coverage=Coverage(1, 0),
        stats=AnswerStats(9, 3, 1.0, 2.0, 3.0, 4.0, 0),
    )


def pair(first: Answer, second: Answer) -> Comparison:
    return Comparison((first, second), (None, None), "3f" * 32)


COMPARISON = pair(answer("contrast"), answer("baseline", "Six days."))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with Engine(tmp_path / "data") as opened:
        yield opened


def test_a_vote_returns_the_tally_of_its_pair(engine: Engine) -> None:
    assert engine.comparisons.tallies() == ()
    engine.comparisons.vote(pair(answer("difflora"), answer("baseline")), "first")
    tally = engine.comparisons.vote(COMPARISON, "first")
    assert (tally.modes, tally.wins, tally.n_ties) == (("baseline", "contrast"), (0, 1), 0)
    swapped = pair(COMPARISON.answers[1], COMPARISON.answers[0])
    tally = engine.comparisons.vote(swapped, "first")
    assert (tally.wins, tally.share) == ((1, 1), 0.5)
    assert engine.comparisons.vote(swapped, "tie").n_ties == 1
    assert {each.modes for each in engine.comparisons.tallies()} == {
        ("baseline", "contrast"),
        ("baseline", "difflora"),
    }


@pytest.mark.parametrize(
    "impossible",
    [
        pair(answer("baseline"), answer("baseline")),
        pair(answer("baseline"), answer("contrast", "")),
        pair(replace(answer("baseline"), generated=""), answer("contrast")),
    ],
)
def test_without_two_answers_of_two_modes_there_is_no_vote(
    engine: Engine, impossible: Comparison
) -> None:
    with pytest.raises(VoteImpossible):
        engine.comparisons.vote(impossible, "first")
    assert engine.comparisons.tallies() == ()


def test_votes_outlive_the_engine_and_a_reader_only_reads_them(tmp_path: Path) -> None:
    with Engine(tmp_path) as writer:
        cast = writer.comparisons.vote(COMPARISON, "second")
    with Engine(tmp_path, writable=False) as reader:
        assert reader.comparisons.tallies() == (cast,)
        with pytest.raises(DataFolderUnusable, match="reading only"):
            reader.comparisons.vote(COMPARISON, "second")


def test_equal_answers_are_a_comparison_like_any_other(engine: Engine, tmp_path: Path) -> None:
    same = pair(answer("baseline"), answer("contrast"))
    assert engine.comparisons.vote(same, "tie").n_ties == 1
    engine.comparisons.export(same, tmp_path / "same.json")
    written = json.loads((tmp_path / "same.json").read_text("utf-8"))
    assert [each["answer"] for each in written["answers"]] == ["Five days."] * 2
    engine.comparisons.export(same, tmp_path / "same.html")
    assert "<mark>" not in (tmp_path / "same.html").read_text("utf-8")


def test_a_new_data_folder_has_no_adapters_of_its_own(engine: Engine) -> None:
    shipped = engine.attention.adapters()
    assert all(info.path.parent != engine.paths.adapters for info in shipped)
