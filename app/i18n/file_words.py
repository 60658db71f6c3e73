"""What readers have to say about files, as sentences of the window."""

from __future__ import annotations

from PySide6.QtCore import QObject


class FileWords(QObject):
    """Sentences for the codes of :mod:`engine.records.file_notices`; names of contents."""

    def content(self, code: str) -> str:
        """Return what the bytes of a file are, with its article."""
        return self.contents().get(code, code)

    def templates(self) -> dict[str, str]:
        """Return the sentence of each code in the language in force."""
        return {
            **self._file(),
            **self._content(),
            **self._package(),
            **self._reading(),
            **self._pages(),
            **self._parts(),
        }

    def contents(self) -> dict[str, str]:
        """Return the name of each content in the language in force."""
        return {
            "pdf": self.tr("a PDF"),
            "docx": self.tr("a Word document"),
            "pptx": self.tr("a PowerPoint presentation"),
            "xlsx": self.tr("an Excel workbook"),
            "html": self.tr("a web page"),
            "mail": self.tr("an e-mail"),
            "text": self.tr("plain text"),
            "encrypted-office": self.tr("an encrypted Office document"),
            "opendocument": self.tr("an OpenDocument file"),
            "epub": self.tr("an EPUB book"),
            "zip": self.tr("a zip archive"),
            "damaged-zip": self.tr("a damaged zip archive"),
            "doc": self.tr("an old Word document (.doc)"),
            "ppt": self.tr("an old PowerPoint presentation (.ppt)"),
            "xls": self.tr("an old Excel workbook (.xls)"),
            "msg": self.tr("an Outlook message (.msg)"),
            "old-office": self.tr("an old Office file"),
            "png": self.tr("a PNG image"),
            "jpeg": self.tr("a JPEG image"),
            "gif": self.tr("a GIF image"),
            "tiff": self.tr("a TIFF image"),
            "bmp": self.tr("a BMP image"),
            "webp": self.tr("a WebP image"),
            "rtf": self.tr("an RTF document"),
            "gzip": self.tr("a gzip archive"),
            "bzip2": self.tr("a bzip2 archive"),
            "xz": self.tr("an xz archive"),
            "7-zip": self.tr("a 7-Zip archive"),
            "rar": self.tr("a RAR archive"),
            "program": self.tr("a program"),
            "windows-program": self.tr("a Windows program"),
            "sqlite": self.tr("an SQLite database"),
            "postscript": self.tr("a PostScript file"),
            "gguf": self.tr("a language model"),
            "binary": self.tr("binary data"),
        }

    def _file(self) -> dict[str, str]:
        return {
            "gone": self.tr("It is no longer there."),
            "not-allowed": self.tr("You may not read it."),
            "folder-not-allowed": self.tr("You may not open the folder."),
            "folder-not-listed": self.tr("The folder cannot be listed: {said}."),
            "not-opened": self.tr("It cannot be opened: {said}."),
            "disk-error": self.tr("The disk or share reports: {said}."),
            "not-regular": self.tr("It is not a regular file."),
            "no-bytes": self.tr("It has 0 bytes."),
            "over-size": self.tr("It has {mib} MiB; the limit is {limit_mib} MiB."),
        }

    def _content(self) -> dict[str, str]:
        return {
            "no-reader": self.tr("Sabun has no reader for {content}."),
            "old-format": self.tr("It has the old {format} format. Save it as {save_as}."),
            "other-content": self.tr("Its name ends in {suffix}, but the content is {content}."),
            "no-mail": self.tr("It does not begin like an e-mail."),
            "only-blanks": self.tr("There is nothing in it but blanks."),
            "no-text-inside": self.tr("There is no text in it."),
            "over-characters": self.tr("It has more than {limit} characters of text."),
            "over-pages": self.tr("It has {n_pages} pages, which is too many."),
            "no-page": self.tr("No page of it can be found."),
            "no-page-has-text": self.tr("No page has text."),
            "pdf-broken": self.tr("Its PDF structure is broken beyond repair."),
            "encryption-unknown": self.tr("It uses an encryption that is not supported."),
            "password-needed": self.tr("It is protected with a password."),
            "password-wrong": self.tr("The password is wrong."),
        }

    def _package(self) -> dict[str, str]:
        return {
            "zip-broken": self.tr("Its zip container is broken or cut off."),
            "zip-password": self.tr("Its zip container has a password."),
            "zip-bomb": self.tr("It would unpack to {mib} MiB, as a zip bomb does."),
            "over-parts": self.tr("It holds too many parts."),
            "part-broken": self.tr("Its part {part} cannot be unpacked."),
            "part-missing": self.tr("Its part {part} is missing."),
            "part-no-xml": self.tr("Its part {part} is not well-formed XML."),
            "part-too-large": self.tr("Its part {part} is too large."),
            "entities-declared": self.tr(
                "Its part {part} declares XML entities, which Office files never do; it "
                "may be an attack."
            ),
        }

    def _reading(self) -> dict[str, str]:
        return {
            "broken": self.tr("Its structure is broken ({error}: {said})."),
            "nested-too-deeply": self.tr("It is nested too deeply."),
            "memory-needed": self.tr("Reading it needs more memory than is allowed."),
            "too-slow": self.tr("Reading it took too long; it may be damaged or made to do harm."),
            "killed-by-signal": self.tr(
                "The reader crashed on it (signal {signal}); it may be damaged."
            ),
            "ended-with-status": self.tr(
                "The reader crashed on it (status {status}); it may be damaged."
            ),
            "reader-fault": self.tr(
                "Sabun {version} met a fault of its own ({error}). The file may be in "
                "order; send a report from Help > Report a problem."
            ),
        }

    def _pages(self) -> dict[str, str]:
        return {
            "page-damaged": self.tr("Page {page} is damaged and was not read."),
            "page-blank": self.tr("Page {page} is blank."),
            "page-no-text": self.tr("Page {page} has no text."),
            "page-by-ocr": self.tr("Page {page} was read by text recognition."),
            "page-not-recognised": self.tr(
                "Page {page} is a scan, and text recognition failed on it ({error})."
            ),
            "page-over-ocr-limit": self.tr(
                "Page {page} is a scan and was not read: only {limit} pages are recognised."
            ),
            "page-without-ocr": self.tr(
                "Page {page} has no text, and text recognition is not available ({said})."
            ),
        }

    def _parts(self) -> dict[str, str]:
        return {
            "slide-hidden": self.tr("Slide {slide} is hidden in the show, but was read."),
            "slide-no-text": self.tr("Slide {slide} has no text."),
            "sheet-hidden": self.tr("Sheet {sheet} is hidden, but was read."),
            "sheet-no-text": self.tr("Sheet {sheet} has no text."),
            "sheet-cut": self.tr("Sheet {sheet} was read up to row {row} only."),
            "formulas-calculated": self.tr(
                "Sheet {sheet}: the file holds no results for {n_cells} formulas; they were "
                "calculated here."
            ),
            "formulas-uncalculated": self.tr(
                "Sheet {sheet}: {n_cells} formulas have no stored result and were not "
                "calculated. Saved once in Excel, the file has them."
            ),
            "rows-cut": self.tr("Only the first {n_rows} rows were read."),
            "chart-no-values": self.tr("Chart {name}: its values are not in the file."),
            "inserted-too-deep": self.tr(
                "The inserted part {inserted} was not read: it is nested too deeply."
            ),
            "inserted-skipped": self.tr(
                "The inserted part {inserted} was not read. {reason} {cause}"
            ),
            "inserted-note": self.tr("Inserted part {inserted}: {cause}"),
            "object-not-read": self.tr("The embedded object {inserted} was not read."),
            "attachment-too-deep": self.tr(
                "Attachment {attachment} was not read: it is nested too deeply."
            ),
            "attachment-skipped": self.tr("Attachment {attachment} was not read. {reason} {cause}"),
            "attachment-note": self.tr("Attachment {attachment}: {cause}"),
            "archive-cut": self.tr(
                "Attachment {attachment}: only the first {n_files} files in it were read."
            ),
        }
