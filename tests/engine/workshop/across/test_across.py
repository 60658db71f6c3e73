"""Fitting and measuring across languages, with an embedder that tells languages apart."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from engine.embedding.language_axis import LanguageAxis
from engine.errors import BadData
from engine.text import language_of
from engine.workshop.across.evaluation import by_group, search_mixed
from engine.workshop.across.fitting import fit_axis
from engine.workshop.across.pairs import halves, mixed_pools, read_pairs

SUBJECTS = "lease holiday invoice pump archive visitor pension scanner".split()


class ByLanguage:
    """One number a subject, and a large one that says the language."""

    name = "by-language"

    def __init__(self, axis: LanguageAxis | None = None) -> None:
        self.axis = axis

    def embed_query(self, text: str) -> np.ndarray:
        vector = np.zeros(len(SUBJECTS) + 1, np.float32)
        for number, _subject in enumerate(SUBJECTS):
            vector[number] = 0.4 * (f"S{number}" in text)
        vector[-1] = 1.0 if language_of(text) == "ja" else -1.0
        return vector / np.linalg.norm(vector)

    def embed_passages(self, texts: list[str], cancel: object = None) -> np.ndarray:
        return np.stack([self.embed_query(text) for text in texts])


@pytest.fixture
def pairs_file(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.jsonl"
    rows = []
    for number, subject in enumerate(SUBJECTS):
        english, japanese = f"What about S{number}?", f"S{number}について何ですか"
        rows.append([subject, "en", english, f"The {subject} of S{number} is like this."])
        rows.append([subject, "ja", japanese, f"S{number}の説明はこのとおりである。"])
    rows.append(["only-here", "en", "Alone?", "Alone."])
    keys = ("anchor", "lang", "question", "answer")
    lines = [json.dumps(dict(zip(keys, row, strict=True))) for row in rows]
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_pairs_need_both_languages_and_fall_into_the_same_halves(pairs_file: Path) -> None:
    pairs = read_pairs(pairs_file)
    assert sorted(pair.name for pair in pairs) == sorted(SUBJECTS)
    first, second = halves(pairs)
    assert not {pair.name for pair in first} & {pair.name for pair in second}
    assert halves(read_pairs(pairs_file)) == (first, second)


def test_each_text_stands_in_one_language_of_a_mixed_pool(pairs_file: Path) -> None:
    pools = list(mixed_pools(read_pairs(pairs_file)))
    for texts, questions in pools:
        assert len(texts) == len(SUBJECTS)
        assert {q.gold[0] for q, _ in questions} == set(texts)
        assert sum(across for _, across in questions) == len(SUBJECTS)
    assert not set(pools[0][0]) & set(pools[1][0])


def test_the_direction_brings_answers_in_the_other_language_to_the_front(pairs_file: Path) -> None:
    pairs = read_pairs(pairs_file)
    axis = fit_axis(pairs, ByLanguage(), {"on": "test"})  # type: ignore[arg-type]
    assert np.linalg.norm(axis.direction) == pytest.approx(1.0, abs=1e-4)
    assert axis.centres["en"] < -0.5 and axis.centres["ja"] > 0.5
    assert axis.probe > 0.5
    before = by_group(tuple(search_mixed(pairs, ByLanguage, "dense")))  # type: ignore[arg-type]
    model = ByLanguage(axis)
    after = by_group(tuple(search_mixed(pairs, lambda: model, "dense")))  # type: ignore[arg-type,return-value]
    assert before["across"].recall_1 < 0.2
    assert after["across"].recall_1 == 1.0
    assert after["within"].recall_1 == 1.0
    assert after["across"].n == after["within"].n == 2 * len(SUBJECTS)


@pytest.mark.parametrize("text", ['{"anchor": "a", "lang": "en"}', '{"anchor": 1}'])
def test_a_broken_line_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(text, "utf-8")
    with pytest.raises(BadData):
        read_pairs(path)
