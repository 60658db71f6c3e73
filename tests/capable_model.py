"""A model that can answer, for slow tests: Qwen2.5-Coder-0.5B, which writes Japanese and English.

Use its fixture (``from capable_model import capable_model``) or :func:`capable_model_file`.
Tests that need it are slow tests and skip, with the reason, where it cannot be had.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from engine.cancel import CancelToken
from engine.errors import SabunError
from engine.models.getting.get import fetch, sources_of
from engine.models.getting.reach import Reach
from engine.models.offers import Offer, catalogue
from engine.records import ModelFile

NAME = "Qwen2.5-Coder-0.5B-Instruct-Q4_K_M"


def find_capable_model() -> Path:
    """Return the path of the model: that of ``SABUN_CAPABLE_MODEL``, or the tests' own copy.

    The copy is fetched once, by the program's own means. Where that fails the test is skipped.
    """
    named = os.environ.get("SABUN_CAPABLE_MODEL")
    path = Path(named) if named else _folder() / offer().stored_as
    why = f"{path} is not there" if named else "" if path.is_file() else _fetch()
    if not path.is_file():
        pytest.skip(f"needs a capable model: {why}")
    return path


def capable_model_file() -> ModelFile:
    """Return the model as the library would list it; see :func:`find_capable_model`."""
    path, known = find_capable_model(), offer()
    return ModelFile(
        name=known.name,
        path=path,
        kind="chat",
        n_bytes=path.stat().st_size,
        sha256=known.sha256,
        languages=known.languages,
        licence=known.licence,
    )


@pytest.fixture(scope="session")
def capable_model() -> ModelFile:
    """The capable model of the tests."""
    return capable_model_file()


def offer() -> Offer:
    """Return what the catalogue says of it."""
    return catalogue().find(NAME)


@cache
def _fetch() -> str:
    """Fetch the model once a run; return why it cannot be had, empty if it could."""
    try:
        for _event in fetch(offer(), _folder(), sources_of(offer(), Reach()), CancelToken()):
            pass
    except SabunError as error:
        return str(error)
    return ""


def _folder() -> Path:
    """Return where the tests keep it: beside the embedded models of the set-up."""
    return Path(__file__).resolve().parents[1] / ".venv" / "share" / "sabun" / "test-models"
