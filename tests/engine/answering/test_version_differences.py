"""Clauses, which of them belong together, and what of them changed."""

from __future__ import annotations

import time

import pytest

from engine.answering.differences.aligning import align
from engine.answering.differences.changes import Differences, differences
from engine.answering.differences.clauses import clauses_of


def compared(old: str, new: str) -> tuple[Differences, list[tuple[str, str, str]]]:
    """Return the differences, and those of facts with the texts they point to."""
    sides = clauses_of(old, 1000), clauses_of(new, 1000)
    *_, alignment = align(*sides)
    found = differences(*sides, alignment)

    def text(whole: str, spans) -> str:
        return " ".join(whole[start:end] for start, end in spans)

    real = found.of("changed", "added", "removed")
    return found, [(c.kind, text(old, c.old), text(new, c.new)) for c in real]


def test_a_changed_figure_is_shown_with_both_sentences_and_nothing_else():
    old = "1. Leave\n1.1 Staff get 22 days. Ask your manager.\n1.2 The year begins in May."
    new = "1. Leave\n1.1 Staff get 25 days. Ask your manager.\n1.2 The year begins in May."
    found, real = compared(old, new)
    assert real == [("changed", "Staff get 22 days.", "Staff get 25 days.")]
    assert found.n_same == 1
    assert found.changes[0].topic == "1.1 Leave"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Requests shall be submitted to the lead.", "Requests must be handed in to the lead."),
        ("従業員は、あらかじめ課長に申請する。", "社員は、事前に課長に申請する。"),
        ("A claim must be approved by the head.", "By the head a claim must be approved."),
        ("The price is 1,200 euros a year.", "The price is EUR 1200 per year."),
    ],
)
def test_other_words_for_the_same_are_only_counted(old, new):
    found, real = compared(f"Rules\n\n{old}", f"Rules\n\n{new}")
    assert real == []
    assert len(found.of("reworded")) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Dogs may enter the yard.", "Dogs may not enter the yard."),
        ("The housing is made of aluminium.", "The housing is made of steel."),
        ("Meetings end at 15:00.", "Meetings end at 16:00."),
        ("The rules begin on 1 May 2024.", "The rules begin on 1 June 2024."),
        ("会社の許可なく副業をしてはならない。", "会社に届け出て副業をすることができる。"),
        ("期限は3か月とする。", "期限は6か月とする。"),
    ],
)
def test_another_fact_is_a_change(old, new):
    _, real = compared(f"Rules\n\n{old}", f"Rules\n\n{new}")
    assert real == [("changed", old, new)]


def test_clauses_that_moved_and_got_another_number_are_the_same():
    old = "1. Fees\n1.1 The fee is 20 euros.\n1.2 Paper is free.\n1.3 Ink costs extra."
    new = "1. Fees\n1.1 Paper is free.\n1.2 Ink costs extra.\n1.3 The fee is 20 euros."
    found, real = compared(old, new)
    assert real == []
    assert found.n_same == 3


def test_rows_are_put_together_by_their_key_and_show_the_cells_that_differ():
    old = "Item: Bolt | Price: 2.00 | Stock: 5\nItem: Nut | Price: 1 | Stock: 7"
    new = "Item: Nut | Price: 1.00 | Stock: 7\nItem: Bolt | Price: 2.40 | Stock: 5"
    _, real = compared(old, new)
    assert real == [("changed", "Price: 2.00", "Price: 2.40")]


def test_a_new_column_is_one_difference():
    old = "Item: Bolt | Price: 2\nItem: Nut | Price: 1\nItem: Pin | Price: 3"
    new = "\n".join(f"{line} | Pack: 10" for line in old.splitlines())
    found, real = compared(old, new)
    assert [kind for kind, *_ in real] == ["added"]
    assert found.changes[0].topic == "Pack"


def test_japanese_articles_with_their_title_in_the_line_are_clauses():
    old = "第1条（目的） この規程は旅費を定める。\n第2条（日当） 日当は2,200円とする。"
    new = "第1条（目的） この規程は旅費を定める。\n第2条（日当） 日当は2,800円とする。"
    found, real = compared(old, new)
    assert real == [("changed", "日当は2,200円とする。", "日当は2,800円とする。")]
    assert found.changes[0].topic == "第2条 日当"


def test_a_sentence_that_a_page_broke_points_to_both_parts():
    page = "\nAcme Ltd. 1 / 2\n\n"
    old = (
        f"1. Term\n1.1 The contract ends after three years unless one of the parties{page}objects."
    )
    new = "1. Term\n1.1 The contract ends after four years unless one of the parties objects."
    found, _ = compared(old, new)
    spans = found.changes[0].old
    assert [old[start:end] for start, end in spans] == [
        "The contract ends after three years unless one of the parties",
        "objects.",
    ]


def test_lists_of_earlier_changes_and_titles_are_no_differences():
    old = "Leave policy 2023\nVersion 3\n\n1. Leave\n1.1 Staff get 22 days."
    new = (
        "Leave policy 2025\nVersion 4\n\n1. Leave\n1.1 Staff get 22 days.\n"
        "2. Revision history\nVersion 4: the title was changed."
    )
    _, real = compared(old, new)
    assert real == []


def test_three_hundred_clauses_take_about_a_second():
    words = [f"matter{n}" for n in range(300)]
    old = "\n".join(f"{n}.1 The {word} is done within {n} days." for n, word in enumerate(words))
    new = old.replace("within 7 days", "within 9 days")
    started = time.perf_counter()
    _, real = compared(old, new)
    assert time.perf_counter() - started < 5  # generous: other programs run here, too
    assert len(real) == 1
