"""What records looked like in catalogues of earlier programs, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.records.notices import STORED_TEXT, Notice


def _notice(stored: Any) -> Any:
    """Return a notice's fields; once a notice was an English sentence."""
    return {"code": STORED_TEXT, "data": {"text": stored}} if isinstance(stored, str) else stored


OLDER: Mapping[type[Any], Callable[[Any], Any]] = {Notice: _notice}
"""By record, what turns its stored value into an object of its fields of today."""
