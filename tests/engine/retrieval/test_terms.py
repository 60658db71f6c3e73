from __future__ import annotations

import pytest

from engine.retrieval.terms import lexical_match, query_tokens
from engine.text.stems import stem


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("employees", "employe"),
        ("employee", "employee"),
        ("contracts", "contract"),
        ("class", "class"),
        ("used", "used"),
        ("契約", "契約"),
        ("a200s", "a200s"),
    ],
)
def test_stems_are_cut_only_where_enough_stays(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_pairs_with_a_particle_are_left_out() -> None:
    tokens = query_tokens("契約の有効期間はいつまでですか？")
    assert "契約" in tokens
    assert "有効" in tokens
    assert not {"約の", "の有", "間は"} & set(tokens)


def test_a_question_of_particles_only_keeps_something() -> None:
    assert query_tokens("誰が") == ["誰が"]


def test_the_expression_is_quoted_so_that_nothing_is_syntax() -> None:
    assert lexical_match('NEAR("x" OR y*) AND -z:') == '"near" OR "x" OR "y" OR "z"'
    assert lexical_match("税") == '"税"*'
    assert lexical_match("?! …") == ""
