"""The direction in which a model's vectors lie by language, taken out of what is asked.

A model of several languages puts a question nearer to any passage in its own language than to
the answer in another. Most of that is one direction: the difference of the languages' means over
texts that say the same (``assets/embedders``; made by :mod:`engine.workshop.across`). For a
question ``q`` of language ``l``, the unit direction ``d``, and the mean ``c_l`` of passages of that
language along it,

    similarity(q, p) = q . p - (q . d) (p . d - c_l) = (q - (q . d) d) . p + (q . d) c_l

is what the cosine would be if the passage were written in the question's language: passages of that
language keep theirs within some thousandths, so that everything measured on cosines holds. It is
linear in the passage: stored vectors stay as they are, and an index needs to know nothing of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from engine.codec import NotARecord, from_plain
from engine.errors import BadData
from engine.paths import ASSETS_DIR
from engine.text import language_of

Floats = npt.NDArray[np.float32]

FOLDER = ASSETS_DIR / "embedders"

PROBE = "契約の有効期間は締結日から二年間とし、更新することができる。"
"""A passage that tells whether a model is the one that was measured."""

_TOLERANCE = 0.02
"""Rounding to bfloat16 moves the probe by less than .003; the languages lie .25 apart."""


@dataclass(frozen=True)
class LanguageAxis:
    """What was measured of one model.

    Attributes:
        fitted: On what and when, for people.
        direction: Unit length, from one language to the other.
        centres: Where the vectors of passages lie along it on average, by language (ISO 639-1).
        probe: Where the vector of :data:`PROBE` lies along it.
        spread: How far the fiftieth passage is from the nearest, in a collection of sixty on
            one subject: the yardstick of the model's cosines.
    """

    fitted: Mapping[str, str]
    direction: tuple[float, ...]
    centres: Mapping[str, float]
    probe: float
    spread: float

    def belongs_to(self, probe: Floats) -> bool:
        """Tell whether this was measured of the model that gives :data:`PROBE` this vector."""
        if probe.shape != (len(self.direction),):
            return False
        return abs(float(self._vector() @ probe) - self.probe) <= _TOLERANCE

    def taken_out(self, question: Floats, language: str) -> AskedVector:
        """Return a question's vector ``[d]`` without what says its language."""
        if language not in self.centres:
            return AskedVector(question)
        direction = self._vector()
        along = float(direction @ question)
        return AskedVector(question - along * direction, along * self.centres[language])

    def _vector(self) -> Floats:
        return np.asarray(self.direction, np.float32)


@dataclass(frozen=True)
class AskedVector:
    """What passages are compared with.

    Attributes:
        vector: ``[d]`` float32, at most of length 1.
        offset: To be added to its products.
    """

    vector: Floats
    offset: float = 0.0

    def similarities(self, passages: Floats) -> Floats:
        """Return the similarity of each row of ``[n, d]``."""
        found: Floats = passages @ self.vector + np.float32(self.offset)
        return found


class AsksWithVectors(Protocol):
    """An embedding model, as far as questions go."""

    @property
    def axis(self) -> LanguageAxis | None:
        """What was measured of it; None of a model that nobody measured."""

    def embed_query(self, text: str) -> Floats:
        """Return the vector of a question, ``[d]`` float32, L2-normalised."""


def asked_vector(model: AsksWithVectors, question: str) -> AskedVector:
    """Return what the passages of any language are to be compared with."""
    vector = np.asarray(model.embed_query(question), dtype=np.float32).reshape(-1)
    if model.axis is None:
        return AskedVector(vector)
    return model.axis.taken_out(vector, language_of(question))


@cache
def language_axis(model: str, folder: Path = FOLDER) -> LanguageAxis | None:
    """Return what was measured of a model by name; None if nothing was.

    Raises:
        BadData: The file is no such record.
    """
    path = folder / f"{model}.json"
    if path.parent != folder or not path.is_file():
        return None
    try:
        found = from_plain(LanguageAxis, json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, NotARecord) as error:
        raise BadData(path=str(path), line=1, detail=str(error)) from error
    if not np.isclose(np.linalg.norm(found.direction), 1.0, atol=1e-3):
        raise BadData(path=str(path), line=1, detail="the direction is not of length 1")
    return found
