"""Frozen records as JSON and back, exactly: what is stored, and what crosses processes."""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, Union, get_args, get_origin

from engine.records.older import OLDER

if TYPE_CHECKING:
    from cattrs import Converter

Record = TypeVar("Record")


class NotARecord(ValueError):
    """What was read is not a record of the kind; its text says where and why."""


def to_json(record: Any) -> str:
    """Return a record as ASCII JSON (so that even lone surrogates survive)."""
    return json.dumps(_converter().unstructure(record), default=_plain, separators=(",", ":"))


def from_json(kind: type[Record], text: str) -> Record:
    """Return what :func:`to_json` was given.

    Fields that ``kind`` no longer has are ignored, so that an older program can read
    what a newer one of the same catalogue version wrote; what an older program wrote is
    brought up to date by :mod:`engine.records.older`.

    Raises:
        NotARecord: It is no JSON, or a field is missing or of another type.
    """
    try:
        return from_plain(kind, json.loads(text))
    except json.JSONDecodeError as error:
        raise NotARecord(str(error)) from error


def from_plain(kind: type[Record], value: Any) -> Record:
    """Return the record that a JSON value stands for.

    Raises:
        NotARecord: A field is missing or of another type.
    """
    from cattrs import transform_error
    from cattrs.errors import BaseValidationError

    try:
        return _converter().structure(value, kind)
    except BaseValidationError as error:
        raise NotARecord("; ".join(transform_error(error))) from error
    except (TypeError, ValueError, KeyError) as error:
        raise NotARecord(str(error)) from error


@cache
def _converter() -> Converter:
    """Return the converter; imported late, since most runs of the program store no record."""
    from cattrs import Converter
    from cattrs.gen import make_dict_structure_fn

    made = Converter()
    made.register_unstructure_hook(Path, str)
    made.register_structure_hook(Path, lambda value, _: Path(value))
    # Another program of the same catalogue version may know more names than this one.
    made.register_structure_hook_func(_is_literal, lambda value, _: value)
    made.register_structure_hook_func(_is_plain_union, lambda value, _: value)
    for kind in (str, int, float, bool):
        made.register_structure_hook(kind, _exactly(kind))
    for record, updated in OLDER.items():
        made.register_structure_hook(record, _after(updated, make_dict_structure_fn(record, made)))
    return made


def _after(updated: Callable[[Any], Any], structure: Callable[[Any, Any], Any]) -> Any:
    """Return a hook that brings a stored value up to date before it is read."""
    return lambda value, kind: structure(updated(value), kind)


def _is_literal(kind: Any) -> bool:
    return bool(get_origin(kind) == Literal)


def _is_plain_union(kind: Any) -> bool:
    """Tell whether a type is a union of JSON's own: ``str | int | float``."""
    plain = get_origin(kind) in (Union, types.UnionType)
    return plain and all(option in (str, int, float, bool) for option in get_args(kind))


def _exactly(kind: type[Any]) -> Callable[[Any, Any], Any]:
    """Return a hook that refuses instead of converting: ``"3"`` is not 3."""
    accepted = (int, float) if kind is float else kind

    def check(value: Any, _: Any) -> Any:
        if not isinstance(value, accepted) or (isinstance(value, bool) and kind is not bool):
            raise TypeError(f"{type(value).__name__} instead of {kind.__name__}")
        return kind(value)

    return check


def _plain(value: Any) -> Any:
    if hasattr(value, "item"):  # NumPy scalars
        return value.item()
    raise TypeError(f"{type(value).__name__} cannot be stored")
