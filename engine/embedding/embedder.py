"""Texts to vectors."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.cancel import CancelToken
from engine.embedding.language_axis import PROBE, LanguageAxis, language_axis
from engine.embedding.loading import load, read_prefixes
from engine.records import ModelFile

Floats = npt.NDArray[np.float32]

_CACHED_QUERIES = 64
_BATCH = 8
"""Texts per pass. Measured on two cores: more gains nothing, and pads more."""


class Embedder:
    """An embedding model, ready to use. May be used from any thread.

    Args:
        model: A folder that sentence-transformers can load.

    Attributes:
        name: Of the model; vectors are stored under it.
        dimension: Length of a vector.
        axis: What is known of how it tells languages apart; None if nothing is.

    Raises:
        ModelMissing: The folder is gone.
        ModelDamaged: Its files do not make a model.
    """

    def __init__(self, model: ModelFile) -> None:
        self.name = model.name
        self._prefixes = read_prefixes(model.path)
        self._model = load(model)
        # The tokenizer is one object with settings of its own; two threads must not meet in it.
        self._tokenizer_guard = threading.Lock()
        self._queries: OrderedDict[str, Floats] = OrderedDict()
        self._queries_guard = threading.Lock()
        probe = self._encode([self._prefixes.passage + PROBE])[0]
        self.dimension = len(probe)
        known = language_axis(self.name)
        self.axis: LanguageAxis | None = known if known and known.belongs_to(probe) else None

    def embed_query(self, text: str) -> Floats:
        """Return the vector of a question, ``[d]`` float32, L2-normalised."""
        with self._queries_guard:
            if text in self._queries:
                self._queries.move_to_end(text)
                return self._queries[text]
        vector: Floats = self._encode([self._prefixes.query + text])[0]
        vector.flags.writeable = False
        with self._queries_guard:
            self._queries[text] = vector
            while len(self._queries) > _CACHED_QUERIES:
                self._queries.popitem(last=False)
        return vector

    def embed_passages(self, texts: Sequence[str], cancel: CancelToken | None = None) -> Floats:
        """Return the vectors of passages, ``[n, d]`` float32, L2-normalised, in their order.

        Texts of similar length go through the model together, so little is padded.

        Args:
            texts: In any order.
            cancel: Stops it between passes of a few texts, and makes it wait there while
                something more urgent, an answer, needs the processor.

        Raises:
            Cancelled: It was stopped.
        """
        out = np.empty((len(texts), self.dimension), np.float32)
        prefixed = [self._prefixes.passage + text for text in texts]
        # UTF-8 length follows the number of tokens closely in Latin and Japanese alike.
        order = sorted(range(len(texts)), key=lambda n: len(prefixed[n].encode("utf-8", "replace")))
        for start in range(0, len(order), _BATCH):
            if cancel is not None:
                cancel.give_way()
            rows = order[start : start + _BATCH]
            out[rows] = self._encode([prefixed[n] for n in rows])
        return out

    def _encode(self, texts: list[str]) -> Floats:
        import torch

        with torch.inference_mode():
            with self._tokenizer_guard:
                features: dict[str, Any] = self._model.preprocess(texts)
            found = self._model(features)["sentence_embedding"].to(torch.float32)
            vectors: Floats = torch.nn.functional.normalize(found, dim=1).numpy()
        return vectors
