"""What a reader has to say about a file: why it was skipped, which parts of it are missing."""

from __future__ import annotations

from collections.abc import Mapping

WHY_SKIPPED: Mapping[str, tuple[str, ...]] = {
    # The file itself.
    "gone": (),
    "not-allowed": (),
    "folder-not-allowed": (),
    "folder-not-listed": ("said",),
    "not-opened": ("said",),
    "disk-error": ("said",),
    "not-regular": (),
    "no-bytes": (),
    "over-size": ("mib", "limit_mib"),
    # What is in it.
    "no-reader": ("content",),
    "old-format": ("format", "save_as"),
    "other-content": ("suffix", "content"),
    "no-mail": (),
    "only-blanks": (),
    "no-text-inside": (),
    "over-characters": ("limit",),
    "over-pages": ("n_pages",),
    "no-page": (),
    "no-page-has-text": (),
    "zip-broken": (),
    "zip-password": (),
    "zip-bomb": ("mib",),
    "over-parts": (),
    "part-broken": ("part",),
    "part-missing": ("part",),
    "part-no-xml": ("part",),
    "part-too-large": ("part",),
    "entities-declared": ("part",),
    "pdf-broken": (),
    "encryption-unknown": (),
    "password-needed": (),
    "password-wrong": (),
    # Reading it.
    "broken": ("error", "said"),
    "nested-too-deeply": (),
    "memory-needed": (),
    "too-slow": (),
    "killed-by-signal": ("signal",),
    "ended-with-status": ("status",),
    "reader-fault": ("error", "version"),
}
"""Codes of :attr:`engine.records.SkippedFile.detail`, with their fields.

``content`` is what the bytes are, one of :data:`engine.wording.files.CONTENTS`; ``said`` is what
the system or a library reported, in its words; ``part`` is a member of an Office package,
``error`` the name of an exception, ``version`` that of the program that met it.
"""

NOTES: Mapping[str, tuple[str, ...]] = {
    "page-damaged": ("page",),
    "page-blank": ("page",),
    "page-no-text": ("page",),
    "page-by-ocr": ("page",),
    "page-not-recognised": ("page", "error"),
    "page-over-ocr-limit": ("page", "limit"),
    "page-without-ocr": ("page", "said"),
    "slide-hidden": ("slide",),
    "slide-no-text": ("slide",),
    "sheet-hidden": ("sheet",),
    "sheet-no-text": ("sheet",),
    "sheet-cut": ("sheet", "row"),
    "formulas-calculated": ("sheet", "n_cells"),
    "formulas-uncalculated": ("sheet", "n_cells"),
    "rows-cut": ("n_rows",),
    "chart-no-values": ("name",),
    "inserted-skipped": ("inserted", "reason", "cause"),
    "inserted-note": ("inserted", "cause"),
    "inserted-too-deep": ("inserted",),
    "object-not-read": ("inserted",),
    "attachment-too-deep": ("attachment",),
    "attachment-skipped": ("attachment", "reason", "cause"),
    "attachment-note": ("attachment", "cause"),
    "archive-cut": ("attachment", "n_files"),
}
"""Codes of :attr:`engine.records.ParsedDocument.notes`, with their fields."""

MISSING: frozenset[str] = frozenset(
    {
        "page-damaged",
        "page-no-text",
        "page-not-recognised",
        "page-over-ocr-limit",
        "page-without-ocr",
        "slide-no-text",
        "sheet-cut",
        "formulas-uncalculated",
        "rows-cut",
        "chart-no-values",
        "inserted-skipped",
        "inserted-too-deep",
        "object-not-read",
        "attachment-too-deep",
        "attachment-skipped",
        "archive-cut",
    }
)
"""Those of :data:`NOTES` that say that something of a document is not searched."""

FILE_NOTICES: Mapping[str, tuple[str, ...]] = {**WHY_SKIPPED, **NOTES}
