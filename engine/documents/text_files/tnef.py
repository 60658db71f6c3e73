"""What Outlook packs into ``winmail.dat`` (TNEF, [MS-OXTNEF]): a body and attachments."""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.documents.cleaning import one_line
from engine.documents.encoding import decode

SIGNATURE = b"\x78\x9f\x3e\x22"

_BODY, _ATTACH_START, _ATTACH_TITLE = 0x0002800C, 0x00069002, 0x00018010
_ATTACH_DATA, _ATTACH_PROPERTIES, _PROPERTIES = 0x0006800F, 0x00069005, 0x00069003
_P_BODY, _P_HTML, _P_DATA, _P_NAME, _P_LONG_NAME = 0x1000, 0x1013, 0x3701, 0x3704, 0x3707
_FIXED = {0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8}
_FIXED |= {0x40: 8, 0x48: 16}
_STRING, _UNICODE, _OBJECT, _BINARY = 0x1E, 0x1F, 0x0D, 0x102
_MULTIPLE = 0x1000
_OBJECT_ID_BYTES = 16
_MOST_PROPERTIES = 5_000
_SMALLEST_ATTRIBUTE = 11
_MOST_ATTACHMENTS = 200


class NotTnef(ValueError):
    """The bytes break off or make no sense."""


@dataclass
class PackedFile:
    """One attachment.

    Attributes:
        name: May be empty.
        data: Its content.
    """

    name: str = ""
    data: bytes = b""


@dataclass
class Packed:
    """What was packed.

    Attributes:
        text: The plain body; may be empty.
        html: The body in HTML; may be empty.
        files: In order.
    """

    text: str = ""
    html: str = ""
    files: list[PackedFile] = field(default_factory=list)


class _Bytes:
    """Reads little-endian values from the front."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0

    def take(self, n_bytes: int) -> bytes:
        end = self.position + n_bytes
        if n_bytes < 0 or end > len(self.data):
            raise NotTnef
        found = self.data[self.position : end]
        self.position = end
        return found

    def short(self) -> int:
        return int(struct.unpack("<H", self.take(2))[0])

    def long(self) -> int:
        return int(struct.unpack("<I", self.take(4))[0])

    def padded(self, n_bytes: int) -> bytes:
        found = self.take(n_bytes)
        self.position = min(len(self.data), self.position + -n_bytes % 4)
        return found


def _properties(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the properties of a message or attachment: number and value as UTF-8 or bytes."""
    source = _Bytes(data)
    for _ in range(min(source.long(), _MOST_PROPERTIES)):
        kind, number = source.short(), source.short()
        if number >= 0x8000:
            source.take(16)
            if source.long():
                source.padded(source.long())
            else:
                source.long()
        single = kind & ~_MULTIPLE
        is_list = bool(kind & _MULTIPLE) or single in (_STRING, _UNICODE, _OBJECT, _BINARY)
        for _ in range(min(source.long(), _MOST_PROPERTIES) if is_list else 1):
            size = _FIXED.get(single)
            value = source.padded(size if size is not None else source.long())
            if single == _UNICODE:
                yield number, value.decode("utf-16-le", "replace").rstrip("\0").encode()
            elif single == _OBJECT:
                yield number, value[_OBJECT_ID_BYTES:]
            else:
                yield number, value.rstrip(b"\0") if single == _STRING else value


def unpacked(data: bytes) -> Packed:
    """Return what is packed.

    Raises:
        NotTnef: It is broken.
    """
    source = _Bytes(data)
    if source.take(4) != SIGNATURE:
        raise NotTnef
    source.short()
    found = Packed()
    while len(data) - source.position >= _SMALLEST_ATTRIBUTE:  # a byte or two may follow
        source.take(1)
        name, length = source.long(), source.long()
        value = source.take(length)
        source.short()  # sum of the bytes; Outlook itself does not insist on it
        _take(found, name, value)
    return found


def _take(found: Packed, name: int, value: bytes) -> None:
    if name == _BODY:
        found.text = found.text or decode(value.rstrip(b"\0"))
    elif name == _PROPERTIES:
        with contextlib.suppress(NotTnef):  # the rest of the properties is not needed
            for number, data in _properties(value):
                if number == _P_BODY:
                    found.text = decode(data)
                elif number == _P_HTML:
                    found.html = decode(data)
    elif name == _ATTACH_START and len(found.files) < _MOST_ATTACHMENTS:
        found.files.append(PackedFile())
    elif found.files and name in (_ATTACH_TITLE, _ATTACH_DATA, _ATTACH_PROPERTIES):
        _take_of_file(found.files[-1], name, value)


def _take_of_file(file: PackedFile, name: int, value: bytes) -> None:
    if name == _ATTACH_TITLE:
        file.name = file.name or one_line(decode(value.rstrip(b"\0")))
    elif name == _ATTACH_DATA:
        file.data = value
    else:
        properties = dict(_properties(value))
        named = properties.get(_P_LONG_NAME) or (b"" if file.name else properties.get(_P_NAME, b""))
        file.name = one_line(decode(named)) if named else file.name
        file.data = file.data or properties.get(_P_DATA, b"")
