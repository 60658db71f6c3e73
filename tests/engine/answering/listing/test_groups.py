"""Lists in documents: tables, items below headings, and what they are called."""

from __future__ import annotations

from engine.answering.listing.groups import groups_of
from engine.answering.listing.lines import lines_of
from engine.records import DocumentRef, Location, Passage

DOCUMENT = DocumentRef(1, "plan.md", "/docs/plan.md", "Plan", 0.0, "text/markdown")


def passages(*texts: str) -> list[Passage]:
    found, start = [], 0
    for ordinal, text in enumerate(texts):
        place = Location("line", 1, 2)
        end = start + len(text)
        found.append(Passage(ordinal + 1, DOCUMENT, ordinal, start, end, text, "Plan", place))
        start = end + 1
    return found


def groups(*texts: str):
    return list(groups_of(lines_of(passages(*texts)), lambda text: True))


def test_rows_are_a_table_with_its_heading_across_passages():
    first = "Spare parts\nPart: A-1 | Fits: X\nPart: A-2 | Fits: Y"
    found = groups(first, "Part: A-3 | Fits: X")
    table = next(group for group in found if group.kind == "table")
    assert table.heading == "Spare parts"
    assert table.columns == ("Part", "Fits")
    assert [row.cells[0][1] for row in table.rows] == ["A-1", "A-2", "A-3"]


def test_numbers_that_go_on_are_one_list_and_lone_numbers_are_headings():
    found = groups(
        "4. Rejected goods\n1. Tag them red.\nNever forget it.\n2. Report them.",
        "5. Records\nKeep all.",
    )
    items = next(group for group in found if group.kind == "items")
    assert items.heading == "Rejected goods"
    assert [row.text for row in items.rows] == ["Tag them red.", "Report them."]


def test_the_line_that_leads_to_a_list_names_it():
    found = groups("The Tenant shall:\n(1) keep it clean;\n(2) insure it.")
    assert next(group for group in found if group.kind == "items").label == "The Tenant shall:"


def test_lines_have_the_offsets_of_the_document():
    one, other = passages("Heading\n- first", "- second")
    for line in lines_of([one, other]):
        own = line.passage.text[line.start - line.passage.start : line.end - line.passage.start]
        assert line.text in own


def test_a_number_in_front_of_a_number_is_a_mark():
    found = groups("手順\n2. 周りの人を呼ぶ。\n3. 119番に電話する。\n4. 報告する。")
    items = next(group for group in found if group.kind == "items")
    assert [row.text for row in items.rows] == [
        "周りの人を呼ぶ。",
        "119番に電話する。",
        "報告する。",
    ]


def test_a_hint_does_not_end_a_numbered_list():
    found = groups("Printing\n1. Choose Print.\nTip\nUse both sides of it.\n2. Click OK.")
    items = next(group for group in found if group.kind == "items")
    assert len(items.rows) == 2
