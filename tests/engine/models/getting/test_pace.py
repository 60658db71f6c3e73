from __future__ import annotations

import math

from engine.models.getting.pace import Pace


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_speed_is_that_of_the_last_seconds_and_little_is_told():
    clock = Clock()
    pace = Pace(10_000, clock)
    first = pace.progress(0)
    assert first is not None and math.isinf(first.seconds_left)
    clock.now = 0.05
    assert pace.progress(100) is None
    for second in range(1, 11):
        clock.now = float(second)
        told = pace.progress(500 * second)
    assert told is not None
    assert told.bytes_per_second == 500 and told.seconds_left == 10
    for second in range(11, 21):
        clock.now = float(second)
        told = pace.progress(5000 + 100 * (second - 10))
    assert told is not None
    assert told.bytes_per_second == 100


def test_the_end_is_always_told_and_a_new_beginning_starts_anew():
    clock = Clock()
    pace = Pace(1000, clock)
    pace.progress(900)
    clock.now = 0.01
    end = pace.progress(1000)
    assert end is not None and end.seconds_left == 0
    clock.now = 1.0
    again = pace.progress(0)
    assert again is not None and again.bytes_per_second == 0
