"""Every error says what happened and what to do, in one sentence or two."""

from __future__ import annotations

import inspect
import string

import pytest

from engine import errors

LEAVES = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, errors.SabunError) and "code" in vars(kind)
]


@pytest.mark.parametrize("kind", LEAVES, ids=lambda kind: kind.__name__)
def test_the_sentence_carries_its_data(kind: type[errors.SabunError]) -> None:
    fields = [name for _, name, _, _ in string.Formatter().parse(kind.sentence) if name]
    error = kind(**{name: f"<{name}>" for name in fields})
    assert all(f"<{name}>" in str(error) for name in fields)
    assert str(error).endswith((".", "FILE", "PATH", "NAME", "--data-dir."))
    assert error.data == {name: f"<{name}>" for name in fields}


def test_codes_are_unique() -> None:
    codes = [kind.code for kind in LEAVES]
    assert len(codes) == len(set(codes))
