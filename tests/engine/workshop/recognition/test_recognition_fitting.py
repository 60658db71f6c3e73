"""Labelled questions are read, fitted on and counted."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import numpy as np
import pytest

from engine.embedding import Embedder
from engine.errors import BadData
from engine.workshop.recognition.fitting import fit_kinds
from engine.workshop.recognition.labelled import (
    LabelledQuestion,
    confusion,
    read_labelled,
    recognise_all,
)


class FirstLetters:
    """Vectors by the first letter: enough to tell two kinds apart."""

    name = "letters"

    def embed_query(self, text: str) -> np.ndarray:
        vector = np.zeros(26, dtype=np.float32)
        vector[ord(text[0].lower()) - ord("a")] = 1.0
        return vector


def test_what_was_fitted_tells_kinds_apart_and_leaves_out_what_is_held() -> None:
    embedder = cast("Embedder", FirstLetters())
    questions = [
        *(LabelledQuestion("list", "en", "dev", f"a {n}") for n in range(20)),
        *(LabelledQuestion("fact", "en", "dev", f"b {n}") for n in range(20)),
        LabelledQuestion("talk", "en", "dev", "c"),
        LabelledQuestion("count", "en", "held", "d"),
    ]
    learnt = fit_kinds(questions, embedder, {"on": "letters"})
    assert set(learnt.bias) == {"fact", "list"}
    assert learnt.embedder == "letters"
    for text, kind in (("a", "list"), ("b", "fact")):
        found, chance = learnt.likeliest(embedder.embed_query(text))
        assert found == kind
        assert chance > 0.7


def test_questions_are_counted_by_what_they_were_taken_for(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(
        '{"kind": "count", "lang": "en", "question": "How many suppliers do we have?"}\n'
        '{"kind": "table", "lang": "en", "split": "held", "question": "Count the suppliers."}\n',
        "utf-8",
    )

    def nobody() -> Embedder:
        raise AssertionError

    recognised = recognise_all(read_labelled(path), nobody)
    assert [each.right for each in recognised] == [True, False]
    assert confusion(recognised) == {"count": {"count": 1}, "table": {"count": 1}}


@pytest.mark.parametrize(
    "line",
    [
        '{"kind": "riddle", "lang": "en", "question": "?"}',
        '{"kind": "fact", "question": "?"}',
        '{"kind": "fact", "lang": "en", "split": "test", "question": "?"}',
    ],
)
def test_a_broken_line_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(line, "utf-8")
    with pytest.raises(BadData):
        read_labelled(path)
