"""Files that lie, break off, explode or are locked: one reason each, and nothing stops."""

from __future__ import annotations

import io
import os
import random
import zipfile
from email.message import EmailMessage

import pytest
from document_builders import english_pdf, member, save_docx, save_pptx, save_xlsx, with_members

from engine.documents import SUPPORTED_SUFFIXES, is_candidate, limits, read_document
from engine.documents.source import Source
from engine.errors import FileUnreadable
from engine.records import SkipReason
from engine.wording.notices import english

BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(10))
    + b"]><lolz>&k;</lolz>"
)


def good_file(kind, tmp_path):
    path = tmp_path / f"good.{kind}"
    if kind == "docx":
        return save_docx(
            path, lambda d: [d.add_paragraph(f"Paragraph {n} of it.") for n in range(40)]
        )
    if kind == "pptx":

        def fill(presentation):
            slide = presentation.slides.add_slide(presentation.slide_layouts[0])
            slide.shapes.title.text = "Title of it"

        return save_pptx(path, fill)
    if kind == "xlsx":
        return save_xlsx(path, lambda b: [b.active.append([n, f"row {n}"]) for n in range(200)])
    if kind == "pdf":
        path.write_bytes(english_pdf([[f"Page {n} of the good file."] for n in range(6)]))
    elif kind == "eml":
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = "a@example.org", "b@example.org", "Minutes"
        mail.set_content("The minutes of the meeting.")
        mail.add_attachment(
            b"Attached words.\n" * 40, maintype="text", subtype="plain", filename="a.txt"
        )
        path.write_bytes(mail.as_bytes())
    elif kind == "html":
        path.write_text("<!DOCTYPE html><html><body>" + "<p>Some <b>words</b> here.</p>" * 50)
    else:
        path.write_text("Some words of a good file.\n\n" * 50)
    return path


def reason_of(path, **kwargs):
    with pytest.raises(FileUnreadable) as caught:
        read_document(path, **kwargs)
    assert caught.value.detail
    return caught.value.reason


KINDS = ["pdf", "docx", "pptx", "xlsx", "html", "eml", "md", "txt", "csv"]


@pytest.mark.parametrize("kind", KINDS)
def test_good_files_are_good(kind, tmp_path):
    assert read_document(good_file(kind, tmp_path)).blocks


@pytest.mark.parametrize("kind", KINDS)
def test_truncated_copies_are_read_or_refused_with_a_reason(kind, tmp_path):
    data = good_file(kind, tmp_path).read_bytes()
    path = tmp_path / f"cut.{kind}"
    for share in (0.02, 0.1, 0.35, 0.6, 0.8, 0.95, 0.999):
        path.write_bytes(data[: max(1, int(len(data) * share))])
        try:
            assert read_document(path).blocks
        except FileUnreadable as error:
            assert error.reason in ("damaged", "wrong-type", "no-text"), (share, error)
    if kind in ("docx", "pptx", "xlsx"):
        path.write_bytes(data[: len(data) // 2])
        assert reason_of(path) == "damaged"


@pytest.mark.parametrize("kind", ["pdf", "docx", "pptx", "xlsx", "eml"])
def test_flipped_bytes_never_raise_anything_else(kind, tmp_path):
    data = good_file(kind, tmp_path).read_bytes()
    path = tmp_path / f"flipped.{kind}"
    rng = random.Random(7)
    for _ in range(25):
        broken = bytearray(data)
        for _ in range(20):
            broken[rng.randrange(len(broken))] = rng.randrange(256)
        path.write_bytes(bytes(broken))
        try:
            assert read_document(path).blocks
        except FileUnreadable as error:
            assert error.reason in set(SkipReason)


@pytest.mark.parametrize("kind", KINDS)
def test_empty_and_blank_files(kind, tmp_path):
    path = tmp_path / f"empty.{kind}"
    path.write_bytes(b"")
    assert reason_of(path) == "empty"
    path.write_bytes(b" \r\n\t\n" * 100)
    assert reason_of(path) == "no-text"


HTML = b"<!DOCTYPE html><html><body><p>Error 404</p></body></html>"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("report.pdf", HTML, "an HTML page"),
        ("report.docx", HTML, "an HTML page"),
        ("report.docx", b"%PDF-1.7 ...", "a PDF"),
        ("report.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0", "a PNG image"),
        ("report.pptx", b"Just words\n", "plain text"),
        ("report.docx", b"{\\rtf1 words}", "an RTF document"),
        ("mail.eml", b"Dear all,\nno header here\n", "e-mail"),
        ("memo.txt", b"%PDF-1.4 binary \xff\xfe\0\0", "a PDF"),
        ("memo.txt", b"\x7fELF\x02\x01\x01" + bytes(64), "a program"),
        ("page.html", b"PK\x03\x04" + bytes(64), "zip"),
    ],
)
def test_wrong_types_say_what_the_content_is(name, content, said, tmp_path):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileUnreadable) as caught:
        read_document(path)
    assert caught.value.reason == "wrong-type"
    assert said in english(caught.value.detail)


def test_one_office_type_under_the_name_of_another(tmp_path):
    path = tmp_path / "actually.xlsx"
    path.write_bytes(good_file("docx", tmp_path).read_bytes())
    assert reason_of(path) == "wrong-type"


@pytest.mark.parametrize(
    "name", ["photo.png", "old.doc", "movie.mp4", "archive.zip", "README", "a.odt"]
)
def test_other_types_are_unsupported(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(b"whatever")
    assert is_candidate(path)
    assert reason_of(path) == "unsupported"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("report.docx", True),
        ("~$report.docx", False),
        (".hidden.txt", False),
        (".DS_Store", False),
        ("Thumbs.db", False),
        ("desktop.ini", False),
        ("見積書.XLSX", True),
        ("unknown.xyz", True),
    ],
)
def test_candidates(name, expected, tmp_path):
    assert is_candidate(tmp_path / name) is expected
    assert ".docx" in SUPPORTED_SUFFIXES


def test_upper_case_suffixes_and_odd_names(tmp_path):
    path = tmp_path / "見積 'x' %s 😀\n.TXT"
    path.write_text("words")
    assert read_document(path).title == path.name


def test_vanished_folder_and_special_files(tmp_path):
    assert reason_of(tmp_path / "gone.txt") == "vanished"
    (tmp_path / "folder.txt").mkdir()
    assert reason_of(tmp_path / "folder.txt") == "unsupported"
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.txt")
        assert reason_of(tmp_path / "pipe.txt") == "unsupported"


def test_no_permission(tmp_path, monkeypatch):
    path = tmp_path / "locked.txt"
    path.write_text("words")
    path.chmod(0)
    if os.access(path, os.R_OK):  # root may read everything: let the system call fail instead
        import pathlib

        def refuse(self, *args, **kwargs):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(pathlib.Path, "open", refuse)
    assert reason_of(path) == "no-permission"


def test_too_large(tmp_path, monkeypatch):
    path = tmp_path / "large.txt"
    path.write_text("words " * 100)
    monkeypatch.setattr(limits, "MAX_TEXT_FILE_BYTES", 100)
    assert reason_of(path) == "too-large"


def test_encrypted_office_container(tmp_path):
    path = tmp_path / "secret.docx"
    directory = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + directory + bytes(1000))
    assert reason_of(path) == "encrypted"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument\0".encode("utf-16-le")
    )
    assert reason_of(path) == "wrong-type"


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        ("docx", "word/document.xml"),
        ("docx", "word/_rels/document.xml.rels"),
        ("pptx", "ppt/slides/slide1.xml"),
        ("xlsx", "xl/worksheets/sheet1.xml"),
        ("xlsx", "xl/sharedStrings.xml"),
        ("xlsx", "docProps/core.xml"),
    ],
)
@pytest.mark.parametrize("attack", ["bomb", "external"])
def test_xml_bombs_and_external_entities_are_refused(kind, part, attack, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP SECRET")
    external = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]><x>&e;</x>'
    )
    xml = BOMB if attack == "bomb" else external.encode()
    path = with_members(good_file(kind, tmp_path), tmp_path / f"evil.{kind}", {part: xml})
    with pytest.raises(FileUnreadable) as caught:
        read_document(path)
    assert caught.value.reason == "damaged"
    assert caught.value.detail.code == "entities-declared"


def test_declarations_hidden_behind_a_long_prolog_or_another_encoding(tmp_path):
    for xml in (
        BOMB.replace(b"?><!", b"?><!--" + b"x" * 200_000 + b"--><!"),
        BOMB.decode().replace('1.0"?', '1.0" encoding="UTF-16"?').encode("utf-16"),
    ):
        path = with_members(
            good_file("docx", tmp_path), tmp_path / "evil.docx", {"word/document.xml": xml}
        )
        assert reason_of(path) == "damaged"


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx"])
def test_zip_bombs(kind, tmp_path):
    zeros = io.BytesIO()
    with zipfile.ZipFile(zeros, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x", b" " * 60_000_000)
    part = {"docx": "word/document.xml", "pptx": "ppt/presentation.xml", "xlsx": "xl/workbook.xml"}[
        kind
    ]
    path = with_members(
        good_file(kind, tmp_path), tmp_path / f"bomb.{kind}", {part: b" " * 60_000_000}
    )
    assert path.stat().st_size < 1_000_000
    assert reason_of(path) == "too-large"


def test_a_bomb_that_declares_a_small_size(tmp_path):
    plain = good_file("docx", tmp_path)
    path = with_members(plain, tmp_path / "liar.docx", {"word/document.xml": b" " * 60_000_000})
    declared = (60_000_000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(declared, (1000).to_bytes(4, "little")))
    assert reason_of(path) == "damaged"


def test_many_members_and_totals(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_ARCHIVE_MEMBERS", 3)
    assert reason_of(good_file("docx", tmp_path)) == "too-large"
    monkeypatch.undo()
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 1000)
    assert reason_of(good_file("xlsx", tmp_path)) == "too-large"


@pytest.mark.parametrize("depth", [3_000, 200_000])
def test_deeply_nested_xml(depth, tmp_path):
    plain = good_file("docx", tmp_path)
    xml = member(plain, "word/document.xml")
    nested = b"<w:tbl><w:tr><w:tc>" * depth + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * depth
    path = with_members(
        plain,
        tmp_path / "deep.docx",
        {"word/document.xml": xml.replace(b"<w:body>", b"<w:body>" + nested)},
    )
    try:
        assert "Paragraph 1 of it." in [block.text for block in read_document(path).blocks]
    except FileUnreadable as error:
        assert error.reason in ("damaged", "too-large")


def test_missing_main_part(tmp_path):
    path = tmp_path / "hollow.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/other.xml", "<x/>")
    assert reason_of(path) == "damaged"


def test_too_much_text(tmp_path, monkeypatch):
    import engine.documents.source as source_module

    monkeypatch.setattr(source_module, "MAX_TEXT_CHARACTERS", 100)
    assert reason_of(good_file("txt", tmp_path)) == "too-large"
    assert Source("a.TXT", b"", "a.TXT").suffix == ".txt"
