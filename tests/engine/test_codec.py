"""Records as JSON: exact, tolerant of what other versions know, strict about types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from engine.codec import NotARecord, from_json, from_plain, to_json


@dataclass(frozen=True)
class Inner:
    name: str
    at: tuple[int, str]


@dataclass(frozen=True)
class Outer:
    inner: Inner
    path: Path
    kind: Literal["a", "b"]
    score: float
    maybe: Inner | None = None
    rows: tuple[tuple[float, ...], ...] = ()
    data: Mapping[str, str | int | float] = field(default_factory=dict)


RECORD = Outer(
    Inner("lone \ud83d surrogate", (3, "三")),
    Path("/d/契約.pdf"),
    "a",
    2,
    Inner("x", (1, "y")),
    ((1.0, 2.5), ()),
    {"model": "m", "n": 3, "share": 0.5},
)


def test_a_record_comes_back_exactly() -> None:
    text = to_json(RECORD)
    assert text.isascii()
    assert from_json(Outer, text) == RECORD


def test_places_of_a_tuple_keep_their_own_types() -> None:
    assert from_plain(Inner, {"name": "x", "at": [3, "y"]}).at == (3, "y")
    with pytest.raises(NotARecord, match="at"):
        from_plain(Inner, {"name": "x", "at": ["y", 3]})


def test_numbers_of_numpy_are_stored_as_numbers() -> None:
    shown = from_json(Outer, to_json(Outer(RECORD.inner, RECORD.path, "a", np.float32(0.5))))
    assert shown.score == 0.5


def test_what_another_version_knows_is_no_error() -> None:
    text = to_json(RECORD).replace('"kind":"a"', '"kind":"of a later version","invented":[1]')
    assert from_json(Outer, text).kind == "of a later version"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[1",
        "3",
        "null",
        "{}",
        '{"name":1,"at":[1,"y"]}',
        '{"name":"x","at":[1]}',
        '{"name":"x","at":[true,"y"]}',
        '{"name":null,"at":[1,"y"]}',
    ],
)
def test_what_is_no_record_says_so(text: str) -> None:
    with pytest.raises(NotARecord):
        from_json(Inner, text)
