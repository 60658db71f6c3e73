"""How values that SQLite does not know are stored: paths, locations, texts, hashes."""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from typing import cast

from engine.records import Location, LocationKind, Notice
from engine.records.notices import STORED_TEXT

SEGMENT_CHARACTERS = 16_384
"""A document's text is stored in pieces of this size: quoting a passage then unpacks one or
two pieces (0.1 ms each), however long the document is, and no text is stored twice."""


def store_path(path: str) -> str | bytes:
    """Return a path as SQLite can hold it: bytes for file names that are not Unicode."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return os.fsencode(path)
    return path


def load_path(value: str | bytes) -> str:
    """Return what :func:`store_path` was given."""
    return os.fsdecode(value)


def storable(text: str) -> str:
    """Replace lone surrogates, which no database can hold, one for one."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def store_location(location: Location) -> str:
    """Return a location as compact JSON."""
    values = [location.kind, location.first, location.last, storable(location.name)]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def load_location(value: str) -> Location:
    """Return what :func:`store_location` was given."""
    kind, first, last, name = json.loads(value)
    return Location(cast(LocationKind, kind), first, last, name)


def store_notice(notice: Notice) -> str:
    """Return a notice as compact JSON; one that is only a stored text as that text."""
    if notice.code == STORED_TEXT:
        return storable(str(notice.data["text"]))
    text = json.dumps([notice.code, dict(notice.data)], ensure_ascii=False, separators=(",", ":"))
    return storable(text)


def load_notice(value: str) -> Notice:
    """Return what :func:`store_notice` was given; sentences of earlier programs as they are."""
    try:
        code, data = json.loads(value)
        return Notice(str(code), dict(data))
    except (ValueError, TypeError):
        return Notice(STORED_TEXT, {"text": value})


def pack_text(text: str) -> list[bytes]:
    """Cut a text into compressed segments of :data:`SEGMENT_CHARACTERS`."""
    return [
        zlib.compress(text[start : start + SEGMENT_CHARACTERS].encode("utf-8", "surrogatepass"), 1)
        for start in range(0, len(text), SEGMENT_CHARACTERS)
    ]


def unpack_segment(body: bytes) -> str:
    """Return one segment as it was."""
    return zlib.decompress(body).decode("utf-8", "surrogatepass")


def passage_text(context: str, text: str) -> str:
    """Return what is embedded and indexed for a passage: where it stands, then its text."""
    return f"{context}\n{text}" if context else text


def text_hash(text: str) -> bytes:
    """Return 16 bytes that name a text: equal texts share one vector."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]
