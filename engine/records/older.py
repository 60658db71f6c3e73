"""What records looked like in catalogues of earlier programs, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.records.answers import Answer
from engine.records.notices import STORED_TEXT, Notice

_KINDS = {"documents": "fact", "small-talk": "talk"}
"""What kinds of questions were once called."""


def _notice(stored: Any) -> Any:
    """Return a notice's fields; once a notice was an English sentence."""
    return {"code": STORED_TEXT, "data": {"text": stored}} if isinstance(stored, str) else stored


def _answer(stored: Any) -> Any:
    """Return an answer's fields; once it was from documents or small talk."""
    if not isinstance(stored, dict) or stored.get("kind") not in _KINDS:
        return stored
    return {**stored, "kind": _KINDS[stored["kind"]]}


OLDER: Mapping[type[Any], Callable[[Any], Any]] = {Answer: _answer, Notice: _notice}
"""By record, what turns its stored value into an object of its fields of today."""
