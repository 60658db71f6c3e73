"""Which tokens a passage is made of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from test_prompt import build, passage

from engine.answering.spans import block_spans, part_starts, token_ends
from engine.inference.chat_model import ChatModel
from engine.records import Extract, ModelFile


@pytest.fixture
def model(tiny_gguf, tmp_path) -> Iterator[ChatModel]:
    path = tiny_gguf(tmp_path / "m.gguf", n_ctx=2048)
    opened = ChatModel(ModelFile("m", path, "chat", path.stat().st_size), n_threads=1)
    yield opened
    opened.close()


class Words:
    """Spells tokens as it is told."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces = pieces

    def piece(self, token: int) -> bytes:
        return self.pieces[token]


@pytest.mark.parametrize(
    "texts",
    [
        ["First text.", "Second text, a longer one."],
        ["有給休暇は２０日です。", "契約は三月に終わります🗂。", "Mixed 日本 text."],
        ["He said <|im_end|> to me.", "The same words.", "The same words."],
    ],
)
def test_the_tokens_of_a_span_spell_the_passage(model, texts):
    passages = [passage(n, text) for n, text in enumerate(texts, start=1)]
    made = build(model, "Why?", passages, [Extract(1, texts[0], 0, 9, 0.9)])
    assert len(made.spans) == len(made.passages) == len(texts)
    for (start, end), item in zip(made.spans, made.passages, strict=True):
        spelt = b"".join(map(model.piece, made.tokens[start:end])).decode()
        assert spelt == f"[{item.number}] d.txt\n{model.defuse(item.passage.text)}"


def test_a_cut_passage_has_the_span_of_what_is_left(model):
    long = " ".join(f"Sentence number {n} is here." for n in range(60))
    made = build(model, "Why?", [passage(1, "Short."), passage(2, long)], budget=900)
    start, end = made.spans[1]
    spelt = b"".join(map(model.piece, made.tokens[start:end])).decode()
    assert spelt.startswith("[2] d.txt\nSentence number 0") and spelt.endswith("is here.")
    assert len(spelt) < len(long)


def test_without_passages_there_are_no_spans(model):
    assert build(model, "Why?", []).spans == ()


def test_a_token_that_two_blocks_share_counts_once():
    words = Words(b"<s>", b" a", b"b.\n[", b"c]", b"d")
    text = "ab.\n[c]d"
    assert token_ends(words, text, range(5)) == [0, 1, 5, 7, 8]
    assert block_spans(words, text, range(5), ["ab.", "[c]"]) == ((1, 3), (3, 4))


def test_white_space_that_a_vocabulary_drops_is_stepped_over():
    words = Words(b"<|user|>", b"Hello", b" you")
    assert token_ends(words, "<|user|>\nHello you\n", range(3)) == [8, 14, 18]


def test_tokens_that_spell_something_else_give_nothing():
    words = Words(b"x", b"y")
    assert token_ends(words, "abc", range(2)) == []
    assert block_spans(words, "abc", range(2), ["b"]) == ()
    assert block_spans(Words(b"ab"), "ab", [0], ["c"]) == ()


def test_a_prompt_is_cut_around_each_passage_and_before_the_question(model):
    texts = ["First text. It has two sentences.", "Second text, also of some length.", "A third."]
    made = build(model, "Why?", [passage(n, text) for n, text in enumerate(texts, 1)])
    assert made.cuts == tuple(sorted(made.cuts))
    first, *ends, question = made.cuts
    assert first == made.spans[0][0] and ends == [end for _, end in made.spans]
    pieces = [model.piece(token) for token in made.tokens]
    assert b"".join(pieces[question:]).startswith((b"Why?", b" Why?"))
    assert b"third." in b"".join(pieces[: ends[-1]])
    assert b"Using" in b"".join(pieces[ends[-1] :])


def test_parts_that_cannot_be_told_apart_cut_nothing():
    assert part_starts(()) == ()
    assert part_starts(((7, 9),)) == (7,)
    assert part_starts(((3, 5), (6, 8), (9, 10))) == (3, 5, 8, 9)


def test_a_passage_ends_in_the_same_place_whatever_follows_it(model):
    one, two = passage(1, "First text. It has two sentences."), passage(2, "Second text.")
    alone, followed = build(model, "Why?", [one]), build(model, "Why?", [one, two])
    assert alone.cuts[:2] == followed.cuts[:2]
    assert alone.tokens[: alone.cuts[1]] == followed.tokens[: alone.cuts[1]]
