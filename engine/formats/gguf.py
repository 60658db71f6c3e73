"""Reads and checks the header of a GGUF file, without llama.cpp.

llama.cpp would map a truncated file and crash later, or print its complaint to a log;
a person who adds a file deserves the reason at once.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field, replace
from io import BufferedReader
from math import prod
from pathlib import Path
from typing import Any

from engine.errors import BadModelFile

_SCALARS = {
    0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q",
    12: "<d",
}  # fmt: skip
_STRING, _ARRAY = 8, 9

# ggml type -> (weights per block, bytes per block).
_BLOCKS = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34),
    10: (256, 84), 11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210),
    15: (256, 292), 16: (256, 66), 17: (256, 74), 18: (256, 98), 19: (256, 50), 20: (32, 18),
    21: (256, 110), 22: (256, 82), 23: (256, 136), 24: (1, 1), 25: (1, 2), 26: (1, 4),
    27: (1, 8), 28: (1, 8), 29: (256, 56), 30: (1, 2), 34: (256, 54), 35: (256, 66),
    39: (32, 17),
}  # fmt: skip

_MAX_COUNT = 1 << 24
"""No real model has 16 million keys or tensors; a damaged count must not run for hours."""


@dataclass(frozen=True)
class GgufTensor:
    """Where one tensor lies in the file.

    Attributes:
        shape: In ggml's order, fastest dimension first.
        kind: ggml type number; 0 is F32, 1 is F16.
        start: Offset of its first byte in the file.
        n_bytes: Its size; 0 if the type is not known here.
    """

    shape: tuple[int, ...]
    kind: int
    start: int
    n_bytes: int


@dataclass(frozen=True)
class GgufHeader:
    """What a GGUF file says of itself.

    Attributes:
        version: 2 or 3.
        architecture: ``llama``, ``gemma3``, ...
        name: Name that its makers gave it; may be empty.
        context_length: Longest context it was trained for, in tokens; 0 if not stated.
        has_chat_template: Whether it can be asked questions.
        n_tensors: Number of tensors.
        n_bytes_expected: Size that the file must have at least.
        metadata: Scalar and string values by key; arrays are left out.
        tensors: By name.
    """

    version: int
    architecture: str
    name: str
    context_length: int
    has_chat_template: bool
    n_tensors: int
    n_bytes_expected: int
    metadata: dict[str, Any] = field(repr=False)
    tensors: dict[str, GgufTensor] = field(repr=False)


def read_gguf(path: Path) -> GgufHeader:
    """Read the header of a GGUF file and check that its tensors are all there.

    Raises:
        BadModelFile: It is not a GGUF language model, is one part of several, or is cut
            short; the detail says which.
    """
    try:
        with path.open("rb") as stream:
            return _Reader(path, stream).header()
    except OSError as error:
        raise BadModelFile(path=str(path), detail=error.strerror or str(error)) from error


class _Reader:
    def __init__(self, path: Path, stream: BufferedReader) -> None:
        self._path = path
        self._stream = stream
        self._n_bytes = path.stat().st_size

    def _bad(self, detail: str) -> BadModelFile:
        return BadModelFile(path=str(self._path), detail=detail)

    def _take(self, n_bytes: int) -> bytes:
        content = self._stream.read(n_bytes) if n_bytes <= self._n_bytes else b""
        if len(content) != n_bytes:
            raise self._bad("the file ends within its header; it was not copied completely")
        return content

    def _scalar(self, layout: str) -> Any:
        return struct.unpack(layout, self._take(struct.calcsize(layout)))[0]

    def _count(self) -> int:
        count = int(self._scalar("<Q"))
        if count > _MAX_COUNT:
            raise self._bad("its header is damaged")
        return count

    def _string(self) -> str:
        return self._take(int(self._scalar("<Q"))).decode("utf-8", "replace")

    def _skip_string(self) -> None:
        n_bytes = int(self._scalar("<Q"))
        if n_bytes > self._n_bytes:
            raise self._bad("its header is damaged")
        self._stream.seek(n_bytes, 1)

    def _value(self) -> Any:
        kind = self._scalar("<I")
        if kind == _STRING:
            return self._string()
        if kind == _ARRAY:
            self._skip_array()
            return None
        if kind not in _SCALARS:
            raise self._bad("its header is damaged")
        return self._scalar(_SCALARS[kind])

    def _skip_array(self) -> None:
        kind, count = self._scalar("<I"), self._count()
        if kind == _STRING:
            for _ in range(count):
                self._skip_string()
        elif kind in _SCALARS:
            self._stream.seek(struct.calcsize(_SCALARS[kind]) * count, 1)
        else:
            raise self._bad("its header is damaged")

    def header(self) -> GgufHeader:
        if self._n_bytes < 24 or self._stream.read(4) != b"GGUF":
            raise self._bad("it does not begin like one")
        version = self._scalar("<I")
        if version not in (2, 3):
            raise self._bad(f"its GGUF version {version} is not supported (2 and 3 are)")
        n_tensors, n_keys = self._count(), self._count()
        metadata = {self._string(): self._value() for _ in range(n_keys)}
        architecture = self._check_kind(metadata, n_tensors)
        alignment = metadata.get("general.alignment") or 32
        if not isinstance(alignment, int) or alignment < 1:
            raise self._bad("its header is damaged")
        tensors = self._tensors(n_tensors, alignment)
        expected = max(tensor.start + tensor.n_bytes for tensor in tensors.values())
        if self._n_bytes < expected:
            raise self._bad(
                f"it has {self._n_bytes:,} bytes and its header asks for {expected:,}; "
                "it was not copied completely"
            )
        return GgufHeader(
            version=version,
            architecture=architecture,
            name=str(metadata.get("general.name") or ""),
            context_length=int(metadata.get(f"{architecture}.context_length") or 0),
            has_chat_template=bool(metadata.get("tokenizer.chat_template")),
            n_tensors=n_tensors,
            n_bytes_expected=expected,
            metadata={key: value for key, value in metadata.items() if value is not None},
            tensors=tensors,
        )

    def _check_kind(self, metadata: dict[str, Any], n_tensors: int) -> str:
        architecture = metadata.get("general.architecture")
        if not isinstance(architecture, str) or not architecture:
            raise self._bad("it does not name its architecture")
        kind = metadata.get("general.type", "model")
        if kind != "model" or architecture == "clip":
            raise self._bad(f"it holds no language model ({kind}, {architecture})")
        n_parts = metadata.get("split.count") or 1
        if n_parts > 1:
            raise self._bad(f"it is one of {n_parts} parts; merge them into one file first")
        if not n_tensors:
            raise self._bad("it has a vocabulary but no weights")
        return architecture

    def _tensors(self, n_tensors: int, alignment: int) -> dict[str, GgufTensor]:
        found = [self._tensor() for _ in range(n_tensors)]
        start = -(-self._stream.tell() // alignment) * alignment
        return {name: replace(tensor, start=start + tensor.start) for name, tensor in found}

    def _tensor(self) -> tuple[str, GgufTensor]:
        name = self._string()
        shape = tuple(self._scalar("<Q") for _ in range(min(self._scalar("<I"), 8)))
        kind, offset = self._scalar("<I"), self._scalar("<Q")
        weights, n_bytes = _BLOCKS.get(kind, (1, 0))  # unknown type: its start must be there
        return name, GgufTensor(shape, kind, offset, prod(shape) // weights * n_bytes)
