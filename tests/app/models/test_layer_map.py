from __future__ import annotations

import pytest

from app.models.layer_map import layer_maps, total_share
from engine.records import SourceAttention

FIRST = SourceAttention((1, 2), ((0.2, 0.1), (0.4, 0.1)))
SECOND = SourceAttention((1, 2), ((0.3, -0.1), (0.1, 0.2)))


def test_both_sides_share_one_scale():
    first, second, _ = layer_maps(FIRST, SECOND)
    assert first.limit == second.limit == 0.4
    assert first.values == FIRST.mass
    assert first.peak() == (1, 0)


def test_the_difference_is_the_second_minus_the_first():
    difference = layer_maps(FIRST, SECOND)[2]
    assert difference.values[0] == pytest.approx((0.1, -0.2))
    assert difference.values[1] == pytest.approx((-0.3, 0.1))
    assert difference.limit == pytest.approx(0.3)
    assert difference.peak() == (1, 0)


def test_what_was_not_measured_has_no_map():
    assert layer_maps(None, None) == (None, None, None)
    first, second, difference = layer_maps(None, SECOND)
    assert (first, difference) == (None, None)
    assert second.limit == 0.3


def test_sides_of_another_shape_have_no_difference():
    assert layer_maps(FIRST, SourceAttention((1,), ((0.3,), (0.1,))))[2] is None
    assert layer_maps(FIRST, SourceAttention((1, 2), ((0.3, 0.1),)))[2] is None


def test_total_share_is_the_mean_over_layers():
    assert total_share(FIRST) == pytest.approx(0.4)
    assert total_share(SourceAttention((), ())) == 0.0
