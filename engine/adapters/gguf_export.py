"""Writes a model with an adapter in it as an ordinary GGUF file for any llama.cpp program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from engine.adapters.file import check_fits
from engine.adapters.fingerprint import model_fingerprint
from engine.adapters.folding import Folding, check_foldable
from engine.cancel import CancelToken
from engine.errors import ExportUnsupported, OutputExists, PathMissing
from engine.formats.atomic_files import replacing
from engine.records import Adapter, ModelFile

WeightType = Literal["F16", "F32"]

_OURS = ("general.architecture", "general.alignment")
"""Keys that the writer decides."""


@dataclass(frozen=True)
class TensorWritten:
    """Progress.

    Attributes:
        n_done: Bytes of tensors written.
        n_total: Bytes of all tensors.
    """

    n_done: int
    n_total: int


@dataclass(frozen=True)
class ModelExported:
    """Last event of :func:`export_gguf`.

    Attributes:
        path: The file.
        architecture: Its architecture.
        n_bytes: Its size.
        doubled: Whether it has twice the heads of the base model.
    """

    path: Path
    architecture: str
    n_bytes: int
    doubled: bool


ExportEvent = TensorWritten | ModelExported


def export_gguf(
    adapter: Adapter,
    model: ModelFile,
    target: Path,
    *,
    weights: WeightType = "F16",
    cancel: CancelToken | None = None,
) -> Iterator[ExportEvent]:
    """Write the model with the adapter folded in; the file appears complete or not at all.

    Args:
        adapter: One that folds into ordinary weights; see :mod:`engine.adapters.folding`.
        model: The base model, in any layout; its other tensors are copied as they are.
        target: Must not exist.
        weights: Type of the changed attention tensors.
        cancel: Stops between tensors.

    Yields:
        ``TensorWritten`` after each tensor, then ``ModelExported``.

    Raises:
        AdapterMismatch: The adapter was trained for another model.
        ExportUnsupported: No ordinary model computes this; the detail says why.
        OutputExists: There is a file at ``target``.
        PathMissing: The folder of ``target`` does not exist.
        DiskFull: It does not fit.
        Cancelled: It was stopped; nothing is left behind.
    """
    target = target.expanduser()
    check_foldable(adapter.info)
    check_fits(adapter.info, model_fingerprint(model.path), model.name)
    if not target.parent.is_dir():
        raise PathMissing(path=str(target.parent))
    if target.exists():
        raise OutputExists(path=str(target))
    export = _Export(adapter, model, weights)
    with replacing(target) as partial:
        yield from export.write(partial, cancel or CancelToken())
    yield ModelExported(
        target, export.folding.architecture, target.stat().st_size, export.folding.doubles
    )


class _Export:
    def __init__(self, adapter: Adapter, model: ModelFile, weights: WeightType) -> None:
        from gguf import GGUFReader

        self._adapter = adapter
        self._weights = weights
        self._reader: Any = GGUFReader(model.path)
        self._tensors = {tensor.name: tensor for tensor in self._reader.tensors}
        self.folding = Folding(adapter, self._load, frozenset(self._tensors))

    def _load(self, name: str) -> NDArray[np.float32]:
        from gguf.quants import dequantize

        tensor = self._tensors[name]
        try:
            values = dequantize(tensor.data, tensor.tensor_type)
        except NotImplementedError as error:
            detail = f"the model's layout {tensor.tensor_type.name} cannot be read here"
            raise ExportUnsupported(adapter=self._adapter.info.name, detail=detail) from error
        return np.asarray(values, np.float32)

    def write(self, path: Path, cancel: CancelToken) -> Iterator[TensorWritten]:
        from gguf import GGUFWriter

        writer = GGUFWriter(path, self.folding.architecture)
        try:
            for key, value, kinds in self._metadata():
                writer.add_key_value(key, value, kinds[0], sub_type=kinds[-1])
            n_total = sum(self._announce(writer, tensor) for tensor in self._reader.tensors)
            writer.write_header_to_file()
            writer.write_kv_data_to_file()
            writer.write_ti_data_to_file()
            n_done = 0
            for tensor in self._reader.tensors:
                cancel.raise_if_cancelled()
                data = self._data(tensor)
                writer.write_tensor_data(data)
                n_done += data.nbytes
                yield TensorWritten(n_done, n_total)
        finally:
            writer.close()

    # --- tensors ---------------------------------------------------------------------

    @property
    def _type(self) -> type[np.float16] | type[np.float32]:
        return np.float32 if self._weights == "F32" else np.float16

    def _announce(self, writer: Any, tensor: Any) -> int:
        """Add the entry of a tensor to the directory and return its bytes."""
        if not self.folding.changes(tensor.name):
            writer.add_tensor_info(
                tensor.name,
                tensor.data.shape,
                tensor.data.dtype,
                tensor.data.nbytes,
                tensor.tensor_type,
            )
            return int(tensor.data.nbytes)
        rows_first = tuple(int(n) for n in reversed(tensor.shape))
        shape = self.folding.shape(tensor.name, rows_first)
        kind = np.dtype(np.float32 if len(shape) == 1 else self._type)
        n_bytes = int(np.prod(shape)) * kind.itemsize
        writer.add_tensor_info(tensor.name, shape, kind, n_bytes)
        return n_bytes

    def _data(self, tensor: Any) -> NDArray[Any]:
        if not self.folding.changes(tensor.name):
            return np.asarray(tensor.data)
        values = self.folding.tensor(tensor.name)
        return np.ascontiguousarray(values if values.ndim == 1 else values.astype(self._type))

    # --- metadata --------------------------------------------------------------------

    def _metadata(self) -> Iterator[tuple[str, Any, list[Any]]]:
        """Yield ``(key, value, types)`` of the new file; the architecture is already there."""
        from gguf import GGUFValueType

        info, text, number = self._adapter.info, GGUFValueType.STRING, GGUFValueType.UINT32
        old, new = f"{info.architecture}.", f"{self.folding.architecture}."
        changed: dict[str, Any] = {
            "sabun.adapter.name": info.name,
            "sabun.adapter.variant": info.variant,
            "sabun.adapter.base_fingerprint": info.base_fingerprint,
        }
        if self.folding.doubles:
            changed |= {
                f"{new}attention.head_count": 2 * info.n_heads,
                f"{new}attention.head_count_kv": 2 * info.n_kv_heads,
                f"{new}attention.key_length": info.head_dim,
                f"{new}attention.value_length": info.head_dim,
                f"{new}rope.dimension_count": info.head_dim,
            }
        for field in self._reader.fields.values():
            key = new + field.name[len(old) :] if field.name.startswith(old) else field.name
            if key in changed or key in _OURS or key.startswith("GGUF."):
                continue
            yield key, field.contents(), field.types
        for key, value in changed.items():
            yield key, value, [text if isinstance(value, str) else number]
