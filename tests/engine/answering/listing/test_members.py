"""Enumerations in lines and sentences, both languages."""

from __future__ import annotations

import pytest

from engine.answering.listing.members import members


@pytest.mark.parametrize(
    ("text", "label", "found"),
    [
        (
            "Present: Ann Lee (chair, Leeds), Bo Hall",
            "Present",
            ("Ann Lee (chair, Leeds)", "Bo Hall"),
        ),
        ("**Apologies:** Luca Moretti", "Apologies", ("Luca Moretti",)),
        (
            "FIRST AIDERS        Callum Overy, Martha Linklater",
            "FIRST AIDERS",
            ("Callum Overy", "Martha Linklater"),
        ),
        (
            "出席者：寺下 澪（部長、議長）、深津 大悟",
            "出席者",
            ("寺下 澪（部長、議長）", "深津 大悟"),
        ),
        ("旅費は、交通費、宿泊費および日当とする。", "旅費は", ("交通費", "宿泊費", "日当")),
        (
            "Which liquids can it measure? Water, milk, beer and juice, from -10 °C.",
            "Which liquids can it measure?",
            ("Water", "milk", "beer", "juice"),
        ),
    ],
)
def test_members_are_found_with_what_names_them(text, label, found):
    assert (label, found) in list(members(text))


def test_a_sentence_is_no_enumeration():
    assert (
        list(members("If the goods are late, and the buyer says so, he may cancel the order."))
        == []
    )
