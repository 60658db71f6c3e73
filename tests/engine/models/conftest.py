from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from model_server import Behaviour, offer_of, serving

from engine.models.offers import Offer


@pytest.fixture(scope="session")
def model_bytes(tmp_path_factory, tiny_gguf: Callable[..., Path]) -> bytes:
    """A model of about 1.5 MB: a tiny real one with something behind its tensors."""
    path = tiny_gguf(tmp_path_factory.mktemp("served") / "one.gguf", seed=7)
    tail = hashlib.sha256(b"tail").digest() * (1 << 15)
    return path.read_bytes() + tail


@pytest.fixture
def behaviour(model_bytes: bytes) -> Behaviour:
    """What the server of the test does; change it."""
    return Behaviour(model_bytes)


@pytest.fixture
def served(behaviour: Behaviour) -> Iterator[Offer]:
    """An entry of the catalogue whose hub is a server on this machine."""
    with serving(behaviour) as address:
        yield offer_of(behaviour.content, address)
