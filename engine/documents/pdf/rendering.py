"""Pictures of PDF pages with the places of a quote, for the viewer."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.documents import limits
from engine.documents.pdf.page_content import lines_of_layer
from engine.documents.pdf.page_lines import Line
from engine.documents.pdf.pdfium import PDFIUM_LOCK, Box, open_pdf
from engine.documents.pdf.text_layer import TextLayer
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


@dataclass(frozen=True)
class _Piece:
    """A line as it was read: its text, and where each character, or the whole, stands."""

    text: str
    line: Line
    by_character: bool


def _pieces(page: Any, layer: TextLayer) -> list[_Piece]:
    """Return what stands on a page in reading order, as the reader gave it."""
    found = []
    for line in lines_of_layer(page, layer):
        raw = layer.text[max(line.start, 0) : max(line.stop, 0)]
        same = not line.whole and _folded(raw)[0] == _folded(line.text)[0]
        found.append(_Piece(raw if same else line.text, line, same))
    return found


def _quote_boxes(page: Any, quote: str, scale: float) -> tuple[Box, ...]:
    layer = TextLayer(page)
    try:
        pieces = _pieces(page, layer)
        found = find_quote("\n".join(piece.text for piece in pieces), quote)
        boxes = _boxes(layer, pieces, *found) if found else []
    finally:
        layer.close()
    upright = [[scale * place for place in layer.upright(box)] for box in boxes]
    return tuple((x0, y0, x1 - x0, y1 - y0) for x0, y0, x1, y1 in upright)


def _boxes(layer: TextLayer, pieces: Sequence[_Piece], first: int, stop: int) -> list[Box]:
    """Return the boxes of a range of the text of all pieces, one for each line."""
    boxes: list[Box] = []
    position = 0
    for piece in pieces:
        start, end = max(first - position, 0), min(stop - position, len(piece.text))
        position += len(piece.text) + 1
        if start >= end:
            continue
        line = piece.line
        if not piece.by_character:
            boxes.append((line.left, line.top, line.right, line.bottom))
            continue
        characters = [
            layer.box(line.start + i) for i in range(start, end) if not piece.text[i].isspace()
        ]
        boxes += _line_boxes([b for b in characters if b[2] > b[0] and b[3] > b[1]])
    return boxes


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
