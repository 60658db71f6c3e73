"""Pictures of PDF pages with the places of a quote, for the viewer."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.documents import limits
from engine.documents.pdf.pdfium import PDFIUM_LOCK, Box, on_screen, open_pdf
from engine.errors import FileUnreadable
from engine.records import Notice, SkipReason
from engine.text import normalise

_LEFT_OUT = "-\u00ad\ufffe\u0002"
"""Hyphens come and go at line ends; quotes are compared without them."""


@dataclass(frozen=True)
class PageImage:
    """A drawn page.

    Attributes:
        width_px: Width in pixels.
        height_px: Height in pixels.
        rgb: Packed rows of red, green, blue; ``len(rgb) == 3 * width_px * height_px``.
        n_pages: Pages of the document.
        boxes: Places of the quote, one per line of it: left, top, width, height in pixels.
    """

    width_px: int
    height_px: int
    rgb: bytes
    n_pages: int
    boxes: tuple[tuple[float, float, float, float], ...] = ()


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the text without white space, width, case and hyphens, and where it came from."""
    folded: list[str] = []
    origins: list[int] = []
    for position, character in enumerate(text):
        for part in normalise(character):
            if not part.isspace() and part not in _LEFT_OUT:
                folded.append(part)
                origins.append(position)
    return "".join(folded), origins


def find_quote(page_text: str, quote: str) -> tuple[int, int] | None:
    """Return the half-open range of a quote in a page's text, or None.

    White space, width, case and hyphens do not count. A quote that goes on to the next
    page, or that was stored without a running header, is found by its longest beginning.
    """
    text, origins = _folded(page_text)
    wanted = _folded(quote)[0]
    if not wanted:
        return None
    length = len(wanted)
    at = text.find(wanted)
    if at < 0:
        # The longest prefix that occurs: occurrence is monotone in the length.
        length = bisect.bisect_left(
            range(1, len(wanted) + 1), True, key=lambda n: wanted[:n] not in text
        )
        if length < max(12, len(wanted) // 3):
            return None
        at = text.find(wanted[:length])
    return origins[at], origins[at + length - 1] + 1


def _line_boxes(boxes: list[Box]) -> list[Box]:
    """Unite the boxes of neighbouring characters on one line."""
    lines: list[Box] = []
    for left, top, right, bottom in boxes:
        if lines:
            before = lines[-1]
            overlap = min(bottom, before[3]) - max(top, before[1])
            same_line = overlap > 0.4 * min(bottom - top, before[3] - before[1])
            if same_line and left - before[2] < 3 * (bottom - top) and left >= before[0]:
                lines[-1] = (before[0], min(top, before[1]), max(right, before[2]),
                             max(bottom, before[3]))  # fmt: skip
                continue
        lines.append((left, top, right, bottom))
    return lines


def _quote_boxes(page: Any, quote: str, scale: float) -> tuple[Box, ...]:
    text_page = page.get_textpage()
    n_characters = text_page.count_chars()
    text = text_page.get_text_range()
    if len(text) != n_characters:  # a character outside the BMP: count in UTF-16 units
        from pypdfium2.raw import FPDFText_GetUnicode

        text = "".join(chr(FPDFText_GetUnicode(text_page, i)) for i in range(n_characters))
    found = find_quote(text, quote)
    if found is None:
        return ()
    boxes: list[Box] = []
    for position in range(*found):
        if text[position].isspace():
            continue
        box = text_page.get_charbox(position, loose=True)
        if box[2] > box[0] and box[3] > box[1]:
            boxes.append(on_screen(page, box, scale))
    return tuple((x0, y0, x1 - x0, y1 - y0) for x0, y0, x1, y1 in _line_boxes(boxes))


def render_page(path: Path, page: int, *, width_px: int, quote: str = "") -> PageImage:
    """Draw one page of a PDF.

    May be called from any thread; PDFium draws one page at a time.

    Args:
        path: The PDF.
        page: 1-based; beyond the last page the last one is drawn.
        width_px: Wanted width in device pixels; huge pages are drawn smaller.
        quote: Text to find on the page.

    Raises:
        FileUnreadable: The file is away, encrypted or damaged, or no PDF.
    """
    data = _file_bytes(path)
    with PDFIUM_LOCK:
        document = open_pdf(data, str(path), None)
        try:
            return _rendered(document, min(max(page, 1), len(document)) - 1, width_px, quote)
        except _pdfium_error() as error:
            raise _fault(path, SkipReason.DAMAGED, "page-damaged", page=page) from error
        finally:
            document.close()


def _pdfium_error() -> type[Exception]:
    from pypdfium2 import PdfiumError

    error: type[Exception] = PdfiumError
    return error


def _file_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise _fault(path, SkipReason.VANISHED, "gone") from error
    except OSError as error:
        raise _fault(path, SkipReason.NO_PERMISSION, "not-allowed") from error


def _fault(path: Path, reason: SkipReason, code: str, **data: int) -> FileUnreadable:
    return FileUnreadable(path=str(path), reason=reason.value, detail=Notice(code, data))


def _rendered(document: Any, index: int, width_px: int, quote: str) -> PageImage:
    page = document[index]
    try:
        width, height = max(page.get_width(), 1.0), max(page.get_height(), 1.0)
        scale = min(width_px / width, (limits.MAX_RENDER_PIXELS / (width * height)) ** 0.5)
        bitmap = page.render(scale=scale, rev_byteorder=True, may_draw_forms=False)
        try:
            rgb = bitmap.to_numpy()[:, :, :3].tobytes()
            image_width, image_height = bitmap.width, bitmap.height
        finally:
            bitmap.close()
        boxes = _quote_boxes(page, quote, scale) if quote.strip() else ()
        return PageImage(image_width, image_height, rgb, len(document), boxes)
    finally:
        page.close()
