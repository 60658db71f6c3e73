"""Token sequences ready for the model: several answers may share one prompt's beginning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.workshop.training.maps import Layout


@dataclass(frozen=True)
class Example:
    """A prompt and the answer that is to be learnt.

    Attributes:
        prompt: Tokens.
        answer: Tokens, the end of the turn included; at least one.
    """

    prompt: tuple[int, ...]
    answer: tuple[int, ...]


@dataclass(frozen=True)
class Row:
    """Examples laid out in one row: the common beginning once, then each rest.

    A rest sees the beginning and itself, and counts its positions on from the beginning's
    end: the numbers are those of each example alone, for a fraction of the work.

    Attributes:
        tokens: Of the beginning and all rests.
        positions: Of each token in its own example.
        branch: 0 for the beginning, else the number of the rest.
        sources: Tokens after which an answer token comes, by index.
        targets: These answer tokens.
        n_examples: Answers in it.
    """

    tokens: tuple[int, ...]
    positions: tuple[int, ...]
    branch: tuple[int, ...]
    sources: tuple[int, ...]
    targets: tuple[int, ...]
    n_examples: int

    def __len__(self) -> int:
        """Return the number of tokens."""
        return len(self.tokens)


def lay_out(examples: Sequence[Example]) -> Row:
    """Put examples into one row; what all prompts begin with is stored once."""
    n_common = _common(examples) if len(examples) > 1 else 0
    tokens, positions = list(examples[0].prompt[:n_common]), list(range(n_common))
    branch = [0] * n_common
    sources: list[int] = []
    targets: list[int] = []
    for number, example in enumerate(examples, start=1):
        rest = [*example.prompt[n_common:], *example.answer[:-1]]
        first = len(tokens) + len(example.prompt) - n_common - 1
        sources.extend(range(first, first + len(example.answer)))
        targets.extend(example.answer)
        tokens.extend(rest)
        positions.extend(range(n_common, n_common + len(rest)))
        branch.extend([number] * len(rest))
    return Row(
        tuple(tokens),
        tuple(positions),
        tuple(branch),
        tuple(sources),
        tuple(targets),
        len(examples),
    )


def _common(examples: Sequence[Example]) -> int:
    """Return how many tokens all prompts share; each keeps at least one of its own."""
    shortest = min(len(example.prompt) for example in examples) - 1
    first = examples[0].prompt
    for index in range(shortest):
        if any(example.prompt[index] != first[index] for example in examples[1:]):
            return index
    return shortest


@dataclass(frozen=True)
class Batch:
    """Rows side by side, padded at the end. B rows, T tokens, N answer tokens.

    Attributes:
        tokens: ``[B, T]``; padding is token 0 and never seen.
        positions: ``[B, T]``.
        layout: Who sees whom.
        sources: ``[N]``, index into the flattened ``[B T]``.
        targets: ``[N]``.
        n_tokens: Tokens without padding.
        n_examples: Answers.
    """

    tokens: Tensor
    positions: Tensor
    layout: Layout
    sources: Tensor
    targets: Tensor
    n_tokens: int
    n_examples: int


def collate(rows: Sequence[Row], device: torch.device | str = "cpu") -> Batch:
    """Build a batch of rows."""
    width = max(len(row) for row in rows)
    tokens = torch.zeros(len(rows), width, dtype=torch.long)
    positions = torch.zeros(len(rows), width, dtype=torch.long)
    branch = torch.zeros(len(rows), width, dtype=torch.long)
    sources: list[int] = []
    targets: list[int] = []
    for index, row in enumerate(rows):
        tokens[index, : len(row)] = torch.tensor(row.tokens)
        positions[index, : len(row)] = torch.tensor(row.positions)
        branch[index, : len(row)] = torch.tensor(row.branch)
        sources.extend(index * width + source for source in row.sources)
        targets.extend(row.targets)
    return Batch(
        tokens=tokens.to(device),
        positions=positions.to(device),
        layout=Layout.of(_mask(branch)).to(device),
        sources=torch.tensor(sources, device=device),
        targets=torch.tensor(targets, device=device),
        n_tokens=sum(len(row) for row in rows),
        n_examples=sum(row.n_examples for row in rows),
    )


def _mask(branch: Tensor) -> Tensor:
    """Return ``[B, T, T]``: a token sees the beginning (0) and earlier ones of its own rest.

    Padding carries 0 and stands last, where no real token looks.
    """
    keys, queries = branch[:, None, :], branch[:, :, None]
    seen = ((keys == 0) | (keys == queries)).tril()
    return torch.zeros(seen.shape).masked_fill(~seen, float("-inf"))
