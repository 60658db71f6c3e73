"""One more variant, from a file outside the program, is everywhere where variants are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import toy_variant
from hooked_model import HookedModel, plan_of
from tiny_models import TinyModel, write_tiny_model
from toy_variant import TEMPERATURE, save_toy_adapter

from engine.adapters.file import load_adapter, read_adapter_info
from engine.adapters.folding import check_foldable
from engine.adapters.library import AdapterLibrary
from engine.attention.variant import Variant
from engine.errors import AdapterDamaged, AttentionUnsupported, ExportUnsupported
from engine.inference.availability import available_attention, default_attention, support_matrix
from engine.inference.chat_model import ChatModel
from engine.inference.events import Generated, Sampling
from engine.paths import DataPaths
from engine.records import AttentionChoice, ModelFile

TESTS = Path(__file__).resolve().parents[2]
PROMPT = [int(t) for t in np.random.default_rng(8).integers(3, 250, 60)]


@pytest.fixture
def tiny(tmp_path: Path) -> TinyModel:
    return write_tiny_model(tmp_path / "tiny.gguf")


@pytest.fixture
def model(tiny: TinyModel) -> ModelFile:
    return ModelFile("tiny", tiny.path, "chat", tiny.path.stat().st_size)


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    return DataPaths(tmp_path / "data")


def test_its_adapter_is_loaded_and_checked(toy: Variant, tiny: TinyModel, paths: DataPaths) -> None:
    info = save_toy_adapter(paths.adapters, tiny.path)
    assert (info.variant, info.layers) == ("toy", tuple(range(tiny.spec.n_layers)))
    assert load_adapter(info.path).tensors["blk.0.strength"].shape == (tiny.spec.n_heads,)
    assert info in AdapterLibrary(paths).list()
    with pytest.raises(ExportUnsupported, match="its second map has a temperature"):
        check_foldable(info)


def test_without_the_variant_its_adapter_is_of_a_newer_program(
    tiny: TinyModel, paths: DataPaths
) -> None:
    with toy_variant.registered():
        path = save_toy_adapter(paths.adapters, tiny.path).path
    with pytest.raises(AdapterDamaged, match='variant "toy" is not known; update Sabun'):
        read_adapter_info(path)


def test_it_has_its_row_in_the_support_matrix(
    toy: Variant, model: ModelFile, paths: DataPaths
) -> None:
    library = AdapterLibrary(paths)
    missing = available_attention(model, library)["toy"]
    assert missing is not None and missing.code == "no-adapter"
    save_toy_adapter(paths.adapters, model.path)
    assert available_attention(model, library)["toy"] is None
    (row,) = (row for row in support_matrix(model, library) if row.mode == "toy")
    assert row.against["cpu"] is None and row.against["opencl"] is None
    refused = row.against["llama.cpp"]
    assert refused is not None and refused.code == "not-in-llama-cpp"
    assert default_attention(model, library, "auto") == "baseline"


def test_it_answers_through_the_hook(toy: Variant, model: ModelFile, paths: DataPaths) -> None:
    save_toy_adapter(paths.adapters, model.path)
    chat = ChatModel(model, n_threads=1, n_batch=64, adapters=AdapterLibrary(paths))
    try:
        replies = {}
        for mode in ("baseline", "toy"):
            use = chat.use_attention(AttentionChoice(mode))
            assert (use.mode, use.kernel) == (mode, "cpu")
            *_, last = chat.generate(PROMPT, Sampling(max_tokens=12))
            assert isinstance(last, Generated)
            replies[mode] = last.tokens
        assert use.adapter == "tiny-toy"
        assert replies["toy"] != replies["baseline"]
        with pytest.raises(AttentionUnsupported):
            chat.use_attention(AttentionChoice("gone"))
    finally:
        chat.close()


def test_the_hook_computes_what_is_trained(toy: Variant, tiny: TinyModel, paths: DataPaths) -> None:
    import torch
    import toy_trainer

    from engine.workshop.training.batch import Example, collate, lay_out
    from engine.workshop.training.model import AdaptedModel
    from engine.workshop.training.parameters import AdapterParameters
    from engine.workshop.training.registry import recipe_for
    from engine.workshop.training.weights import load_base

    adapter = load_adapter(save_toy_adapter(paths.adapters, tiny.path).path)
    base = load_base(tiny.path, "tiny")
    with toy_trainer.registered():
        parameters = AdapterParameters(recipe_for("toy", 0), base.shape, 0)
        parameters.load({k: torch.from_numpy(v) for k, v in adapter.tensors.items()})
        trained = AdaptedModel(base, parameters)
        batch = collate([lay_out([Example((PROMPT[0],), tuple(PROMPT[1:30]))])])
        trained.loss(batch).backward()  # type: ignore[no-untyped-call]
        expected = trained.logits(batch).detach().numpy()
    matrices, gates = parameters.groups()
    assert not matrices and len(gates) == tiny.spec.n_layers
    assert all(gate.grad is not None and bool((gate.grad != 0).all()) for gate in gates)
    hooked = HookedModel(tiny.path)
    try:
        plan = plan_of(adapter)
        assert (plan.variant, plan.temperature) == ("contrast", TEMPERATURE)
        hooked.use(plan)
        found = hooked.logits(PROMPT[:29])
    finally:
        hooked.close()
    np.testing.assert_allclose(found, expected, rtol=0, atol=5e-3)


def sabun(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the real command in a process that knows the variant."""
    program = (
        "import sys, toy_variant; from engine.cli import main\n"
        "with toy_variant.registered(): sys.exit(main(sys.argv[1:]))"
    )
    python_path = os.pathsep.join((str(TESTS), str(TESTS.parent)))
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        timeout=240,
        check=False,
        env={**os.environ, "PYTHONPATH": python_path},
    )


def test_the_command_line_takes_it(tiny: TinyModel, paths: DataPaths) -> None:
    with toy_variant.registered():
        save_toy_adapter(paths.adapters, tiny.path)
    there = ("--data-dir", paths.root)
    asked = sabun("ask", "What is it?", "--attention", "toy", "--collection", "none", *there)
    assert asked.returncode == 1 and "none" in asked.stderr, "the mode is none of its objections"
    refused = sabun("ask", "What is it?", "--attention", "gone", *there)
    assert refused.returncode == 2 and "toy" in refused.stderr, "usage names the modes"
    listed = json.loads(sabun("adapters", "list", "--json", *there).stdout)
    assert "tiny-toy" in [each["name"] for each in listed["adapters"]] and not listed["damaged"]
    inspected = sabun("adapters", "inspect", "tiny-toy", *there)
    assert inspected.stdout.startswith("tiny-toy  (toy)"), inspected.stderr
    assert "toy" in sabun("adapters", "train", "--help").stdout
