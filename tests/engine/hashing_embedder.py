"""An embedder with the interface of the real one and no model: words hashed into buckets.

Deterministic, starts at once, and texts that share words are near each other, so that tests
of storing and finding vectors need not wait for torch.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from engine.cancel import CancelToken
from engine.text import index_tokens


class HashingEmbedder:
    def __init__(self, name: str = "multilingual-e5-small", dimension: int = 48) -> None:
        self.name = name
        self.axis = None
        self.dimension = dimension
        self.embedded: list[str] = []

    def embed_query(self, text: str) -> np.ndarray:
        vector = np.full(self.dimension, 1e-3, np.float32)
        for token in index_tokens(text).split():
            vector[zlib.crc32(token.encode()) % self.dimension] += 1.0
        return vector / np.linalg.norm(vector)

    def embed_passages(self, texts: Sequence[str], cancel: CancelToken | None = None) -> np.ndarray:
        if cancel is not None:
            cancel.raise_if_cancelled()
        self.embedded.extend(texts)
        return np.stack([self.embed_query(text) for text in texts])
