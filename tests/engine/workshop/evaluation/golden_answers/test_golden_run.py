"""What the benchmark takes from the user's data folder, and what it refuses."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.errors import BadModelFile, CheckpointUnusable, ModelMissing, PathMissing
from engine.models.library import ModelLibrary
from engine.models.sidecar import Sidecar, write_sidecar
from engine.paths import DataPaths
from engine.workshop.evaluation.golden_answers.run import BenchmarkPlan, ask_golden, lend

Gguf = Callable[..., Path]


@pytest.fixture
def embedded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "embedded"
    folder.mkdir()
    monkeypatch.setenv("SABUN_EMBEDDED_MODELS_DIR", str(folder))
    return folder


@pytest.fixture
def library(tmp_path: Path, embedded: Path) -> ModelLibrary:
    return ModelLibrary(DataPaths(tmp_path / "own"))


@pytest.fixture
def data(tmp_path: Path) -> DataPaths:
    return DataPaths(tmp_path / "work" / "data")


def test_a_file_is_lent_by_its_path(
    library: ModelLibrary, data: DataPaths, tiny_gguf: Gguf, tmp_path: Path
) -> None:
    path = tiny_gguf(tmp_path / "given.gguf")
    for _ in range(2):  # a second run lends it again
        assert lend(str(path), library, data) == "given"
    (found,) = ModelLibrary(data).list()
    assert (found.name, found.path.resolve()) == ("given", path.resolve())


def test_an_installed_model_is_lent_by_name_with_its_notes(
    library: ModelLibrary, data: DataPaths, tiny_gguf: Gguf, tmp_path: Path
) -> None:
    path = tmp_path / "own" / "models" / "mine.gguf"
    path.parent.mkdir(parents=True)
    tiny_gguf(path)
    write_sidecar(path, Sidecar(languages=("ja",)))
    assert lend("mine", library, data) == "mine"
    assert ModelLibrary(data).find("mine", kind="chat").languages == ("ja",)


def test_the_embedded_model_needs_no_lending(
    library: ModelLibrary, data: DataPaths, tiny_gguf: Gguf, embedded: Path, tmp_path: Path
) -> None:
    path = tiny_gguf(embedded / "small.gguf")
    assert lend("", library, data) == ""
    assert lend("small", library, data) == lend(str(path), library, data) == "small"
    assert not data.models.exists()
    other = tmp_path / "small.gguf"
    shutil.copyfile(path, other)
    with pytest.raises(BadModelFile, match="model of the program"):
        lend(str(other), library, data)


def test_what_is_no_model_is_refused(
    library: ModelLibrary, data: DataPaths, tmp_path: Path
) -> None:
    with pytest.raises(ModelMissing):
        lend("nobody", library, data)
    (tmp_path / "fake.gguf").write_bytes(b"no model")
    with pytest.raises(BadModelFile):
        lend(str(tmp_path / "fake.gguf"), library, data)


@pytest.mark.models
def test_a_folder_belongs_to_the_documents_that_it_began_with(tmp_path: Path) -> None:
    paths, work = DataPaths(tmp_path / "own"), tmp_path / "work"
    with pytest.raises(PathMissing):
        list(ask_golden(BenchmarkPlan((), tmp_path / "none", work), paths))
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    list(ask_golden(BenchmarkPlan((), tmp_path / "one", work, settings={"top_k": 3}), paths))
    with pytest.raises(CheckpointUnusable):
        list(ask_golden(BenchmarkPlan((), tmp_path / "two", work), paths))
