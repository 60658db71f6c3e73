"""What a file is, by its bytes. The suffix is only a claim to compare with."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

from engine.documents.encoding import is_binary

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"BM", "bmp"),
    (b"{\\rtf", "rtf"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7-zip"),
    (b"Rar!", "rar"),
    (b"\x7fELF", "program"),
    (b"MZ", "windows-program"),
    (b"SQLite format 3\0", "sqlite"),
    (b"%!PS", "postscript"),
    (b"GGUF", "gguf"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("__properties_version1.0", "msg"),
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


_PACKAGES = (("word", "docx"), ("ppt", "pptx"), ("xl", "xlsx"))
"""The folder of an Office package that tells what it holds."""

ZIP_ERRORS = (
    zipfile.BadZipFile,
    OSError,
    EOFError,
    ValueError,
    LookupError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
    struct.error,
    zlib.error,
)
"""What zipfile raises on archives that are broken or of a kind that it does not know."""


def _zip_content(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            mimetype = archive.read("mimetype")[:80] if "mimetype" in names else b""
    except ZIP_ERRORS:
        return "damaged-zip"
    if b"opendocument" in mimetype:
        return "opendocument"
    if b"epub" in mimetype:
        return "epub"
    folders = {name.split("/", 1)[0].lower() for name in names if "/" in name}
    if "[Content_Types].xml" in names or "_rels/.rels" in names:
        for folder, content in _PACKAGES:
            if folder in folders:
                return content
    return "zip"


def _ole_content(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "encrypted-office"
    for stream, content in _OLE_STREAMS:
        # Directory entries are 64 bytes of UTF-16 name, padded with NULs.
        if (stream + "\0").encode("utf-16-le") in data:
            return content
    return "old-office"


def is_mail(data: bytes) -> bool:
    """Tell whether the file begins with at least two header lines of a mail."""
    head = data[:16_384].lstrip(b"\xef\xbb\xbf\r\n")
    if head.startswith(b"From "):
        head = head.partition(b"\n")[2]
    end = 0
    while match := _HEADER_LINE.match(head[end:]):
        end += match.end()
    return len(_MAIL_FIELD.findall(head[:end])) >= 2


def detect(data: bytes) -> str:
    """Return what some bytes are: a key of :data:`engine.wording.files.CONTENTS`."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_content(data)
    if data.startswith(_OLE):
        return _ole_content(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    for magic, content in _MAGIC:
        if data.startswith(magic) and (len(magic) > 2 or is_binary(data)):
            return content
    if is_binary(data):
        return "binary"
    return "html" if _HTML.match(data[:4096]) else "text"
