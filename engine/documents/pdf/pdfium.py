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


Box = tuple[float, float, float, float]
"""left, top, right, bottom; top-left origin."""


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
