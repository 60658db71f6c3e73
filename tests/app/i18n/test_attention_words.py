from __future__ import annotations

import pytest

from app.i18n import LanguageManager, Words
from engine.attention.registry import ATTENTION, PREFILLS
from engine.records import AttentionUse, Notice, VoteTally

NO_ADAPTER = Notice("no-adapter", {"mode": "difflora", "model": "SmolLM2"})
GPT2 = Notice("architecture-unsupported", {"architecture": "gpt2"})


@pytest.fixture
def words(qapp):
    manager = LanguageManager(qapp, "en")
    made = Words()
    made.manager = manager
    yield made.attention
    manager.close()


def japanese(words) -> None:
    words.parent().manager.choose("ja")


def tally(first: int, second: int, ties: int, low: float = 0.0, high: float = 0.0) -> VoteTally:
    n = first + second
    interval = (low, high) if n else None
    return VoteTally(
        ("baseline", "difflora"), (first, second), ties, second / n if n else None, interval
    )


def test_every_mode_has_a_name_in_both_languages(words):
    english = [words.mode(m) for m in ATTENTION.names] + [words.prefill(m) for m in PREFILLS.names]
    assert not set(english) & {*ATTENTION.names, *PREFILLS.names}
    assert "experimental" in words.mode("contrast")
    japanese(words)
    names = [words.mode(m) for m in ATTENTION.names] + [words.prefill(m) for m in PREFILLS.names]
    assert len(set(names)) == len(english)
    assert "実験" in words.mode("contrast")


def test_what_ran_names_prefill_kernel_device_and_adapter(words):
    use = AttentionUse("difflora", "delta", "cpu", "EPYC", adapter="smollm2")
    assert words.use(use) == "Delta prefill · Sabun's CPU kernel on EPYC · adapter smollm2"
    assert words.use(AttentionUse("baseline", "dense", "llama.cpp", "")) == (
        "Dense prefill · llama.cpp's own attention"
    )


def test_a_tally_that_includes_chance_finds_no_difference(words):
    assert words.tally(tally(3, 7, 0, 0.397, 0.892)) == (
        "DiffLoRA attention preferred in 7 of 10 decided votes, 95 % interval 40–89 %: "
        "no difference found yet."
    )


def test_the_tally_is_told_from_the_side_that_leads(words):
    text = words.tally(tally(9, 1, 2, 0.018, 0.404))
    assert text == (
        "Baseline attention preferred in 9 of 10 decided votes, 95 % interval 60–98 %: "
        "it is preferred. 2 votes saw no difference."
    )


def test_ties_alone_decide_nothing(words):
    assert words.tally(tally(0, 0, 1)) == (
        "No decided votes on these two yet: no difference found. 1 vote saw no difference."
    )


def test_shares_are_percentages(words):
    assert words.percent(0.347) == "35 %"
    assert words.percent(-0.0612, decimals=1) == "−6.1 %"


def test_llama_cpps_own_attention_rules_out_our_modes(words):
    words = words.parent()
    reasons = dict.fromkeys(ATTENTION.names)
    attention, prefill = words.unavailable(reasons, "llama.cpp")
    assert attention.keys() == {"difflora", "diff-v2", "selective", "contrast"}
    assert prefill.keys() == {"delta", "robust-sparse"}
    assert words.unavailable(reasons, "auto") == ({}, {})


def test_what_our_kernels_cannot_run_rules_out_sparse_prefill(words):
    words = words.parent()
    reasons = dict.fromkeys(ATTENTION.names) | {"difflora": NO_ADAPTER}
    attention, prefill = words.unavailable(reasons, "auto")
    assert (attention.keys(), prefill) == ({"difflora"}, {})
    reasons["contrast"] = GPT2
    _, prefill = words.unavailable(reasons, "auto")
    assert prefill.keys() == {"delta", "robust-sparse"}
    assert "gpt2" in prefill["delta"]
