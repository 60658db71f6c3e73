from __future__ import annotations

import threading

import pytest
from document_builders import english_pdf, japanese_pdf, landscape_pdf
from placed_pdf import placed_pdf

from engine.documents.pdf.rendering import find_quote, render_page
from engine.errors import FileUnreadable

LAW = (
    "This agreement is governed by the laws of Japan and every dispute that cannot be settled "
    "amicably is brought before the district court at the seat of the defendant."
)


def darkness(image, box):
    """Share of dark pixels within a box."""
    left, top, width, height = (round(value) for value in box)
    dark = 0
    for row in range(top, top + height):
        start = 3 * (row * image.width_px + left)
        dark += sum(1 for value in image.rgb[start : start + 3 * width : 3] if value < 128)
    return dark / max(width * height, 1)


def test_a_page_is_drawn_with_the_boxes_of_a_quote(tmp_path):
    path = tmp_path / "contract.pdf"
    path.write_bytes(english_pdf([["Cover"], [LAW]]))
    image = render_page(
        path, 2, width_px=800, quote="settled amicably is brought before the DISTRICT court"
    )
    assert (image.width_px, image.n_pages) == (800, 2)
    assert len(image.rgb) == 3 * image.width_px * image.height_px
    assert len(image.boxes) == 2  # the quote crosses a line end
    for box in image.boxes:
        assert darkness(image, box) > 0.03
        left, top, width, height = box
        assert left > 0 and left + width < 800
        assert top > 0 and top + height < image.height_px
    assert image.boxes[1][1] > image.boxes[0][1]
    assert darkness(image, (0, image.height_px // 2, 800, 100)) == 0


def test_rotated_pages(tmp_path):
    path = tmp_path / "landscape.pdf"
    path.write_bytes(
        landscape_pdf(["The branch offices report their figures", "to the head office."])
    )
    image = render_page(path, 1, width_px=1000, quote="report their figures")
    assert image.width_px > image.height_px
    (box,) = image.boxes
    assert box[2] > box[3]
    assert darkness(image, box) > 0.03


def test_japanese_quotes_across_lines_and_widths(tmp_path):
    path = tmp_path / "契約.pdf"
    path.write_bytes(japanese_pdf([["本契約の有効期間は、契約締結の日から満", "２年間とする。"]]))
    image = render_page(path, 1, width_px=600, quote="契約締結の日から満2年間とする。")
    assert len(image.boxes) == 2


def test_quotes_of_columns_and_of_rows_are_marked_where_they_stand(tmp_path):
    path = tmp_path / "layout.pdf"
    columns = [
        "Goods stay in the hall for",
        "at most nineteen days and",
        "are then sold by auction.",
    ]
    other = ["The carrier insures pallets", "for sixty thousand crowns", "against fire and water."]
    page = [
        (x, 100 + 15 * n, text) for n in range(3) for x, text in ((60, columns[n]), (320, other[n]))
    ]
    cells = [["Part", "Stock", "Shelf"], ["Valve", "140", "N-11"], ["Coil", "18", "P-03"]]
    page += [
        (60 + 120 * c, 300 + 18 * r, cell)
        for r, row in enumerate(cells)
        for c, cell in enumerate(row)
    ]
    path.write_bytes(placed_pdf([page]))
    image = render_page(path, 1, width_px=595, quote="nineteen days and are then sold")
    assert len(image.boxes) == 2
    assert all(left + width < 300 for left, _, width, _ in image.boxes)
    (box,) = render_page(path, 1, width_px=595, quote="Part: Coil | Stock: 18 | Shelf: P-03").boxes
    assert box[0] == pytest.approx(60, abs=3)
    assert box[1] == pytest.approx(336 - 9, abs=5)
    assert box[2] > 240


def test_absent_quotes_and_pages_out_of_range(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(english_pdf([["Only page"]]))
    assert render_page(path, 1, width_px=100, quote="nowhere to be found here").boxes == ()
    assert render_page(path, 9, width_px=100).n_pages == 1
    assert render_page(path, 0, width_px=100).width_px == 100


def test_quotes_are_found_despite_spaces_hyphens_and_width():
    page = "All docu\ufffementation is\r\nkept for ５ years\r\n12"
    start, end = find_quote(page, "documentation is kept for 5 years")
    assert page[start:end] == "docu\ufffementation is\r\nkept for ５ years"
    start, end = find_quote(page, "is kept for 5 years and goes on overleaf")
    assert page[start:end] == "is\r\nkept for ５ years"
    assert find_quote(page, "  ") is None
    assert find_quote(page, "unrelated words entirely") is None


@pytest.mark.parametrize(
    ("content", "reason"), [(None, "vanished"), (b"not a pdf", "damaged"), (b"", "damaged")]
)
def test_files_that_cannot_be_drawn(tmp_path, content, reason):
    path = tmp_path / "x.pdf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(FileUnreadable) as caught:
        render_page(path, 1, width_px=100)
    assert caught.value.reason == reason


def test_encrypted_and_huge_pages(tmp_path):
    path = tmp_path / "x.pdf"
    path.write_bytes(english_pdf([["secret"]], password="pw"))
    with pytest.raises(FileUnreadable) as caught:
        render_page(path, 1, width_px=100)
    assert caught.value.reason == "encrypted"
    path.write_bytes(english_pdf([["secret"]]))
    image = render_page(path, 1, width_px=1_000_000)
    assert len(image.rgb) < 130_000_000


def test_many_threads_may_draw(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(english_pdf([[LAW]] * 3))
    expected = render_page(path, 1, width_px=200, quote="laws of Japan")
    found = []

    def draw():
        for _ in range(5):
            found.append(render_page(path, 1, width_px=200, quote="laws of Japan") == expected)

    threads = [threading.Thread(target=draw) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 20
