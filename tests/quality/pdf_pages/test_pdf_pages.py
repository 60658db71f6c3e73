"""How well pages are read: their order, and cells under the right name.

Half of the pages are looked at while the reader is worked on; the other half, from other
seeds, only says whether what was done holds.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
from page_samples import Page, pages
from placed_pdf import placed_pdf

from engine.documents import read_document
from engine.documents.pdf import page_content
from engine.documents.pdf.page_tables import PageTable
from engine.records import Block

HALVES = {"developed": (1, 2), "held back": (11, 12)}


@dataclass(frozen=True)
class Judged:
    """What was right on a page."""

    kind: str
    in_order: bool
    n_cells: int
    n_right: int


def flat(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def in_order(beginnings: Sequence[str], blocks: Sequence[Block]) -> bool:
    """Tell whether texts stand one behind the other."""
    text = "".join(flat(block.text) for block in blocks)
    at = 0
    for beginning in map(flat, beginnings):
        at = text.find(beginning, at)
        if at < 0:
            return False
        at += len(beginning)
    return True


def judged(page: Page, folder: Path) -> Judged:
    path = folder / f"{page.kind}.pdf"
    path.write_bytes(placed_pdf([page.texts], drawn="\n".join(page.drawn)))
    blocks = read_document(path).blocks
    texts = [flat(block.text) for block in blocks]
    n_right = sum(
        any(flat(first) in text and f"{flat(name)}:{flat(value)}" in text for text in texts)
        for first, name, value in page.cells
    )
    kind = f"{page.kind} ({page.writer.language})"
    return Judged(kind, in_order(page.order, blocks), len(page.cells), n_right)


@pytest.mark.parametrize("half", HALVES)
def test_pages_are_read_in_order_and_cells_under_their_names(half, tmp_path):
    found = [judged(page, tmp_path) for seed in HALVES[half] for page in pages(seed)]
    n_in_order = sum(each.in_order for each in found)
    n_right, n_cells = sum(each.n_right for each in found), sum(each.n_cells for each in found)
    wrong = [each for each in found if not each.in_order or each.n_right < each.n_cells]
    print(f"{half}: order {n_in_order} of {len(found)} pages, cells {n_right} of {n_cells}")
    assert len(found) >= 60
    assert n_in_order >= 0.95 * len(found), wrong
    assert n_right >= 0.9 * n_cells, wrong


def test_no_character_is_lost_or_doubled(tmp_path, monkeypatch):
    def cells(table, rows):
        return [line for cell in table.cells for line in cell.lines]

    monkeypatch.setattr(PageTable, "lines", cells)  # rows repeat the names of their columns
    path = tmp_path / "page.pdf"
    for page in pages(21):
        path.write_bytes(placed_pdf([page.texts], drawn="\n".join(page.drawn)))
        document = pypdfium2.PdfDocument(path)
        found = "".join(line.text for line in page_content.page_lines(document[0]))
        document.close()
        drawn = "".join(text for _, _, text, _ in page.texts)
        assert Counter(flat(found)) == Counter(flat(drawn)), page.kind
