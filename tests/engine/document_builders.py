"""Small real files for the tests, built with the libraries that people's programs use."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import openpyxl
import pptx
from fpdf import FPDF
from placed_pdf import pdf_file

CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def english_pdf(pages: list[list[str]], *, password: str = "", owner: str = "") -> bytes:
    """One paragraph per string, wrapped and justified by the PDF writer."""
    pdf = FPDF(format="A4")
    if password or owner:
        pdf.set_encryption(owner_password=owner or "owner", user_password=password or None)
    pdf.set_font("Helvetica", size=11)
    for paragraphs in pages:
        pdf.add_page()
        for text in paragraphs:
            pdf.multi_cell(0, 6, text, new_x="LMARGIN", new_y="NEXT")
            pdf.ln(4)
    return bytes(pdf.output())


def japanese_pdf(pages: list[list[str]], *, size: float = 12, top: float = 780) -> bytes:
    """One line per string; the font is not embedded, as many Japanese programs write."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiMin-W3 /Encoding /UniJIS-UTF16-H "
        b"/DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HeiseiMin-W3 /DW 1000 /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (Japan1) /Supplement 4 >> /FontDescriptor 5 0 R >>",
        b"<< /Type /FontDescriptor /FontName /HeiseiMin-W3 /Flags 6 /FontBBox [0 -200 1000 900] "
        b"/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>",
    ]
    kids = []
    for lines in pages:
        shown = [
            f"BT /F1 {size} Tf 60 {top - number * size * 1.5} Td "
            f"<{line.encode('utf-16-be').hex()}> Tj ET"
            for number, line in enumerate(lines)
        ]
        content = "\n".join(shown).encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        n_content = len(objects)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % n_content
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    return pdf_file(objects)


def landscape_pdf(lines: list[str]) -> bytes:
    """A page that is stored upright and shown turned by 90 degrees, as landscape tables are."""
    shown = [
        f"BT /F1 12 Tf 0 1 -1 0 {80 + 18 * number} 60 Tm ({line}) Tj ET"
        for number, line in enumerate(lines)
    ]
    content = "\n".join(shown).encode()
    return pdf_file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [5 0 R] >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate 90 /Contents 4 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>",
        ]
    )


def picture_of_page(pdf: bytes, index: int = 0, scale: float = 2.5):  # -> PIL.Image.Image
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[index]
        bitmap = page.render(scale=scale)
        picture = bitmap.to_pil().convert("RGB")
        bitmap.close()
        page.close()
        return picture
    finally:
        document.close()


def mixed_pdf(text_page: str, scanned: bytes, stamp: str = "") -> bytes:
    """Page 1 text, page 2 a scan of the first page of ``scanned``, page 3 blank."""
    pdf = FPDF(format="A4")
    pdf.set_font("Helvetica", size=11)
    pdf.add_page()
    pdf.multi_cell(0, 6, text_page)
    pdf.add_page()
    pdf.image(picture_of_page(scanned), x=0, y=0, w=210)
    if stamp:
        pdf.text(15, 290, stamp)
    pdf.add_page()
    return bytes(pdf.output())


def save_docx(path: Path, fill) -> Path:
    document = docx.Document()
    fill(document)
    document.save(str(path))
    return path


def save_pptx(path: Path, fill) -> Path:
    presentation = pptx.Presentation()
    fill(presentation)
    presentation.save(str(path))
    return path


def save_xlsx(path: Path, fill) -> Path:
    book = openpyxl.Workbook()
    fill(book)
    book.save(path)
    return path


def with_members(original: Path, target: Path, replaced: dict[str, bytes]) -> Path:
    """Copy a package with members replaced or added."""
    with (
        zipfile.ZipFile(original) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for info in source.infolist():
            if info.filename not in replaced:
                out.writestr(info, source.read(info.filename))
        for name, data in replaced.items():
            out.writestr(name, data)
    return target


def member(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def texts(document) -> list[str]:
    return [block.text for block in document.blocks]


def whole_text(document) -> str:
    return "\n".join(texts(document))
