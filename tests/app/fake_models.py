"""The model library of the small engine."""

from __future__ import annotations

from pathlib import Path

from engine.records import ModelFile


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
