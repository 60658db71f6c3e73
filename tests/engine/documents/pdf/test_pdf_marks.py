"""Hyphens at line ends, raised figures, form fields, comments."""

from __future__ import annotations

import pytest
from document_builders import texts
from fpdf import FPDF
from placed_pdf import placed_pdf

from engine.documents import read_document
from engine.documents.pdf.hyphens import Hyphens


def read(tmp_path, pages, **options):
    path = tmp_path / "marks.pdf"
    path.write_bytes(placed_pdf(pages, **options))
    return texts(read_document(path))


@pytest.mark.parametrize(
    ("lines", "elsewhere", "expected"),
    [
        (["the technical documen-", "tation is kept"], "", "the technical documentation is kept"),
        (["number KX-", "4410 is new"], "", "number KX-4410 is new"),
        (["within 4-", "6 hours"], "", "within 4-6 hours"),
        (["a long-", "term contract"], "", "a long-term contract"),
        (["der Liefer-", "schein"], "", "der Lieferschein"),
        (["the side-", "wall is wet"], "a side-wall of brick", "the side-wall is wet"),
        (["the side-", "wall is wet"], "each sidewall", "the sidewall is wet"),
        (["two-", "and threefold"], "", "two- and threefold"),
        (["Nord-", "Ost"], "", "Nord-Ost"),
        (["no hyphen", "here"], "", "no hyphen here"),
    ],
)
def test_hyphens_at_line_ends(lines, elsewhere, expected):
    assert Hyphens(lambda: [*lines, elsewhere]).unwrap(lines) == expected


def test_hyphens_of_a_page_decided_by_the_rest_of_the_document(tmp_path):
    first = [
        (60, 100, "Order the cartridge under the number KX-"),
        (60, 115, "4410 and keep the old side-"),
        (60, 130, "wall of the box for the next time."),
    ]
    second = [(60, 100, "The side-wall is made of tin.")]
    assert read(tmp_path, [first, second])[0] == (
        "Order the cartridge under the number KX-4410 and keep the old side-wall of the box "
        "for the next time."
    )


def test_exponents_and_note_numbers_do_not_become_digits(tmp_path):
    lines = [
        ("It withstands 5 x 10", "6", " load cycles.", -4),
        ("The deposit is 250", "2", " for each key.", -4),
        ("An area of 40 m", "2", " is free.", -4),
        ("Only H", "2", "O runs off.", 2),
    ]
    drawn = "".join(
        f"BT 60 {700 - 30 * n} Td /F1 11 Tf ({before}) Tj /F1 7 Tf {-rise} Ts ({figure}) Tj "
        f"0 Ts /F1 11 Tf ({after}) Tj ET "
        for n, (before, figure, after, rise) in enumerate(lines)
    )
    found = read(tmp_path, [[]], drawn=drawn)
    assert found == [
        "It withstands 5 x 10^6 load cycles.",
        "The deposit is 250 [note 2] for each key.",
        "An area of 40 m² is free.",
        "Only H₂O runs off.",
    ]


def test_a_raised_figure_that_is_placed_by_itself(tmp_path):
    page = [(60, 100, "The deposit is 250"), (153, 96, "2", 7), (159, 100, "for each key.")]
    assert read(tmp_path, [page]) == ["The deposit is 250 [note 2] for each key."]


def field(kind, rest, rect):
    return f"<< /Type /Annot /Subtype /Widget /FT /{kind} {rest} /F 4 /Rect [{rect}] >>".encode()


def test_values_of_form_fields_stand_beside_their_labels(tmp_path):
    page = [
        (60, 100, "Name of visitor:"),
        (60, 130, "Floor"),
        (80, 160, "needs a parking space"),
        (80, 190, "brings a dog"),
        (60, 230, "Hand the form to the front desk."),
    ]
    box = "/AP << /N << /Yes 3 0 R /Off 3 0 R >> >>"
    found = read(
        tmp_path,
        [page],
        annotations=(
            field("Tx", "/T (visitor) /V (Thessaly Moorcock)", "200 736 420 754"),
            field(
                "Ch",
                "/T (floor) /Ff 131072 /Opt [[(1) (Ground floor)] [(2) (Second floor)]] /V (2)",
                "200 706 420 724",
            ),
            field("Btn", f"/T (parking) /V /Yes /AS /Yes {box}", "60 680 72 692"),
            field("Btn", f"/T (dog) /V /Off /AS /Off {box}", "60 650 72 662"),
            field("Tx", "/T (hidden) /TU (Badge number) /V (B-77)", "200 400 420 418"),
        ),
    )
    text = "\n".join(found)
    assert "Name of visitor: Thessaly Moorcock" in text
    assert "Second floor" in text
    assert "☒ needs a parking space" in text
    assert "☐ brings a dog" in text
    assert "Badge number: B-77" in found


def test_comments_and_text_typed_onto_the_page(tmp_path):
    found = read(
        tmp_path,
        [[(60, 100, "Review of the floor plan")]],
        annotations=(
            b"<< /Type /Annot /Subtype /Text /Rect [400 700 420 720] /T (Reviewer) "
            b"/Contents (Fire door 7 must open outwards.) >>",
            b"<< /Type /Annot /Subtype /FreeText /Rect [60 560 400 580] /DA (/F1 11 Tf) "
            b"/Contents (Corridor width: 185 cm) >>",
            b"<< /Type /Annot /Subtype /Text /F 2 /Rect [400 600 420 620] /Contents (hidden) >>",
        ),
    )
    assert found == [
        "Review of the floor plan",
        "Corridor width: 185 cm",
        "Reviewer: Fire door 7 must open outwards.",
    ]


def with_attachment(name, data):
    pdf = FPDF()
    pdf.set_font("Helvetica", size=11)
    pdf.add_page()
    pdf.cell(0, 8, "The price list is attached to this offer.")
    pdf.embed_file(basename=name, bytes=data)
    return bytes(pdf.output())


def test_attached_files_are_read_or_noted(tmp_path):
    path = tmp_path / "offer.pdf"
    path.write_bytes(with_attachment("prices.csv", b"Part,Price\nValve,120\nCoil,45\n"))
    document = read_document(path)
    assert "Part: Coil | Price: 45" in texts(document)
    assert document.blocks[-1].location.name.startswith("attachment prices.csv")
    path.write_bytes(with_attachment("song.mp3", b"ID3" + bytes(200)))
    document = read_document(path)
    assert document.notes[0].data["attachment"] == "song.mp3"


def test_labels_of_pages_stand_beside_their_numbers(tmp_path):
    path = tmp_path / "labels.pdf"
    labels = b"/PageLabels << /Nums [0 << /S /r >> 2 << /S /D >>] >> "
    pages = [[(60, 100, f"Text of page number {n}.")] for n in range(1, 5)]
    content = placed_pdf(pages).replace(b"/Type /Catalog ", b"/Type /Catalog " + labels)
    path.write_bytes(content)
    places = [block.location for block in read_document(path).blocks]
    assert [(place.first, place.name) for place in places] == [
        (1, "i"),
        (2, "ii"),
        (3, "1"),
        (4, "2"),
    ]
