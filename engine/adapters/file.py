"""The adapter file: safetensors with checked metadata; nothing in it is ever run.

Tensors are float32 or float16, by GGUF layer names (see :mod:`engine.adapters.layout`).
Every file is a stranger's until all of it was checked, also one that Sabun wrote itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.adapters.layout import (
    POSITIVE_PARTS,
    LayoutFault,
    check_layout,
    check_values,
    layers_with_own,
)
from engine.adapters.metadata import read_metadata, write_metadata
from engine.attention.variant import Shape
from engine.errors import AdapterDamaged, AdapterMismatch
from engine.formats.atomic_files import replacing
from engine.records import Adapter, AdapterInfo

MAX_BYTES = 64 << 20
"""Larger than any adapter of a model that fits this program; checked before reading."""

MAX_HEADER_BYTES = 4 << 20

_TYPES = {"F32": np.float32, "F16": np.float16}


def read_adapter_info(path: Path) -> AdapterInfo:
    """Read and check everything but the numbers themselves.

    Raises:
        AdapterDamaged: It is not a usable adapter; the detail says why.
    """
    with _opened(path) as reader:
        return reader.info()


def load_adapter(path: Path) -> Adapter:
    """Read and check an adapter.

    Raises:
        AdapterDamaged: It is not a usable adapter; the detail says why.
    """
    with _opened(path) as reader:
        return reader.adapter()


def save_adapter(
    path: Path, info_fields: Mapping[str, Any], tensors: Mapping[str, NDArray[Any]]
) -> AdapterInfo:
    """Check an adapter and write it; the file appears complete or not at all.

    Args:
        path: Target; is replaced.
        info_fields: Fields of :class:`AdapterInfo`; ``path``, ``n_bytes`` and what follows
            from the tensors is ignored, ``rank2`` and ``alpha2`` default to ``rank`` and
            ``alpha``.
        tensors: Float32 or float16, by name.

    Returns:
        What the file says of itself.

    Raises:
        AdapterDamaged: What was given is not an adapter.
        DiskFull: It does not fit.
    """
    from safetensors.numpy import save

    arrays = {name: np.ascontiguousarray(values) for name, values in tensors.items()}
    content = save(arrays, metadata=write_metadata(info_fields))
    with replacing(path) as partial:
        with partial.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        try:
            load_adapter(partial)
        except AdapterDamaged as error:
            raise AdapterDamaged(path=str(path), detail=error.detail) from error
    return read_adapter_info(path)


def check_fits(info: AdapterInfo, model_fingerprint: str, model_name: str) -> None:
    """Refuse an adapter that was trained for another model.

    Raises:
        AdapterMismatch: The fingerprints differ.
    """
    if info.base_fingerprint != model_fingerprint:
        raise AdapterMismatch(adapter=info.name, base=info.base_name, model=model_name)


class _Reader:
    def __init__(self, path: Path, file: Any) -> None:
        self._path = path
        self._file = file
        self._names: list[str] = list(file.keys())

    def info(self) -> AdapterInfo:
        shapes: dict[str, Shape] = {}
        for name in self._names:
            part = self._file.get_slice(name)
            if part.get_dtype() not in _TYPES:
                raise LayoutFault(f"{name} has the type {part.get_dtype()}, not F32 or F16")
            shapes[name] = tuple(part.get_shape())
        fields = read_metadata(self._file.metadata() or {})
        info = AdapterInfo(
            path=self._path,
            n_bytes=self._path.stat().st_size,
            n_parameters=sum(int(np.prod(shape)) for shape in shapes.values()),
            positive=_positive_in(shapes),
            **fields,
        )
        check_layout(info, shapes)
        return replace(info, layers=layers_with_own(info, shapes))

    def adapter(self) -> Adapter:
        info = self.info()
        tensors = {name: self._file.get_tensor(name) for name in self._names}
        checked = {name: np.asarray(values, np.float32) for name, values in tensors.items()}
        check_values(info, checked)
        return Adapter(info, checked)


def _positive_in(shapes: Mapping[str, Shape]) -> tuple[str, ...]:
    return tuple(p for p in POSITIVE_PARTS if any(f".{p}.lora_a" in name for name in shapes))


@contextmanager
def _opened(path: Path) -> Iterator[_Reader]:
    """Open a file for reading; every fault becomes :class:`AdapterDamaged`."""
    from safetensors import SafetensorError, safe_open

    try:
        _check_size(path)
        with safe_open(path, framework="numpy") as file:
            yield _Reader(path, file)
    except LayoutFault as fault:
        raise AdapterDamaged(path=str(path), detail=str(fault)) from fault
    except SafetensorError as error:
        detail = "it is damaged or cut short"
        raise AdapterDamaged(path=str(path), detail=detail) from error
    except OSError as error:
        raise AdapterDamaged(path=str(path), detail=error.strerror or str(error)) from error


def _check_size(path: Path) -> None:
    if not path.is_file():
        raise LayoutFault("there is no such file" if not path.exists() else "it is not a file")
    n_bytes = path.stat().st_size
    if n_bytes > MAX_BYTES:
        raise LayoutFault(f"it has {n_bytes >> 20} MiB, more than the {MAX_BYTES >> 20} allowed")
    with path.open("rb") as stream:
        start = stream.read(9)
    n_header = int.from_bytes(start[:8], "little")
    if len(start) < 9 or start[8:] != b"{" or n_header + 8 > n_bytes:
        raise LayoutFault("it is not a safetensors file, or it was cut short")
    if n_header > MAX_HEADER_BYTES:
        raise LayoutFault("its header is too large")
