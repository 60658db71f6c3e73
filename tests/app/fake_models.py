"""The models of the small engine."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from engine.records import ModelFile

if TYPE_CHECKING:
    from fake_engine import FakeEngine


class FakeModels:
    """The model library: two models that are there."""

    def __init__(self) -> None:
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
