"""PDF files in which every text stands where a test says."""

from __future__ import annotations

import io

Placed = tuple[float, float, str] | tuple[float, float, str, float]
"""Left edge and base line in points from the top left corner, the text, its size (11)."""


def placed_pdf(
    pages: list[list[Placed]], *, drawn: str = "", annotations: tuple[bytes, ...] = ()
) -> bytes:
    """A4 pages with each text where it is said to be, in the order in which it is said.

    Args:
        pages: Latin text in Helvetica, all other text in a Japanese font that is not embedded.
        drawn: Operators of lines and boxes, for every page; y counts from the lower edge.
        annotations: Dictionaries of annotations of the first page; widgets make a form.
    """
    objects: list[bytes] = [
        b"",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiMin-W3 /Encoding /UniJIS-UTF16-H "
        b"/DescendantFonts [5 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HeiseiMin-W3 /DW 1000 /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (Japan1) /Supplement 4 >> /FontDescriptor 6 0 R >>",
        b"<< /Type /FontDescriptor /FontName /HeiseiMin-W3 /Flags 6 /FontBBox [0 -200 1000 900] "
        b"/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>",
    ]
    widgets = []
    for annotation in annotations:
        objects.append(annotation)
        if b"/Widget" in annotation:
            widgets.append(b"%d 0 R" % len(objects))
    notes = b" ".join(b"%d 0 R" % (7 + i) for i in range(len(annotations)))
    kids = []
    for page in pages:
        shown = [drawn]
        for left, base_line, text, *rest in page:
            size = rest[0] if rest else 11
            at = f"BT {left:.2f} {842 - base_line:.2f} Td"
            if text.isascii():
                escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
                shown.append(f"{at} /F1 {size} Tf ({escaped}) Tj ET")
            else:
                shown.append(f"{at} /F2 {size} Tf <{text.encode('utf-16-be').hex()}> Tj ET")
        content = "\n".join(shown).encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Annots [%s] "
            b"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>"
            % (len(objects), b"" if kids else notes)
        )
        kids.append(b"%d 0 R" % len(objects))
    form = b"/AcroForm << /Fields [%s] >>" % b" ".join(widgets) if widgets else b""
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R %s >>" % form
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    return pdf_file(objects)


def pdf_file(objects: list[bytes]) -> bytes:
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for offset in offsets:
        out.write(b"%010d 00000 n \n" % offset)
    out.write(
        b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    )
    return out.getvalue()
