"""Adapters: small trained files that change a model's attention, and where they lie.

One door to :mod:`engine.attention.adapter_file`, :mod:`engine.attention.adapter_library`,
:mod:`engine.attention.fingerprint` and :mod:`engine.attention.lora_gguf`.
"""

from engine.attention.adapter_file import (
    check_fits,
    load_adapter,
    read_adapter_info,
    save_adapter,
)
from engine.attention.adapter_info import Adapter, AdapterInfo
from engine.attention.adapter_library import AdapterLibrary
from engine.attention.fingerprint import model_fingerprint
from engine.attention.lora_gguf import lora_gguf

__all__ = [
    "Adapter",
    "AdapterInfo",
    "AdapterLibrary",
    "check_fits",
    "load_adapter",
    "lora_gguf",
    "model_fingerprint",
    "read_adapter_info",
    "save_adapter",
]
