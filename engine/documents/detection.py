"""What a file is, by its bytes. The suffix is only a claim to compare with."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from engine.documents.encoding import is_binary

Kind = Literal["pdf", "docx", "pptx", "xlsx", "html", "mail", "text", "encrypted-office", "other"]

KIND_BY_SUFFIX: dict[str, Kind] = {
    **dict.fromkeys((".pdf",), "pdf"),
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), "docx"),
    **dict.fromkeys((".pptx", ".pptm", ".ppsx", ".ppsm", ".potx"), "pptx"),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx", ".xltm"), "xlsx"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".eml",), "mail"),
    **dict.fromkeys((".txt", ".text", ".log", ".rst", ".json", ".xml", ".yaml", ".yml"), "text"),
    **dict.fromkeys((".md", ".markdown", ".csv", ".tsv"), "text"),
}

NAME_OF_KIND: dict[Kind, str] = {
    "pdf": "a PDF",
    "docx": "a Word document",
    "pptx": "a PowerPoint presentation",
    "xlsx": "an Excel workbook",
    "html": "an HTML page",
    "mail": "an e-mail",
    "text": "plain text",
    "encrypted-office": "an encrypted Office document",
}

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"BM", "a BMP image"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a Windows program"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"%!PS", "a PostScript file"),
    (b"GGUF", "a language model"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("WordDocument", "an old Word document (.doc)"),
    ("PowerPoint Document", "an old PowerPoint presentation (.ppt)"),
    ("Workbook", "an old Excel workbook (.xls)"),
    ("Book", "an old Excel workbook (.xls)"),
    ("__properties_version1.0", "an Outlook message (.msg)"),
)
_HTML = re.compile(
    rb"^(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEADER_LINE = re.compile(rb"^([A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n([ \t][^\r\n]*\r?\n)*)")
_MAIL_FIELD = re.compile(
    rb"^(from|to|subject|date|received|message-id|mime-version|return-path|content-type):",
    re.IGNORECASE | re.MULTILINE,
)


def _zip_content(data: bytes) -> tuple[Kind, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            mimetype = archive.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, NotImplementedError, RuntimeError):
        return "other", "a damaged zip archive"
    if b"opendocument" in mimetype:
        return "other", "an OpenDocument file"
    if b"epub" in mimetype:
        return "other", "an EPUB book"
    folders = {name.split("/", 1)[0].lower() for name in names if "/" in name}
    if "[Content_Types].xml" in names or "_rels/.rels" in names:
        for folder, kind in (("word", "docx"), ("ppt", "pptx"), ("xl", "xlsx")):
            if folder in folders:
                return kind, NAME_OF_KIND[kind]  # type: ignore[return-value, index]
    return "other", "a zip archive"


def _ole_content(data: bytes) -> tuple[Kind, str]:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "encrypted-office", NAME_OF_KIND["encrypted-office"]
    for stream, name in _OLE_STREAMS:
        # Directory entries are 64 bytes of UTF-16 name, padded with NULs.
        if (stream + "\0").encode("utf-16-le") in data:
            return "other", name
    return "other", "an old Office file"


def is_mail(data: bytes) -> bool:
    """Tell whether the file begins with at least two header lines of a mail."""
    head = data[:16_384].lstrip(b"\xef\xbb\xbf\r\n")
    if head.startswith(b"From "):
        head = head.partition(b"\n")[2]
    end = 0
    while match := _HEADER_LINE.match(head[end:]):
        end += match.end()
    return len(_MAIL_FIELD.findall(head[:end])) >= 2


def detect(data: bytes) -> tuple[Kind, str]:
    """Return the kind of some bytes and its name with an article, for people."""
    if b"%PDF-" in data[:1024]:
        return "pdf", NAME_OF_KIND["pdf"]
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_content(data)
    if data.startswith(_OLE):
        return _ole_content(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "other", "a WebP image"
    for magic, name in _MAGIC:
        if data.startswith(magic) and (len(magic) > 2 or is_binary(data)):
            return "other", name
    if is_binary(data):
        return "other", "binary data"
    if _HTML.match(data[:4096]):
        return "html", NAME_OF_KIND["html"]
    return "text", NAME_OF_KIND["text"]
