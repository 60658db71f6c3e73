"""Steps of AdamW over an adapter, with state that a checkpoint can hold."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from engine.workshop.training.parameters import AdapterParameters


@dataclass(frozen=True)
class OptimiserSettings:
    """How an adapter learns.

    Attributes:
        learning_rate: Of the matrices, at its highest.
        lambda_rate: Of lambda and other gates.
        warm_up: Share of all steps in which the rate rises.
        clip: Largest norm of all gradients together.
        weight_decay: Of the matrices.
    """

    learning_rate: float = 2e-3
    lambda_rate: float = 1e-2
    warm_up: float = 0.06
    clip: float = 1.0
    weight_decay: float = 0.0


def rate_at(step: int, n_steps: int, warm_up: float) -> float:
    """Return the share of the highest rate: up in a line, then down in a line to a tenth."""
    n_warm = max(1, round(warm_up * n_steps))
    if step < n_warm:
        return (step + 1) / n_warm
    return 1 - 0.9 * (step - n_warm) / max(1, n_steps - n_warm)


class Optimiser:
    """AdamW with a warm-up and two rates.

    Args:
        adapter: What learns.
        settings: How.
        n_steps: Of the whole run.
    """

    def __init__(
        self, adapter: AdapterParameters, settings: OptimiserSettings, n_steps: int
    ) -> None:
        self._adapter = adapter
        self._settings = settings
        self._n_steps = n_steps
        matrices, gates = adapter.groups()
        groups = [
            {"params": matrices, "peak": settings.learning_rate},
            {"params": gates, "peak": settings.lambda_rate, "weight_decay": 0.0},
        ]
        self._adam = torch.optim.AdamW(
            [group for group in groups if group["params"]],
            lr=0.0,
            betas=(0.9, 0.98),
            weight_decay=settings.weight_decay,
            foreach=False,
        )

    def step(self, index: int) -> float:
        """Apply the gradients and forget them; return their norm before clipping.

        A norm that is not finite changes nothing.
        """
        tensors = list(self._adapter.tensors.values())
        norm = float(torch.nn.utils.clip_grad_norm_(tensors, self._settings.clip, foreach=False))
        if torch.isfinite(torch.tensor(norm)):
            share = rate_at(index, self._n_steps, self._settings.warm_up)
            for group in self._adam.param_groups:
                group["lr"] = group["peak"] * share
            self._adam.step()
            self._adapter.clamp()
        self._adam.zero_grad(set_to_none=True)
        return norm

    def state(self) -> dict[str, Tensor]:
        """Return the moments by tensor name, ``first.`` and ``second.`` before it."""
        moments: dict[str, Tensor] = {}
        for name, tensor in self._adapter.tensors.items():
            state = self._adam.state.get(tensor)
            if state:
                moments[f"first.{name}"] = state["exp_avg"]
                moments[f"second.{name}"] = state["exp_avg_sq"]
        return moments

    def restore(self, state: dict[str, Tensor], n_done: int) -> None:
        """Take the moments of a checkpoint after ``n_done`` steps."""
        for name, tensor in self._adapter.tensors.items():
            if f"first.{name}" in state:
                self._adam.state[tensor] = {
                    "step": torch.tensor(float(n_done)),
                    "exp_avg": state[f"first.{name}"].to(tensor.device),
                    "exp_avg_sq": state[f"second.{name}"].to(tensor.device),
                }
