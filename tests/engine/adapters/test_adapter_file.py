from __future__ import annotations

import json
import pickle
import zipfile
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.numpy import load, save
from tiny_adapters import random_adapter
from tiny_models import TinySpec

from engine.adapters.file import (
    MAX_BYTES,
    check_fits,
    load_adapter,
    read_adapter_info,
    save_adapter,
)
from engine.errors import AdapterDamaged, AdapterMismatch

VARIANTS = ("lora", "difflora", "diff-v2", "selective")


def detail_of(path: Path) -> str:
    with pytest.raises(AdapterDamaged) as caught:
        load_adapter(path)
    assert str(path) in str(caught.value)
    return caught.value.detail


def rewritten(source: Path, change) -> Path:
    """Write a copy after ``change(metadata, tensors)``, past every check of ours."""
    content = source.read_bytes()
    n = int.from_bytes(content[:8], "little")
    metadata = json.loads(content[8 : 8 + n])["__metadata__"]
    tensors = load(content)
    change(metadata, tensors)
    target = source.with_name("changed.safetensors")
    target.write_bytes(save(tensors, metadata=metadata))
    return target


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("stored", [np.float32, np.float16])
def test_what_was_saved_is_loaded(tmp_path, variant, stored):
    fields, tensors = random_adapter(TinySpec(), variant, positive=("q", "output"), layers=(0, 2))
    fields["form"] = "paper" if variant == "difflora" else ""
    fields |= {"base_fingerprint": "0f" * 32, "base_name": "ベース", "training": {"loss": [1.5]}}
    kept = {name: values.astype(stored) for name, values in tensors.items()}
    path = tmp_path / "a.safetensors"
    info = save_adapter(path, fields, kept)
    adapter = load_adapter(path)
    assert adapter.info == info == read_adapter_info(path)
    assert {key: value for key, value in asdict(info).items() if key in fields} == fields
    assert info.n_bytes == path.stat().st_size
    assert info.n_parameters == sum(values.size for values in tensors.values())
    assert info.positive == ("attn_q", "attn_output")
    assert info.layers == (() if variant == "lora" else (0, 2))
    assert info.scale == 2.0
    assert adapter.tensors.keys() == kept.keys()
    for name, values in adapter.tensors.items():
        assert values.dtype == np.float32
        assert np.array_equal(values, kept[name].astype(np.float32))


def test_saving_replaces_and_leaves_no_partial_file(tmp_path, saved):
    first = saved()
    second = saved(seed=12)
    assert first.path == second.path
    assert [p.name for p in tmp_path.iterdir()] == ["tiny-difflora.safetensors"]
    with pytest.raises(AdapterDamaged, match="not numbers"):
        fields, tensors = random_adapter(TinySpec(), "difflora", form="paper")
        tensors["blk.0.lambda"][1] = np.nan
        save_adapter(second.path, {**asdict(second), **fields}, tensors)
    assert [p.name for p in tmp_path.iterdir()] == ["tiny-difflora.safetensors"]
    assert read_adapter_info(second.path) == second


def test_only_its_own_model_fits(saved):
    info = saved(fingerprint="12" * 32)
    check_fits(info, "12" * 32, "tiny-copy")
    with pytest.raises(AdapterMismatch, match="trained for tiny and does not fit the model other"):
        check_fits(info, "34" * 32, "other")


# --- hostile and damaged files -----------------------------------------------------------


def set_metadata(**values: str | None):
    def change(metadata, tensors):
        for key, value in values.items():
            metadata.pop(key, None)
            if value is not None:
                metadata[key] = value

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (set_metadata(format="pt"), "does not say that it is a Sabun adapter"),
        (set_metadata(format_version="2"), 'format version "2" is not supported'),
        (set_metadata(variant="magic"), 'variant "magic" is not known'),
        (set_metadata(form="diagonal"), "form"),
        (set_metadata(form=""), "does not go with difflora"),
        (set_metadata(variant="diff-v2"), "does not go with diff-v2"),
        (set_metadata(rescale="yes"), "rescale"),
        (set_metadata(rank2="-3"), "rank2 is not a whole number"),
        (set_metadata(rank2="١"), "rank2 is not a whole number"),
        (set_metadata(rank2="4"), "must have [4, 64]"),
        (set_metadata(n_embd="0"), "n_embd 0 is not between"),
        (set_metadata(n_embd="99999999"), "n_embd"),
        (set_metadata(n_layers="2"), "does not belong"),
        (set_metadata(n_kv_heads="3"), "divide evenly"),
        (set_metadata(alpha2="nan"), "alpha2 is not a number"),
        (set_metadata(alpha2="1e30"), "alpha2 is not a number"),
        (set_metadata(alpha=None), "alpha is not a number"),
        (set_metadata(name=None), "name is not stated"),
        (set_metadata(name="\x1b[2J"), "name is not a usable text"),
        (set_metadata(name="x" * 300), "name is not a usable text"),
        (set_metadata(base_fingerprint="xyz"), "base_fingerprint"),
        (set_metadata(training="[1]"), "training record"),
        (set_metadata(training="[" * 100_000), "training record"),
    ],
)
def test_wrong_metadata_is_refused(saved, change, said):
    assert said in detail_of(rewritten(saved().path, change))


def put(name: str, values: object):
    def change(metadata, tensors):
        if values is None:
            del tensors[name]
        else:
            tensors[name] = values(tensors.get(name)) if callable(values) else values

    return change


def with_value(value: float):
    return lambda old: np.where(np.arange(old.size).reshape(old.shape) == 1, value, old).astype(
        old.dtype
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (put("blk.1.lambda", None), "blk.1.lambda is missing"),
        (put("blk.1.attn_k2.lora_b", None), "blk.1.attn_k2.lora_b is missing"),
        (put("blk.0.attn_q.lora_a", np.ones((4, 64), np.float32)), "attn_q.lora_b is missing"),
        (put("blk.0.attn_q2.lora_a", lambda old: old.T.copy()), "has the shape [64, 3]"),
        (put("blk.0.attn_q2.lora_a", lambda old: old[:, :32].copy()), "has the shape [3, 32]"),
        (put("blk.0.lambda", lambda old: old[:, None]), "has the shape [4, 1]"),
        (put("blk.0.lambda", lambda old: old.astype(np.float64)), "type F64"),
        (put("blk.0.lambda", lambda old: old.astype(np.int32)), "type I32"),
        (put("blk.0.ffn_up.lora_a", np.ones(3, np.float32)), "does not belong"),
        (put("blk.0.tau_q.weight", np.ones((4, 16), np.float32)), "does not belong"),
        (put("blk.3.lambda", np.ones(4, np.float32)), "does not belong"),
        (put("blk.00.lambda", np.ones(4, np.float32)), "does not belong"),
        (put("../../etc/passwd", np.ones(4, np.float32)), "does not belong"),
        (put("\x1b[31m", np.ones(4, np.float32)), "does not belong"),
        (put("blk.2.attn_k2.lora_b", with_value(np.nan)), "not numbers"),
        (put("blk.2.attn_k2.lora_b", with_value(-np.inf)), "not numbers"),
        (put("blk.2.attn_k2.lora_b", with_value(1e30)), "no training gives"),
        (put("blk.2.lambda", with_value(1.0)), "must stay below 1"),
        (put("blk.2.lambda", with_value(-1.5)), "must stay below 1"),
    ],
)
def test_wrong_tensors_are_refused(saved, change, said):
    assert said in detail_of(rewritten(saved(rescale=True).path, change))


def test_an_adapter_without_the_tensors_of_its_variant_is_refused(saved):
    def strip(metadata, tensors):
        for name in list(tensors):
            if ".attn_q." not in name:
                del tensors[name]

    assert "no tensors of its variant" in detail_of(rewritten(saved(positive=("q",)).path, strip))


def header_only(header: object, n_data: int = 0) -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + bytes(n_data)


ENTRY = {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\0" * 64,
        pickle.dumps({"blk.0.lambda": [1.0]}),
        (1 << 62).to_bytes(8, "little") + b"{}",
        header_only(b"{" + b" " * 100),
        header_only({"blk.0.lambda": ENTRY}),
        header_only({"a": ENTRY, "b": ENTRY}, 16),
        header_only({"a": {**ENTRY, "data_offsets": [8, 0]}}, 16),
        header_only({"a": {**ENTRY, "data_offsets": [-8, 8]}}, 16),
        header_only({"a": {**ENTRY, "shape": [1 << 40, 1 << 40]}}, 16),
        header_only({"a": {**ENTRY, "dtype": "O"}}, 16),
        header_only({"a": ENTRY}, 64),
        header_only(b'{"a":' * 3000),
    ],
)
def test_other_content_is_refused(tmp_path, content):
    path = tmp_path / "x.safetensors"
    path.write_bytes(content)
    assert detail_of(path)


def test_a_zip_of_pickles_is_refused(tmp_path):
    path = tmp_path / "adapter_model.safetensors"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("data.pkl", pickle.dumps([1]))
    assert "not a safetensors file" in detail_of(path)


def test_huge_files_are_refused_by_their_size(tmp_path):
    path = tmp_path / "x.safetensors"
    with path.open("wb") as stream:
        stream.write(header_only({"a": ENTRY}))
        stream.truncate(MAX_BYTES + 1)
    assert "more than the 64 allowed" in detail_of(path)
    with path.open("wb") as stream:
        stream.write((8 << 20).to_bytes(8, "little") + b"{" + b" " * (8 << 20))
    assert "header is too large" in detail_of(path)


def test_missing_files_and_folders_are_refused(tmp_path):
    assert "no such file" in detail_of(tmp_path / "nowhere.safetensors")
    assert "not a file" in detail_of(tmp_path)


@pytest.mark.parametrize("kept", [4, 9, 300, 0.5, 0.999])
def test_a_truncated_copy_is_refused(saved, tmp_path, kept):
    whole = saved().path.read_bytes()
    cut = tmp_path / "cut.safetensors"
    cut.write_bytes(whole[: int(kept * len(whole)) if isinstance(kept, float) else kept])
    assert detail_of(cut)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(at=st.floats(0, 1, exclude_max=True), value=st.integers(0, 255))
def test_a_flipped_byte_never_raises_anything_else(saved, tmp_path, at, value):
    path = tmp_path / "tiny-difflora.safetensors"
    if not path.exists():
        saved()
    damaged = bytearray(path.read_bytes())
    n_header = int.from_bytes(damaged[:8], "little") + 8
    damaged[int(at * n_header)] = value
    (tmp_path / "b.safetensors").write_bytes(damaged)
    try:
        load_adapter(tmp_path / "b.safetensors")
    except AdapterDamaged as error:
        assert error.detail
