"""Nearest passages by cosine similarity; FAISS caches of the catalogue's vectors."""

from engine.vectors.store import VectorStore

__all__ = ["VectorStore"]
