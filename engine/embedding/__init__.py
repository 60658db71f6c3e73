"""Sentence embeddings from a local model."""

from engine.embedding.embedder import Embedder

__all__ = ["Embedder"]
