"""The models of the small engine."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.errors import Cancelled
from engine.records import ModelFile

if TYPE_CHECKING:
    from fake_engine import FakeEngine


class FakeModels:
    """The model library: two models that are there."""

    def __init__(self) -> None:
        self.n_trials = 0
        self.trial_may_end = threading.Event()
        self.trial_ends: list[str] = []
        self.files = [
            ModelFile(
                "SmolLM2-135M-Instruct.Q4_1",
                Path("/models/smollm2.gguf"),
                "chat",
                98_362_432,
                "b179c952" + "0" * 56,
                True,
                ("en",),
                "",
                "Apache-2.0",
            ),
            ModelFile(
                "multilingual-e5-small", Path("/models/e5"), "embedding", 470_000_000, "", True
            ),
        ]

    def list(self) -> tuple[ModelFile, ...]:
        return tuple(self.files)

    def try_layouts(self, cancel: CancelToken, name: str) -> Iterator[str]:
        """A trial that takes until it is stopped, or until ``trial_may_end`` is set."""
        self.n_trials += 1
        while not self.trial_may_end.is_set():
            if cancel.wait(0.005):
                raise Cancelled
        yield self.trial_ends.pop(0) if self.trial_ends else "measured"


class FakeLoaded:
    """The two models in memory, which take a moment."""

    def __init__(self, engine: FakeEngine, models: FakeModels) -> None:
        self._engine = engine
        self._models = models

    def warm_up(self) -> None:
        self._engine.enter()
        time.sleep(self._engine.token_s)

    def chat_model_file(self) -> ModelFile:
        return self._models.files[0]
