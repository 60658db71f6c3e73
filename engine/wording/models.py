"""Words about models in English."""

from __future__ import annotations

import math
from collections.abc import Mapping

USES: Mapping[str, str] = {
    "quick": "quick on any machine",
    "facts": "short questions of fact",
    "everyday": "everyday questions",
    "summaries": "summaries and comparisons",
    "japanese": "Japanese documents above all",
    "english": "English documents above all",
}
"""What a model is good for, by the codes of the catalogue."""


def duration(seconds: float) -> str:
    """Return a time that is left, for people; nothing while it is unknown."""
    if not math.isfinite(seconds):
        return ""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d} left"
