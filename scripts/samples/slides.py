"""Writes the quarterly review as a slide show with tables and speaker notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Cm, Pt

from scripts.samples.packing import settle

_NAVY = RGBColor(24, 48, 92)
_TEAL = RGBColor(22, 138, 140)
_DATE = datetime(2025, 7, 29, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Slide:
    """One slide: a title, then points or a table (or both), and notes for the speaker."""

    title: str
    points: Sequence[str] = ()
    table: Sequence[Sequence[str]] = ()
    notes: str = ""


REVIEW = (
    Slide(
        "The quarter at a glance",
        (
            "Sales of ¥1,284 million, 6.2% more than a year ago",
            "Operating profit of ¥121 million; margin 9.4% (last year 8.1%)",
            "Order intake ¥1,387 million, book-to-bill ratio 1.08",
            "Backlog at the end of June ¥1,960 million, about four and a half months of work",
            "On-time delivery slipped to 91.5% because of late piezo elements",
        ),
        notes="The margin gain comes mostly from Europe, where the April price increase has held.",
    ),
    Slide(
        "Sales by region",
        table=(
            ("Region (¥ million)", "Q1 FY2024", "Q1 FY2025", "Change"),
            ("Japan", "715", "742", "+3.8%"),
            ("Europe", "276", "318", "+15.2%"),
            ("Asia without Japan", "166", "164", "-1.2%"),
            ("North America", "52", "60", "+15.4%"),
            ("Total", "1,209", "1,284", "+6.2%"),
        ),
        notes="Two large Korean orders moved into the second quarter; hence the dip in Asia.",
    ),
    Slide(
        "Sales by product line",
        table=(
            ("Line (¥ million)", "Q1 FY2025", "Share"),
            ("KF flow meters", "561", "43.7%"),
            ("KP pressure transmitters", "402", "31.3%"),
            ("KT temperature loggers", "118", "9.2%"),
            ("KC calibrators", "86", "6.7%"),
            ("Calibration and service", "117", "9.1%"),
        ),
    ),
    Slide(
        "Quality and delivery",
        table=(
            ("Measure", "Target", "Actual"),
            ("Field failure rate, first 12 months", "0.35%", "0.31%"),
            ("On-time delivery", "95.0%", "91.5%"),
            ("First-pass yield KP-50 (June)", "98.0%", "96.8%"),
            ("Customer complaints", "under 50", "46"),
            ("Average repair time, working days", "15", "12.4"),
        ),
        notes="Eleven of the 46 complaints concern fading displays; the UV window comes soon.",
    ),
    Slide(
        "Risks",
        (
            "Single source for KZ-14 piezo elements: second supplier to be approved by December",
            "Exchange rate: each yen by which the pound falls costs ¥1.6 million of profit a year",
            "The climatic cabinet no. 2 fails often; replacement planned for October",
            "Two of the five flow-bench technicians retire within 18 months",
        ),
    ),
    Slide(
        "Outlook for FY2025",
        (
            "Full-year sales forecast unchanged at ¥5,350 million",
            "Operating profit forecast raised from ¥490 million to ¥510 million",
            "Planned investment ¥420 million, of which ¥150 million for the new flow bench",
            "Twelve new positions, eight of them in production",
            "Assumed exchange rates: £1 = ¥188, €1 = ¥161",
        ),
        notes="The board will look at the forecast again on 30 October 2025.",
    ),
)


def write_pptx(target: Path) -> None:
    """Write the slide show."""
    show = Presentation()
    show.slide_width, show.slide_height = Cm(33.867), Cm(19.05)
    properties = show.core_properties
    properties.title = "Quarterly business review, first quarter of FY2025"
    properties.author = properties.last_modified_by = "Kazamori Instruments, Corporate Planning"
    properties.created = properties.modified = _DATE
    _add_cover(show)
    for number, slide in enumerate(REVIEW, 2):
        _add_slide(show, slide, number)
    show.save(str(target))
    settle(target, _DATE)


def _add_cover(show: Any) -> None:
    page = show.slides.add_slide(show.slide_layouts[0])
    _bar(page, Cm(0), Cm(0), Cm(1.2), show.slide_height)
    title, subtitle = page.shapes.title, page.placeholders[1]
    _place(title, 3, 5.5, 28, 3.2)
    title.text = "Quarterly business review"
    _style(title.text_frame, 40, bold=True)
    _place(subtitle, 3, 9, 28, 4)
    subtitle.text = (
        "First quarter of FY2025 (April to June 2025)\n"
        "Seiji Kuramoto, President · 29 July 2025 · Internal"
    )
    _style(subtitle.text_frame, 20)


def _add_slide(show: Any, slide: Slide, number: int) -> None:
    page = show.slides.add_slide(show.slide_layouts[1 if slide.points else 5])
    _bar(page, Cm(0), Cm(0), show.slide_width, Cm(0.35))
    _place(page.shapes.title, 2, 1.2, 29.8, 2)
    page.shapes.title.text = slide.title
    _style(page.shapes.title.text_frame, 30, bold=True)
    if slide.points:
        body = page.placeholders[1]
        _place(body, 2, 4, 29.8, 12.5)
        body.text = "\n".join(slide.points)
        _style(body.text_frame, 22, colour=RGBColor(40, 44, 52))
    if slide.table:
        _add_table(page, slide.table)
    if slide.notes:
        page.notes_slide.notes_text_frame.text = slide.notes
    box = page.shapes.add_textbox(Cm(2), Cm(17.6), Cm(29.8), Cm(1))
    box.text_frame.text = f"Kazamori Instruments · Internal · {number}"
    _style(box.text_frame, 11, colour=RGBColor(110, 116, 128))


def _add_table(page: Any, rows: Sequence[Sequence[str]]) -> None:
    height = Cm(1.7 * len(rows))
    grid = page.shapes.add_table(len(rows), len(rows[0]), Cm(2), Cm(4.2), Cm(29.8), height).table
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            cell = grid.cell(i, j)
            cell.text = value
            cell.text_frame.paragraphs[0].font.size = Pt(18)
            if not i:
                cell.fill.solid()
                cell.fill.fore_color.rgb = _NAVY


def _bar(page: Any, left: int, top: int, width: int, height: int) -> None:
    bar = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, left, top, width, height)
    bar.fill.solid()
    bar.fill.fore_color.rgb = _TEAL
    bar.line.fill.background()


def _place(shape: Any, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = Cm(left), Cm(top), Cm(width), Cm(height)


def _style(frame: Any, size: int, *, bold: bool = False, colour: RGBColor = _NAVY) -> None:
    for paragraph in frame.paragraphs:
        paragraph.alignment = 1  # left
        paragraph.font.size, paragraph.font.bold = Pt(size), bold
        paragraph.font.color.rgb = colour
        paragraph.space_after = Pt(size / 2)
