from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bag_of_words import BagOfWords
from killed_while_answering import COLLECTION, open_engine

from engine.facade import Engine
from engine.workshop.benchmarks.bench_again import DRAFTS, bench_again

QUESTIONS = [
    "How many days of paid leave does every employee have?",
    "When does the lease of the Osaka office end?",
]


@pytest.fixture
def engine(tmp_path: Path, tiny_gguf: Callable[..., Path]) -> Iterator[Engine]:
    documents = tmp_path / "documents"
    documents.mkdir()
    for name, text in (
        ("leave.txt", "Every employee has twenty-five days of paid leave in a calendar year. "),
        ("lease.txt", "The lease of the Osaka office ends on 31 March 2027. "),
    ):
        (documents / name).write_text(text * 8, encoding="utf-8")
    with open_engine(tmp_path / "data") as opened:
        opened.paths.models.mkdir(exist_ok=True)
        tiny_gguf(opened.paths.models / "tiny.gguf", n_ctx=4096, n_embd=256)
        opened.settings.change(
            chat_model="tiny",
            embedding_model=BagOfWords.name,
            prompt_budget_tokens=2048,
            max_answer_tokens=16,
        )
        list(opened.index([documents], COLLECTION))
        yield opened


def test_what_is_read_already_comes_sooner(engine):
    rows = {row.what: row for row in bench_again(engine, COLLECTION, QUESTIONS, n_rounds=2)}
    assert list(rows) == [
        "cold",
        "repeated",
        *(f"read ahead {share:.0%}" for share in DRAFTS),
        "prompt cold",
        "same passages",
    ]
    assert {row.n for row in rows.values()} == {4}
    assert rows["repeated"].baseline == "cold" and rows["same passages"].baseline == "prompt cold"
    assert rows["repeated"].ratio < 1 and rows["same passages"].ratio < 1
