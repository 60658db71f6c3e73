"""Labels of places in documents."""

from __future__ import annotations

import pytest

from engine.records import Location


@pytest.mark.parametrize(
    ("location", "label"),
    [
        (Location("page", 3, 3), "page 3"),
        (Location("paragraph", 4, 6), "paragraphs 4-6"),
        (Location("sheet", 2, 9, "Prices!A2:D9"), "sheet Prices!A2:D9"),
        (Location("slide", 2, 2, "Sales"), "slide 2 (Sales)"),
        (Location("part", name="body"), "part body"),
    ],
)
def test_labels(location: Location, label: str) -> None:
    assert str(location) == label


def test_a_span_runs_from_the_first_place_to_the_last() -> None:
    assert Location("page", 2, 2).to(Location("page", 4, 4)) == Location("page", 2, 4)


def test_places_of_different_kinds_make_no_span() -> None:
    page = Location("page", 2, 2)
    assert page.to(Location("slide", 4, 4)) == page
