"""Unmodified llama.cpp computes the reference's logits from a folded file."""

from __future__ import annotations

import gguf
import numpy as np
import pytest
from llama_runs import llama_logits
from reference_attention import adapted_forward
from reference_forward import forward
from tiny_adapters import random_adapter
from tiny_models import ARCHITECTURES, CHATML, TinyModel, write_tiny_model

from engine.adapters.file import load_adapter
from engine.adapters.fingerprint import model_fingerprint
from engine.adapters.gguf_export import ModelExported, TensorWritten, export_gguf
from engine.cancel import CancelToken
from engine.errors import AdapterMismatch, Cancelled, ExportUnsupported, OutputExists, PathMissing
from engine.formats.gguf import read_gguf
from engine.inference.llama_files import quantize
from engine.records import ModelFile

TOKENS = [5, 9, 200, 31, 31, 77, 8, 120, 64, 3, 17, 90]


def base_of(model: TinyModel) -> ModelFile:
    return ModelFile("tiny", model.path, "chat", model.path.stat().st_size)


@pytest.fixture
def folded(tmp_path, saved):
    """Return a function that exports a random adapter and returns (path, its reference)."""

    def fold(model: TinyModel, variant: str = "difflora", weights="F32", **options: object):
        fingerprint = model_fingerprint(model.path)
        info = saved(variant, model.spec, fingerprint=fingerprint, **options)
        target = tmp_path / "folded.gguf"
        *steps, last = export_gguf(load_adapter(info.path), base_of(model), target, weights=weights)
        assert all(isinstance(step, TensorWritten) for step in steps)
        assert steps[-1].n_done == steps[-1].n_total > 0
        assert isinstance(last, ModelExported)
        assert (last.path, last.n_bytes) == (target, target.stat().st_size)
        fields, tensors = random_adapter(model.spec, variant, **options)
        return target, adapted_forward(model, TOKENS, fields, tensors)

    return fold


@pytest.mark.parametrize("architecture", ["llama", "qwen2"])
@pytest.mark.parametrize("form", ["paper", "mirror"])
@pytest.mark.parametrize("rescale", [False, True])
@pytest.mark.parametrize("positive", [(), ("q", "k", "v", "output")])
def test_difflora_folds_exactly(tmp_path, folded, architecture, form, rescale, positive):
    model = write_tiny_model(tmp_path / "a.gguf", architecture=architecture)
    path, expected = folded(model, form=form, rescale=rescale, positive=positive)
    assert np.abs(llama_logits(path, TOKENS, exact=True) - expected).max() < 2e-5 * expected.std()
    assert np.abs(expected - forward(model, TOKENS)).max() > 0.1 * expected.std()


@pytest.mark.parametrize("architecture", ["llama", "qwen2"])
def test_layers_without_a_second_branch_stay_as_they_were(tmp_path, folded, architecture):
    model = write_tiny_model(tmp_path / "a.gguf", architecture=architecture)
    path, expected = folded(model, form="paper", layers=(1,), positive=("q",))
    assert np.abs(llama_logits(path, TOKENS, exact=True) - expected).max() < 2e-5 * expected.std()


@pytest.mark.parametrize(
    "shape",
    [
        {"rope_factors": True, "head_dim": 32},
        {"rope_scaling": "yarn", "n_ctx_original": 256, "tied": True},
        {"architecture": "qwen2", "rope_scaling": "yarn", "n_ctx_original": 256},
    ],
)
def test_rotation_and_shape_are_kept(tmp_path, folded, shape):
    model = write_tiny_model(tmp_path / "a.gguf", **shape)
    path, expected = folded(model, form="mirror")
    assert np.abs(llama_logits(path, TOKENS, exact=True) - expected).max() < 2e-5 * expected.std()


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_lora_alone_is_merged_without_doubling(tmp_path, folded, architecture):
    model = write_tiny_model(tmp_path / "a.gguf", architecture=architecture)
    path, expected = folded(model, "lora", positive=("q", "v", "output"))
    tolerance = 2e-3 if architecture == "gemma3" else 2e-5  # its GELU comes from a table
    found = llama_logits(path, TOKENS, exact=True)
    assert np.abs(found - expected).max() < tolerance * expected.std()
    header, before = read_gguf(path), read_gguf(model.path)
    assert header.architecture == architecture
    assert {n: t.shape for n, t in header.tensors.items()} == {
        n: t.shape for n, t in before.tensors.items()
    }


def test_a_quantised_model_keeps_its_other_tensors(tmp_path, folded):
    model = write_tiny_model(tmp_path / "f16.gguf", weight_type="F16", template=CHATML)
    quantize(model.path, tmp_path / "q8.gguf", "Q8_0", 1)
    before = {t.name: t for t in gguf.GGUFReader(tmp_path / "q8.gguf").tensors}
    dequantised = {
        name: gguf.quants.dequantize(t.data, t.tensor_type) for name, t in before.items()
    }
    quantised = TinyModel(tmp_path / "q8.gguf", model.spec, dequantised)
    path, expected = folded(quantised, weights="F16", form="mirror", positive=("v",))
    after = {t.name: t for t in gguf.GGUFReader(path).tensors}
    for name, tensor in after.items():
        if ".attn_" not in name or "norm" in name:
            assert tensor.tensor_type == before[name].tensor_type
            assert np.array_equal(tensor.data, before[name].data)
        else:
            assert tensor.tensor_type == gguf.GGMLQuantizationType.F16
    assert any(t.tensor_type == gguf.GGMLQuantizationType.Q8_0 for t in after.values())
    deviation = llama_logits(path, TOKENS, exact=True) - expected
    assert np.sqrt(np.mean(deviation**2)) < 0.03 * expected.std()  # Q8_0 activations


def test_the_vocabulary_and_the_template_come_along(tmp_path, folded):
    model = write_tiny_model(tmp_path / "a.gguf", architecture="qwen2", template=CHATML)
    path, _ = folded(model, form="mirror")
    before, after = (gguf.GGUFReader(p).fields for p in (model.path, path))
    kept = [key for key in before if key.startswith("tokenizer.")]
    assert "tokenizer.chat_template" in kept
    assert all(before[key].contents() == after[key].contents() for key in kept)
    assert not any(key.startswith("qwen2.") for key in after)
    numbers = {key: after[f"llama.{key}"].contents() for key in (
        "attention.head_count", "attention.head_count_kv", "attention.key_length",
        "attention.value_length", "rope.dimension_count", "block_count",
    )}  # fmt: skip
    assert list(numbers.values()) == [8, 4, 16, 16, 16, 3]
    assert after["sabun.adapter.name"].contents() == "tiny-difflora"


@pytest.mark.parametrize(
    ("architecture", "variant", "said"),
    [
        ("llama", "diff-v2", "lambda differs from token to token"),
        ("llama", "selective", "temperatures differ from token to token"),
        ("qwen3", "difflora", "normalises every query and key head"),
        ("gemma3", "difflora", "normalises every query and key head"),
        ("phi3", "difflora", "as many heads as its embedding is wide"),
    ],
)
def test_what_cannot_be_folded_is_refused(tmp_path, folded, architecture, variant, said):
    model = write_tiny_model(tmp_path / "a.gguf", architecture=architecture)
    with pytest.raises(ExportUnsupported, match=said):
        folded(model, variant)
    assert not (tmp_path / "folded.gguf").exists()


def test_nothing_is_replaced_and_another_model_is_refused(tmp_path, saved):
    model = write_tiny_model(tmp_path / "a.gguf")
    adapter = load_adapter(saved(fingerprint=model_fingerprint(model.path)).path)
    before = model.path.read_bytes()
    with pytest.raises(OutputExists):
        list(export_gguf(adapter, base_of(model), model.path))
    assert model.path.read_bytes() == before
    with pytest.raises(PathMissing):
        list(export_gguf(adapter, base_of(model), tmp_path / "none" / "b.gguf"))
    other = write_tiny_model(tmp_path / "b.gguf", seed=2)
    with pytest.raises(AdapterMismatch):
        list(export_gguf(adapter, base_of(other), tmp_path / "c.gguf"))


def test_stopping_leaves_nothing_behind(tmp_path, saved):
    model = write_tiny_model(tmp_path / "a.gguf")
    adapter = load_adapter(saved(fingerprint=model_fingerprint(model.path)).path)
    cancel, folder = CancelToken(), tmp_path / "out"
    folder.mkdir()
    events = export_gguf(adapter, base_of(model), folder / "b.gguf", cancel=cancel)
    next(events)
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(events)
    assert list(folder.iterdir()) == []
