"""An evaluation as one web page that needs nothing else: tables, and plots as SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from engine.workshop.evaluation.answers.plots import Line, line_plot
from engine.workshop.evaluation.answers.statistics import Estimate
from engine.workshop.evaluation.answers.summary import (
    OF_ANSWERS,
    THIRDS,
    UNANSWERABLE,
    Summary,
    group_name,
)

_STYLE = """
:root{color-scheme:light dark;--text:#1d2129;--muted:#5d6673;--back:#fff;--line:#d9dde3}
@media(prefers-color-scheme:dark){:root{--text:#e7e9ed;--muted:#9aa3af;--back:#16181c;
--line:#353a43}}
body{font:15px/1.55 system-ui,sans-serif;color:var(--text);background:var(--back);
max-width:1100px;margin:2rem auto;padding:0 1rem}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin:2rem 0 .5rem}.plots{display:flex;flex-wrap:wrap;
gap:1rem}table{border-collapse:collapse;margin:.5rem 0}td,th{padding:.25rem .7rem;
border-bottom:1px solid var(--line);text-align:right;font-weight:normal}
th:first-child,td:first-child{text-align:left}small,.muted{color:var(--muted)}
.sure{font-weight:bold}pre{white-space:pre-wrap}
"""

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
    body = [
        f"<h1>{escape(title)}</h1>",
        _facts(facts),
        "<h2>By number of distractors</h2>",
        f'<div class="plots">{"".join(_level_plot(summary, m) for m in _MEASURES)}</div>',
        *(_level_table(summary, measure) for measure in (*_MEASURES, *OF_ANSWERS)),
        "<h2>Refusals where the evidence was taken out</h2>",
        _group_table(summary, (UNANSWERABLE,), "refused"),
        "<h2>By place of the evidence (two distractors and more)</h2>",
        _group_table(summary, [f"evidence {third}" for third in THIRDS], "F1"),
        "<h2>Differences, question by question</h2>",
        _differences(summary),
        "<h2>Attention on the evidence, by layer</h2>",
        _attention(summary),
        _samples(samples),
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>"
        f"{''.join(body)}</body></html>\n"
    )


def _facts(facts: Mapping[str, str]) -> str:
    rows = "".join(
        f"<tr><td>{escape(name)}</td><td style='text-align:left'>{escape(value)}</td></tr>"
        for name, value in facts.items()
    )
    return (
        f"<table>{rows}</table><p class='muted'>Numbers in brackets are 95 % bootstrap intervals; "
        "questions about one passage are drawn together, and so are training seeds.</p>"
    )


def _cell(estimate: Estimate | None) -> str:
    if estimate is None:
        return "<td>-</td>"
    return f"<td>{estimate.mean:.3f} <small>[{estimate.low:.3f}, {estimate.high:.3f}]</small></td>"


def _table(heads: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> str:
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    body = "".join(f"<tr><td>{escape(name)}</td>{''.join(cells)}</tr>" for name, cells in rows)
    return f"<table><tr>{head}</tr>{body}</table>"


def _level_table(summary: Summary, measure: str) -> str:
    heads = [measure, *(group_name(n) for n in summary.levels)]
    rows = [
        (arm, [_cell(summary.get(group_name(n), measure, arm)) for n in summary.levels])
        for arm in summary.arms
    ]
    return _table(heads, rows)


def _group_table(summary: Summary, groups: Sequence[str], measure: str) -> str:
    rows = [
        (arm, [_cell(summary.get(group, measure, arm)) for group in groups]) for arm in summary.arms
    ]
    return _table([measure, *groups], rows)


def _differences(summary: Summary) -> str:
    """A row per pair and measure; what an interval keeps away from zero is bold."""
    compared = [cell for cell in summary.cells if cell.against]
    groups = list(dict.fromkeys(cell.group for cell in compared))
    pairs = dict.fromkeys((cell.arm, cell.against, cell.measure) for cell in compared)
    rows = []
    for arm, against, measure in pairs:
        cells = []
        for group in groups:
            found = summary.get(group, measure, arm, against)
            cell = _cell(found)
            sure = found is not None and (found.low > 0 or found.high < 0)
            cells.append(cell.replace("<td>", '<td class="sure">') if sure else cell)
        rows.append((f"{measure}: {arm} - {against}", cells))
    return _table(["", *groups], rows) if rows else "<p>Nothing was compared.</p>"


def _level_plot(summary: Summary, measure: str) -> str:
    lines = []
    for arm in summary.arms:
        found = [(n, summary.get(group_name(n), measure, arm)) for n in summary.levels]
        points = [(float(n), e.mean, e.low, e.high) for n, e in found if e is not None]
        lines.append(Line(arm, points))
    return line_plot(measure, "distractors", lines)


def _attention(summary: Summary) -> str:
    if not summary.looks:
        return "<p>It was not observed.</p>"
    shares, signals, noises = [], [], []
    for arm in summary.arms:
        looks = [look for look in summary.looks if look.arm == arm]
        shares.append(Line(arm, [_point(look.layer, look.share) for look in looks]))
        signals.append(Line(arm, [_point(look.layer, look.gold) for look in looks]))
        noises.append(Line(arm, [_point(look.layer, look.other) for look in looks]))
    plots = [
        line_plot("share of the evidence", "layer", shares),
        line_plot("on the evidence", "layer", signals),
        line_plot("on the other passages", "layer", noises),
    ]
    return f'<div class="plots">{"".join(plots)}</div>'


def _point(x: float, y: float) -> tuple[float, float, float, float]:
    return float(x), y, y, y


def _samples(samples: Mapping[str, Sequence[tuple[str, str]]]) -> str:
    if not any(samples.values()):
        return ""
    parts = ["<h2>Read by eye</h2>"]
    for arm, pairs in samples.items():
        parts.append(f"<h3>{escape(arm)}</h3>")
        parts += [
            f"<p class='muted'>{escape(asked)}</p><pre>{escape(reply)}</pre>"
            for asked, reply in pairs
        ]
    return "".join(parts)
