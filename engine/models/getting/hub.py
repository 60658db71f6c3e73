"""Fetching from a hub: one file at one address, in range requests, however often it breaks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from http.client import responses
from urllib.parse import urlsplit

from engine.cancel import CancelToken
from engine.errors import SourceRefused, SourceUnreachable
from engine.models.events import DownloadRetried, DownloadStarted, GetEvent
from engine.models.getting.http import Broken, Reply, Request, Unreachable, ask
from engine.models.getting.pace import Pace
from engine.models.getting.reach import Reach
from engine.models.getting.unfinished import Unfinished

ATTEMPTS = 6
"""In a row without a byte; what brings bytes counts anew."""

FIRST_WAIT_S = 1.0
"""Pause before the second attempt; each later one is about twice as long."""

LONGEST_WAIT_S = 30.0

_TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_OUT_OF_RANGE = 416
_GGUF = b"GGUF"


class HubSource:
    """One file at one ``https`` address.

    Args:
        hub: Address in the catalogue.
        reach: Mirror and proxy.
    """

    def __init__(self, hub: str, reach: Reach) -> None:
        self._url = reach.address(hub)
        self._reach = reach
        self.name = urlsplit(self._url).netloc.rpartition("@")[2] or self._url

    def fetch(self, unfinished: Unfinished, cancel: CancelToken) -> Iterator[GetEvent]:
        """Fetch what is missing.

        Yields:
            ``DownloadStarted``, then ``DownloadProgressed`` and ``DownloadRetried``.

        Raises:
            SourceUnreachable: There is no connection, or it breaks again and again.
            SourceRefused: The server answers with something else.
            DiskFull: A block does not fit.
            Cancelled: It was stopped.
        """
        offer = unfinished.offer
        unfinished.check_space()
        yield DownloadStarted(offer.name, self.name, unfinished.n_bytes, offer.n_bytes)
        pace, attempt = Pace(offer.n_bytes), 1
        while not unfinished.is_complete:
            before = unfinished.n_bytes
            try:
                reply = ask(self._request(unfinished, cancel))
                try:
                    self._check(reply, unfinished)
                    for n_done in unfinished.append(self._blocks(reply, unfinished)):
                        told = pace.progress(n_done)
                        if told is not None:
                            yield told
                finally:
                    reply.close()
                if unfinished.n_bytes == before:
                    raise Broken("the server sent nothing")
            except Unreachable as error:
                raise SourceUnreachable(source=self.name, detail=str(error)) from error
            except Broken as error:
                attempt = 2 if unfinished.n_bytes > before else attempt + 1
                if attempt > ATTEMPTS:
                    raise SourceUnreachable(source=self.name, detail=str(error)) from error
                wait_s = self._wait_s(attempt, error.wait_s)
                yield DownloadRetried(str(error), attempt, wait_s)
                cancel.wait(wait_s)
                cancel.raise_if_cancelled()

    def _request(self, unfinished: Unfinished, cancel: CancelToken) -> Request:
        return Request(
            url=self._url,
            offset=unfinished.n_bytes,
            proxy=self._reach.proxy_for,
            purpose=f"model {unfinished.offer.name}",
            poll=cancel.raise_if_cancelled,
        )

    @staticmethod
    def _wait_s(attempt: int, asked_s: float) -> float:
        doubled = FIRST_WAIT_S * 2.0 ** (attempt - 2)
        # Not all clients of a server that was down come back at once.
        jittered = doubled * random.uniform(0.8, 1.2)
        return min(LONGEST_WAIT_S, max(jittered, asked_s))

    def _check(self, reply: Reply, unfinished: Unfinished) -> None:
        """Look at the head of an answer; what is here is cut where it begins anew.

        Raises:
            Broken: Another attempt may help.
            SourceRefused: None will.
        """
        offer = unfinished.offer
        if reply.status == _OUT_OF_RANGE:
            unfinished.cut(0)
            raise Broken("the server has fewer bytes than are here; beginning anew")
        if reply.status in _TRY_AGAIN:
            raise Broken(f"the server answered {reply.status}", reply.retry_after_s)
        if reply.status not in (200, 206):
            raise self._refused(unfinished, _refusal(reply.status))
        if "html" in reply.headers.get("Content-Type", "").lower():
            raise self._refused(unfinished, "a web page came instead; a proxy may want a login")
        if reply.status == 200 and unfinished.n_bytes:
            unfinished.cut(0)  # it knows no ranges
        missing = offer.n_bytes - unfinished.n_bytes
        if reply.n_bytes is not None and reply.n_bytes != missing:
            detail = f"its file has {unfinished.n_bytes + reply.n_bytes:,} bytes, "
            raise self._refused(unfinished, f"{detail}not {offer.n_bytes:,}")

    def _blocks(self, reply: Reply, unfinished: Unfinished) -> Iterator[bytes]:
        """Yield the body; what does not begin like a model is refused before a byte is kept."""
        blocks = reply.blocks()
        if not unfinished.n_bytes:
            start = b""
            for block in blocks:
                start += block
                if len(start) >= len(_GGUF):
                    break
            if not start.startswith(_GGUF):
                raise self._refused(unfinished, "what came is no GGUF file")
            yield start
        yield from blocks

    def _refused(self, unfinished: Unfinished, detail: str) -> SourceRefused:
        return SourceRefused(source=self.name, name=unfinished.offer.name, detail=detail)


def _refusal(status: int) -> str:
    words = {401: "it asks for a login", 403: "it forbids it", 404: "it has no such file"}
    said = responses.get(status, "")
    return f"{words[status]} ({status})" if status in words else f"it answered {status} {said}"
