"""The mean of adapters: exact, recorded, and refused where there is none."""

from __future__ import annotations

import numpy as np
import pytest

from engine.attention.adapters import load_adapter, save_adapter
from engine.attention.averaging import average_adapters
from engine.errors import OutputExists, RecipeUnusable
from engine.models.files import sha256_of


@pytest.fixture
def family(saved, tmp_path):
    """An adapter, and two that were begun with it."""
    first = saved(name="first")
    paths = [first.path]
    for seed in (2, 3):
        path = tmp_path / f"child{seed}.safetensors"
        adapter = load_adapter(saved(name=f"child{seed}", seed=seed).path)
        start = {"name": "first", "sha256": sha256_of(first.path)}
        training = {"start": start, "n_tokens": 10 * seed, "development_share": 0.05}
        save_adapter(path, {**vars(adapter.info), "training": training}, adapter.tensors)
        paths.append(path)
    return paths


def test_every_number_is_the_mean(family, tmp_path):
    info = average_adapters(family, "mean", tmp_path / "out" / "mean.safetensors")
    assert (info.name, info.variant, info.form) == ("mean", "difflora", "mirror")
    parts = [load_adapter(path).tensors for path in family]
    for name, values in load_adapter(info.path).tensors.items():
        exact = sum(part[name].astype(np.float64) for part in parts) / 3
        np.testing.assert_allclose(values, exact, rtol=1e-5, atol=1e-7)


def test_the_record_names_all_and_promises_no_more_than_each(family, tmp_path):
    record = average_adapters(family, "mean", tmp_path / "mean.safetensors").training
    assert [part["name"] for part in record["mean_of"]] == ["first", "child2", "child3"]
    assert [part["sha256"] for part in record["mean_of"]] == [sha256_of(p) for p in family]
    assert record["n_tokens"] == 30
    assert record["development_share"] == 0  # nothing is known of the first


def test_siblings_have_a_mean_without_their_parent(family, tmp_path):
    info = average_adapters(family[1:], "mean", tmp_path / "mean.safetensors")
    assert info.training["development_share"] == 0.05


def test_strangers_have_none(family, saved, tmp_path):
    stranger = saved(name="stranger", seed=9).path
    with pytest.raises(RecipeUnusable, match="stranger was not begun with one of the others"):
        average_adapters([*family, stranger], "mean", tmp_path / "mean.safetensors")
    other = saved(name="other", rank2=5).path
    with pytest.raises(RecipeUnusable, match="first and other differ in: rank2, alpha2"):
        average_adapters([family[0], other], "mean", tmp_path / "mean.safetensors")
    with pytest.raises(RecipeUnusable, match="two adapters or more"):
        average_adapters(family[:1], "mean", tmp_path / "mean.safetensors")
    assert not (tmp_path / "mean.safetensors").exists()


def test_nothing_is_replaced(family):
    before = family[1].read_bytes()
    with pytest.raises(OutputExists):
        average_adapters(family, "mean", family[1])
    assert family[1].read_bytes() == before
