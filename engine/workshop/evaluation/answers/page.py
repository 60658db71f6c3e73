"""An evaluation as one web page that needs nothing else: tables, and plots as SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from markupsafe import Markup

from engine.templates import render
from engine.workshop.evaluation.answers.plots import Line, line_plot
from engine.workshop.evaluation.answers.statistics import Estimate
from engine.workshop.evaluation.answers.summary import (
    OF_ANSWERS,
    THIRDS,
    UNANSWERABLE,
    Summary,
    group_name,
)

_MEASURES = ("F1", "exact match", "citation", "refused")


def evaluation_page(
    title: str,
    summary: Summary,
    facts: Mapping[str, str],
    samples: Mapping[str, Sequence[tuple[str, str]]],
) -> str:
    """Return the HTML text; everything that models and documents say is escaped.

    Args:
        title: Heading.
        summary: The results.
        facts: What was run, by name.
        samples: By arm, ``(asked, replied)`` to read by eye.
    """
    levels = [group_name(n) for n in summary.levels]
    measures = (*_MEASURES, *OF_ANSWERS)
    return render(
        "evaluation.html.jinja",
        language="en",
        title=title,
        facts=facts,
        level_plots=[_level_plot(summary, measure) for measure in _MEASURES],
        level_tables=[_table(summary, levels, measure) for measure in measures],
        refusals=_table(summary, (UNANSWERABLE,), "refused"),
        places=_table(summary, [f"evidence {third}" for third in THIRDS], "F1"),
        differences=_differences(summary),
        looks=_looks(summary),
        samples=samples if any(samples.values()) else {},
    )


def _cell(estimate: Estimate | None, *, sure: bool = False) -> dict[str, Any] | None:
    return None if estimate is None else {**asdict(estimate), "sure": sure}


def _table(summary: Summary, groups: Sequence[str], measure: str) -> dict[str, Any]:
    """Return a row an arm, a column a group."""
    rows = [
        {"name": arm, "cells": [_cell(summary.get(group, measure, arm)) for group in groups]}
        for arm in summary.arms
    ]
    return {"heads": [measure, *groups], "rows": rows}


def _differences(summary: Summary) -> dict[str, Any]:
    """Return a row per pair and measure; sure is what an interval keeps away from zero."""
    compared = [cell for cell in summary.cells if cell.against]
    groups = list(dict.fromkeys(cell.group for cell in compared))
    pairs = dict.fromkeys((cell.arm, cell.against, cell.measure) for cell in compared)
    rows = []
    for arm, against, measure in pairs:
        cells = []
        for group in groups:
            found = summary.get(group, measure, arm, against)
            cells.append(_cell(found, sure=bool(found and (found.low > 0 or found.high < 0))))
        rows.append({"name": f"{measure}: {arm} - {against}", "cells": cells})
    return {"heads": ["", *groups], "rows": rows}


def _level_plot(summary: Summary, measure: str) -> Markup:
    lines = []
    for arm in summary.arms:
        found = [(n, summary.get(group_name(n), measure, arm)) for n in summary.levels]
        points = [(float(n), e.mean, e.low, e.high) for n, e in found if e is not None]
        lines.append(Line(arm, points))
    return line_plot(measure, "distractors", lines)


def _looks(summary: Summary) -> list[Markup]:
    """Return plots of the attention by layer; none if it was not observed."""
    if not summary.looks:
        return []
    shares, signals, noises = [], [], []
    for arm in summary.arms:
        looks = [look for look in summary.looks if look.arm == arm]
        shares.append(Line(arm, [_point(look.layer, look.share) for look in looks]))
        signals.append(Line(arm, [_point(look.layer, look.gold) for look in looks]))
        noises.append(Line(arm, [_point(look.layer, look.other) for look in looks]))
    return [
        line_plot("share of the evidence", "layer", shares),
        line_plot("on the evidence", "layer", signals),
        line_plot("on the other passages", "layer", noises),
    ]


def _point(x: float, y: float) -> tuple[float, float, float, float]:
    return float(x), y, y, y
