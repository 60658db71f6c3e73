"""Facts hidden in long prompts: spread evenly, and found exactly when the model says them."""

from __future__ import annotations

import random

import numpy as np
import pytest
from llama_runs import llama_logits
from tiny_models import CHATML, TinyModel, write_tiny_model

from engine.cancel import CancelToken
from engine.errors import Cancelled, QuestionTooLong
from engine.inference.chat_model import ChatModel
from engine.records import AttentionChoice, ModelFile
from engine.workshop.evaluation.needles import (
    KINDS,
    NeedleResult,
    find_needles,
    make_haystack,
    summarise_needles,
)

DENSE = ("dense", AttentionChoice())


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> TinyModel:
    path = tmp_path_factory.mktemp("models") / "tiny.gguf"
    return write_tiny_model(path, n_ctx=8192, template=CHATML)


@pytest.fixture(scope="module")
def model(tiny: TinyModel):
    size = tiny.path.stat().st_size
    model = ChatModel(ModelFile("tiny", tiny.path, "chat", size), n_threads=1, n_batch=128)
    yield model
    model.close()


@pytest.mark.parametrize("kind", KINDS)
def test_every_fact_stands_once_and_they_are_evenly_spread(model: ChatModel, kind: str) -> None:
    haystack = make_haystack(model, kind, 6000, 8, random.Random(1))  # type: ignore[arg-type]
    places = [haystack.text.index(fact.text) for fact in haystack.facts]
    assert all(haystack.text.count(fact.stated) == 1 for fact in haystack.facts)
    steps = np.diff([0, *places, len(haystack.text)]) / len(haystack.text)
    assert places == sorted(places)
    assert 0.03 < steps[0] < 0.1 and all(0.09 < step < 0.16 for step in steps[1:-1])
    assert 5900 < len(model.tokenise(haystack.text)) < 6200
    assert haystack == make_haystack(model, kind, 6000, 8, random.Random(1))  # type: ignore[arg-type]


def test_predicted_tokens_are_the_most_likely_ones_of_llama(
    model: ChatModel, tiny: TinyModel
) -> None:
    rng = np.random.default_rng(0)
    tokens = [int(t) for t in rng.integers(0, 256, 300)]
    model.use_attention(AttentionChoice(kernel="llama.cpp"))
    logits = llama_logits(tiny.path, tokens, n_ctx=512)
    expected = logits[99:-1].argmax(axis=1).tolist()
    assert model.predict(tokens[:100], tokens[100:]) == expected
    assert model.predict(tokens[:250], tokens[250:]) == expected[150:]


def test_a_fact_is_found_when_each_digit_is_predicted(
    model: ChatModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With predictions that are right but for one digit, all facts but one are found."""
    given: list[int] = []

    def predict(prompt: list[int], continuation: list[int]) -> list[int]:
        given[:] = continuation
        wrong = list(continuation)
        text = "".join(chr(t) for t in continuation if t < 128)
        place = text.index(" is ") + 4 + 2
        wrong[place] = wrong[place] ^ 1
        return wrong

    monkeypatch.setattr(model, "predict", predict)
    (result,) = find_needles(
        model, [DENSE], lengths=[2000], kinds=["needle"], n_prompts=1, n_facts=4
    )
    assert result.found == (False, True, True, True)
    assert result.length == 2000
    assert result.tokens_right == 19 / 20


def test_all_ways_read_the_same_prompts_and_a_random_model_finds_nothing(model: ChatModel) -> None:
    arms = [DENSE, ("delta", AttentionChoice(prefill="delta"))]
    results = list(find_needles(model, arms, lengths=[1500], n_prompts=1, n_facts=3))
    assert [(r.kind, r.arm) for r in results] == [(k, a) for k in KINDS for a, _ in arms]
    for dense, delta in zip(results[::2], results[1::2], strict=True):
        assert dense.n_tokens == delta.n_tokens
        assert not any(dense.found)
        assert not dense.notes
    # 1,500 bytes of prose are fewer tokens than delta begins at, and it says so.
    assert [note.code for note in results[1].notes] == ["read-densely"]


def test_a_text_that_does_not_fit_is_refused(model: ChatModel) -> None:
    with pytest.raises(QuestionTooLong):
        list(find_needles(model, [DENSE], lengths=[9000], n_prompts=1))


def test_a_stop_is_heeded(model: ChatModel) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(find_needles(model, [DENSE], lengths=[1500], cancel=cancel))


def test_a_summary_has_a_row_per_kind_length_and_way() -> None:
    def result(arm: str, *found: bool, length: int = 100) -> NeedleResult:
        return NeedleResult("needle", arm, length, length + 9, found, sum(found) / 4, 2.0, ())

    rows = summarise_needles(
        [
            result("dense", True, True),
            result("delta", True, False),
            result("dense", True, False),
            result("delta", False, False),
            result("dense", False, False, length=200),
            result("delta", True, True, length=200),
        ]
    )
    assert [(row.length, row.arm, row.share) for row in rows] == [
        (100, "dense", 0.75), (100, "delta", 0.25), (200, "dense", 0.0), (200, "delta", 1.0),
    ]  # fmt: skip
    assert [row.of_share for row in rows] == [1.0, pytest.approx(1 / 3), None, None]
    assert rows[0].low <= rows[0].share <= rows[0].high and rows[0].tokens_right == 0.375
    assert summarise_needles([]) == []
