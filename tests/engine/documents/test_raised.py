"""Exponents, units and marks of notes, each as it is written beside what has it."""

from __future__ import annotations

import pytest

from engine.documents.cleaning import clean
from engine.documents.raised import beside, joined


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        ("5 x 10", "6", "^6"),
        ("10", "-3", "^-3"),
        ("2", "10", "^10"),
        ("deposit of 500", "1", " [note 1]"),
        ("1,500", "2", " [note 2]"),
        ("12.5", "3)", " [note 3]"),
        ("250 ", "2", "[note 2]"),
        ("250", "*", " [*]"),
        ("120", "※1", " [※1]"),
        ("保証金は2,500", "2", " [注2]"),
        ("保証金は2,500", "注2", " [注2]"),
        ("保証金", "1", " [注1]"),
        ("The sentence.", "4", " [note 4]"),
        ("the 21", "st", "st"),
        ("12 m", "2", "²"),
        ("kW·h", "-1", "⁻¹"),
        ("e", "x+1", "^(x+1)"),
        ("Aster", "TM", "TM"),
        ("合計", "（注１）", "（注１）"),
        ("", "1", "1"),
    ],
)
def test_raised_text(before, text, expected):
    assert beside(before, text, raised=True) == expected


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [("CO", "2", "₂"), ("log", "10", "₁₀"), ("x", "max", "max"), ("5", "2", "_2")],
)
def test_lowered_text(before, text, expected):
    assert beside(before, text, raised=False) == expected


def test_runs_that_were_torn_apart_count_as_one():
    runs = [("1,0", ""), ("00", ""), ("1", "raised"), ("2", "raised"), (" crowns", "")]
    assert joined(runs) == "1,000 [note 12] crowns"


def test_small_digits_of_plain_text_stay_apart_from_the_number():
    assert clean("5 × 10⁶ 回、1,500² crowns、40 m²") == "5 × 10^6 回、1,500 [注2] crowns、40 m²"
