"""PDF: each page by its text layer, by OCR, or noted as blank or failed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from engine.documents import limits
from engine.documents.cleaning import chosen_title, clean, one_line
from engine.documents.headings import HeadingTrail
from engine.documents.pdf.attachments import attachments, read_attachments
from engine.documents.pdf.hyphens import Hyphens
from engine.documents.pdf.page_content import page_lines
from engine.documents.pdf.page_lines import Line, Paragraph, paragraphs
from engine.documents.pdf.pdfium import PDFIUM_LOCK, open_pdf
from engine.documents.pdf.running_lines import without_running_lines
from engine.documents.pdf.tables_across import TablesAcross
from engine.documents.source import Reader, Source
from engine.errors import FileUnreadable
from engine.records import Block, Location, Notice, ParsedDocument, SkipReason
from engine.text import normalise

_DATE = re.compile(r"D?:?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?([-+Z])?(\d\d)?'?(\d\d)?")
_GARBAGE = re.compile("[\ue000-\uf8ff\ufffd\u0001-\u0008]")
_SPACE = re.compile(r"\s+")

FEW_CHARACTERS = 16
"""A page with no more text than a stamp or a page number is not read by that alone ..."""

STAMP_COVERAGE = 0.1
"""... if there is a picture at all that could hold more."""

SCAN_CHARACTERS = 120
"""A page that is mostly one picture may carry a header line and still be a scan."""

SCAN_COVERAGE = 0.5
"""Share of the page that a picture must cover to count as a scan."""

_MAX_LABEL = 20
"""Characters of a page's label; longer ones are no page numbers."""

_DAMAGED_PAGE = ("page-damaged", "page-not-recognised")


def _image_coverage(page: Any) -> float:
    """Return the largest share of the page that one picture covers."""
    from pypdfium2 import PdfiumError
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    area = max(page.get_width() * page.get_height(), 1.0)
    largest = 0.0
    for item in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=4):
        try:
            left, bottom, right, top = item.get_bounds()
        except PdfiumError:
            continue
        largest = max(largest, (right - left) * (top - bottom) / area)
    return min(largest, 1.0)


def _is_scan(page: Any, lines: list[Line]) -> bool:
    text = _SPACE.sub("", "".join(line.text for line in lines))
    if not text or len(_GARBAGE.findall(text)) > 0.3 * len(text):
        return True  # nothing, or glyph numbers without a table back to characters
    if len(text) >= SCAN_CHARACTERS:
        return False
    coverage = _image_coverage(page)
    return coverage > (STAMP_COVERAGE if len(text) < FEW_CHARACTERS else SCAN_COVERAGE)


class _PdfReader:
    """Reads the pages of one open document."""

    def __init__(self, document: Any, source: Source) -> None:
        self.document = document
        self.source = source
        self.blocks: list[Block] = []
        self.notes: list[Notice] = []
        self._trail = HeadingTrail()
        self._bookmarks = self._load_bookmarks()
        self._n_ocr_pages = 0
        self._across = TablesAcross()

    def _load_bookmarks(self) -> list[tuple[int, int, str]]:
        """Return page, level and title of the outline entries, in page order."""
        from pypdfium2 import PdfiumError

        found: list[tuple[int, int, str]] = []
        try:
            for entry in self.document.get_toc(max_depth=6):
                target = entry.get_dest()
                page = target.get_index() if target is not None else None
                title = one_line(entry.get_title())
                if page is not None and page >= 0 and title:
                    found.append((page, entry.level + 1, title))
                if len(found) > 20_000:
                    break
        except (PdfiumError, ValueError, UnicodeError):
            return []
        return sorted(found, key=lambda bookmark: bookmark[0])

    def read(self) -> None:
        """Fill blocks and notes, page by page."""
        pages = {index: self._page(index) for index in range(len(self.document))}
        hyphens = Hyphens(lambda: (line.text for lines in pages.values() for line in lines))
        for index, lines in without_running_lines(pages).items():
            while self._bookmarks and self._bookmarks[0][0] < index:
                self._trail.enter(*self._bookmarks.pop(0)[1:])
            self._add(index, paragraphs(lines, hyphens.unwrap))

    def _page(self, index: int) -> list[Line]:
        """Return the lines of a page, or none and a note that says why."""
        from pypdfium2 import PdfiumError

        page = None
        try:
            page = self.document[index]
            lines = page_lines(page, self.document.formenv, self._across)
            return self._recognised(page, index + 1, lines) if _is_scan(page, lines) else lines
        except PdfiumError:
            self._note("page-damaged", index + 1)
            return []
        finally:
            if page is not None:
                page.close()

    def _recognised(self, page: Any, number: int, lines: list[Line]) -> list[Line]:
        """Return what OCR reads on a page, or its own few lines if that is not more."""
        from engine.documents.pdf import ocr

        if self._n_ocr_pages >= limits.MAX_OCR_PAGES:
            self._note("page-over-ocr-limit", number, limit=limits.MAX_OCR_PAGES)
            return lines
        picture = ocr.draw(page)
        if ocr.is_blank(picture):
            if not lines:
                self._note("page-blank", number)
            return lines
        self._n_ocr_pages += 1
        self.source.heartbeat(limits.OCR_PAGE_TIMEOUT_S)
        try:
            found = ocr.recognise(picture)
        except ocr.OcrUnavailable as error:
            self._note("page-without-ocr", number, said=str(error))
            return lines
        except ocr.OcrFailed as error:
            self._note("page-not-recognised", number, error=str(error))
            return lines
        n_own = sum(len(line.text) for line in lines if not _GARBAGE.search(line.text))
        if sum(len(line.text) for line in found) > n_own:
            self._note("page-by-ocr", number)
            return found
        if not lines:
            self._note("page-no-text", number)
        return lines

    def _note(self, code: str, page: int, **data: str | int) -> None:
        self.notes.append(Notice(code, {"page": page, **data}))

    def _follow_bookmark(self, index: int, text: str) -> None:
        """Enter the outline entry whose heading a paragraph is, and those before it."""
        shown = normalise(text)
        best, best_length = -1, 0
        for position, (page, _, title) in enumerate(self._bookmarks[:30]):
            if page != index:
                break
            wanted = normalise(title)
            if shown.endswith(wanted) and best_length < len(wanted) > len(shown) - 12:
                best, best_length = position, len(wanted)
        for _, level, title in self._bookmarks[: best + 1]:
            self._trail.enter(level, title)
        del self._bookmarks[: best + 1]

    def _place(self, index: int) -> Location:
        """Return a page by its number, with what is printed on it if that is another one."""
        label = one_line(self.document.get_page_label(index) or "")
        shown = label if label != str(index + 1) and len(label) <= _MAX_LABEL else ""
        return Location("page", index + 1, index + 1, shown)

    def _add(self, index: int, found: list[Paragraph]) -> None:
        place = self._place(index)
        for paragraph in found:
            text = paragraph.text.strip()
            self._follow_bookmark(index, text)
            if text:
                row = paragraph.row if text == paragraph.text else None
                whole = paragraph.whole
                self.blocks.append(Block(text, place, self._trail.text, atomic=whole, row=row))


def _modified(stamp: str) -> float | None:
    match = _DATE.match(stamp or "")
    if not match:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    sign = -1 if match[7] == "-" else 1
    offset = sign * timedelta(hours=int(match[8] or 0), minutes=int(match[9] or 0))
    try:
        zone = timezone(offset) if match[7] in ("+", "-") else UTC
        moment = datetime(year, month or 1, day or 1, hour, minute, second, tzinfo=zone)
        return moment.timestamp()
    except (ValueError, OverflowError):
        return None


def _without_text(source: Source, notes: list[Notice]) -> FileUnreadable:
    """Return the error of a document without text: the worst that was noted of a page."""
    damage = [note for note in notes if note.code in _DAMAGED_PAGE]
    reason = SkipReason.DAMAGED if damage else SkipReason.NO_TEXT
    worst = next(iter(damage or notes), Notice("no-page-has-text"))
    return source.unreadable(reason, worst.code, **worst.data)


def _start_forms(document: Any) -> None:
    """Make the values of form fields readable; a broken form leaves the pages as they are."""
    from pypdfium2 import PdfiumError

    try:
        document.init_forms()
    except PdfiumError:
        return


def read(source: Source, read_inner: Reader | None = None) -> ParsedDocument:
    """Read a PDF; locations are pages as counted from the first, then its attachments.

    Args:
        source: The PDF.
        read_inner: Reads an attached file, whatever its format.

    Raises:
        FileUnreadable: ``encrypted``, ``damaged``, ``too-large`` or ``no-text``.
    """
    with PDFIUM_LOCK:
        document = open_pdf(source.data, source.path, source.password)
        try:
            _start_forms(document)
            if len(document) > limits.MAX_PDF_PAGES:
                n_pages = len(document)
                raise source.unreadable(SkipReason.TOO_LARGE, "over-pages", n_pages=n_pages)
            if not len(document):
                raise source.unreadable(SkipReason.DAMAGED, "no-page")
            reader = _PdfReader(document, source)
            reader.read()
            stated = document.get_metadata_dict()
            attached = attachments(document)
        finally:
            document.close()
    inner, notes = read_attachments(attached, source, read_inner)
    reader.blocks += inner
    reader.notes += notes
    if not reader.blocks:
        raise _without_text(source, reader.notes)
    title = chosen_title(clean(stated.get("Title", "")), name=source.name)
    modified = _modified(stated.get("ModDate") or stated.get("CreationDate") or "")
    blocks = source.checked(reader.blocks)
    return ParsedDocument(title, blocks, "application/pdf", modified, tuple(reader.notes))
