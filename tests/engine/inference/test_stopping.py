from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from engine.inference.stopping import LoopGuard, StopStrings


def run(stops: tuple[str, ...], pieces: list[str]) -> tuple[str, bool]:
    guard = StopStrings(stops)
    shown = ""
    for piece in pieces:
        shown += guard.feed(piece)
        if guard.stopped:
            return shown, True
    return shown + guard.flush(), False


@given(text=st.text(alphabet="abAB\n", max_size=40), cuts=st.lists(st.integers(0, 40), max_size=6))
def test_a_stop_string_is_found_wherever_the_pieces_are_cut(text, cuts):
    edges = sorted({0, len(text), *(c for c in cuts if c < len(text))})
    pieces = [text[a:b] for a, b in pairwise(edges)]
    shown, stopped = run(("AB\n", "ba"), pieces)
    found = [at for stop in ("AB\n", "ba") if (at := text.find(stop)) >= 0]
    assert stopped == bool(found)
    assert shown == (text[: min(found)] if found else text)


def test_nothing_is_held_back_without_need():
    guard = StopStrings(("\nQuestion:",))
    assert guard.feed("The answer.") == "The answer."
    assert guard.feed("\nQue") == ""
    assert guard.feed("en") == "\nQueen"


def feed(guard: LoopGuard, text: str) -> str:
    """Feed a text word by word; return what was fed until the guard noticed."""
    fed = ""
    for word in text.split(" "):
        piece = word + " "
        fed += piece
        guard.feed(hash(word) % 1000, piece)
        if guard.looping:
            break
    return fed


def test_a_repeated_sentence_stops_and_is_cut_off():
    guard = LoopGuard()
    first = "The lease ends in March. The deposit is two months of rent. "
    feed(guard, first + "The lease ends in March. The deposit is two months of rent. " * 5)
    assert guard.looping
    assert "x".join(first.split()) == "x".join((first)[: guard.keep].split())


def test_a_loop_without_sentence_ends_is_noticed():
    guard = LoopGuard()
    fed = feed(guard, "It is due. and the more the less of the same thing again " + "a b c d " * 60)
    assert guard.looping
    assert len(fed) < 200


def test_japanese_loops_are_noticed():
    guard = LoopGuard()
    sentence = "有給休暇は年に二十日付与されます。"
    for n, character in enumerate(sentence * 4):
        guard.feed(n % len(sentence), character)
    assert guard.looping
    assert guard.keep == len(sentence)


def test_an_honest_text_with_a_list_is_left_alone():
    guard = LoopGuard()
    feed(
        guard,
        "Plan A costs 10 euros per month. Plan B costs 20 euros per month. Yes. Plan C costs 30 "
        "euros per month. Yes. All plans can be cancelled at the end of any month. Yes. ",
    )
    assert not guard.looping
