"""The models that could be here: which suits this machine, and fetching one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.cancel import CancelToken
from engine.errors import ModelMissing
from engine.models.events import (
    GetEvent,
    ModelAdded,
    ModelRecommended,
    RecommendEvent,
    SpeedMeasured,
)
from engine.models.getting.get import fetch, sources_of
from engine.models.getting.reach import Reach
from engine.models.getting.unfinished import discard, n_bytes_here
from engine.models.library import CHAT_MODEL, ModelLibrary
from engine.models.machine import memory_bytes
from engine.models.offers import Offer, catalogue
from engine.models.reading_speed import measure, stored_speed
from engine.models.recommend import Advice, Recommendation, recommend
from engine.paths import DataPaths
from engine.records import ModelFile


@dataclass(frozen=True)
class ListedOffer:
    """One entry of the catalogue as it stands on this machine.

    Attributes:
        advice: What is to be said of it here.
        installed: The model, if it is here.
        n_bytes_fetched: Bytes of it that wait to be gone on with.
        at_most: Whether the seconds of the advice are an upper bound, as the machine was busy.
    """

    advice: Advice
    installed: ModelFile | None
    n_bytes_fetched: int
    at_most: bool = False


class ModelFetcher:
    """Recommends models of the catalogue and fetches them. May be used from any thread.

    Args:
        paths: The data folder; what is fetched lies in its ``models`` folder.
        library: Where a fetched model is then found.
        reach: Tells mirror and proxy; by default the hub itself and what the environment says.
    """

    def __init__(
        self, paths: DataPaths, library: ModelLibrary, reach: Callable[[], Reach] = Reach
    ) -> None:
        self._folder = paths.models
        self._library = library
        self._reach = reach

    def get(self, offer: Offer, cancel: CancelToken | None = None) -> Iterator[GetEvent]:
        """Fetch a model of the catalogue; see :func:`engine.models.getting.get.fetch`.

        Args:
            offer: Entry of the catalogue.
            cancel: Stops within a moment; what was fetched is kept and gone on with.

        Yields:
            What ``fetch`` yields, then ``ModelAdded``; only that where the model is here.
        """
        here = self.installed(offer)
        if here is None:
            sources = sources_of(offer, self._reach())
            yield from fetch(offer, self._folder, sources, cancel or CancelToken())
            self._library.settle_anew()
            here = self._library.find(offer.name, kind="chat")
        yield ModelAdded(here)

    def installed(self, offer: Offer) -> ModelFile | None:
        """Return the model of an entry, under whatever name it is here; None if it is not."""
        models = self._library.list()
        return next((model for model in models if model.sha256 == offer.sha256), None)

    def listed(self, recommendation: Recommendation) -> tuple[ListedOffer, ...]:
        """Return all entries that can be fetched, the recommended one first."""
        return tuple(
            ListedOffer(
                each,
                self.installed(each.offer),
                self.n_bytes_fetched(each.offer),
                recommendation.speed.busy,
            )
            for each in recommendation.advice
            if each.offer.has_source
        )

    def n_bytes_fetched(self, offer: Offer) -> int:
        """Return how much of an entry was fetched and waits to be gone on with."""
        return n_bytes_here(self._folder, offer)

    def discard(self, offer: Offer) -> None:
        """Forget what was fetched of an entry.

        Raises:
            ModelBeingFetched: It is being fetched just now.
        """
        discard(self._folder, offer)

    def recommending(
        self, cancel: CancelToken | None = None, *, again: bool = False
    ) -> Iterator[RecommendEvent]:
        """Find the model of the catalogue that suits this machine.

        Args:
            cancel: Stops between the rounds of the self-test.
            again: Measure even if a measurement on this machine is kept; one that was made
                beside other programs is made again anyway.

        Yields:
            ``SpeedMeasured`` per round of the self-test, where it is due; then
            ``ModelRecommended``.

        Raises:
            ModelMissing: The catalogue has no embedded model to fall back on.
            OSError: There is no room for the self-test.
            BadData: The catalogue cannot be read.
            Cancelled: It was stopped.
        """
        speed = None if again else stored_speed(self._folder)
        if speed is None or speed.busy:
            for speed in measure(self._folder, cancel or CancelToken()):
                yield SpeedMeasured(speed)
            self._library.settle_anew()
        found = recommend(catalogue().offers, speed, memory_bytes()) if speed else None
        if found is None:
            raise ModelMissing(name=CHAT_MODEL)
        yield ModelRecommended(found)
