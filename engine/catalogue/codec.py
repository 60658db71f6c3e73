"""Frozen records as JSON and back, exactly."""

from __future__ import annotations

import dataclasses
import json
import types
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from engine.catalogue.older_records import OLDER

Record = TypeVar("Record")


def to_json(record: Any) -> str:
    """Return a record as ASCII JSON (so that even lone surrogates survive)."""
    return json.dumps(dataclasses.asdict(record), default=_plain, separators=(",", ":"))


def from_json(kind: type[Record], text: str) -> Record:
    """Return what :func:`to_json` was given.

    Fields that ``kind`` no longer has are ignored, so that an older program can read
    what a newer one of the same catalogue version wrote; what an older program wrote is
    brought up to date by :mod:`engine.catalogue.older_records`.
    """
    record: Record = _decode(kind, json.loads(text))
    return record


def _plain(value: Any) -> Any:
    if isinstance(value, Path):
        return str(value)
    if hasattr(value, "item"):  # NumPy scalars
        return value.item()
    raise TypeError(f"{type(value).__name__} cannot be stored")


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)


def _decode(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        kind = next(option for option in get_args(kind) if option is not type(None))
        return _decode(kind, value)
    if origin is tuple:
        return tuple(_decode(get_args(kind)[0], item) for item in value)
    if origin is Literal or value is None:
        return value
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        value = OLDER[kind](value) if kind in OLDER else value
        return kind(**{k: _decode(hints[k], v) for k, v in value.items() if k in hints})
    if kind is float:
        return float(value)
    return value
