"""Our attention inside llama.cpp: the hook that llama.cpp's evaluation callback calls.

``src/llama/hook.h`` says how it works. One hook serves one context, whose ``cb_eval`` and
``cb_eval_user_data`` it provides; it must outlive the context. Not thread-safe.

Letters: E model dim, H query heads, G key/value heads, D head dim, r rank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from kernels.compiled import native
from kernels.errors import BackendUnavailable, KernelError
from kernels.ggml_library import addresses, ggml_libraries
from kernels.hook_runner import BackendRunner
from kernels.registry import Backend

F32 = NDArray[np.float32]
Variant = str
"""A name of :func:`variants`; the compiled hook refuses others."""
LEFT_ALONE: Variant = "own"
"""llama.cpp computes attention itself."""

_GGML_FUNCTIONS = """
    ggml_backend_buffer_is_host ggml_backend_tensor_get ggml_backend_tensor_set ggml_op_name
    ggml_init ggml_free ggml_new_tensor_3d ggml_custom_4d ggml_set_name ggml_permute ggml_scale
    ggml_get_data
""".split()


class HookError(KernelError):
    """The graph of this model is not one that the hook can replace attention in."""


class LayerWeights(TypedDict, total=False):
    """What a variant adds to one layer; all float32, C order. A layer with none runs baseline.

    Attributes:
        q2_a: ``[E, r]``; q2_b: ``[r, H D]``, ``alpha / rank`` inside: second queries.
        k2_a: ``[E, r]``; k2_b: ``[r, G D]``: second keys.
        lam: ``[H]``, constant lambda.
        lam_weight: ``[E, H]``; lam_bias: ``[H]``: lambda per token, through a sigmoid.
        tau_q: ``[H, D]``; tau_v: ``[G, D]``: temperatures of queries and values.
        tau_q_gain: Factor on ``log(n)`` in the temperature of queries; tau_v_gain: of values.
    """

    q2_a: F32
    q2_b: F32
    k2_a: F32
    k2_b: F32
    lam: F32
    lam_weight: F32
    lam_bias: F32
    tau_q: F32
    tau_v: F32
    tau_q_gain: float
    tau_v_gain: float


@dataclass(frozen=True)
class PrefillPlan:
    """How prompts are read; the default reads them densely. See ``src/llama/settings.h``.

    Attributes:
        window: Sink and sliding window.
        select: Blocks chosen by pooled scores; compress: with centroids for marginal ones.
        correct: Delta correction by every ``gamma``-th row. smoothing: see
            :func:`kernels.reference.delta_corrected`.
        sink_keys: First keys that are always read; window_keys: last ones.
        gamma: Distance of dense rows.
        min_tokens: Shorter prompts are read densely.
        mass: Share of the pooled softmax that exact blocks reach; marginal_mass: with centroids.
        sink_blocks: First blocks that are always exact; local_blocks: last ones.
    """

    window: bool = False
    select: bool = False
    compress: bool = False
    correct: bool = False
    sink_keys: int = 128
    window_keys: int = 512
    gamma: int = 64
    smoothing: float = 1.0
    min_tokens: int = 0
    mass: float = 0.9
    marginal_mass: float = 0.99
    sink_blocks: int = 1
    local_blocks: int = 8


@dataclass(frozen=True)
class HookPlan:
    """Everything that one way to attend needs.

    Attributes:
        variant: One of :func:`variants`.
        layers: Weights per layer number.
        rescale: Divide by ``1 - lambda``.
        temperature: What a variant that flattens its second map divides queries by.
        latent: Keep second keys as a latent instead of whole.
        prefill: How prompts are read.
        n_threads: Threads of the kernel.
        always_copy: Treat every tensor as if it lived on a device (tests).
    """

    variant: Variant = LEFT_ALONE
    layers: Mapping[int, LayerWeights] = field(default_factory=dict)
    rescale: bool = False
    temperature: float = 2.0
    latent: bool = False
    prefill: PrefillPlan = field(default_factory=PrefillPlan)
    n_threads: int = 1
    always_copy: bool = False


def variants() -> Mapping[str, Mapping[str, bool]]:
    """Return the variants that the hook runs, each with its traits.

    They are written down once, in ``src/llama/variants.cpp``; ``src/llama/variants.h`` says what
    the traits mean.
    """
    return native.llama_variants()


@cache
def _ggml() -> dict[str, int]:
    """Addresses of ggml's functions, after checking that its tensors look as compiled here.

    Raises:
        BackendUnavailable: They do not: using them would corrupt memory.
    """
    found = addresses(ggml_libraries()[0], _GGML_FUNCTIONS)
    mismatch = native.llama_layout_mismatch(found)
    if mismatch:
        raise BackendUnavailable(
            f"llama.cpp is not the version that the kernels were built for ({mismatch}); "
            "build Sabun again"
        )
    return found


class AttentionHook:
    """Replaces attention in one llama.cpp context.

    Args:
        n_layers: Layers of the model.

    Raises:
        BackendUnavailable: The installed ggml is not the one we were compiled for.
    """

    def __init__(self, n_layers: int) -> None:
        self._hook = native.LlamaHook(_ggml(), n_layers)
        self._n_layers = n_layers
        self._variant = LEFT_ALONE
        self._runner: BackendRunner | None = None
        self.callback: int = self._hook.callback
        self.address: int = self._hook.address

    def use(self, plan: HookPlan, backend: Backend | None = None) -> None:
        """Attend in another way from the next evaluation on.

        Keys of the second branch are forgotten, so the caller empties llama.cpp's cache, too.

        Args:
            plan: How.
            backend: Who computes; None is the CPU kernel.

        Raises:
            ValueError: There is no such variant, or the plan for prompts makes no sense.
        """
        self._hook.configure(
            plan.variant,
            plan.rescale,
            plan.temperature,
            plan.latent,
            plan.n_threads,
            plan.always_copy,
            asdict(plan.prefill),
        )
        self._variant = plan.variant
        for i in range(self._n_layers):
            self._hook.set_layer(i, plan.layers.get(i, {}))
        self._runner = None if backend is None else BackendRunner(backend)
        self._hook.set_runner(0 if self._runner is None else self._runner.address, 0)

    def expect_prompt(self, n_tokens: int) -> None:
        """Say how long the prompt is that is read next; 0 reads densely."""
        self._hook.set_prompt(n_tokens)

    def check(self) -> None:
        """Raise what went wrong in the last evaluation.

        Raises:
            HookError: The model's graph cannot be handled; what was computed must not be used.
        """
        detail = self._hook.take_error()
        if self._runner is not None and self._runner.error is not None:
            error, self._runner.error = self._runner.error, None
            raise error
        if detail:
            raise HookError(detail)
        if self._variant != LEFT_ALONE and self.n_layers_done != self._n_layers:
            raise HookError("not every layer computes attention in one step (flash attention)")

    def restore(self) -> None:
        """Undo what an aborted or failed evaluation left in the graph."""
        self._hook.restore()

    def observe(self, spans: Sequence[tuple[int, int]]) -> None:
        """Measure attention on half-open spans of cells, until :meth:`end_observation`."""
        self._hook.observe(list(spans))

    def end_observation(self) -> F32:
        """Return the attention on each span, mean over heads and tokens, ``[n_layers, n_spans]``.

        For differential variants it is net of the subtracted map and may be negative.
        """
        return np.asarray(self._hook.end_observation(), np.float32).reshape(self._n_layers, -1)

    @property
    def n_layers_done(self) -> int:
        """Layers whose attention was replaced in the last evaluation."""
        return int(self._hook.n_layers_done)

    @property
    def seconds(self) -> float:
        """Time spent in attention since :meth:`use`."""
        return float(self._hook.seconds)

    @property
    def was_sparse(self) -> bool:
        """Whether any layer read the last prompt sparsely."""
        return bool(self._hook.was_sparse)

    @property
    def n_second_key_bytes(self) -> int:
        """Memory of the second branch's keys."""
        return int(self._hook.second_key_bytes)
