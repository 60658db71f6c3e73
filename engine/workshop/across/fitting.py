"""The direction between two languages of an embedding model, from texts that say the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.embedding.language_axis import PROBE, LanguageAxis
from engine.workshop.across.pairs import Pair

if TYPE_CHECKING:
    from engine.embedding import Embedder

Floats = NDArray[np.float64]

_N_NEAREST = 50
_DIGITS = 6


def fit_axis(pairs: Sequence[Pair], model: Embedder, fitted: Mapping[str, str]) -> LanguageAxis:
    """Return the difference of the languages' means, and where each language lies along it.

    Args:
        pairs: All in the same two languages.
        model: Whose vectors.
        fitted: What the file says of itself.
    """
    vectors: dict[str, Floats] = {}
    for language in pairs[0].languages:
        texts = [pair.sides[language].text for pair in pairs]
        vectors[language] = np.asarray(model.embed_passages(texts), dtype=np.float64)
    first, second = (vectors[language].mean(axis=0) for language in pairs[0].languages)
    direction = np.round((second - first) / np.linalg.norm(second - first), _DIGITS)
    probe = np.asarray(model.embed_passages([PROBE]), dtype=np.float64)[0]
    return LanguageAxis(
        fitted=dict(fitted),
        direction=tuple(map(float, direction)),
        centres={name: _rounded((rows @ direction).mean()) for name, rows in vectors.items()},
        probe=_rounded(probe @ direction),
        spread=_rounded(_spread(pairs, model, vectors)),
    )


def _spread(pairs: Sequence[Pair], model: Embedder, vectors: Mapping[str, Floats]) -> float:
    distances: list[float] = []
    for language, rows in vectors.items():
        for pair in pairs:
            asked = np.asarray(model.embed_query(pair.sides[language].question), dtype=np.float64)
            nearest = np.sort(rows @ asked)[::-1][:_N_NEAREST]
            distances.append(float(nearest[0] - nearest[-1]))
    return float(np.mean(distances))


def _rounded(value: float) -> float:
    return round(float(value), _DIGITS)
