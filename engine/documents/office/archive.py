"""Office packages: zip archives whose size and XML are checked before anything is parsed."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree as ET
from xml.parsers import expat

from engine.documents import limits
from engine.documents.detection import ZIP_ERRORS
from engine.documents.source import Source
from engine.records import SkipReason

_PROLOG_BYTES = 65_536


class _RootSeen(Exception):
    pass


class _DeclarationSeen(Exception):
    pass


def has_document_type(xml: bytes) -> bool:
    """Tell whether XML has a document type declaration, the home of entity tricks.

    Only the prolog is parsed: the declaration must stand before the root element.
    """
    parser = expat.ParserCreate()

    def on_root(name: str, attributes: dict[str, str]) -> None:
        raise _RootSeen

    def on_declaration(*parts: object) -> None:
        raise _DeclarationSeen

    parser.StartElementHandler = on_root
    parser.StartDoctypeDeclHandler = on_declaration
    try:
        parser.Parse(xml[:_PROLOG_BYTES], False)
    except _DeclarationSeen:
        return True
    except (_RootSeen, expat.ExpatError):
        return False  # what is not well-formed fails later, in the reader of the part
    # The prolog goes on for longer than any honest one.
    return len(xml) >= _PROLOG_BYTES


def local_name(element: ET.Element) -> str:
    """Return the tag without its namespace (transitional and strict files differ there)."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: ET.Element, name: str) -> str:
    """Return an attribute by its local name; empty if absent."""
    for key, value in element.attrib.items():
        if key == name or key.endswith("}" + name):
            return value
    return ""


@dataclass(frozen=True)
class Relation:
    """A link from one part of a package to another.

    Attributes:
        id: What the part's XML refers to.
        type: Last segment of the relationship type: ``slide``, ``footnotes``.
        target: Absolute member name.
    """

    id: str
    type: str
    target: str


class Package:
    """An Office file opened safely.

    Raises:
        FileUnreadable: Damaged, encrypted, or unpacks to more than the limits allow.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(source.data))
        except ZIP_ERRORS as error:
            raise source.unreadable(SkipReason.DAMAGED, "zip-broken") from error
        self._members = {info.filename: info for info in self._archive.infolist()}
        self._n_unpacked = 0
        self._check_sizes()

    def _check_sizes(self) -> None:
        infos = self._members.values()
        if len(infos) > limits.MAX_ARCHIVE_MEMBERS:
            raise self.source.unreadable(SkipReason.TOO_LARGE, "over-parts")
        if any(info.flag_bits & 1 for info in infos):
            raise self.source.unreadable(SkipReason.ENCRYPTED, "zip-password")
        total = sum(info.file_size for info in infos)
        for info in infos:
            is_bomb = (
                info.file_size > limits.RATIO_MATTERS_ABOVE_BYTES
                and info.file_size > limits.MAX_COMPRESSION_RATIO * max(info.compress_size, 1)
            )
            if is_bomb or total > limits.MAX_UNPACKED_BYTES:
                mib = total // limits.MIB
                raise self.source.unreadable(SkipReason.TOO_LARGE, "zip-bomb", mib=mib)

    @property
    def names(self) -> tuple[str, ...]:
        """All member names."""
        return tuple(self._members)

    def check_xml(self) -> None:
        """Refuse document type declarations in every XML part, before a library sees it."""
        for name in self._members:
            if name.endswith((".xml", ".rels", ".vml")):
                self._refuse_declaration(name, self._read(name, _PROLOG_BYTES))

    def _refuse_declaration(self, name: str, xml: bytes) -> None:
        if has_document_type(xml):
            raise self.source.unreadable(SkipReason.DAMAGED, "entities-declared", part=name)

    def _read(self, name: str, n_bytes: int) -> bytes:
        info = self._members[name]
        try:
            with self._archive.open(info) as member:
                # zipfile never gives more than the declared size, so one byte more tells.
                return member.read(n_bytes)
        except ZIP_ERRORS as error:
            raise self.source.unreadable(SkipReason.DAMAGED, "part-broken", part=name) from error

    def read(self, name: str) -> bytes:
        """Return one member, within the limits."""
        data = self._read(name, limits.MAX_MEMBER_BYTES + 1)
        self._n_unpacked += len(data)
        if len(data) > limits.MAX_MEMBER_BYTES or self._n_unpacked > limits.MAX_UNPACKED_BYTES:
            raise self.source.unreadable(SkipReason.TOO_LARGE, "part-too-large", part=name)
        return data

    def xml(self, name: str) -> ET.Element | None:
        """Return the root of an XML part; None if there is no such part."""
        if name not in self._members:
            return None
        data = self.read(name)
        self._refuse_declaration(name, data)
        try:
            # No entity can be declared any more, and ElementTree fetches nothing.
            return ET.fromstring(data)  # noqa: S314
        except (ET.ParseError, ValueError, LookupError) as error:
            raise self.source.unreadable(SkipReason.DAMAGED, "part-no-xml", part=name) from error

    def _relation_elements(self, name: str) -> list[ET.Element]:
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        return list(root) if root is not None else []

    def outer_links(self, name: str) -> dict[str, str]:
        """Return the addresses outside that a part's hyperlinks name; nobody follows them."""
        return {
            link.get("Id", ""): link.get("Target", "")
            for link in self._relation_elements(name)
            if link.get("TargetMode") == "External" and link.get("Type", "").endswith("/hyperlink")
        }

    def relations(self, name: str) -> list[Relation]:
        """Return the internal links of a part; ``""`` asks for those of the package."""
        folder = posixpath.dirname(name)
        found = []
        for link in self._relation_elements(name):
            if link.get("TargetMode") == "External":
                continue
            target = link.get("Target", "")
            path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
            kind = link.get("Type", "").rpartition("/")[2]
            found.append(Relation(link.get("Id", ""), kind, posixpath.normpath(path)))
        return found

    def main_part(self, fallback: str) -> str:
        """Return the name of the document, workbook or presentation part.

        Raises:
            FileUnreadable: There is none.
        """
        for relation in self.relations(""):
            if relation.type == "officeDocument" and relation.target in self._members:
                return relation.target
        if fallback in self._members:
            return fallback
        raise self.source.unreadable(SkipReason.DAMAGED, "part-missing", part=fallback)

    def properties(self) -> tuple[str, float | None]:
        """Return the title and the modification time that the document states of itself."""
        root = self.xml("docProps/core.xml")
        if root is None:
            return "", None
        values = {local_name(child): child.text or "" for child in root}
        return values.get("title", ""), parsed_time(values.get("modified", ""))


def parsed_time(stamp: str) -> float | None:
    """Return an ISO 8601 time as seconds since the epoch; None if it is none."""
    from datetime import UTC, datetime

    try:
        moment = datetime.fromisoformat(stamp.strip().replace("Z", "+00:00"))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError, OSError):
        return None
