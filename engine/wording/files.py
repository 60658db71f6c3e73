"""Skip reasons in detail, notes on documents and the names of what files hold, in English."""

from __future__ import annotations

from collections.abc import Mapping

CONTENTS: Mapping[str, str] = {
    "pdf": "a PDF",
    "docx": "a Word document",
    "pptx": "a PowerPoint presentation",
    "xlsx": "an Excel workbook",
    "html": "an HTML page",
    "mail": "an e-mail",
    "text": "plain text",
    "encrypted-office": "an encrypted Office document",
    "opendocument": "an OpenDocument file",
    "epub": "an EPUB book",
    "zip": "a zip archive",
    "damaged-zip": "a damaged zip archive",
    "doc": "an old Word document (.doc)",
    "ppt": "an old PowerPoint presentation (.ppt)",
    "xls": "an old Excel workbook (.xls)",
    "msg": "an Outlook message (.msg)",
    "old-office": "an old Office file",
    "png": "a PNG image",
    "jpeg": "a JPEG image",
    "gif": "a GIF image",
    "tiff": "a TIFF image",
    "bmp": "a BMP image",
    "webp": "a WebP image",
    "rtf": "an RTF document",
    "gzip": "a gzip archive",
    "bzip2": "a bzip2 archive",
    "xz": "an xz archive",
    "7-zip": "a 7-Zip archive",
    "rar": "a RAR archive",
    "program": "a program",
    "windows-program": "a Windows program",
    "sqlite": "an SQLite database",
    "postscript": "a PostScript file",
    "gguf": "a language model",
    "binary": "binary data",
}
"""The English of what :func:`engine.documents.detection.detect` returns, with its article."""

REASONS: Mapping[str, str] = {
    "empty": "The file has no content.",
    "encrypted": "It is protected with a password, or in a way that is not supported.",
    "damaged": "Its structure is broken.",
    "wrong-type": "Its content is not what its name says.",
    "unsupported": "There is no reader for it.",
    "too-large": "It is beyond the limits of size, pages or characters.",
    "no-text": "There is no text in it, nor in its pictures.",
    "no-permission": "It may not be read; tried again at every scan.",
    "timed-out": "Reading it took too long.",
    "out-of-memory": "Reading it needed more memory than is allowed.",
    "crashed": "The reading process ended on it.",
    "reader-failed": "A fault of Sabun itself; the log has a report.",
    "vanished": "It was gone before it was read; tried again at every scan.",
}
"""What each :class:`engine.records.SkipReason` means."""

WHY_SKIPPED: Mapping[str, str] = {
    "gone": "it is no longer there",
    "not-allowed": "you may not read it",
    "folder-not-allowed": "you may not open the folder",
    "folder-not-listed": "the folder cannot be listed: {said}",
    "not-opened": "it cannot be opened: {said}",
    "disk-error": "the disk or share reports: {said}",
    "not-regular": "it is not a regular file",
    "no-bytes": "the file has 0 bytes",
    "over-size": "it has {mib} MiB; the limit is {limit_mib} MiB",
    "no-reader": "there is no reader for {content}",
    "old-format": "the old {format} format; save it as {save_as}",
    "other-content": "its name ends in {suffix}, but the content is {content}",
    "no-mail": "it does not begin like an e-mail",
    "only-blanks": "there is nothing in it but blanks",
    "no-text-inside": "there is no text in it",
    "over-characters": "it has more than {limit} characters of text",
    "over-pages": "it has {n_pages} pages",
    "no-page": "no page of it can be found",
    "no-page-has-text": "no page has text",
    "zip-broken": "its zip container is broken or cut off",
    "zip-password": "its zip container has a password",
    "zip-bomb": "it would unpack to {mib} MiB, as a zip bomb does",
    "over-parts": "it holds too many parts",
    "part-broken": "the part {part} cannot be unpacked",
    "part-missing": "the part {part} is missing",
    "part-no-xml": "the part {part} is not well-formed XML",
    "part-too-large": "the part {part} is too large",
    "entities-declared": (
        "{part} declares XML entities, which Office files never do (an XML bomb?)"
    ),
    "pdf-broken": "its PDF structure is broken beyond repair",
    "encryption-unknown": "it uses an encryption that is not supported",
    "password-needed": "it is protected with a password",
    "password-wrong": "the password is wrong",
    "broken": "its structure is broken ({error}: {said})",
    "nested-too-deeply": "it is nested too deeply",
    "memory-needed": "reading it needs more memory than is allowed",
    "too-slow": "reading it took too long; the file may be damaged or made to do harm",
    "killed-by-signal": "the reader crashed on it (signal {signal}); the file may be damaged",
    "ended-with-status": "the reader crashed on it (status {status}); the file may be damaged",
    "reader-fault": (
        "a fault of Sabun {version} itself ({error}), not of the file; the log has a report"
    ),
}
"""Clauses: they stand in brackets behind the reason."""

NOTES: Mapping[str, str] = {
    "page-damaged": "page {page}: failed, it is damaged",
    "page-blank": "page {page}: blank",
    "page-no-text": "page {page}: no text",
    "page-by-ocr": "page {page}: read by OCR",
    "page-not-recognised": "page {page}: a scan, and OCR failed on it ({error})",
    "page-over-ocr-limit": "page {page}: a scan, not read (limit of {limit})",
    "page-without-ocr": "page {page}: no text, and OCR is not available ({said})",
    "slide-hidden": "slide {slide}: hidden in the show, but read",
    "slide-no-text": "slide {slide}: no text",
    "sheet-hidden": "sheet {sheet}: hidden, but read",
    "sheet-no-text": "sheet {sheet}: no text",
    "sheet-cut": "sheet {sheet}: read up to row {row} only",
    "formulas-calculated": (
        "sheet {sheet}: the file holds no results for {n_cells} formulas; they were calculated here"
    ),
    "formulas-uncalculated": (
        "sheet {sheet}: {n_cells} formulas have no stored result and were not calculated; "
        "saved once in Excel, the file has them"
    ),
    "rows-cut": "only the first {n_rows} rows were read",
    "chart-no-values": "chart {name}: its values are not in the file",
    "inserted-skipped": "inserted part {inserted}: {reason} ({cause})",
    "inserted-note": "inserted part {inserted}: {cause}",
    "inserted-too-deep": "inserted part {inserted}: not read, it is nested too deeply",
    "object-not-read": "embedded object {inserted}: not read",
    "attachment-too-deep": "attachment {attachment}: not read, it is nested too deeply",
    "attachment-skipped": "attachment {attachment}: {reason} ({cause})",
    "attachment-note": "attachment {attachment}: {cause}",
    "archive-cut": "attachment {attachment}: only the first {n_files} files in it were read",
}

FILES: Mapping[str, str] = {**WHY_SKIPPED, **NOTES}
"""The English of each code of :data:`engine.records.file_notices.FILE_NOTICES`."""
