"""A model that is being fetched: its bytes so far, in a hidden folder that outlives a kill."""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from filelock import FileLock, Timeout

from engine.errors import DiskFull, DownloadDamaged, ModelBeingFetched
from engine.formats.atomic_files import BLOCK, remove, replacing
from engine.formats.gguf import read_gguf
from engine.models.offers import Offer
from engine.models.sidecar import Sidecar, write_sidecar

SAFETY_BYTES = 64 << 20
"""Space that fetching a model leaves free, for the catalogue beside it."""


def folder_of(models: Path, offer: Offer) -> Path:
    """Return the hidden folder of an entry's unfinished bytes."""
    return models / f".get-{offer.name}"


def n_bytes_here(models: Path, offer: Offer) -> int:
    """Return how many bytes of an entry were fetched and are kept; 0 for none."""
    try:
        return (folder_of(models, offer) / "whole").stat().st_size
    except OSError:
        return 0


def discard(models: Path, offer: Offer) -> None:
    """Forget what was fetched of an entry.

    Raises:
        ModelBeingFetched: It is being fetched just now.
    """
    if folder_of(models, offer).exists():
        with Unfinished(models, offer) as unfinished:
            unfinished.forget()


class Unfinished:
    """The bytes of one model so far, from its beginning without a gap; held by one process.

    Which source they came from does not matter: the hash of the whole decides.

    Args:
        models: Folder of models.
        offer: What is fetched.

    Raises:
        ModelBeingFetched: Another process, or another thread of this one, fetches it.
    """

    def __init__(self, models: Path, offer: Offer) -> None:
        self.offer = offer
        self.folder = folder_of(models, offer)
        self.whole = self.folder / "whole"
        self._models = models
        self._lock = FileLock(
            str(models / f".get-{offer.name}.lock"), timeout=0, thread_local=False
        )
        models.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire()
        except Timeout:
            raise ModelBeingFetched(name=offer.name) from None
        self.folder.mkdir(exist_ok=True)
        if self._read().get("sha256") != offer.sha256:
            remove(self.whole)
            self._write(0, 0)

    def __enter__(self) -> Self:
        """Return itself; the bytes stay, whatever ends the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let another process go on."""
        self._lock.release()

    @property
    def n_bytes(self) -> int:
        """Bytes that are here."""
        return self.whole.stat().st_size if self.whole.exists() else 0

    @property
    def is_complete(self) -> bool:
        """Whether all bytes are here, right or wrong."""
        return self.n_bytes == self.offer.n_bytes

    def parts(self) -> tuple[int, int]:
        """Return how many packages the bytes begin with, and how many bytes those are."""
        notes = self._read()
        n_parts, n_bytes = int(notes.get("n_parts", 0)), int(notes.get("n_part_bytes", 0))
        return (n_parts, n_bytes) if n_bytes <= self.n_bytes else (0, 0)

    def note_parts(self, n_parts: int) -> None:
        """Remember that the bytes so far are those of the first ``n_parts`` packages."""
        self._write(n_parts, self.n_bytes)

    def cut(self, n_bytes: int) -> None:
        """Keep the first ``n_bytes`` only."""
        if self.whole.exists():
            with self.whole.open("r+b") as stream:
                stream.truncate(n_bytes)

    def append(self, blocks: Iterator[bytes]) -> Iterator[int]:
        """Write blocks behind what is here; yield the bytes so far after each.

        Stops at the size that the catalogue says, however many come.

        Raises:
            DiskFull: A block does not fit; what was written stays.
        """
        n_done = self.n_bytes
        try:
            with self.whole.open("ab") as stream:
                for block in blocks:
                    take = block[: self.offer.n_bytes - n_done]
                    stream.write(take)
                    stream.flush()  # a kill loses nothing that was told
                    n_done += len(take)
                    yield n_done
                    if n_done >= self.offer.n_bytes:
                        return
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise DiskFull(path=str(self.whole)) from error
            raise

    def check_space(self, n_beside: int = 0) -> None:
        """Refuse to begin where the rest does not fit.

        Args:
            n_beside: Bytes that the source needs beside the file.

        Raises:
            DiskFull: It does not.
        """
        missing = self.offer.n_bytes - self.n_bytes + n_beside + SAFETY_BYTES
        if shutil.disk_usage(self.folder).free < missing:
            raise DiskFull(path=str(self.folder))

    def settle(self, digest: str) -> Path:
        """Give the file its name in the library, with its notes, and return its path.

        Args:
            digest: SHA-256 of the whole.

        Raises:
            DownloadDamaged: It is not that of the catalogue; the file is kept aside.
            BadModelFile: It is, and the file is no model all the same.
        """
        offer = self.offer
        if digest != offer.sha256:
            aside = self._models / f"{offer.stored_as}.wrong"
            self.whole.replace(aside)
            self.forget()
            raise DownloadDamaged(
                name=offer.name, found=digest, expected=offer.sha256, path=str(aside)
            )
        read_gguf(self.whole)
        target = self._models / offer.stored_as
        write_sidecar(target, sidecar_of(offer))
        self.whole.replace(target)
        self.forget()
        return target

    def hashing(self, poll: Callable[[], None]) -> Generator[int, None, str]:
        """Hash the file; yield the bytes so far after each block, return the SHA-256."""
        digest = hashlib.sha256()
        n_done = 0
        with self.whole.open("rb") as stream:
            while block := stream.read(BLOCK):
                poll()
                digest.update(block)
                n_done += len(block)
                yield n_done
        return digest.hexdigest()

    def forget(self) -> None:
        """Remove the bytes."""
        remove(self.folder)

    def _read(self) -> dict[str, Any]:
        try:
            notes = json.loads((self.folder / "notes.json").read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return notes if isinstance(notes, dict) else {}

    def _write(self, n_parts: int, n_part_bytes: int) -> None:
        notes = {"sha256": self.offer.sha256, "n_parts": n_parts, "n_part_bytes": n_part_bytes}
        with replacing(self.folder / "notes.json") as partial:
            partial.write_text(json.dumps(notes), "utf-8")


def sidecar_of(offer: Offer) -> Sidecar:
    """Return the notes that a file of the catalogue gets."""
    return Sidecar(sha256=offer.sha256, languages=offer.languages, licence=offer.licence)
