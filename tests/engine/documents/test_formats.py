"""A format is one reader and one line in a table."""

from __future__ import annotations

import io
import zipfile

import pytest

from engine.documents import reading
from engine.documents.formats import Format
from engine.documents.office.archive import Package, local_name
from engine.documents.source import Source
from engine.errors import FileUnreadable
from engine.records import Block, Location, ParsedDocument
from engine.wording.files import CONTENTS

OPEN_TEXT = "application/vnd.oasis.opendocument.text"


def read_open_text(source: Source) -> ParsedDocument:
    root = Package(source).xml("content.xml")
    texts = ["".join(p.itertext()) for p in root.iter() if local_name(p) == "p"]
    blocks = [Block(text, Location("paragraph", n, n)) for n, text in enumerate(texts, start=1)]
    return ParsedDocument(source.name, source.checked(blocks), OPEN_TEXT)


def open_text(*paragraphs: str) -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", OPEN_TEXT)
        archive.writestr("content.xml", f"<document>{body}</document>")
    return packed.getvalue()


@pytest.fixture
def declared(monkeypatch):
    """The table with one format more."""
    added = Format("opendocument", (".odt",), read_open_text)
    monkeypatch.setitem(reading._BY_SUFFIX, ".odt", added)


def read(name: str, data: bytes) -> ParsedDocument:
    return reading.read_source(Source(name, data, name))


def test_without_its_line_the_format_is_not_read():
    with pytest.raises(FileUnreadable) as caught:
        read("letter.odt", open_text("Dear all"))
    assert caught.value.reason == "unsupported"
    assert caught.value.detail.data == {"content": "opendocument"}


@pytest.mark.usefixtures("declared")
def test_with_its_line_it_is_read_checked_and_attached():
    assert [b.text for b in read("letter.odt", open_text("Dear all", "Yours")).blocks] == [
        "Dear all",
        "Yours",
    ]
    for data, reason in ((b"%PDF-1.7", "wrong-type"), (open_text(), "no-text")):
        with pytest.raises(FileUnreadable) as caught:
            read("letter.odt", data)
        assert caught.value.reason == reason


def test_suffixes_have_one_format_and_contents_have_names():
    suffixes = [suffix for each in reading.FORMATS for suffix in each.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in suffixes)
    assert {each.content for each in reading.FORMATS} <= CONTENTS.keys()
