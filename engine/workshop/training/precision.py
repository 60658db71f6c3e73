"""What a run may compute with: names only, so that the command line need not import torch."""

from __future__ import annotations

from typing import Literal

Precision = Literal["auto", "float32", "bfloat16"]
"""Of the factors of large products; ``auto`` is the faster one on this processor."""

Device = Literal["cpu", "cuda"]
