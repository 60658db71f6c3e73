from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from engine.inference.reading import MIN_PART, Reading, divide


def test_without_cuts_every_batch_is_whole_but_the_last():
    assert divide(range(300), (), 128).ends == (128, 256, 300)
    assert divide(range(256), (), 128).ends == (128, 256)
    assert divide([], (), 128).ends == ()


def test_batches_end_where_parts_do_and_long_parts_take_several():
    assert divide(range(900), (70, 200, 800), 256).ends == (70, 200, 456, 712, 800, 900)


def test_a_tiny_part_is_read_with_the_next_one_and_the_last_one_stands_alone():
    cuts = (0, 5, 100, 100 + MIN_PART - 1, 200, 290)
    assert divide(range(300), cuts, 512).ends == (100, 200, 290, 300)
    assert divide(range(60), (60, 80), 512).ends == (60,)  # cuts behind the prompt are none


def test_where_batches_end_depends_on_nothing_behind_them():
    random = np.random.default_rng(5)
    for _ in range(200):
        cuts = sorted(int(at) for at in random.integers(0, 1000, 12))
        at = int(random.integers(1, len(cuts)))
        common = cuts[at - 1]
        one = divide(range(1000), cuts, 128)
        other = divide(range(1200), [*cuts[:at], *(common + 7 * i for i in range(1, 9))], 128)
        for reading in (one, other):
            assert all(0 < end - start <= 128 for start, end in pairwise((0, *reading.ends)))
        kept = [end for end in one.ends if end <= common]
        assert list(other.ends[: len(kept)]) == kept


@pytest.mark.parametrize(
    ("tokens", "cuts", "expected"),
    [
        (range(400), (100, 200, 300), 300),  # the same again: only the last batch is read
        ((*range(250), *range(50)), (100, 200), 200),
        ((*range(250), *range(50)), (100, 180), 100),  # another batch, the same tokens
        ((*range(90), *range(200)), (100, 200), 0),
        (range(300), (100, 200), 200),  # the beginning of what was read
        (range(700), (100, 200, 300), 300),
    ],
)
def test_what_is_shared_has_the_same_tokens_in_the_same_batches(tokens, cuts, expected):
    before = divide(range(400), (100, 200, 300), 512)
    assert divide(list(tokens), cuts, 512).shared_with(before) == expected


def test_what_is_left_of_a_reading_is_whole_batches():
    left = divide(range(400), (100, 200), 512).until(250)
    assert left == Reading(tuple(range(250)), (100, 200))
    assert divide(range(400), (100, 200), 512).shared_with(left) == 200
