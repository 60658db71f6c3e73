"""Bringing model files from elsewhere into the library: a file, or a folder of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from engine.cancel import CancelToken
from engine.errors import BadModelFile, DiskFull
from engine.formats.atomic_files import copy_blocks, remove, replacing, size_of
from engine.formats.gguf import read_gguf
from engine.models.events import ModelCopied
from engine.models.folders import check_embedding_folder, is_embedding_folder
from engine.models.offers import catalogue
from engine.models.sidecar import Sidecar, write_sidecar

SAFETY_BYTES = 64 << 20
"""Space that adding a model leaves free, for the catalogue beside it."""

DEEPEST = 3
"""Folders below the one that was named in which models are looked for."""


def model_files(folder: Path) -> list[Path]:
    """Return the GGUF files in a folder and a few levels below it, by path; none hidden."""
    found = []
    for depth in range(1, DEEPEST + 1):
        for path in folder.glob("/".join(["*"] * depth)):
            below = path.relative_to(folder).parts
            if path.suffix.lower() == ".gguf" and not any(p.startswith(".") for p in below):
                found.append(path)
    return sorted(path for path in found if path.is_file())


def holds_models(folder: Path) -> bool:
    """Tell whether a folder is one of model files, not itself an embedding model."""
    return not is_embedding_folder(folder) and bool(model_files(folder))


class Adding:
    """Copies one model into the library.

    Args:
        models: Folder of the library.
        is_taken: Tells whether a name is in use.
        cancel: Stops between blocks; nothing is left behind.
    """

    def __init__(self, models: Path, is_taken: Callable[[str], bool], cancel: CancelToken) -> None:
        self._models = models
        self._is_taken = is_taken
        self._cancel = cancel
        self.target = models
        """Where the model lies once all events were taken."""

    def folder(self, source: Path, name: str | None) -> Iterator[ModelCopied]:
        """Copy an embedding model.

        Raises:
            BadModelFile: It is none, or the name is taken or unusable.
            DiskFull: It does not fit.
        """
        check_embedding_folder(source)
        self.target = self._models / self._free_name(name or source.name, source)
        files = [path for path in source.rglob("*") if path.is_file()]
        sha256, n_before, total = "", 0, size_of(source)
        self._check_space(total)
        with replacing(self.target) as partial:
            for item in files:
                copy = partial / item.relative_to(source)
                copy.parent.mkdir(parents=True, exist_ok=True)
                n_done = 0
                for n_done, digest in copy_blocks(item, copy, self._cancel.raise_if_cancelled):
                    sha256 = digest if copy == partial / "model.safetensors" else sha256
                    yield ModelCopied(n_before + n_done, total)
                n_before += n_done
        write_sidecar(self.target, Sidecar(sha256=sha256))

    def file(self, source: Path, name: str | None) -> Iterator[ModelCopied]:
        """Copy a chat model; one of the catalogue takes its name, licence and languages there.

        Raises:
            BadModelFile: It is no usable model; the name is taken or unusable; or it carries the
                name of one of the catalogue and is another.
            DiskFull: It does not fit.
        """
        read_gguf(source)
        stem = source.name[: -len(".gguf")] if source.suffix.lower() == ".gguf" else source.name
        self._free_name(name or stem, source)
        total = size_of(source)
        self._check_space(total)
        arriving = self._models / f".adding-{stem}"
        sha256 = ""
        try:
            with replacing(arriving) as partial:
                poll = self._cancel.raise_if_cancelled
                for n_done, digest in copy_blocks(source, partial, poll):
                    sha256 = digest
                    yield ModelCopied(n_done, total)
                read_gguf(partial)  # the copy, not the original, is what will be loaded
            notes, chosen = self._recognised(source, sha256, name, stem)
            self.target = self._models / f"{self._free_name(chosen, source)}.gguf"
            write_sidecar(self.target, notes)
            arriving.replace(self.target)
        finally:
            remove(arriving)

    def _recognised(
        self, source: Path, sha256: str, name: str | None, stem: str
    ) -> tuple[Sidecar, str]:
        """Return the notes and the name of a file, by its hash."""
        offers = catalogue()
        known = offers.of_hash(sha256)
        if known is not None:
            return Sidecar(sha256, known.languages, known.licence), name or known.name
        claimed = offers.named(name or stem)
        if claimed is not None:
            raise BadModelFile(
                path=str(source),
                detail=(
                    f"it is called like {claimed.name}, whose SHA-256 is {claimed.sha256}; its own "
                    f"is {sha256}, so it is damaged or another model. If it is meant, give it "
                    "another name"
                ),
            )
        return Sidecar(sha256), name or stem

    def _free_name(self, name: str, source: Path) -> str:
        name = name.strip()
        if not name or name.startswith(".") or any(c in name for c in '/\\:*?"<>|\0\n'):
            raise BadModelFile(path=str(source), detail=f'"{name}" cannot be a model name')
        if self._is_taken(name):
            raise BadModelFile(path=str(source), detail=f'a model named "{name}" is already there')
        return name

    def _check_space(self, n_bytes: int) -> None:
        self._models.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(self._models).free < n_bytes + SAFETY_BYTES:
            raise DiskFull(path=str(self.target))
