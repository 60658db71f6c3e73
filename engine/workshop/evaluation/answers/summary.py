"""An evaluation in numbers: by number of distractors, by position, by layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from engine.workshop.evaluation.answers.cases import Case
from engine.workshop.evaluation.answers.outcomes import Outcome
from engine.workshop.evaluation.answers.statistics import MEASURES, Estimate, Table

THIRDS = ("first", "middle", "last")


@dataclass(frozen=True)
class Cell:
    """One number of the results.

    Attributes:
        group: Which cases, e.g. ``4 distractors``.
        measure: What of them.
        arm: Whose.
        against: Arm that it is compared with; empty for the arm's own mean.
        estimate: Mean, or mean difference, with its interval.
    """

    group: str
    measure: str
    arm: str
    against: str
    estimate: Estimate


@dataclass(frozen=True)
class LayerLook:
    """Where one arm looked in one layer.

    Attributes:
        arm: Whose.
        layer: From 0.
        gold: Attention on the evidence.
        other: Attention on all other passages together.
    """

    arm: str
    layer: int
    gold: float
    other: float

    @property
    def share(self) -> float:
        """Share of the evidence in the attention on passages; 0 where that is nothing."""
        total = self.gold + self.other
        return self.gold / total if total > 0 else 0.0


@dataclass(frozen=True)
class Summary:
    """All results.

    Attributes:
        arms: In the order of the tables.
        levels: Numbers of distractors.
        cells: Numbers by group, measure and arm.
        looks: Attention by arm and layer, over cases with at least one distractor.
    """

    arms: tuple[str, ...]
    levels: tuple[int, ...]
    cells: tuple[Cell, ...]
    looks: tuple[LayerLook, ...]

    def get(self, group: str, measure: str, arm: str, against: str = "") -> Estimate | None:
        """Return one number; None if it was not measured."""
        wanted = (group, measure, arm, against)
        for cell in self.cells:
            if (cell.group, cell.measure, cell.arm, cell.against) == wanted:
                return cell.estimate
        return None

    def as_shape(self) -> dict[str, Any]:
        """Return the results as ``--json`` prints them."""
        return {
            "arms": list(self.arms),
            "cells": [
                {
                    "group": cell.group,
                    "measure": cell.measure,
                    "arm": cell.arm,
                    "against": cell.against,
                    **{
                        name: round(value, 4) if isinstance(value, float) else value
                        for name, value in asdict(cell.estimate).items()
                    },
                }
                for cell in self.cells
            ],
            "attention": [{**asdict(look), "share": round(look.share, 4)} for look in self.looks],
        }


def group_name(n_distractors: int) -> str:
    """Return the name of the cases with so many distractors."""
    return f"{n_distractors} distractors"


UNANSWERABLE = "evidence taken out"

OF_ANSWERS = {"F1 of answers given": "F1", "citation of answers given": "citation"}
"""Measures with refusals left out, which count as failures in the measure they are made of."""


def summarise(
    outcomes: Sequence[Outcome], cases: Sequence[Case], against: Sequence[str] = ()
) -> Summary:
    """Summarise outcomes.

    Args:
        outcomes: Of all arms.
        cases: All of them.
        against: Arms that all others are compared with, question by question.
    """
    answerable = [case for case in cases if case.answerable]
    levels = sorted({case.n_distractors for case in answerable})
    groups = {group_name(n): [c for c in answerable if c.n_distractors == n] for n in levels}
    cells: list[Cell] = []
    for group, members in groups.items():
        table = Table(outcomes, members)
        cells += _cells(group, table, tuple(MEASURES), against)
        cells += [
            Cell(group, name, arm, "", table.rate(arm, MEASURES[measure], _answered))
            for name, measure in OF_ANSWERS.items()
            for arm in table.arms
        ]
    refused = [case for case in cases if not case.answerable]
    if refused:
        cells += _cells(UNANSWERABLE, Table(outcomes, refused), ("refused",), against)
    for third in THIRDS:
        members = [c for c in answerable if c.n_distractors >= 2 and _third(c) == third]
        if members:
            cells += _cells(f"evidence {third}", Table(outcomes, members), ("F1", "citation"), ())
    table = Table(outcomes, [c for c in answerable if c.n_distractors])
    looks = [look for arm in table.arms for look in _looks(arm, table.outcomes(arm))]
    arms = tuple(dict.fromkeys(outcome.arm for outcome in outcomes))
    return Summary(arms, tuple(levels), tuple(cells), tuple(looks))


def _answered(outcome: Outcome) -> float:
    return 1 - outcome.refused


def _third(case: Case) -> str:
    if case.position == 1:
        return "first"
    return "last" if case.position == len(case.texts) else "middle"


def _cells(group: str, table: Table, measures: Sequence[str], against: Sequence[str]) -> list[Cell]:
    cells = []
    for name in measures:
        measure = MEASURES[name]
        for arm in table.arms:
            cells.append(Cell(group, name, arm, "", table.estimate(arm, measure)))
            cells += [
                Cell(group, name, arm, other, table.difference(arm, other, measure))
                for other in against
                if other in table.arms[: table.arms.index(arm)]  # each pair once
            ]
    return cells


def _looks(arm: str, outcomes: Sequence[Outcome]) -> list[LayerLook]:
    seen = [outcome for outcome in outcomes if outcome.gold_mass]
    if not seen:
        return []
    gold = np.mean([outcome.gold_mass for outcome in seen], axis=0)
    other = np.mean([outcome.other_mass for outcome in seen], axis=0)
    return [
        LayerLook(arm, layer, round(float(g), 5), round(float(o), 5))
        for layer, (g, o) in enumerate(zip(gold, other, strict=True))
    ]
