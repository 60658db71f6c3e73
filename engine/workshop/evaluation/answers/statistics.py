"""Means and paired differences with intervals that respect what is not independent.

Questions about one passage are resampled together, and so are training seeds: a difference
that hangs on one lucky seed has a wide interval.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.workshop.evaluation.answers.cases import Case
from engine.workshop.evaluation.answers.outcomes import Outcome
from engine.workshop.evaluation.metrics import N_RESAMPLES

Measure = Callable[[Outcome], float]
MEASURES: dict[str, Measure] = {
    "F1": lambda outcome: outcome.f1,
    "exact match": lambda outcome: outcome.exact,
    "citation": lambda outcome: outcome.citation,
    "refused": lambda outcome: outcome.refused,
}


@dataclass(frozen=True)
class Estimate:
    """A mean with its 95 % interval.

    Attributes:
        mean: Of all questions and seeds.
        low: Lower end.
        high: Upper end.
        n_questions: Questions.
        n_seeds: Training seeds.
    """

    mean: float
    low: float
    high: float
    n_questions: int
    n_seeds: int


class Table:
    """Outcomes of some cases, arranged for resampling.

    Args:
        outcomes: Of all arms. Questions that one of them has not answered are left out.
        cases: Those to look at; outcomes of others are left out.
    """

    def __init__(self, outcomes: Sequence[Outcome], cases: Sequence[Case]) -> None:
        self._clusters = {case.id: case.cluster for case in cases}
        self._names = sorted(set(self._clusters.values()))
        of_arm: dict[str, dict[str, list[Outcome]]] = defaultdict(lambda: defaultdict(list))
        for outcome in outcomes:
            if outcome.case in self._clusters:
                of_arm[outcome.arm][outcome.adapter].append(outcome)
        common = _common([seed for seeds in of_arm.values() for seed in seeds.values()])
        self._of_arm = {
            arm: {
                adapter: [o for o in seed if (o.case, o.question) in common]
                for adapter, seed in seeds.items()
            }
            for arm, seeds in of_arm.items()
        }

    @property
    def arms(self) -> tuple[str, ...]:
        """Arms with at least one outcome, in order of appearance."""
        return tuple(self._of_arm)

    def outcomes(self, arm: str) -> list[Outcome]:
        """Return all outcomes of an arm."""
        return [outcome for seed in self._of_arm[arm].values() for outcome in seed]

    def estimate(self, arm: str, measure: Measure) -> Estimate:
        """Return the mean of a measure over questions and seeds."""
        sums, counts = self._sums(arm, measure)
        return self._resampled(sums, counts, np.zeros_like(sums), arm)

    def difference(self, arm: str, baseline: str, measure: Measure) -> Estimate:
        """Return how much an arm has over another on the same questions."""
        sums, counts = self._sums(arm, measure)
        theirs, _ = self._sums(baseline, measure)
        return self._resampled(sums, counts, theirs, arm)

    def rate(self, arm: str, measure: Measure, among: Measure) -> Estimate:
        """Return a ratio of sums, such as right citations per answer given.

        Args:
            arm: Whose outcomes.
            measure: What is counted.
            among: What it is counted per; the ratio is 0 where this adds up to nothing.

        Returns:
            The ratio; its ``n_questions`` is the sum of ``among``, the mean of the seeds.
        """
        sums, _ = self._sums(arm, measure)
        counts, _ = self._sums(arm, among)
        rng = np.random.default_rng(0)
        n_seeds, n_clusters = sums.shape
        rates = np.empty(N_RESAMPLES)
        for index in range(N_RESAMPLES):
            seeds = rng.integers(0, n_seeds, n_seeds)
            drawn = np.ix_(seeds, rng.integers(0, n_clusters, n_clusters))
            rates[index] = _ratio(sums[drawn].sum(), counts[drawn].sum())
        low, high = np.percentile(rates, [2.5, 97.5])
        mean = _ratio(sums.sum(), counts.sum())
        n_questions = round(float(counts.sum()) / n_seeds)
        return Estimate(mean, float(low), float(high), n_questions, n_seeds)

    def _sums(self, arm: str, measure: Measure) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return ``[n_seeds, n_clusters]`` sums, and the questions of each cluster."""
        column = {name: index for index, name in enumerate(self._names)}
        seeds = self._of_arm[arm]
        sums = np.zeros((len(seeds), len(column)))
        counts = np.zeros(len(column))
        for row, outcomes in enumerate(seeds.values()):
            for outcome in outcomes:
                at = column[self._clusters[outcome.case]]
                sums[row, at] += measure(outcome)
                counts[at] += row == 0
        return sums, counts

    def _resampled(
        self,
        ours: NDArray[np.float64],
        counts: NDArray[np.float64],
        theirs: NDArray[np.float64],
        arm: str,
    ) -> Estimate:
        """Return the mean of ``ours - theirs`` with a percentile-bootstrap interval."""
        rng = np.random.default_rng(0)
        n_clusters = len(self._names)
        means = np.empty(N_RESAMPLES)
        for index in range(N_RESAMPLES):
            weights = np.bincount(rng.integers(0, n_clusters, n_clusters), minlength=n_clusters)
            gain = _seeds_drawn(ours, rng) - _seeds_drawn(theirs, rng)
            means[index] = float(weights @ gain) / max(1.0, float(weights @ counts))
        low, high = np.percentile(means, [2.5, 97.5])
        mean = (ours.mean(axis=0) - theirs.mean(axis=0)).sum() / max(1.0, float(counts.sum()))
        n_seeds = len(self._of_arm[arm])
        return Estimate(float(mean), float(low), float(high), int(counts.sum()), n_seeds)


def _common(seeds: Sequence[Sequence[Outcome]]) -> set[tuple[str, str]]:
    """Return the questions that all have answered."""
    answered = [{(o.case, o.question) for o in outcomes} for outcomes in seeds]
    return set.intersection(*answered) if answered else set()


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else 0.0


def _seeds_drawn(sums: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Return the mean of as many seeds as there are, drawn with replacement."""
    if len(sums) == 1:
        return np.asarray(sums[0])
    drawn = sums[rng.integers(0, len(sums), len(sums))]
    return np.asarray(drawn.mean(axis=0))
