"""Logits of the hook in llama.cpp against the float64 definition, on tiny models.

llama.cpp rounds keys, values and (in places) activations to half precision; the tolerance is
relative to the spread of the logits and was set from the error of llama.cpp's own attention.
"""

from __future__ import annotations

import numpy as np
import pytest
from hooked_model import VARIANTS, HookedModel, plan_of
from reference_attention import adapted_forward, contrast
from reference_forward import forward
from tiny_adapters import random_adapter
from tiny_models import ARCHITECTURES, TinyModel, write_tiny_model

from engine.adapters.file import load_adapter, save_adapter
from engine.adapters.fingerprint import model_fingerprint
from engine.adapters.gguf_export import export_gguf
from engine.attention.variants.contrast import LAMBDA, TEMPERATURE
from engine.records import Adapter, ModelFile
from kernels.hook import HookPlan
from kernels.registry import open_backend

TOKENS = [int(t) for t in np.random.default_rng(5).integers(3, 250, 44)]
TOLERANCE = 1e-2
SHAPES = {
    **{name: {"architecture": name} for name in ARCHITECTURES},
    "llama with factors": {"architecture": "llama", "rope_factors": True},
    "llama linear": {"architecture": "llama", "rope_scaling": "linear", "n_ctx_original": 16},
    "llama yarn": {"architecture": "llama", "rope_scaling": "yarn", "n_ctx_original": 16},
    "phi3 partial": {"architecture": "phi3", "n_rot": 8},
    "wide heads": {"architecture": "qwen3", "head_dim": 32, "n_heads": 6, "n_kv_heads": 2},
}


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    made: dict[str, TinyModel] = {}

    def get(name: str) -> TinyModel:
        if name not in made:
            path = folder / f"{name.replace(' ', '-')}.gguf"
            made[name] = write_tiny_model(path, **SHAPES[name])
        return made[name]

    return get


@pytest.fixture
def hooked():
    opened: list[HookedModel] = []

    def get(model: TinyModel, **options: object) -> HookedModel:
        opened.append(HookedModel(model.path, **options))  # type: ignore[arg-type]
        return opened[-1]

    yield get
    for model in opened:
        model.close()


def deviation(found, expected) -> float:
    return float(np.abs(found - expected).max() / expected.std())


def saved(folder, fields, tensors) -> Adapter:
    base = {"base_fingerprint": "0" * 64, "base_name": "tiny", "training": {}, "licence": ""}
    path = folder / f"{fields['name']}.safetensors"
    save_adapter(path, {**fields, **base}, tensors)
    return load_adapter(path)


@pytest.mark.parametrize("name", SHAPES)
def test_own_attention_is_bit_equal_and_baseline_as_exact(tiny, hooked, name):
    model = tiny(name)
    plain, ours = hooked(model, hooked=False), hooked(model)
    stock = plain.logits(TOKENS)
    assert np.array_equal(ours.logits(TOKENS), stock)
    ours.use(HookPlan("baseline", n_threads=2))
    expected = forward(model, TOKENS)
    error = deviation(ours.logits(TOKENS), expected)
    assert error <= max(1e-3, 1.5 * deviation(stock, expected))


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", SHAPES)
def test_variants_follow_the_definition(tiny, hooked, tmp_path, name, variant):
    model = tiny(name)
    fields, tensors = random_adapter(model.spec, **VARIANTS[variant])
    ours = hooked(model)
    ours.use(plan_of(saved(tmp_path, fields, tensors)))
    expected = adapted_forward(model, TOKENS, fields, tensors)
    assert deviation(expected, forward(model, TOKENS)) > 20 * TOLERANCE  # it does change much
    # Temperatures of up to 3 multiply scores, and with them the rounding of keys to half.
    bound = 2 * TOLERANCE if variant == "selective" else TOLERANCE
    assert deviation(ours.logits(TOKENS), expected) < bound


@pytest.mark.parametrize("variant", ["paper", "mirror", "diff-v2", "selective"])
@pytest.mark.parametrize("name", ["llama", "qwen2", "phi3"])
def test_the_positive_branch_runs_in_llama_cpp(tiny, hooked, tmp_path, name, variant):
    model = tiny(name)
    parts = ("q", "k", "v", "output")
    fields, tensors = random_adapter(model.spec, **VARIANTS[variant], positive=parts)
    adapter = saved(tmp_path, fields, tensors)
    ours = hooked(model)
    ours.use(plan_of(adapter))
    ours.use_positive(adapter, tmp_path)
    expected = adapted_forward(model, TOKENS, fields, tensors)
    assert deviation(ours.logits(TOKENS), expected) < TOLERANCE


@pytest.mark.parametrize("form", ["paper", "mirror"])
@pytest.mark.parametrize("name", ["llama", "gemma3", "phi3 partial", "llama yarn"])
def test_latent_keys_give_the_same_logits_as_kept_ones(tiny, hooked, tmp_path, name, form):
    model = tiny(name)
    fields, tensors = random_adapter(model.spec, "difflora", form=form)
    adapter = saved(tmp_path, fields, tensors)
    ours = hooked(model)
    ours.use(plan_of(adapter, latent=True))
    expected = adapted_forward(model, TOKENS, fields, tensors)
    assert deviation(ours.logits(TOKENS, 30, 1, 1, 12), expected) < TOLERANCE
    latent_bytes = ours.hook.n_second_key_bytes
    ours.use(plan_of(adapter))
    ours.logits(TOKENS)
    assert latent_bytes < 3 * ours.hook.n_second_key_bytes  # with its table of angles


@pytest.mark.parametrize("variant", ["baseline", *VARIANTS, "contrast"])
@pytest.mark.parametrize("name", ["llama", "gemma3"])
def test_any_cut_into_batches_gives_the_same(tiny, hooked, tmp_path, name, variant):
    model = tiny(name)
    ours = hooked(model)
    ours.use(_any_plan(model, variant, tmp_path))
    whole = ours.logits(TOKENS)
    for batches in ((20, 24), (1,) * len(TOKENS), (43, 1)):
        assert deviation(ours.logits(TOKENS, *batches), whole) < TOLERANCE


def _any_plan(model: TinyModel, variant: str, folder) -> HookPlan:
    if variant == "baseline":
        return HookPlan("baseline", n_threads=2)
    if variant == "contrast":
        lam = np.full(model.spec.n_heads, LAMBDA, np.float32)
        layers = {i: {"lam": lam} for i in range(model.spec.n_layers)}
        return HookPlan("contrast", layers, temperature=TEMPERATURE, n_threads=2)
    fields, tensors = random_adapter(model.spec, **VARIANTS[variant])
    return plan_of(saved(folder, fields, tensors))


def test_contrast_follows_the_definition(tiny, hooked, tmp_path):
    model = tiny("llama")
    ours = hooked(model)
    ours.use(_any_plan(model, "contrast", tmp_path))
    expected = forward(model, TOKENS, attention=contrast(lam=LAMBDA, tau=TEMPERATURE))
    assert deviation(ours.logits(TOKENS), expected) < TOLERANCE


@pytest.mark.parametrize("variant", ["baseline", *VARIANTS, "contrast"])
def test_tensors_that_are_not_in_host_memory_are_fetched_and_written_back(
    tiny, hooked, tmp_path, variant
):
    model = tiny("llama")
    plan = _any_plan(model, variant, tmp_path)
    ours = hooked(model)
    ours.use(plan)
    direct = ours.logits(TOKENS, 30, 14)
    ours.use(HookPlan(**{**plan.__dict__, "always_copy": True}))
    assert np.array_equal(ours.logits(TOKENS, 30, 14), direct)


@pytest.mark.parametrize("variant", ["baseline", "mirror", "diff-v2", "selective"])
@pytest.mark.parametrize("backend", ["naive", "opencl"])
def test_another_backend_computes_the_same(tiny, hooked, tmp_path, variant, backend):
    if backend == "opencl":
        pytest.importorskip("pyopencl")
    model = tiny("llama")
    plan = _any_plan(model, variant, tmp_path)
    ours = hooked(model)
    ours.use(plan)
    cpu = ours.logits(TOKENS, 40, 1, 3)
    ours.use(plan, open_backend(backend))
    assert deviation(ours.logits(TOKENS, 40, 1, 3), cpu) < 2e-3


def test_an_identity_adapter_changes_nothing(tiny, hooked, tmp_path):
    model = tiny("llama")
    ours = hooked(model)
    ours.use(HookPlan("baseline", n_threads=2))
    baseline = ours.logits(TOKENS)
    for variant in ("mirror", "paper"):
        fields, tensors = random_adapter(model.spec, **VARIANTS[variant])
        for name in tensors:
            if name.endswith("lambda"):
                tensors[name] = np.zeros_like(tensors[name])
        ours.use(plan_of(saved(tmp_path, fields, tensors)))
        assert deviation(ours.logits(TOKENS), baseline) < 1e-5


def test_layers_without_weights_run_baseline(tiny, hooked, tmp_path):
    model = tiny("llama")
    fields, tensors = random_adapter(model.spec, **VARIANTS["mirror"], layers=[2])
    ours = hooked(model)
    ours.use(plan_of(saved(tmp_path, fields, tensors)))
    expected = adapted_forward(model, TOKENS, fields, tensors)
    assert deviation(ours.logits(TOKENS), expected) < TOLERANCE


@pytest.mark.parametrize("variant", ["paper", "mirror", "rescaled"])
@pytest.mark.parametrize("name", ["llama", "qwen2"])
def test_unmodified_llama_cpp_agrees_on_the_folded_model(tiny, hooked, tmp_path, name, variant):
    """The same attention as plain attention with twice the heads, in llama.cpp's own code."""
    model = tiny(name)
    positive = ("q", "k", "v", "output")
    fields, tensors = random_adapter(model.spec, **VARIANTS[variant], positive=positive)
    fields["base_fingerprint"] = model_fingerprint(model.path)
    path = tmp_path / "fold.safetensors"
    save_adapter(path, {**fields, "base_name": "tiny", "training": {}, "licence": ""}, tensors)
    adapter = load_adapter(path)
    base = ModelFile("tiny", model.path, "chat", model.path.stat().st_size)
    target = tmp_path / "folded.gguf"
    list(export_gguf(adapter, base, target, weights="F32"))
    folded = HookedModel(target, hooked=False)
    expected = folded.logits(TOKENS)
    folded.close()
    ours = hooked(model)
    ours.use(plan_of(adapter))
    ours.use_positive(adapter, tmp_path)
    assert deviation(ours.logits(TOKENS), expected) < TOLERANCE
