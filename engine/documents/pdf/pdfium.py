"""Opening PDFs: one lock, because PDFium is not thread-safe; passwords; error codes."""

from __future__ import annotations

import threading
from typing import Any

from engine.errors import FileUnreadable
from engine.records import Notice, SkipReason

PDFIUM_LOCK = threading.RLock()
"""Held around every call into PDFium in this process."""

_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
_SECURITY_ERROR = 5  # FPDF_ERR_SECURITY


_SUBPIXELS = 16
"""PDFium's conversion gives whole pixels; drawing larger gives fractions."""

Box = tuple[float, float, float, float]
"""left, top, right, bottom; top-left origin."""


def on_screen(page: Any, box: Box, scale: float) -> Box:
    """Map ``(left, bottom, right, top)`` in page space to the page as it is shown.

    Crop box and rotation are PDFium's business; ``scale`` is pixels per point.
    """
    from ctypes import byref, c_int

    from pypdfium2.raw import FPDF_PageToDevice

    factor = scale * _SUBPIXELS
    width, height = round(page.get_width() * factor), round(page.get_height() * factor)
    x, y = c_int(), c_int()
    corners = []
    for corner in (box[:2], box[2:]):
        FPDF_PageToDevice(page, 0, 0, width, height, 0, *corner, byref(x), byref(y))
        corners.append((x.value / _SUBPIXELS, y.value / _SUBPIXELS))
    (x0, y0), (x1, y1) = corners
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def open_pdf(data: bytes, path: str, password: str | None) -> Any:
    """Return a ``pypdfium2.PdfDocument``; the caller holds the lock and closes it.

    Owner-locked files open with the empty password, so that is tried first.

    Raises:
        FileUnreadable: ``encrypted`` or ``damaged``.
    """
    import pypdfium2

    def fault(reason: SkipReason, code: str) -> FileUnreadable:
        return FileUnreadable(path=path, reason=reason.value, detail=Notice(code))

    for attempt in dict.fromkeys((None, password)):
        try:
            return pypdfium2.PdfDocument(data, password=attempt)
        except pypdfium2.PdfiumError as error:
            code = getattr(error, "err_code", None)
            if code == _SECURITY_ERROR:
                raise fault(SkipReason.ENCRYPTED, "encryption-unknown") from error
            if code != _PASSWORD_ERROR:
                raise fault(SkipReason.DAMAGED, "pdf-broken") from error
    raise fault(SkipReason.ENCRYPTED, "password-wrong" if password else "password-needed")
