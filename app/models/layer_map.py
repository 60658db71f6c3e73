"""Attention by layer and source as a table that a heat map draws."""

from __future__ import annotations

from dataclasses import dataclass

from engine.records import SourceAttention

Table = tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class LayerMap:
    """One picture.

    Attributes:
        numbers: Passage number of each column.
        values: ``[n_layers][n_sources]``, parts of one layer's attention.
        limit: Value drawn in the full colour; the same for both sides, so that they compare.
    """

    numbers: tuple[int, ...]
    values: Table
    limit: float

    @property
    def n_layers(self) -> int:
        """Number of rows."""
        return len(self.values)

    def peak(self) -> tuple[int, int]:
        """Return layer and column of the value farthest from zero."""
        places = [
            (layer, column) for layer, row in enumerate(self.values) for column in range(len(row))
        ]
        return max(places, key=lambda at: abs(self.values[at[0]][at[1]]), default=(0, 0))


def layer_maps(
    first: SourceAttention | None, second: SourceAttention | None
) -> tuple[LayerMap | None, LayerMap | None, LayerMap | None]:
    """Return the map of each side and of the second minus the first.

    A side that was not measured has none; then there is no difference either. Neither is
    there one if the sides do not have the same layers and sources.
    """
    limit = max(_largest(first), _largest(second))
    maps = tuple(
        LayerMap(side.numbers, side.mass, limit) if side is not None and side.mass else None
        for side in (first, second)
    )
    return maps[0], maps[1], _difference(maps[0], maps[1])


def total_share(attention: SourceAttention) -> float:
    """Return the part of all attention that lies on sources, mean over layers."""
    if not attention.mass:
        return 0.0
    return sum(sum(row) for row in attention.mass) / len(attention.mass)


def _difference(first: LayerMap | None, second: LayerMap | None) -> LayerMap | None:
    if first is None or second is None or first.numbers != second.numbers:
        return None
    if first.n_layers != second.n_layers:
        return None
    values = tuple(
        tuple(b - a for a, b in zip(left, right, strict=True))
        for left, right in zip(first.values, second.values, strict=True)
    )
    return LayerMap(first.numbers, values, max((abs(v) for row in values for v in row), default=0))


def _largest(attention: SourceAttention | None) -> float:
    if attention is None:
        return 0.0
    return max((abs(value) for row in attention.mass for value in row), default=0.0)
