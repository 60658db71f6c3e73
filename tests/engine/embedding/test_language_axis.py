from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from engine.embedding.language_axis import FOLDER, LanguageAxis, asked_vector, language_axis
from engine.errors import BadData

AXIS = LanguageAxis({}, (1.0, 0.0, 0.0), {"en": -0.1, "ja": 0.2}, probe=0.16, spread=0.08)


class Three:
    """Vectors of three numbers; the first says the language."""

    def __init__(self, axis: LanguageAxis | None) -> None:
        self.axis = axis

    def embed_query(self, text: str) -> np.ndarray:
        return np.array([0.3 if "は" in text else -0.3, 0.9, 0.3], np.float32)


ENGLISH = np.array([[-0.1, 0.9, 0.3], [-0.1, 0.5, 0.8]], np.float32)
JAPANESE = np.array([[0.2, 0.9, 0.3], [0.2, 0.5, 0.8]], np.float32)


def test_passages_that_say_the_same_are_equally_near_in_both_languages() -> None:
    for question in ("契約はいつ", "when"):
        asked = asked_vector(Three(AXIS), question)
        assert asked.similarities(ENGLISH) == pytest.approx(asked.similarities(JAPANESE), abs=1e-6)


def test_passages_in_the_language_of_the_question_keep_their_cosine() -> None:
    model = Three(AXIS)
    asked = asked_vector(model, "契約はいつ")
    assert asked.similarities(JAPANESE) == pytest.approx(
        JAPANESE @ model.embed_query("は"), abs=1e-6
    )
    asked = asked_vector(model, "when")
    assert asked.similarities(ENGLISH) == pytest.approx(ENGLISH @ model.embed_query(""), abs=1e-6)


def test_a_model_that_nobody_measured_and_a_third_language_change_nothing() -> None:
    plain = asked_vector(Three(None), "when")
    assert plain.offset == 0
    assert plain.vector.tolist() == Three(None).embed_query("when").tolist()
    assert AXIS.taken_out(plain.vector, "ko").vector is plain.vector


def test_it_belongs_to_the_model_that_was_measured_only() -> None:
    assert AXIS.belongs_to(np.array([0.17, 0.5, 0.1], np.float32))
    assert not AXIS.belongs_to(np.array([-0.1, 0.5, 0.1], np.float32))
    assert not AXIS.belongs_to(np.array([0.16, 0.5], np.float32))


def test_the_file_of_the_embedded_model_can_be_read_and_others_have_none(tmp_path: Path) -> None:
    axis = language_axis("multilingual-e5-small")
    assert axis is not None
    assert len(axis.direction) == 384
    assert set(axis.centres) == {"en", "ja"}
    assert axis.centres["en"] < 0 < axis.centres["ja"]
    assert language_axis("some-other-model") is None
    assert language_axis("../refusal") is None


@pytest.mark.parametrize("change", [{"direction": [0.5, 0.5]}, {"centres": 3}])
def test_a_file_that_is_no_such_record_is_refused(tmp_path: Path, change: dict) -> None:
    good = json.loads((FOLDER / "multilingual-e5-small.json").read_text("utf-8"))
    (tmp_path / "broken.json").write_text(json.dumps(good | change), "utf-8")
    with pytest.raises(BadData):
        language_axis("broken", tmp_path)
