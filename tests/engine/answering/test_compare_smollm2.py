"""The facade with the embedded models on the sample company: one question, two attentions."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.answering.prompt import build_prompt
from engine.errors import AdapterMissing, DataFolderUnusable, ModelMissing
from engine.events import AnswerFinished, ComparisonFinished, ExtractsFound, PassagesRetrieved
from engine.facade import Engine
from engine.inference.chat_model import Sampling
from engine.paths import ASSETS_DIR
from engine.records import AskRequest, AttentionChoice, CompareRequest, Comparison
from engine.settings import DEFAULT_COLLECTION

pytestmark = [pytest.mark.slow, pytest.mark.models]

QUESTION = "How many days of paid leave does every employee have?"
BASELINE, CONTRAST = AttentionChoice(), AttentionChoice("contrast")


@pytest.fixture(scope="module")
def engine(sample_data_dir: Path) -> Iterator[Engine]:
    with contextlib.closing(Engine(sample_data_dir, writable=False)) as opened:
        try:
            opened.loaded.chat_model_file()
        except ModelMissing:
            pytest.skip("the embedded chat model is not installed")
        yield opened


@pytest.fixture(scope="module")
def comparison(engine: Engine) -> Comparison:
    *before, last = engine.compare(
        CompareRequest(QUESTION, DEFAULT_COLLECTION, (BASELINE, CONTRAST), seed=1)
    )
    assert [type(event) for event in before[:2]] == [PassagesRetrieved, ExtractsFound]
    assert isinstance(last, ComparisonFinished) and not last.stopped
    return last.comparison


def test_both_sides_stand_on_the_same(comparison: Comparison) -> None:
    first, second = comparison.answers
    assert first.passages == second.passages and first.passages
    assert first.extracts == second.extracts
    assert first.stats.prompt_tokens == second.stats.prompt_tokens
    assert len(comparison.prompt_sha256) == 64
    assert [a.attention.mode for a in comparison.answers] == ["baseline", "contrast"]
    assert {a.attention.kernel for a in comparison.answers} == {"cpu"}


def test_where_the_baseline_looked_is_a_share_of_all(comparison: Comparison) -> None:
    looked = comparison.source_attention[0]
    assert looked is not None and len(looked.mass) == 30
    for row in looked.mass:
        assert min(row) >= 0 and 0 < sum(row) <= 1 + 1e-3
    assert sum(looked.shares()) == pytest.approx(1)
    assert comparison.source_attention[1] is not None
    assert comparison.source_attention[1].mass != looked.mass


def test_asking_gives_the_text_of_the_baseline_side(engine: Engine, comparison: Comparison) -> None:
    *_, last = engine.ask(AskRequest(QUESTION, DEFAULT_COLLECTION, BASELINE, seed=1))
    assert isinstance(last, AnswerFinished)
    assert last.answer.attention == comparison.answers[0].attention
    assert last.answer.stats.completion_tokens == comparison.answers[0].stats.completion_tokens


def test_it_is_exported_and_a_reader_cannot_vote(
    engine: Engine, comparison: Comparison, tmp_path: Path
) -> None:
    engine.comparisons.export(comparison, tmp_path / "c.html")
    engine.comparisons.export(comparison, tmp_path / "c.json")
    assert comparison.prompt_sha256 in (tmp_path / "c.html").read_text("utf-8")
    made = json.loads((tmp_path / "c.json").read_text("utf-8"))
    assert made["prompt_sha256"] == comparison.prompt_sha256
    if all(answer.generated for answer in comparison.answers):
        with pytest.raises(DataFolderUnusable):
            engine.comparisons.vote(comparison, "tie")


def test_what_cannot_run_is_refused_before_anything_is_searched(engine: Engine) -> None:
    reasons = engine.attention.available()
    assert reasons["baseline"] is None and reasons["contrast"] is None
    for mode in [mode for mode, why in reasons.items() if why]:
        with pytest.raises(AdapterMissing):
            sides = BASELINE, AttentionChoice(mode)
            next(iter(engine.compare(CompareRequest(QUESTION, DEFAULT_COLLECTION, sides))))


def test_our_baseline_would_say_what_llama_cpp_says(engine: Engine) -> None:
    """Token by token along llama.cpp's greedy answers to the English sample questions.

    Rounding decides between tokens that are as likely; llama.cpp itself, reading one token at
    a time, does not always agree with its own batches either.
    """
    model, n_tokens, n_ours, n_own = engine.loaded.chat_model(), 0, 0, 0
    lines = (ASSETS_DIR / "samples" / "golden.jsonl").read_text("utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if (row["lang"], row["kind"]) == ("en", "fact")]
    for question in (row["question"] for row in rows[:15]):
        prompt = build_prompt(
            model,
            question,
            engine.search(question, top_k=4),
            [],
            language="en",
            budget_tokens=600,
            max_answer_tokens=32,
        ).tokens
        model.use_attention(AttentionChoice(kernel="llama.cpp"))
        theirs = model.reply(prompt, Sampling(max_tokens=32, repeat_penalty=1.0)).tokens
        again = model.predict(prompt, theirs)
        model.use_attention(AttentionChoice(kernel="cpu"))
        ours = model.predict(prompt, theirs)
        n_tokens += len(theirs)
        n_own += sum(a != b for a, b in zip(again, theirs, strict=True))
        n_ours += sum(a != b for a, b in zip(ours, again, strict=True))
    assert n_tokens > 200
    assert n_ours <= 2 * n_own + 2
