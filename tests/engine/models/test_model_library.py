from __future__ import annotations

import errno
import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from engine.cancel import CancelToken
from engine.errors import (
    BadModelFile,
    Cancelled,
    DiskFull,
    ModelBuiltIn,
    ModelMissing,
    PathMissing,
)
from engine.formats import atomic_files as files
from engine.models import ModelLibrary
from engine.models.events import ModelAdded, ModelCopied, ModelNotAdded
from engine.models.library import CHAT_MODEL
from engine.models.sidecar import Sidecar, read_sidecar, sidecar_path, write_sidecar
from engine.paths import DataPaths


@pytest.fixture
def embedded(tmp_path, monkeypatch) -> Path:
    folder = tmp_path / "embedded"
    folder.mkdir()
    monkeypatch.setenv("SABUN_EMBEDDED_MODELS_DIR", str(folder))
    return folder


@pytest.fixture
def library(tmp_path, embedded) -> ModelLibrary:
    return ModelLibrary(DataPaths(tmp_path / "data"))


def embedding_folder(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "modules.json").write_text("[]")
    (folder / "config.json").write_text("{}")
    save_file({"w": np.ones((4, 4), np.float32)}, folder / "model.safetensors")
    return folder


def test_an_added_model_is_copied_hashed_and_found(library, tiny_gguf, tmp_path):
    source = tiny_gguf(tmp_path / "My Model.gguf")
    events = list(library.adding(source))
    assert isinstance(events[-1], ModelAdded)
    assert [e.n_done for e in events[:-1] if isinstance(e, ModelCopied)][-1] == len(
        source.read_bytes()
    )
    model = library.find("My Model", kind="chat")
    assert model == events[-1].model
    assert model.path != source and model.path.read_bytes() == source.read_bytes()
    assert model.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    assert not model.embedded and model.languages == ()
    assert [(ok, m.name) for m, ok, _ in library.verify()] == [(True, "My Model")]


def test_a_name_can_be_chosen_and_not_taken_twice(library, tiny_gguf, tmp_path):
    source = tiny_gguf(tmp_path / "a.gguf")
    assert library.add(source, "会社のモデル").name == "会社のモデル"
    with pytest.raises(BadModelFile, match="already there"):
        library.add(source, "会社のモデル")


@pytest.mark.parametrize("name", ["../x", "a/b", " ", ".hidden", "a\nb", "c:d"])
def test_a_name_that_leaves_the_folder_is_refused(library, tiny_gguf, tmp_path, name):
    with pytest.raises(BadModelFile, match="cannot be a model name"):
        library.add(tiny_gguf(tmp_path / "a.gguf"), name)


def test_what_is_not_a_model_leaves_nothing_behind(library, tmp_path):
    bad = tmp_path / "bad.gguf"
    bad.write_bytes(b"MZ" * 400)
    with pytest.raises(BadModelFile):
        library.add(bad)
    with pytest.raises(PathMissing):
        library.add(tmp_path / "none.gguf")
    assert library.list() == ()
    assert not (tmp_path / "data" / "models").exists()


def test_a_cancel_leaves_nothing_behind(library, tiny_gguf, tmp_path):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(library.adding(tiny_gguf(tmp_path / "a.gguf"), cancel=cancel))
    assert list((tmp_path / "data" / "models").iterdir()) == []


def test_a_full_disk_is_said_before_anything_is_copied(library, tiny_gguf, tmp_path, monkeypatch):
    class Usage:
        free = 1000

    monkeypatch.setattr("engine.models.adding.shutil.disk_usage", lambda _path: Usage)
    with pytest.raises(DiskFull):
        library.add(tiny_gguf(tmp_path / "a.gguf"))
    assert library.list() == ()


def test_a_disk_that_fills_up_while_copying_leaves_nothing(
    library, tiny_gguf, tmp_path, monkeypatch
):
    def fails(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    source = tiny_gguf(tmp_path / "a.gguf")
    monkeypatch.setattr(files.os, "fsync", fails)
    with pytest.raises(DiskFull):
        library.add(source)
    assert library.list() == ()
    assert list((tmp_path / "data" / "models").iterdir()) == []


def test_an_unknown_name_and_the_wrong_kind_are_missing(library, tiny_gguf, tmp_path):
    library.add(tiny_gguf(tmp_path / "a.gguf"))
    for name, kind in (("b", "chat"), ("a", "embedding"), ("", "chat"), ("", "embedding")):
        with pytest.raises(ModelMissing):
            library.find(name, kind=kind)


def test_an_embedding_folder_is_added_whole(library, tmp_path):
    source = embedding_folder(tmp_path / "e5")
    (source / "1_Pooling").mkdir()
    (source / "1_Pooling" / "config.json").write_text("{}")
    model = library.add(source, kind="embedding")
    weights = (source / "model.safetensors").read_bytes()
    assert model.kind == "embedding"
    assert model.sha256 == hashlib.sha256(weights).hexdigest()
    assert (model.path / "1_Pooling" / "config.json").is_file()
    assert all(ok for _, ok, _ in library.verify())


def test_pickled_weights_and_code_are_refused(library, tmp_path):
    for name, said in (("pytorch_model.bin", "pickled"), ("x/modeling.py", "program code")):
        source = embedding_folder(tmp_path / name.replace("/", "_"))
        (source / name).parent.mkdir(exist_ok=True)
        (source / name).write_bytes(b"\x80\x04.")
        with pytest.raises(BadModelFile, match=said):
            library.add(source)


def test_a_damaged_embedding_folder_is_refused(library, tmp_path):
    for name in ("modules.json", "config.json", "model.safetensors"):
        source = embedding_folder(tmp_path / f"without-{name}")
        (source / name).unlink()
        with pytest.raises(BadModelFile, match="missing"):
            library.add(source)
        source = embedding_folder(tmp_path / f"cut-{name}")
        (source / name).write_bytes((source / name).read_bytes()[:-1])
        with pytest.raises(BadModelFile, match="damaged"):
            library.add(source)


def test_the_kind_asked_for_is_honoured(library, tiny_gguf, tmp_path):
    with pytest.raises(BadModelFile, match="is a folder"):
        library.add(tiny_gguf(tmp_path / "a.gguf"), kind="embedding")
    with pytest.raises(BadModelFile, match="is a GGUF file"):
        library.add(embedding_folder(tmp_path / "e"), kind="chat")


def test_verify_finds_what_changed_on_the_disk(library, tiny_gguf, tmp_path):
    changed = library.add(tiny_gguf(tmp_path / "a.gguf"))
    cut = library.add(tiny_gguf(tmp_path / "b.gguf"))
    dropped_in = tmp_path / "data" / "models" / "c.gguf"
    tiny_gguf(dropped_in)
    content = bytearray(changed.path.read_bytes())
    content[-1] ^= 1
    changed.path.write_bytes(content)
    cut.path.write_bytes(cut.path.read_bytes()[:-5000])
    found = {model.name: (ok, detail) for model, ok, detail in library.verify()}
    assert not found["a"][0] and "is recorded" in found["a"][1]
    assert not found["b"][0] and "not copied completely" in found["b"][1]
    assert not found["c"][0] and "no SHA-256" in found["c"][1]


def test_an_empty_name_takes_the_fastest_layout_measured(library, embedded, tiny_gguf, tmp_path):
    original = tiny_gguf(embedded / f"{CHAT_MODEL}.gguf")
    assert library.find("", kind="chat").path == original
    copy = tiny_gguf(embedded / "copy.gguf")
    write_sidecar(original, Sidecar(fastest="copy", languages=("en",)))
    assert library.find("", kind="chat").path == original  # as before, until the next start
    library = ModelLibrary(DataPaths(tmp_path / "data"))
    assert library.find("", kind="chat").path == copy
    assert library.find(CHAT_MODEL, kind="chat").path == original
    assert library.find("", kind="chat").embedded
    copy.unlink()  # a measured copy that is gone is no reason to fail
    assert library.find("", kind="chat").path == original


def test_damaged_notes_lose_only_what_they_held(library, embedded, tiny_gguf):
    model = tiny_gguf(embedded / "a.gguf")
    for content in ("{", "[]", '{"sha256": 5, "languages": "en", "licence": "MIT"}', "\x00"):
        sidecar_path(model).write_text(content)
        found = library.find("a", kind="chat")
        assert (found.sha256, found.languages) == ("", ())
    sidecar_path(model).write_text(json.dumps({"licence": "MIT", "later": 1}))
    assert read_sidecar(model).licence == "MIT"


# --- files of the catalogue, folders, removing --------------------------------------------


@pytest.fixture
def known(tiny_gguf, tmp_path, monkeypatch) -> Path:
    """A file that the catalogue in force knows as ``Known``, published as ``known-q4.gguf``."""
    (tmp_path / "stick" / "deeper").mkdir(parents=True)
    path = tiny_gguf(tmp_path / "stick" / "download(1).gguf", seed=21)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    listed = tmp_path / "models.toml"
    listed.write_text(
        "\n".join(
            [
                "[[model]]",
                'name = "Known"',
                'file = "known-q4.gguf"',
                f'sha256 = "{digest}"',
                f"n_bytes = {path.stat().st_size}",
                'licence = "MIT"',
                'languages = ["ja", "en"]',
                "n_parameters = 10",
                "n_block_parameters = 5",
                "context = 512",
                "memory_mib = 1",
                'hub = "https://huggingface.co/x/known-q4.gguf"',
            ]
        )
    )
    monkeypatch.setenv("SABUN_MODEL_CATALOGUE", str(listed))
    return path


def test_a_file_of_the_catalogue_is_recognised_by_its_hash(library, known):
    model = library.add(known)
    assert (model.name, model.licence, model.languages) == ("Known", "MIT", ("ja", "en"))
    assert model.path.name == "Known.gguf"
    with pytest.raises(BadModelFile, match="already there"):
        library.add(known)
    renamed = library.add(known, "Mine")
    assert (renamed.name, renamed.licence) == ("Mine", "MIT")


@pytest.mark.parametrize("name", ["Known.gguf", "KNOWN.gguf", "known-q4.GGUF"])
def test_another_file_under_a_name_of_the_catalogue_is_refused(
    library, known, tiny_gguf, tmp_path, name
):
    other = tiny_gguf(tmp_path / name, seed=22)
    found = hashlib.sha256(other.read_bytes()).hexdigest()
    with pytest.raises(BadModelFile, match=found):
        library.add(other)
    assert library.list() == () and not list(library._folder.glob(".adding*"))
    assert library.add(other, "My own").name == "My own"


def test_a_folder_of_models_is_added_whole(library, known, tiny_gguf, tmp_path):
    stick = known.parent
    tiny_gguf(stick / "deeper" / "B.gguf", seed=23)
    (stick / "broken.gguf").write_bytes(b"GGUF")
    (stick / ".hidden.gguf").write_bytes(b"x")
    (stick / "readme.txt").write_text("x")
    events = list(library.adding(stick))
    assert [e.model.name for e in events if isinstance(e, ModelAdded)] == ["B", "Known"]
    (failed,) = (e for e in events if isinstance(e, ModelNotAdded))
    assert failed.path.name == "broken.gguf" and isinstance(failed.error, BadModelFile)


def test_a_folder_without_a_usable_model_is_refused(library, tmp_path):
    (tmp_path / "stick").mkdir()
    with pytest.raises(BadModelFile, match=r"modules\.json"):
        library.add(tmp_path / "stick")
    (tmp_path / "stick" / "broken.gguf").write_bytes(b"GGUF")
    with pytest.raises(BadModelFile, match=r"broken\.gguf"):
        list(library.adding(tmp_path / "stick"))


def test_a_model_is_removed_with_its_other_layouts(library, tiny_gguf, tmp_path):
    library.add(tiny_gguf(tmp_path / "a.gguf"))
    library.add(tiny_gguf(tmp_path / "b.gguf", seed=2))
    copy = library._folder / "a-Q8_0.gguf"
    tiny_gguf(copy, seed=5)
    write_sidecar(copy, Sidecar(sha256="0" * 64, optimised_from="a"))
    assert [model.name for model in library.remove("a")] == ["a", "a-Q8_0"]
    assert [model.name for model in library.list()] == ["b"]
    assert sorted(path.name for path in library._folder.iterdir()) == ["b.gguf", "b.gguf.json"]
    with pytest.raises(ModelMissing):
        library.remove("a")


def test_what_came_with_the_program_is_not_removed(library, embedded, tiny_gguf):
    tiny_gguf(embedded / f"{CHAT_MODEL}.gguf")
    with pytest.raises(ModelBuiltIn, match=CHAT_MODEL):
        library.remove(CHAT_MODEL)
    assert (embedded / f"{CHAT_MODEL}.gguf").exists()
