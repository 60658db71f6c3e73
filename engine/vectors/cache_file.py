"""A FAISS index on disk beside a stamp that says what it holds; never trusted blindly."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from engine.catalogue import VectorStamp
from engine.paths import DataPaths

_FORMAT = 1
_BLOCK = 1 << 22


@dataclass(frozen=True)
class CacheFile:
    """Where the index of one collection and embedder is kept.

    Attributes:
        index: The FAISS file.
        stamp: JSON: catalogue state, size and checksum of ``index``. Written last, so that
            a crash between the two leaves a stamp that does not fit.
    """

    index: Path
    stamp: Path

    @classmethod
    def of(cls, paths: DataPaths, collection_id: int, embedder: str) -> CacheFile:
        """Return the place; an embedder's name may hold anything, so it is hashed."""
        name = hashlib.sha256(embedder.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        stem = f"collection-{collection_id}-{name}"
        return cls(paths.vectors / f"{stem}.faiss", paths.vectors / f"{stem}.json")

    def load(self) -> tuple[Any, VectorStamp] | None:
        """Return the index and the state it holds; None if missing, cut off or damaged."""
        if self.saved_stamp() is None:
            return None
        import faiss

        try:
            said = json.loads(self.stamp.read_text(encoding="utf-8"))
            if said.get("format") != _FORMAT or said.get("faiss") != faiss.__version__:
                return None
            if said["n_bytes"] != self.index.stat().st_size or said["crc32"] != _crc32(self.index):
                return None
            index = faiss.read_index(str(self.index))
            stamp = VectorStamp(**said["stamp"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError):
            return None
        return (index, stamp) if index.ntotal == said["n_vectors"] else None

    def saved_stamp(self) -> VectorStamp | None:
        """Return the state that the stamp names; of the index only the size is looked at."""
        try:
            said = json.loads(self.stamp.read_text(encoding="utf-8"))
            if said["n_bytes"] != self.index.stat().st_size:
                return None
            return VectorStamp(**said["stamp"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def save(self, index: Any, stamp: VectorStamp) -> bool:
        """Write both files, each whole or not at all.

        Returns:
            False if the disk is full or not writable. Nothing is lost: the index is a
            cache and is made again from the catalogue.
        """
        import faiss

        new_index, new_stamp = _beside(self.index), _beside(self.stamp)
        try:
            self.index.parent.mkdir(parents=True, exist_ok=True)
            faiss.write_index(index, str(new_index))
            said = {
                "format": _FORMAT,
                "faiss": faiss.__version__,
                "n_bytes": new_index.stat().st_size,
                "n_vectors": index.ntotal,
                "crc32": _crc32(new_index),
                "stamp": asdict(stamp),
            }
            new_stamp.write_text(json.dumps(said), encoding="utf-8")
            new_index.replace(self.index)
            new_stamp.replace(self.stamp)
        except (OSError, RuntimeError):
            for path in (new_index, new_stamp):
                with contextlib.suppress(OSError):
                    path.unlink()
            return False
        return True

    def delete(self) -> None:
        """Remove both files if they are there."""
        for path in (self.stamp, self.index):
            with contextlib.suppress(OSError):
                path.unlink()


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.{os.getpid()}.new")


def _crc32(path: Path) -> int:
    checksum = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            checksum = zlib.crc32(block, checksum)
    return checksum
