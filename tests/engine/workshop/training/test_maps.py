"""Attention with its own backward pass against plain automatic differentiation."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from engine.workshop.training.maps import Layout, attend

H, G, D = 4, 2, 8


def plain(mask: Tensor, q: Tensor, k: Tensor, v: Tensor, second: tuple | None) -> Tensor:
    k, v = (x.repeat_interleave(H // G, dim=1) for x in (k, v))
    weights = torch.softmax(q @ k.transpose(2, 3) + mask[:, None], dim=-1)
    if second is not None:
        q2, k2, lam = second
        k2 = k2.repeat_interleave(H // G, dim=1)
        other = torch.softmax(q2 @ k2.transpose(2, 3) + mask[:, None], dim=-1)
        weights = weights - lam[..., None] * other
    return weights @ v


def inputs(n_tokens: int, n_batch: int = 2) -> tuple[Tensor, list[Tensor]]:
    torch.manual_seed(n_tokens)
    branch = torch.zeros(n_batch, n_tokens)
    branch[:, n_tokens // 2 :] = 1
    branch[:, 3 * n_tokens // 4 :] = 2
    keys, queries = branch[:, None, :], branch[:, :, None]
    seen = ((keys == 0) | (keys == queries)).tril()
    mask = torch.zeros(seen.shape).masked_fill(~seen, float("-inf"))
    heads = (H, G, G, H, G)
    tensors = [torch.randn(n_batch, n, n_tokens, D, requires_grad=True) for n in heads]
    lam = torch.rand(n_batch, H, n_tokens, requires_grad=True)
    return mask, [*tensors, lam]


@pytest.mark.parametrize("n_tokens", [1, 7, 191, 193, 400])
@pytest.mark.parametrize("differential", [False, True])
def test_values_and_gradients_are_the_plain_ones(n_tokens: int, differential: bool) -> None:
    mask, (q, k, v, q2, k2, lam) = inputs(n_tokens)
    second = (q2, k2, lam) if differential else None
    taken = [q, k, v, *(second or ())]
    direction = torch.randn(2, H, n_tokens, D)
    found = attend(Layout.of(mask), q, k, v, second)
    expected = plain(mask, q, k, v, second)
    torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-5)
    ours = torch.autograd.grad((found * direction).sum(), taken)
    theirs = torch.autograd.grad((expected * direction).sum(), taken)
    for our, their in zip(ours, theirs, strict=True):
        torch.testing.assert_close(our, their, rtol=1e-3, atol=1e-4)


def test_equal_branches_with_lambda_one_give_nothing() -> None:
    mask, (q, k, v, _, _, lam) = inputs(50)
    out = attend(Layout.of(mask), q, k, v, (q, k, torch.ones_like(lam)))
    torch.testing.assert_close(out, torch.zeros_like(out), rtol=0, atol=1e-6)
