"""An embedder that needs no model and whose similarities lie where the real one's do."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.text import content_tokens


class BagOfWords:
    """An embedder with the real interface whose vectors are hashed bags of tokens.

    All vectors share a constant part, so that similarities lie where those of the default
    embedder do (unrelated texts at 0.75, not at 0): the refusal is calibrated for that.
    """

    name = "bag-of-words"
    axis = None
    dimension = 257

    def embed_query(self, text: str) -> NDArray[np.float32]:
        vector = np.full(256, 1e-4, np.float32)
        for token in content_tokens(text):
            vector[zlib.crc32(token.encode()) % 256] += 1
        bag = vector / np.linalg.norm(vector)
        return np.append(np.sqrt(0.25) * bag, np.float32(np.sqrt(0.75))).astype(np.float32)

    def embed_passages(self, texts: Sequence[str], cancel: object = None) -> NDArray[np.float32]:
        return np.stack([self.embed_query(text) for text in texts])
