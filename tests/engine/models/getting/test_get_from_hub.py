"""Fetching from a hub that behaves as hubs and networks do."""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import itertools
import os
import threading
from pathlib import Path

import pytest

from engine.cancel import CancelToken
from engine.errors import (
    BadModelFile,
    Cancelled,
    DiskFull,
    DownloadDamaged,
    ModelBeingFetched,
    SourceRefused,
    SourceUnreachable,
)
from engine.models.events import (
    DownloadChecked,
    DownloadProgressed,
    DownloadRetried,
    DownloadStarted,
    ModelAdded,
    SourceFailed,
)
from engine.models.fetcher import ModelFetcher
from engine.models.getting import get as getting
from engine.models.getting import http, hub, unfinished
from engine.models.getting.hub import HubSource
from engine.models.getting.reach import Reach
from engine.models.library import ModelLibrary
from engine.paths import DataPaths


@pytest.fixture(autouse=True)
def _quick(monkeypatch, tmp_path):
    monkeypatch.setattr(hub, "FIRST_WAIT_S", 0.01)
    monkeypatch.setattr(hub, "LONGEST_WAIT_S", 0.05)
    monkeypatch.setenv("SABUN_EMBEDDED_MODELS_DIR", str(tmp_path / "none"))
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def library(tmp_path) -> ModelLibrary:
    return ModelLibrary(DataPaths(tmp_path / "data"))


@pytest.fixture
def fetcher(tmp_path, library) -> ModelFetcher:
    return ModelFetcher(DataPaths(tmp_path / "data"), library)


@pytest.fixture
def models(tmp_path) -> Path:
    return tmp_path / "data" / "models"


def by(fetcher: ModelFetcher, reach: Reach) -> ModelFetcher:
    """Return a fetcher that goes another way."""
    paths = DataPaths(fetcher._folder.parent)
    return ModelFetcher(paths, fetcher._library, lambda: reach)


def left(models: Path) -> list[str]:
    return sorted(p.name for p in models.iterdir() if not p.name.endswith(".lock"))


def test_a_model_is_fetched_checked_and_found(served, fetcher, library, behaviour):
    events = list(fetcher.get(served))
    started, *_, added = events
    assert started == DownloadStarted("One", started.source, 0, served.n_bytes)
    assert started.source.startswith("127.0.0.1:")
    progress = [e for e in events if isinstance(e, DownloadProgressed)]
    assert progress[-1].n_done == served.n_bytes and progress[-1].seconds_left == 0
    checked = [e.n_done for e in events if isinstance(e, DownloadChecked)]
    assert checked[-1] == served.n_bytes
    assert isinstance(added, ModelAdded)
    model = library.find("One", kind="chat")
    assert added.model == model
    assert model.path.read_bytes() == behaviour.content
    assert (model.sha256, model.licence, model.languages) == (served.sha256, "MIT", ("en", "ja"))
    assert [ok for _, ok, _ in library.verify()] == [True]
    assert left(model.path.parent) == ["One.gguf", "One.gguf.json"]


def test_what_is_here_is_not_fetched_again(served, fetcher, behaviour):
    list(fetcher.get(served))
    asked = len(behaviour.ranges)
    (event,) = fetcher.get(served)
    assert isinstance(event, ModelAdded)
    assert len(behaviour.ranges) == asked


def test_dropped_connections_are_made_again_where_they_broke(served, fetcher, behaviour):
    behaviour.drops_after, behaviour.n_drops = 300_000, 3
    events = list(fetcher.get(served))
    assert isinstance(events[-1], ModelAdded)
    assert behaviour.ranges == [0, 300_000, 600_000, 900_000]
    retried = [e for e in events if isinstance(e, DownloadRetried)]
    assert [e.attempt for e in retried] == [2, 2, 2], "bytes came each time"
    assert "too early" in retried[0].reason


@pytest.mark.parametrize("place", ["0", "1", "3", "4", "65535", "65536", "half", "last"])
def test_cut_at_any_byte_it_becomes_the_same_file(served, fetcher, behaviour, place):
    n_bytes = {"half": served.n_bytes // 2, "last": served.n_bytes - 1}.get(place) or int(place)
    behaviour.drops_after, behaviour.n_drops = n_bytes, 1
    added = list(fetcher.get(served))[-1]
    assert isinstance(added, ModelAdded)
    assert added.model.path.read_bytes() == behaviour.content
    # Fewer bytes than tell that it is a model are not kept.
    assert behaviour.ranges == [0, n_bytes if n_bytes >= 4 else 0]


def test_a_server_that_never_sends_is_given_up_with_longer_and_longer_waits(
    served, fetcher, behaviour, monkeypatch, models
):
    monkeypatch.setattr(hub, "LONGEST_WAIT_S", 10.0)
    behaviour.drops_after = 0
    events = []
    with pytest.raises(SourceUnreachable, match="too early"):
        for event in fetcher.get(served):
            events.append(event)
    waits = [e.wait_s for e in events if isinstance(e, DownloadRetried)]
    assert len(waits) == hub.ATTEMPTS - 1
    assert all(1.2 < b / a < 3.4 for a, b in itertools.pairwise(waits)), waits


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_asked_again(served, fetcher, behaviour, status):
    behaviour.statuses = [status, status]
    events = list(fetcher.get(served))
    assert isinstance(events[-1], ModelAdded)
    assert [e.attempt for e in events if isinstance(e, DownloadRetried)] == [2, 3]
    assert str(status) in next(e.reason for e in events if isinstance(e, DownloadRetried))


def test_a_server_says_how_long_to_wait(served, fetcher, behaviour, monkeypatch):
    monkeypatch.setattr(hub, "LONGEST_WAIT_S", 30.0)
    behaviour.statuses, behaviour.retry_after = [503], 7
    events = fetcher.get(served)
    retried = next(e for e in events if isinstance(e, DownloadRetried))
    events.close()
    assert retried.wait_s == 7


@pytest.mark.parametrize(
    ("status", "words"), [(403, "forbids"), (404, "no such file"), (401, "login"), (410, "410")]
)
def test_a_refusal_is_not_asked_again(served, fetcher, behaviour, status, words):
    behaviour.statuses = [status] * 3
    with pytest.raises(SourceRefused, match=words):
        list(fetcher.get(served))
    assert len(behaviour.ranges) == 1


def test_a_web_page_of_a_proxy_is_refused_and_not_kept(served, fetcher, behaviour, models):
    behaviour.page = "<html>Please log in</html>"
    with pytest.raises(SourceRefused, match="web page"):
        list(fetcher.get(served))
    assert fetcher.n_bytes_fetched(served) == 0


def test_a_file_that_is_no_model_is_refused_at_its_first_bytes(fetcher, model_bytes, served):
    served_other = dataclasses.replace(served, n_bytes=len(model_bytes))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hub, "_GGUF", b"XXXX")
        with pytest.raises(SourceRefused, match="no GGUF file"):
            list(fetcher.get(served_other))
    assert fetcher.n_bytes_fetched(served) == 0


@pytest.mark.parametrize("by", [-1000, 1000])
def test_a_length_that_is_not_the_catalogues_is_refused(served, fetcher, behaviour, by):
    behaviour.length_error = by
    with pytest.raises(SourceRefused, match=f"{served.n_bytes + by:,} bytes"):
        list(fetcher.get(served))


def test_a_chunked_body_of_too_many_bytes_is_cut_and_refused_by_its_hash(
    served, fetcher, behaviour, models
):
    behaviour.chunked = True
    shorter = dataclasses.replace(served, n_bytes=served.n_bytes - 10_000)
    with pytest.raises(DownloadDamaged):
        list(fetcher.get(shorter))
    assert (models / "One.gguf.wrong").stat().st_size == shorter.n_bytes


def test_chunks_without_a_length_are_read(served, fetcher, behaviour):
    behaviour.chunked, behaviour.drops_after, behaviour.n_drops = True, 400_000, 2
    assert isinstance(list(fetcher.get(served))[-1], ModelAdded)
    assert len(behaviour.ranges) == 3


def test_a_wrong_byte_is_found_and_the_file_kept_aside(served, fetcher, library, behaviour, models):
    behaviour.wrong_byte = 700_001
    with pytest.raises(DownloadDamaged) as caught:
        list(fetcher.get(served))
    aside = models / "One.gguf.wrong"
    assert caught.value.data["path"] == str(aside) and caught.value.data["expected"]
    assert aside.stat().st_size == served.n_bytes
    assert library.list() == () and left(models) == ["One.gguf.wrong"]
    behaviour.wrong_byte = None
    assert isinstance(list(fetcher.get(served))[-1], ModelAdded), "the next one begins anew"


def test_a_server_without_ranges_begins_anew(served, fetcher, behaviour):
    behaviour.knows_ranges, behaviour.drops_after, behaviour.n_drops = False, 500_000, 1
    events = list(fetcher.get(served))
    assert isinstance(events[-1], ModelAdded)
    assert behaviour.ranges == [0, 500_000]


def test_redirects_are_followed_and_not_in_circles(served, fetcher, behaviour):
    behaviour.redirects = 2
    assert isinstance(list(fetcher.get(served))[-1], ModelAdded)
    assert behaviour.paths[-1] == "/moved/0.gguf"
    fetcher._library.remove("One")
    behaviour.redirects = 10**6
    with pytest.raises(SourceUnreachable, match="circles"):
        list(fetcher.get(served))


def test_nobody_there_is_said_at_once(fetcher, model_bytes, served):
    away = dataclasses.replace(served, hub="http://127.0.0.1:1/x.gguf")
    with pytest.raises(SourceUnreachable, match="refused"):
        list(fetcher.get(away))


def test_silence_is_a_broken_connection(served, fetcher, behaviour, monkeypatch):
    monkeypatch.setattr(http, "SILENCE_S", 0.4)
    behaviour.pause_s = 3.0
    events = fetcher.get(served)
    retried = next(e for e in events if isinstance(e, DownloadRetried))
    events.close()
    assert "nothing came" in retried.reason


# --- stopping and going on -------------------------------------------------------------


@pytest.mark.parametrize("n_events", [1, 2, 4, 9])
def test_cancelled_anywhere_it_goes_on_from_there(served, fetcher, behaviour, models, n_events):
    behaviour.pause_s = 0.06
    token = CancelToken()
    seen = 0
    with pytest.raises(Cancelled):
        for _event in fetcher.get(served, token):
            seen += 1
            if seen == n_events:
                token.cancel()
    here = fetcher.n_bytes_fetched(served)
    assert here < served.n_bytes
    behaviour.pause_s = 0.0
    started = next(iter(e for e in fetcher.get(served) if isinstance(e, DownloadStarted)))
    assert started.n_done == here
    assert isinstance(list(fetcher.get(served))[-1], ModelAdded)
    assert max(behaviour.ranges) >= here


def test_a_stop_does_not_wait_for_a_silent_server(served, fetcher, behaviour):
    behaviour.pause_s = 20.0
    token = CancelToken()
    timer = threading.Timer(0.3, token.cancel)
    timer.start()
    with pytest.raises(Cancelled):
        list(fetcher.get(served, token))
    timer.join()


def test_what_was_fetched_can_be_forgotten(served, fetcher, behaviour, models):
    behaviour.drops_after = 500_000
    behaviour.statuses = []
    events = fetcher.get(served)
    next(e for e in events if isinstance(e, DownloadRetried))
    events.close()
    assert fetcher.n_bytes_fetched(served) == 500_000
    fetcher.discard(served)
    assert fetcher.n_bytes_fetched(served) == 0 and left(models) == []
    fetcher.discard(served)


def test_two_downloads_of_one_file_are_one(served, fetcher, behaviour, tmp_path):
    behaviour.pause_s = 0.02
    first = fetcher.get(served)
    next(first)
    second = ModelFetcher(DataPaths(tmp_path / "data"), fetcher._library)
    with pytest.raises(ModelBeingFetched, match="One"):
        list(second.get(served))
    with pytest.raises(ModelBeingFetched):
        second.discard(served)
    assert isinstance(list(first)[-1], ModelAdded)
    assert isinstance(list(second.get(served))[-1], ModelAdded)


def test_bytes_of_another_file_of_that_name_are_forgotten(served, fetcher, behaviour, models):
    behaviour.drops_after = 500_000
    events = fetcher.get(served)
    next(e for e in events if isinstance(e, DownloadRetried))
    events.close()
    renewed = dataclasses.replace(served, sha256="0" * 64)
    started = next(e for e in fetcher.get(renewed) if isinstance(e, DownloadStarted))
    assert started.n_done == 0


# --- the disk --------------------------------------------------------------------------


def test_space_is_looked_at_first(served, fetcher, behaviour, monkeypatch):
    class Usage:
        free = served.n_bytes + unfinished.SAFETY_BYTES - 1

    monkeypatch.setattr(unfinished.shutil, "disk_usage", lambda _path: Usage)
    with pytest.raises(DiskFull):
        list(fetcher.get(served))
    assert behaviour.ranges == []


def test_a_disk_that_fills_at_99_percent_loses_nothing(served, fetcher, behaviour, monkeypatch):
    full_at = served.n_bytes * 99 // 100
    real_open = Path.open

    class Filling:
        """A file on a disk that is full behind a certain byte."""

        def __init__(self, stream):
            self._stream = stream

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self._stream.close()

        def write(self, block):
            here = self._stream.tell()
            self._stream.write(block[: max(0, full_at - here)])
            self._stream.flush()
            if here + len(block) > full_at:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        def flush(self):
            self._stream.flush()

    def open_filling(path, mode="r", **options):
        stream = real_open(path, mode, **options)
        return Filling(stream) if path.name == "whole" and mode == "ab" else stream

    monkeypatch.setattr(Path, "open", open_filling)
    with pytest.raises(DiskFull, match="kept"):
        list(fetcher.get(served))
    assert fetcher.n_bytes_fetched(served) == full_at
    monkeypatch.setattr(Path, "open", real_open)
    assert isinstance(list(fetcher.get(served))[-1], ModelAdded)
    assert behaviour.ranges == [0, full_at]


# --- ways ------------------------------------------------------------------------------


def test_a_mirror_takes_the_place_of_the_hub(served, fetcher, behaviour):
    address = served.hub.removesuffix("/some/one.gguf")
    official = dataclasses.replace(served, hub="https://huggingface.co/a/b/resolve/c/one.gguf")
    events = list(by(fetcher, Reach(mirror=f"{address}/mirror/")).get(official))
    assert isinstance(events[-1], ModelAdded)
    assert behaviour.paths == ["/mirror/a/b/resolve/c/one.gguf"]


def test_a_proxy_of_the_settings_is_asked(served, fetcher, behaviour):
    address = served.hub.removesuffix("/some/one.gguf")
    away = dataclasses.replace(served, hub="http://models.invalid/x.gguf")
    assert isinstance(list(by(fetcher, Reach(proxy=address)).get(away))[-1], ModelAdded)
    assert behaviour.paths == ["http://models.invalid/x.gguf"]


def test_a_proxy_of_the_environment_is_asked(served, fetcher, behaviour, monkeypatch):
    monkeypatch.setenv("http_proxy", served.hub.removesuffix("/some/one.gguf"))
    away = dataclasses.replace(served, hub="http://models.invalid/x.gguf")
    assert isinstance(list(fetcher.get(away))[-1], ModelAdded)
    monkeypatch.setenv("no_proxy", "models.invalid")
    fetcher._library.remove("One")
    with pytest.raises(SourceUnreachable):
        list(fetcher.get(away))
    assert len(behaviour.paths) == 1, "asked directly, not the proxy"


def test_https_through_a_proxy_that_says_no(served, fetcher, behaviour):
    address = served.hub.removesuffix("/some/one.gguf").replace("//", "//user:secret@")
    away = dataclasses.replace(served, hub="https://models.invalid/x.gguf")
    with pytest.raises(SourceUnreachable, match="403") as caught:
        list(by(fetcher, Reach(proxy=address)).get(away))
    assert behaviour.paths == ["models.invalid:443"]
    assert "secret" not in str(caught.value)


def test_the_next_source_is_tried(served, fetcher, models, behaviour):
    away = HubSource("http://127.0.0.1:1/x.gguf", Reach())
    there = HubSource(served.hub, Reach())
    events = list(getting.fetch(served, models, (away, there), CancelToken()))
    (failed,) = (e for e in events if isinstance(e, SourceFailed))
    assert failed.source == "127.0.0.1:1" and isinstance(failed.error, SourceUnreachable)
    assert (models / "One.gguf").read_bytes() == behaviour.content


def test_right_bytes_that_are_no_model_are_no_model(fetcher, served, behaviour):
    behaviour.content = b"GGUF" + b"x" * 4000
    wrong = dataclasses.replace(
        served, n_bytes=4004, sha256=hashlib.sha256(behaviour.content).hexdigest()
    )
    with pytest.raises(BadModelFile):
        list(fetcher.get(wrong))
