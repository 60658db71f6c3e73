"""Charts as small tables of text: title, axes, and each category with the values of its series.

The values are those that the chart keeps of its sheet (18.16 and 21.2 of ECMA-376 part 1); the
newer kinds (waterfall, tree map, ...) keep theirs in another shape.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from engine.documents.cleaning import clean, one_line
from engine.documents.office.archive import Package, attribute, local_name
from engine.documents.office.cell_format import shown_number
from engine.documents.office.drawn_text import drawn_text

CHART_RELATIONS = frozenset({"chart", "chartEx"})
_MAX_POINTS = 2_000
_MAX_SERIES = 100


@dataclass
class _Series:
    """One row of bars, one line, one pie.

    Attributes:
        name: As in the legend.
        categories: By index.
        values: By index, as the axis or the label shows them.
        across: Horizontal values of a scatter chart, likewise.
        sizes: Of bubbles, likewise.
    """

    name: str = ""
    categories: dict[int, str] = field(default_factory=dict)
    values: dict[int, str] = field(default_factory=dict)
    across: dict[int, str] = field(default_factory=dict)
    sizes: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ChartText:
    """What a chart says.

    Attributes:
        title: May be empty.
        lines: The title with what the axes are, then a line a category; may be empty.
        has_values: False if the file keeps none.
    """

    title: str
    lines: tuple[str, ...]
    has_values: bool


def _child(element: ET.Element | None, *names: str) -> ET.Element | None:
    for name in names:
        if element is None:
            return None
        element = next((found for found in element if local_name(found) == name), None)
    return element


def _paragraphs(element: ET.Element | None) -> str:
    """Return rich text below an element on one line; else the text that it keeps of a cell."""
    if element is None:
        return ""
    found = [drawn_text(p) for p in element.iter() if local_name(p) == "p"]
    if not found:
        found = [v.text or "" for v in element.iter() if local_name(v) == "v"]
    return one_line(clean(" ".join(filter(None, found))))


def _points(element: ET.Element | None) -> dict[int, str]:
    """Return the kept points by index; of categories in levels, the outer before the inner."""
    if element is None:
        return {}
    levels = [level for level in element.iter() if local_name(level) == "lvl"]
    if levels:
        return _levelled([_level(level, attribute(level, "formatCode")) for level in levels])
    code = next((c.text or "" for c in element.iter() if local_name(c) == "formatCode"), "")
    return _level(element, code)


def _level(element: ET.Element, code: str) -> dict[int, str]:
    points: dict[int, str] = {}
    for point in element.iter():
        index = attribute(point, "idx")
        if local_name(point) == "pt" and index.isdigit() and len(points) < _MAX_POINTS:
            value = _child(point, "v")
            text = (value.text if value is not None else point.text) or ""
            points[int(index)] = _shown(text, attribute(point, "formatCode") or code)
    return points


def _levelled(levels: list[dict[int, str]]) -> dict[int, str]:
    """Join levels, innermost first in the file; an outer name holds until the next one."""
    joined: dict[int, str] = {}
    for index, inner in sorted(levels[0].items()):
        names = [inner]
        for level in levels[1:]:
            before = [i for i in level if i <= index]
            names.insert(0, level[max(before)] if before else "")
        joined[index] = " / ".join(filter(None, names))
    return joined


def _shown(text: str, code: str) -> str:
    try:
        return shown_number(float(text), code)
    except ValueError:
        return one_line(text)


def _series(element: ET.Element) -> _Series:
    values = _child(element, "val")
    return _Series(
        _paragraphs(_child(element, "tx")),
        _points(_child(element, "cat")),
        _points(_child(element, "yVal") if values is None else values),
        _points(_child(element, "xVal")),
        _points(_child(element, "bubbleSize")),
    )


def _newer_series(root: ET.Element) -> Iterator[_Series]:
    """Yield the series of a chart of the newer kinds (``cx:chartSpace``)."""
    names = [
        _paragraphs(_child(element, "tx"))
        for element in root.iter()
        if local_name(element) == "series"
    ]
    for number, data in enumerate(e for e in root.iter() if local_name(e) == "data"):
        series = _Series(names[number] if number < len(names) else "")
        for dimension in data:
            kind, points = local_name(dimension), _points(dimension)
            if kind == "strDim":
                series.categories = points
            elif kind == "numDim":
                series.values = points
        yield series


def _axis_titles(root: ET.Element) -> tuple[str, str]:
    """Return what the categories and what the values are called."""
    names = {"": "", "catAx": "", "dateAx": "", "valAx": "", "serAx": ""}
    for axis in root.iter():
        kind = local_name(axis)
        if kind in names and kind:
            names[kind] = names[kind] or _paragraphs(_child(axis, "title"))
    return names["catAx"] or names["dateAx"], names["valAx"]


def chart_text(root: ET.Element) -> ChartText:
    """Return what a chart part says, line by line."""
    chart = next((e for e in root.iter() if local_name(e) == "chart"), root)
    title = _paragraphs(_child(chart, "title"))
    found = [_series(e) for e in root.iter() if local_name(e) == "ser"]
    found = (found or list(_newer_series(root)))[:_MAX_SERIES]
    across, up = _axis_titles(root)
    head = [title or (found[0].name if len(found) == 1 else ""), up]
    rows = list(_rows(found, across))
    labels = [
        text
        for label in root.iter()
        if local_name(label) == "dLbl" and (text := _paragraphs(_child(label, "tx")))
    ]
    lines = [" - ".join(dict.fromkeys(filter(None, head))), *rows, *labels]
    return ChartText(head[0], tuple(filter(None, lines)), bool(rows))


def _rows(found: list[_Series], category: str) -> Iterator[str]:
    indices = sorted({index for series in found for index in (series.values or series.across)})
    for index in indices[:_MAX_POINTS]:
        name = next((s.categories[index] for s in found if index in s.categories), "")
        parts = [f"{category}: {name}" if category and name else name]
        for series in found:
            parts.extend(_values(series, index, alone=len(found) == 1 and not name))
        yield " | ".join(filter(None, parts))


def _values(series: _Series, index: int, *, alone: bool) -> Iterator[str]:
    name = "" if alone and not series.across else series.name
    if index in series.across:
        pair = f"({series.across[index]}, {series.values.get(index, '')})"
        size = f" {series.sizes[index]}" if index in series.sizes else ""
        yield f"{name}: {pair}{size}" if name else pair + size
    elif value := series.values.get(index):
        yield f"{name}: {value}" if name else value


def chart_parts(package: Package, part: str) -> dict[str, str]:
    """Return the chart parts that a part refers to, by the identifier of the relation."""
    return {r.id: r.target for r in package.relations(part) if r.type in CHART_RELATIONS}


def charts_within(
    package: Package, element: ET.Element, targets: dict[str, str]
) -> Iterator[ChartText]:
    """Yield the charts that an element of a page shows.

    Args:
        package: The document.
        element: A drawing, a graphic frame, a paragraph.
        targets: Of its part, by identifier; see :func:`chart_parts`.
    """
    for found in element.iter() if targets else ():
        if local_name(found) != "chart":
            continue
        target = targets.get(attribute(found, "id"))
        root = package.xml(target) if target else None
        if target and root is not None:
            yield _with_user_shapes(package, target, chart_text(root))


def _with_user_shapes(package: Package, part: str, chart: ChartText) -> ChartText:
    """Add the texts that were drawn over a chart."""
    lines = list(chart.lines)
    for relation in package.relations(part):
        root = package.xml(relation.target) if relation.type == "chartUserShapes" else None
        if root is not None:
            drawn = (drawn_text(p) for p in root.iter() if local_name(p) == "p")
            lines.extend(filter(None, map(one_line, drawn)))
    return ChartText(chart.title, tuple(lines), chart.has_values)


def diagram_text(package: Package, part: str) -> str:
    """Return the text of a SmartArt: a line a box."""
    root = package.xml(part)
    frames = [] if root is None else [e for e in root.iter() if local_name(e) == "t" and len(e)]
    lines = []
    for frame in frames:
        drawn = (drawn_text(p) for p in frame if local_name(p) == "p")
        lines.append(" ".join(filter(None, map(one_line, drawn))))
    return "\n".join(filter(None, lines))
