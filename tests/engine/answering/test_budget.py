from __future__ import annotations

import pytest

from engine.answering.budget import LEAST_TOKENS, MOST_TOKENS, READ_SECONDS, prompt_budget


def test_a_machine_that_nobody_measured_gets_the_least():
    assert prompt_budget(None) == LEAST_TOKENS


@pytest.mark.parametrize("speed", [20.0, 95.0, 160.0, 250.0, 1000.0])
def test_what_is_read_fits_the_patience_of_a_person(speed):
    budget = prompt_budget(speed)
    assert LEAST_TOKENS <= budget <= MOST_TOKENS
    assert budget == LEAST_TOKENS or budget <= speed * READ_SECONDS


def test_a_faster_machine_reads_more():
    budgets = [prompt_budget(speed) for speed in (50.0, 200.0, 300.0, 400.0, 5000.0)]
    assert budgets == sorted(budgets)
    assert budgets[0] == LEAST_TOKENS and budgets[-1] == MOST_TOKENS
