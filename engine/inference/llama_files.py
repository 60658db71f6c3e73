"""Files that llama.cpp reads beside a model (LoRA) or writes (other quantisation layouts)."""

from __future__ import annotations

import ctypes
from pathlib import Path
from typing import Any

from engine.errors import AdapterDamaged, ModelUnsupported
from engine.inference.llama import LlamaModel, clear_errors, library, recent_errors

FILE_TYPES = {"Q4_0": 2, "Q8_0": 7}
"""Layouts that :func:`quantize` writes (``LLAMA_FTYPE_MOSTLY_*``)."""


class LlamaLora:
    """A LoRA of one model's weights, in llama.cpp's own format.

    Args:
        model: Must stay open for as long as the adapter.
        path: GGUF file; not needed any more afterwards.

    Raises:
        AdapterDamaged: llama.cpp cannot use it with this model.
    """

    def __init__(self, model: LlamaModel, path: Path) -> None:
        self._lib = library()
        clear_errors()
        self.pointer: Any = self._lib.llama_adapter_lora_init(model.pointer, str(path).encode())
        if not self.pointer:
            detail = recent_errors() or "llama.cpp cannot load it"
            raise AdapterDamaged(path=str(path), detail=detail)

    def close(self) -> None:
        """Free the adapter. No context may use it any more."""
        if self.pointer:
            self._lib.llama_adapter_lora_free(self.pointer)
            self.pointer = None


def quantize(source: Path, target: Path, layout: str, n_threads: int) -> None:
    """Write a copy of a model in another quantisation layout.

    Args:
        source: GGUF file, quantised or not.
        target: Is overwritten.
        layout: One of :data:`FILE_TYPES`.
        n_threads: Threads to use.

    Raises:
        ModelUnsupported: llama.cpp cannot convert this model.
    """
    lib = library()
    clear_errors()
    parameters = lib.llama_model_quantize_default_params()
    parameters.nthread = n_threads
    parameters.ftype = FILE_TYPES[layout]
    parameters.allow_requantize = True
    status = lib.llama_model_quantize(
        str(source).encode(), str(target).encode(), ctypes.byref(parameters)
    )
    if status != 0:
        detail = recent_errors() or f"llama.cpp returned {status}"
        raise ModelUnsupported(name=source.name, detail=f"it cannot be requantised ({detail})")
