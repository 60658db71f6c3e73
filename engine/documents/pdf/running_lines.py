"""Headers, footers and page numbers that repeat on the pages of a PDF.

They say the same on each page and would stand in the middle of every second passage, so
only their first occurrence is kept. A line counts as repeated only if its numbers stay the
same or count the pages: "Total 1,200" and "Total 900" at one place are two facts.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from engine.documents.pdf.page_lines import Line

_NUMBER = re.compile(r"\d+")
_EDGE_LINES = 2
_MIN_PAGES = 3
_MIN_SHARE = 0.2
_MIN_LINES = 4
_MAX_CHARACTERS = 150

_Key = tuple[str, int]
_Seen = tuple[int, Line, list[int]]


def _edges(lines: list[Line]) -> list[Line]:
    """Return the topmost and lowest lines of a page that has more than a few."""
    if len(lines) < _MIN_LINES:
        return []
    ordered = sorted(lines, key=lambda line: line.top)
    found = ordered[:_EDGE_LINES] + ordered[-_EDGE_LINES:]
    return [line for line in found if len(line.text) <= _MAX_CHARACTERS]


def _counts_pages(seen: list[_Seen]) -> list[_Seen]:
    """Return the occurrences whose every number is constant or grows with the page."""
    kept = seen
    for slot in range(len(seen[0][2])):
        fixed = Counter(numbers[slot] for _, _, numbers in kept)
        moving = Counter(numbers[slot] - index for index, _, numbers in kept)
        (value, n_fixed), (offset, n_moving) = fixed.most_common(1)[0], moving.most_common(1)[0]
        if n_fixed >= n_moving:
            kept = [item for item in kept if item[2][slot] == value]
        else:
            kept = [item for item in kept if item[2][slot] - item[0] == offset]
    return kept


def without_running_lines(pages: dict[int, list[Line]]) -> dict[int, list[Line]]:
    """Return the lines of each page by its index, repeated ones only where they come first."""
    places: dict[_Key, list[_Seen]] = defaultdict(list)
    for index, lines in pages.items():
        for line in _edges(lines):
            numbers = [int(number) for number in _NUMBER.findall(line.text)[:20]]
            key = (_NUMBER.sub("#", line.text), round(line.top / 4))
            places[key].append((index, line, numbers))
    repeated: dict[int, set[int]] = defaultdict(set)
    enough = max(_MIN_PAGES, _MIN_SHARE * len(pages))
    for seen in places.values():
        counting = _counts_pages(seen) if len(seen) >= enough else []
        if len(counting) >= enough:
            for index, line, _ in counting[1:]:
                repeated[index].add(id(line))
    return {
        index: [line for line in lines if id(line) not in repeated[index]]
        for index, lines in pages.items()
    }
