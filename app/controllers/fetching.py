"""The models that could be here: which suits this computer, and fetching one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.jobs import Job, JobRunner
from engine.cancel import CancelToken
from engine.models.events import (
    DownloadChecked,
    DownloadProgressed,
    GetEvent,
    ModelAdded,
    ModelRecommended,
)

if TYPE_CHECKING:
    from engine.facade import Engine
    from engine.models.fetcher import ListedOffer
    from engine.models.offers import Offer
    from engine.models.recommend import Recommendation


class FetchController(QObject):
    """Fetches in a lane of its own: it takes minutes and holds nothing else up.

    Signals:
        listed: All entries, as :class:`ListedOffer`.
        changed: Something began, went on or ended; the attributes say what.
        told: An event of fetching that is worth a sentence.
        fetched: The model that is here now.
        failed: An error.

    Attributes:
        offers: All entries, the recommended one first; none until they were looked at.
        running: Name of the entry that is being fetched; empty for none.
        progress: How far it is; None before its first byte.
        checking: Whether all bytes are here and are being hashed.
    """

    listed = Signal(object)
    changed = Signal()
    told = Signal(object)
    fetched = Signal(object)
    failed = Signal(object)

    def __init__(self, engine: Engine, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._runner = runner
        self._job: Job | None = None
        self._recommendation: Recommendation | None = None
        self.offers: tuple[ListedOffer, ...] = ()
        self.running = ""
        self.progress: DownloadProgressed | None = None
        self.checking = False

    def look(self) -> None:
        """Read what can be fetched; measure this computer for some seconds where that is due."""

        def work(token: CancelToken) -> Iterator[Recommendation]:
            for event in self._engine.fetcher.recommending(token):
                if isinstance(event, ModelRecommended):
                    yield event.recommendation

        if self.running:
            self.refresh()
            return
        job = self._runner.submit("fetch", work)
        job.event_received.connect(self._on_recommended)
        job.failed.connect(self.failed.emit)

    def refresh(self) -> None:
        """Read again what is here and how much of the rest."""
        known = self._recommendation
        if known is not None:
            self._runner.call(
                lambda: self._engine.fetcher.listed(known), self._take, self.failed.emit
            )

    def get(self, offer: Offer) -> None:
        """Fetch a model, or go on; nothing while another one is being fetched."""
        if self._job is not None:
            return

        def work(token: CancelToken) -> Iterator[Any]:
            return self._engine.fetcher.get(offer, token)

        self._job = self._runner.submit("fetch", work)
        self._job.event_received.connect(self._on_event)
        self._job.failed.connect(self.failed.emit)
        self._job.ended.connect(self._on_ended)
        self.running, self.progress, self.checking = offer.name, None, False
        self.changed.emit()

    def pause(self) -> None:
        """Stop fetching; what came is kept."""
        if self._job is not None:
            self._job.cancel()

    def discard(self, offer: Offer) -> None:
        """Stop fetching and forget what came."""
        if self.running == offer.name:
            self.pause()
        # Behind the job that is stopping, in the same lane.
        self._runner.call(
            lambda: self._engine.fetcher.discard(offer),
            lambda _none: self.refresh(),
            self.failed.emit,
            lane="fetch",
        )

    def _on_event(self, event: GetEvent) -> None:
        if isinstance(event, DownloadProgressed):
            self.progress = event
            self.changed.emit()
        elif isinstance(event, DownloadChecked):
            self.checking = True
            self.changed.emit()
        elif isinstance(event, ModelAdded):
            self.fetched.emit(event.model)
        else:
            self.told.emit(event)

    def _on_ended(self) -> None:
        self._job = None
        self.running, self.progress, self.checking = "", None, False
        self.changed.emit()
        self.refresh()

    def _on_recommended(self, recommendation: Recommendation) -> None:
        self._recommendation = recommendation
        self.refresh()

    def _take(self, offers: tuple[ListedOffer, ...]) -> None:
        self.offers = offers
        self.listed.emit(offers)
