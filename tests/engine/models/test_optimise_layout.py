from __future__ import annotations

from dataclasses import replace

import pytest

from engine.cancel import CancelToken
from engine.errors import Cancelled, ModelMissing
from engine.formats.gguf import read_gguf
from engine.inference.measure import measure_speeds, perplexity
from engine.models import ModelLibrary
from engine.models.events import LayoutMeasured, LayoutStarted, OptimisationFinished
from engine.models.optimise import choose, describe
from engine.models.sidecar import read_sidecar
from engine.paths import DataPaths

SHIPPED = LayoutMeasured("m", "as shipped", 10, 100.0, 50.0, 20.0, 1.0)
Q8 = LayoutMeasured("m-Q8_0", "Q8_0", 15, 200.0, 50.0, 20.1, 1.005)
Q4 = LayoutMeasured("m-Q4_0", "Q4_0", 9, 300.0, 50.0, 20.8, 1.04)


@pytest.mark.parametrize(
    ("copies", "chosen"),
    [
        ((Q8, Q4), "m-Q4_0"),
        ((Q8, replace(Q4, perplexity_ratio=1.051)), "m-Q8_0"),
        ((replace(Q8, perplexity_ratio=1.021), replace(Q4, perplexity_ratio=1.2)), "m"),
        ((replace(Q8, prefill_tokens_per_second=105.0),), "m"),
        ((replace(Q8, decode_tokens_per_second=30.0),), "m"),
        ((), "m"),
    ],
)
def test_the_fastest_that_is_as_good_is_chosen(copies, chosen):
    found, reason = choose([SHIPPED, *copies])
    assert found.name == chosen
    assert reason.endswith(".")


@pytest.fixture
def library(tmp_path, monkeypatch) -> ModelLibrary:
    monkeypatch.setenv("SABUN_EMBEDDED_MODELS_DIR", str(tmp_path / "none"))
    monkeypatch.setattr("engine.models.quiet.cores_to_spare", lambda _n_cores: 1e9)
    return ModelLibrary(DataPaths(tmp_path / "data"))


def test_a_real_run_measures_every_layout_and_keeps_the_original(library, tiny_gguf, tmp_path):
    model = library.add(tiny_gguf(tmp_path / "tiny.gguf", n_ctx=1024))
    before = model.path.read_bytes()
    events = list(library.optimise("tiny"))
    assert [e.layout for e in events if isinstance(e, LayoutStarted)] == ["Q8_0", "Q4_0"]
    finished = events[-1]
    assert isinstance(finished, OptimisationFinished) and not finished.reused
    assert [m.layout for m in finished.measurements] == ["as shipped", "Q8_0", "Q4_0"]
    assert all(m.prefill_tokens_per_second > 0 for m in finished.measurements)
    assert abs(finished.measurements[1].perplexity_ratio - 1) < 0.02
    assert model.path.read_bytes() == before
    names = {item.name for item in library.list()}
    assert names == {"tiny", finished.chosen}
    assert library.measurements("tiny") == finished.measurements
    notes = read_sidecar(model.path)
    assert (notes.fastest, notes.sha256) == (finished.chosen, model.sha256)
    assert all(ok for _, ok, _ in library.verify())
    assert all(describe(event) for event in events)
    (again,) = library.optimise("tiny")
    assert again.reused and again.chosen == finished.chosen
    assert len(list(library.optimise("tiny", again=True))) > 1


def test_a_cancelled_run_leaves_only_the_original(library, tiny_gguf, tmp_path):
    model = library.add(tiny_gguf(tmp_path / "tiny.gguf", n_ctx=1024))
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        for event in library.optimise("tiny", cancel):
            if isinstance(event, LayoutStarted) and event.layout == "Q4_0":
                cancel.cancel()
    assert library.list() == (model,)
    assert sorted(p.name for p in model.path.parent.iterdir()) == ["tiny.gguf", "tiny.gguf.json"]


def test_a_missing_model_cannot_be_optimised(library):
    with pytest.raises(ModelMissing):
        library.optimise("none")


def test_a_quantised_copy_has_the_layout_asked_for(library, tiny_gguf, tmp_path):
    from engine.inference.llama_files import quantize

    source = tiny_gguf(tmp_path / "tiny.gguf")
    quantize(source, tmp_path / "q8.gguf", "Q8_0", 1)
    assert read_gguf(tmp_path / "q8.gguf").metadata["general.file_type"] == 7
    assert (tmp_path / "q8.gguf").stat().st_size < 0.6 * source.stat().st_size


def test_perplexity_of_a_random_model_is_about_its_vocabulary(tiny_model):
    text = "The quick brown fox jumps over the lazy dog. " * 20
    found = perplexity(tiny_model.path, text)
    assert 150 < found < 600  # 259 tokens; random weights are a little worse than uniform
    assert perplexity(tiny_model.path, text) == found


def test_speed_is_measured_even_for_a_text_shorter_than_the_prompt(tiny_model):
    speeds = measure_speeds(tiny_model.path, "short", n_prompt=200, n_decode=4, threads=(2, 1))
    assert list(speeds) == [2, 1]
    assert all(speed.prefill_tokens_per_second > 0 for speed in speeds.values())
    assert all(speed.decode_tokens_per_second > 0 for speed in speeds.values())
