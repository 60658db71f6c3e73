"""Sentence embeddings from a local model."""

from engine.embedding.embedder import Embedder
from engine.embedding.language_axis import AskedVector, asked_vector

__all__ = ["AskedVector", "Embedder", "asked_vector"]
