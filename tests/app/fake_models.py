"""The models of the small engine."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.errors import BadModelFile, Cancelled, SabunError
from engine.models.events import (
    AddEvent,
    DownloadChecked,
    DownloadProgressed,
    DownloadStarted,
    GetEvent,
    ModelAdded,
    ModelCopied,
    ModelNotAdded,
    ModelRecommended,
    RecommendEvent,
)
from engine.models.fetcher import ListedOffer
from engine.models.library import CHAT_MODEL
from engine.models.offers import Offer, catalogue
from engine.models.reading_speed import ReadingSpeed
from engine.models.recommend import Recommendation, recommend
from engine.records import ModelFile

if TYPE_CHECKING:
    from fake_engine import FakeEngine

HALF, LARGER = (f"Qwen2.5-Coder-{size}-Instruct-Q4_K_M" for size in ("0.5B", "1.5B"))


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

    def remove(self, name: str) -> tuple[ModelFile, ...]:
        (gone,) = (model for model in self.files if model.name == name)
        self.files.remove(gone)
        return (gone,)

    def adding(self, path: Path, *, cancel: CancelToken) -> Iterator[AddEvent]:
        """One model of a folder is added, one is not."""
        yield ModelCopied(1, 2)
        yield ModelNotAdded(path / "b.gguf", BadModelFile(path="b.gguf", detail="no model"))
        model = ModelFile("Added", path / "a.gguf", "chat", 10)
        self.files.append(model)
        yield ModelAdded(model)

    def try_layouts(self, cancel: CancelToken, name: str) -> Iterator[str]:
        """A trial that takes until it is stopped, or until ``trial_may_end`` is set."""
        self.n_trials += 1
        while not self.trial_may_end.is_set():
            if cancel.wait(0.005):
                raise Cancelled
        yield self.trial_ends.pop(0) if self.trial_ends else "measured"


class FakeFetcher:
    """A catalogue of three models, fetched in steps that the test allows."""

    def __init__(self, models: FakeModels) -> None:
        self._models = models
        self.may_go_on = threading.Semaphore(0)
        self.offers = [catalogue().find(name) for name in (HALF, LARGER, CHAT_MODEL)]
        self.fetched: dict[str, int] = {}
        self.discarded: list[str] = []
        self.fail_with: SabunError | None = None
        self.busy = False

    def recommending(self, cancel: CancelToken) -> Iterator[RecommendEvent]:
        """The half-size model suits."""
        found = recommend(
            self.offers, ReadingSpeed("m", {"Q4_K": 40e9, "Q5_0": 32e9}, self.busy), 16 << 30
        )
        assert found is not None
        yield ModelRecommended(found)

    def listed(self, found: Recommendation) -> tuple[ListedOffer, ...]:
        here = {model.sha256: model for model in self._models.files}
        return tuple(
            ListedOffer(
                each,
                here.get(each.offer.sha256),
                self.fetched.get(each.offer.name, 0),
                found.speed.busy,
            )
            for each in found.advice
            if each.offer.has_source
        )

    def get(self, offer: Offer, cancel: CancelToken) -> Iterator[GetEvent]:
        """Four steps; each waits until the test lets it go on."""
        yield DownloadStarted(offer.name, "hub.example", self.fetched.get(offer.name, 0), 4)
        for quarter in range(1, 5):
            while not self.may_go_on.acquire(timeout=0.005):
                cancel.raise_if_cancelled()
            if self.fail_with is not None:
                raise self.fail_with
            n_done = offer.n_bytes * quarter // 4
            self.fetched[offer.name] = n_done
            yield DownloadProgressed(n_done, offer.n_bytes, 2e6, 30.0)
        yield DownloadChecked(offer.n_bytes, offer.n_bytes)
        model = ModelFile(
            offer.name, Path(offer.stored_as), "chat", offer.n_bytes, offer.sha256, False, ("ja",)
        )
        self._models.files.append(model)
        self.fetched.pop(offer.name)
        yield ModelAdded(model)

    def discard(self, offer: Offer) -> None:
        self.discarded.append(offer.name)
        self.fetched.pop(offer.name, None)


class FakeLoaded:
    """The two models in memory, which take a moment."""

    def __init__(self, engine: FakeEngine, models: FakeModels) -> None:
        self._engine = engine
        self._models = models
        self.released: list[str] = []
        self.n_warm_ups = 0

    def warm_up(self) -> None:
        self._engine.enter()
        self.n_warm_ups += 1
        time.sleep(self._engine.token_s)

    def chat_model_file(self) -> ModelFile:
        chosen = self._engine.settings.current.chat_model
        found = [model for model in self._models.files if model.name == chosen]
        return (found or self._models.files)[0]

    def release(self, name: str) -> None:
        self.released.append(name)
