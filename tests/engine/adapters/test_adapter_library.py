from __future__ import annotations

import pytest

from engine.adapters.library import AdapterLibrary
from engine.errors import (
    AdapterDamaged,
    AdapterMismatch,
    AdapterMissing,
    AdapterUnknown,
    AttentionUnsupported,
)
from engine.paths import DataPaths

OURS, OTHER = "ab" * 32, "cd" * 32


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    folder = tmp_path / "assets" / "adapters"
    monkeypatch.setenv("SABUN_EMBEDDED_ADAPTERS_DIR", str(tmp_path / "assets" / "adapters"))
    return folder


@pytest.fixture
def library(tmp_path, shipped):
    return AdapterLibrary(DataPaths(tmp_path / "data"))


@pytest.fixture
def own(tmp_path):
    return DataPaths(tmp_path / "data").adapters


def test_without_folders_there_are_no_adapters(library):
    assert library.list() == library.damaged() == ()
    with pytest.raises(AdapterMissing, match='"difflora" that fits the model tiny'):
        library.find("difflora", OURS, model_name="tiny")


def test_shipped_ones_come_first_and_a_name_occurs_once(library, shipped, own, saved):
    first = saved(folder=shipped, name="b")
    saved(folder=own, name="b")
    second = saved("selective", folder=own, name="a")
    assert library.list() == (first, second)


def test_the_first_of_the_mode_that_fits_the_model_is_found(library, own, saved):
    saved(folder=own, name="a", fingerprint=OTHER)
    saved("diff-v2", folder=own, name="b")
    third = saved(folder=own, name="c")
    assert library.find("difflora", OURS) == third
    with pytest.raises(AdapterMissing):
        library.find("selective", OURS)


def test_a_chosen_adapter_is_used_or_refused(library, own, saved):
    saved(folder=own, name="a")
    second = saved(folder=own, name="b")
    saved(folder=own, name="foreign", fingerprint=OTHER)
    assert library.find("difflora", OURS, "b") == second
    with pytest.raises(AdapterUnknown, match='no adapter "c"'):
        library.find("difflora", OURS, "c")
    with pytest.raises(AdapterMismatch, match="does not fit the model mine"):
        library.find("difflora", OURS, "foreign", model_name="mine")
    with pytest.raises(AttentionUnsupported, match="is for difflora, not selective"):
        library.find("selective", OURS, "b")


def test_damaged_files_are_listed_apart_and_named_when_chosen(library, own, saved):
    good = saved(folder=own, name="good")
    (own / "bad.safetensors").write_bytes(b"no")
    (own / ".half.safetensors.partial").write_bytes(b"no")
    (own / "notes.txt").write_text("no")
    assert library.list() == (good,)
    (fault,) = library.damaged()
    assert fault.data["path"] == str(own / "bad.safetensors")
    with pytest.raises(AdapterDamaged):
        library.get("bad")


def test_a_file_elsewhere_can_be_named_by_its_path(library, tmp_path, saved):
    info = saved(folder=tmp_path / "elsewhere")
    assert library.get(str(info.path)) == info
    with pytest.raises(AdapterUnknown):
        library.get(str(tmp_path / "elsewhere"))
