"""Intervals that respect what is not independent."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.workshop.evaluation.answers.cases import Case, CaseQuestion
from engine.workshop.evaluation.answers.outcomes import Outcome
from engine.workshop.evaluation.answers.statistics import MEASURES, Table

F1 = MEASURES["F1"]


def case(cluster: str, n_questions: int) -> Case:
    questions = tuple(CaseQuestion(f"{cluster}-{n}", "?", ("a",)) for n in range(n_questions))
    return Case(f"{cluster}/2", cluster, 2, 1, ("h",) * 3, ("t",) * 3, questions)


def outcome(arm: str, seed: str, cluster: str, n: int, f1: float) -> Outcome:
    return Outcome(
        arm, seed, f"{cluster}/2", f"{cluster}-{n}", "", 0, f1, 0, 0, (), (), n_tokens=1, seconds=0
    )


def test_an_arm_that_is_always_better_by_the_same_has_an_interval_of_no_width() -> None:
    cases = [case(f"c{n}", 2) for n in range(20)]
    rng = np.random.default_rng(0)
    outcomes = []
    for n in range(20):
        for k in range(2):
            value = rng.uniform(0, 0.5)
            outcomes.append(outcome("base", "", f"c{n}", k, value))
            outcomes += [outcome("new", s, f"c{n}", k, value + 0.2) for s in ("s0", "s1", "s2")]
    found = Table(outcomes, cases).difference("new", "base", F1)
    assert np.allclose([found.mean, found.low, found.high], 0.2)
    assert (found.n_questions, found.n_seeds) == (40, 3)


def test_questions_about_one_passage_count_as_one() -> None:
    """The same numbers in 10 passages of 4 questions, or in 40 passages of one."""
    values = [float(n % 2) for n in range(10)]
    together = [case(f"c{n}", 4) for n in range(10)]
    apart = [case(f"c{n}", 1) for n in range(40)]
    ours = Table(
        [outcome("a", "", f"c{n}", k, v) for n, v in enumerate(values) for k in range(4)], together
    ).estimate("a", F1)
    theirs = Table(
        [outcome("a", "", f"c{n}", 0, values[n // 4]) for n in range(40)], apart
    ).estimate("a", F1)
    assert ours.mean == theirs.mean == 0.5
    assert ours.high - ours.low > 1.6 * (theirs.high - theirs.low)


def test_a_difference_that_hangs_on_one_seed_is_uncertain() -> None:
    cases = [case(f"c{n}", 1) for n in range(50)]
    outcomes = [outcome("base", "", f"c{n}", 0, 0.5) for n in range(50)]
    gains = {"s0": 0.3, "s1": 0.0, "s2": -0.1}
    outcomes += [
        outcome("new", seed, f"c{n}", 0, 0.5 + gain)
        for seed, gain in gains.items()
        for n in range(50)
    ]
    found = Table(outcomes, cases).difference("new", "base", F1)
    assert found.mean > 0.06 and found.low < 0


def test_only_questions_that_all_arms_have_answered_are_compared() -> None:
    cases = [case("c0", 1), case("c1", 1)]
    outcomes = [
        outcome("base", "", "c0", 0, 0.0),
        outcome("base", "", "c1", 0, 1.0),
        outcome("new", "s", "c0", 0, 0.5),
    ]
    table = Table(outcomes, cases)
    assert table.estimate("base", F1).n_questions == 1
    assert table.difference("new", "base", F1).mean == 0.5


def test_a_rate_is_of_what_counts_only() -> None:
    cases = [case(f"c{n}", 2) for n in range(20)]
    outcomes = []
    for n in range(20):
        refused, right = float(n % 2), float(n % 4 == 0)
        for k in range(2):
            one = outcome("a", "", f"c{n}", k, 0.0)
            outcomes.append(replace(one, refused=refused, citation=right))
    table = Table(outcomes, cases)
    found = table.rate("a", MEASURES["citation"], lambda o: 1 - o.refused)
    assert (found.mean, found.n_questions) == (0.5, 20)
    assert 0.1 < found.low < 0.5 < found.high < 0.9
    nothing = table.rate("a", MEASURES["citation"], lambda _: 0.0)
    assert (nothing.mean, nothing.low, nothing.high, nothing.n_questions) == (0, 0, 0, 0)
