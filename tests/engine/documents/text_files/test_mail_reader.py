from __future__ import annotations

import io
import struct
import zipfile
from email.message import EmailMessage

import pytest
from document_builders import english_pdf, save_xlsx, texts, whole_text

from engine.documents import read_document
from engine.documents.limits import MAX_ATTACHMENT_DEPTH
from engine.documents.text_files import mail as mail_reader
from engine.documents.text_files.zipped import Budget
from engine.wording.notices import english


def message(subject="Quote for 40 desks", body="We offer 40 desks at 1,200 yen."):
    mail = EmailMessage()
    mail["From"] = "森 健 <mori@example.org>"
    mail["To"] = "abe@example.org"
    mail["Date"] = "Wed, 01 Apr 2026 09:30:00 +0900"
    mail["Subject"] = subject
    mail.set_content(body)
    return mail


def saved(tmp_path, mail):
    path = tmp_path / "mail.eml"
    path.write_bytes(mail if isinstance(mail, bytes) else mail.as_bytes())
    return read_document(path)


def test_header_and_body(tmp_path):
    document = saved(tmp_path, message(body="Dear Abe,\n\nwe offer 40 desks.\n"))
    assert document.title == "Quote for 40 desks"
    assert document.modified_in_document == 1775003400.0
    assert document.blocks[0].text.splitlines() == [
        "From: 森 健 <mori@example.org>",
        "To: abe@example.org",
        "Date: Wed, 01 Apr 2026 09:30:00 +0900",
        "Subject: Quote for 40 desks",
    ]
    assert texts(document)[1:] == ["Dear Abe,", "we offer 40 desks."]
    assert [str(block.location) for block in document.blocks] == [
        "part header",
        "part body",
        "part body",
    ]


@pytest.mark.parametrize("charset", ["iso-2022-jp", "shift_jis", "euc-jp", "utf-8"])
@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
def test_japanese_charsets(tmp_path, charset, encoding):
    subject, body = "見積書の送付", "お世話になっております。四十台のお見積りです。"
    encoded = body.encode(charset)
    mail = message(subject=subject)
    mail.set_content(encoded, maintype="text", subtype="plain", cte="base64")
    mail.replace_header("Content-Type", f'text/plain; charset="{charset}"')
    if encoding != "base64":
        import quopri

        payload = quopri.encodestring(encoded) if encoding == "quoted-printable" else encoded
        head = mail.as_bytes().split(b"\n\n", 1)[0].replace(b"base64", encoding.encode())
        document = saved(tmp_path, head + b"\n\n" + payload)
    else:
        document = saved(tmp_path, mail)
    assert document.title == subject
    assert body in whole_text(document)


def test_raw_eight_bit_headers_and_unknown_charsets(tmp_path):
    raw = "From: a@example.org\nSubject: 契約の件\nContent-Type: text/plain; charset=x-unknown\n\n"
    raw += "本文です。有効です。"
    document = saved(tmp_path, raw.encode("cp932"))
    assert document.title == "契約の件"
    assert "本文です。" in whole_text(document)


def test_alternatives_prefer_text_unless_it_is_a_stub(tmp_path):
    mail = message(body="The plain version of the offer.")
    mail.add_alternative("<p>The <b>HTML</b> version of the offer.</p>", subtype="html")
    assert texts(saved(tmp_path, mail))[1:] == ["The plain version of the offer."]
    mail = message(body="Use an HTML reader.")
    mail.add_alternative(
        f"<h1>Offer</h1><p>{'Forty desks at a good price. ' * 20}</p>", subtype="html"
    )
    assert "Forty desks" in whole_text(saved(tmp_path, mail))


def test_attachments_are_read_and_named(tmp_path):
    def fill(book):
        book.active.title = "Prices"
        for row in (["Item", "Yen"], ["Desk", 1200]):
            book.active.append(row)

    mail = message()
    pdf = english_pdf([["First page of the terms"], ["Second page of the terms"]])
    mail.add_attachment(pdf, maintype="application", subtype="pdf", filename="契約条件.pdf")
    sheet = save_xlsx(tmp_path / "p.xlsx", fill).read_bytes()
    mail.add_attachment(sheet, maintype="application", subtype="x", filename="prices.xlsx")
    mail.add_attachment(
        b"\x89PNG\r\n\x1a\n....", maintype="image", subtype="png", filename="logo.png"
    )
    document = saved(tmp_path, mail)
    places = {block.text: str(block.location) for block in document.blocks}
    assert places["Second page of the terms"] == "part attachment 契約条件.pdf, page 2"
    assert places["Item: Desk | Yen: 1200"] == "part attachment prices.xlsx, sheet Prices"
    assert len(document.notes) == 1
    assert english(document.notes[0]).startswith("attachment logo.png: unsupported (there is no")


def test_mails_within_mails_up_to_a_depth(tmp_path):
    mail = message(subject="Innermost", body="The innermost secret.")
    for level in range(MAX_ATTACHMENT_DEPTH + 1):
        outer = message(subject=f"Forward {level}", body=f"See attached {level}.")
        outer.add_attachment(mail)
        mail = outer
    document = saved(tmp_path, mail)
    assert "See attached 1." in whole_text(document)
    assert "The innermost secret." not in whole_text(document)
    assert any(note.code == "attachment-too-deep" for note in document.notes)


def test_a_broken_attachment_is_noted_and_the_mail_is_read(tmp_path):
    mail = message()
    mail.add_attachment(b"%PDF-1.7 broken", maintype="application", subtype="pdf", filename="a.pdf")
    document = saved(tmp_path, mail)
    assert "40 desks" in whole_text(document)
    assert english(document.notes[0]).startswith("attachment a.pdf: damaged (its PDF")


@pytest.mark.parametrize(
    "raw",
    [
        b"From: a@b\nSubject: x\nContent-Type: multipart/mixed\n\nno boundary here",
        b"From: a@b\nSubject: x\nContent-Type: multipart/mixed; boundary=q\n\n--q\n\ncut off",
        b"From: a@b\nSubject: =?utf-8?b?broken\nDate: never\n\ntext",
        b"From: a@b\nSubject: x\nContent-Transfer-Encoding: base64\n\n!!!not base64!!!",
        b"From mbox line Thu Jan 1\nFrom: a@b\nTo: c@d\nSubject: x\n\ntext",
    ],
)
def test_broken_mails_do_not_fail(tmp_path, raw):
    assert "From: a@b" in whole_text(saved(tmp_path, raw))


INVITATION = r"""BEGIN:VCALENDAR
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Asia/Tokyo
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:塗装工場の監査\, 第2回
LOCATION:Room Haw
 thorn
DTSTART;TZID="Asia/Tokyo":20250703T133000
DTEND;TZID="Asia/Tokyo":20250703T150000
ORGANIZER;CN="Mori, Ken":mailto:mori@example.org
ATTENDEE;CN=Abe:mailto:abe@example.org
ATTENDEE:mailto:ito@example.org
RRULE:FREQ=WEEKLY;BYDAY=TH
DESCRIPTION:Bring:\n- badge\n- 帽子
BEGIN:VALARM
DESCRIPTION:Reminder
END:VALARM
END:VEVENT
END:VCALENDAR
"""


def test_invitations_are_read_once(tmp_path):
    mail = message(body="You are invited.")
    mail.add_alternative(INVITATION, subtype="calendar")
    mail.add_attachment(INVITATION, subtype="calendar", filename="invite.ics")
    again = INVITATION.encode()
    mail.add_attachment(again, maintype="application", subtype="ics", filename="invite.ics")
    document = saved(tmp_path, mail)
    assert [b.text for b in document.blocks if b.location.name == "calendar"] == [
        "Event: 塗装工場の監査, 第2回\n"
        "When: 2025-07-03 13:30 - 15:00 (Asia/Tokyo)\n"
        "Where: Room Hawthorn\n"
        "Organizer: Mori, Ken <mori@example.org>\n"
        "Attendees: Abe <abe@example.org>, ito@example.org\n"
        "Repeats: FREQ=WEEKLY;BYDAY=TH\n"
        "Bring:\n- badge\n- 帽子"
    ]


def test_calendar_files_and_whole_days(tmp_path):
    path = tmp_path / "a.ics"
    path.write_text(
        "BEGIN:VCALENDAR\nMETHOD:CANCEL\nBEGIN:VEVENT\nSUMMARY:夏季休業\nDTSTART;VALUE=DATE:20250811\n"
        "DTEND;VALUE=DATE:20250816\nEND:VEVENT\nEND:VCALENDAR\n",
        "utf-8",
    )
    document = read_document(path)
    assert document.title == "夏季休業"
    assert texts(document) == ["Event: 夏季休業\nWhen: 2025-08-11 - 2025-08-15\nStatus: cancelled"]


def test_attachments_without_a_name_are_told_by_their_content(tmp_path):
    mail = message()
    pdf = english_pdf([["The delivery of 55 spools"]])
    for subtype in ("pdf", "octet-stream"):
        mail.add_attachment(pdf, maintype="application", subtype=subtype)
    mail.add_attachment(b"Name,Phone\nMori,4410\n", maintype="text", subtype="csv")
    for part in list(mail.iter_attachments()):
        del part["Content-Disposition"]
        part["Content-Disposition"] = "attachment"
    document = saved(tmp_path, mail)
    places = [str(block.location) for block in document.blocks[2:]]
    assert places == [
        "part attachment part 1.pdf, page 1",
        "part attachment part 2.pdf, page 1",
        "part attachment part 3.csv",
    ]
    assert not document.notes


def archive(files):
    data = io.BytesIO(b"")
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            out.writestr(name, content)
    return data.getvalue()


def with_archive(tmp_path, data, name="minutes.zip"):
    mail = message()
    mail.add_attachment(data, maintype="application", subtype="zip", filename=name)
    return saved(tmp_path, mail)


def test_archives_are_read_as_folders(tmp_path):
    inner = archive({"deep.txt": "Innermost text"})
    document = with_archive(
        tmp_path,
        archive(
            {
                "議事録/八月.txt": "格納庫6は900クローネ",
                "b.html": "<h1>Rent</h1><p>900 crowns</p>",
                "more.zip": inner,
                "__MACOSX/._b.html": "x",
                "photo.png": b"\x89PNG\r\n\x1a\n....",
            }
        ),
    )
    places = {block.text: block.location.name for block in document.blocks}
    assert places["格納庫6は900クローネ"] == "attachment minutes.zip > 議事録/八月.txt"
    assert places["900 crowns"] == "attachment minutes.zip > b.html"
    assert places["Innermost text"] == "attachment minutes.zip > more.zip > deep.txt"
    assert [english(note).partition(":")[0] for note in document.notes] == [
        "attachment minutes.zip > photo.png"
    ]


def test_archives_have_limits(tmp_path, monkeypatch):
    monkeypatch.setattr(mail_reader, "Budget", lambda: Budget(n_files=2, n_bytes=99))
    document = with_archive(tmp_path, archive({f"{n}.txt": f"Text {n}" for n in range(4)}))
    assert [block.text for block in document.blocks[2:]] == ["Text 0", "Text 1"]
    assert [english(note) for note in document.notes] == [
        "attachment minutes.zip: only the first 2 files in it were read"
    ]


def test_archives_that_do_harm_or_are_locked_are_noted(tmp_path):
    bomb = with_archive(tmp_path, archive({"a.txt": b"0" * (40 * 1024 * 1024)}))
    assert "zip bomb" in english(bomb.notes[0])
    nested = b"text"
    for level in range(6):
        nested = archive({f"{level}.zip" if level else "a.txt": nested})
    deep = with_archive(tmp_path, nested)
    assert "nested too deeply" in english(deep.notes[0])
    locked = bytearray(archive({"a.txt": "secret"}))
    at = locked.rfind(b"PK\x01\x02")
    locked[at + 8] |= 1
    assert "password" in english(with_archive(tmp_path, bytes(locked)).notes[0])
    broken = archive({"a.txt": "text " * 99})
    assert len(with_archive(tmp_path, broken[:60] + b"\0" * 9 + broken[69:]).notes) == 1


def test_an_html_part_that_says_more_is_preferred(tmp_path):
    mail = message(body="Our prices for the coming season are in this mail. Kind regards")
    rows = "".join(
        f"<tr><td>Desk {n}<td>{n}00 yen<td>ships in week {n + 20}</tr>" for n in range(9)
    )
    mail.add_alternative(
        "<p>Our prices for the coming season</p>"
        f"<table><tr><th>Item<th>Price<th>When</tr>{rows}</table>",
        subtype="html",
    )
    assert "Item: Desk 3 | Price: 300 yen" in whole_text(saved(tmp_path, mail))


def test_names_in_archives_of_japanese_windows(tmp_path):
    plain = archive({"GIJI.txt": "Text"})
    old = plain.replace(b"GIJI", "議事".encode("cp932"))
    document = with_archive(tmp_path, old)
    assert document.blocks[-1].location.name == "attachment minutes.zip > 議事.txt"


def tnef(*attributes):
    """Pack attributes as Outlook does: number and value each."""
    data = b"\x78\x9f\x3e\x22\x01\x00"
    for number, value in attributes:
        data += b"\x01" + struct.pack("<II", number, len(value)) + value
        data += struct.pack("<H", sum(value) & 0xFFFF)
    return data


def properties(*found):
    data = struct.pack("<I", len(found))
    for kind, number, value in found:
        data += (
            struct.pack("<HHII", kind, number, 1, len(value)) + value + b"\0" * (-len(value) % 4)
        )
    return data


def test_what_outlook_packs_is_read(tmp_path):
    named = properties((0x1F, 0x3707, "議事録.txt".encode("utf-16-le") + b"\0\0"))
    data = tnef(
        (0x69003, properties((0x102, 0x1013, "<p>本文 <b>です</b></p>".encode()))),
        (0x69002, bytes(14)),
        (0x18010, b"MINUTES.TXT\0"),
        (0x6800F, "格納庫6は900クローネ".encode()),
        (0x69005, named),
        (0x69002, bytes(14)),
        (0x6800F, b"%PDF-1.4 broken"),
    )
    mail = message()
    mail.add_attachment(data, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    document = saved(tmp_path, mail)
    places = {block.text: block.location.name for block in document.blocks}
    assert places["本文 です"] == "body in winmail.dat"
    assert places["格納庫6は900クローネ"] == "attachment winmail.dat > 議事録.txt"
    assert [n.data["attachment"] for n in document.notes] == ["winmail.dat > part 2.pdf"]


@pytest.mark.parametrize("n_bytes", [5, 12, 30, 60, 120])
def test_a_broken_winmail_is_an_attachment_like_others(tmp_path, n_bytes):
    data = tnef((0x69003, properties((0x1E, 0x1000, b"text " * 40))), (0x2800C, b"more"))
    mail = message()
    cut = data[:n_bytes]
    mail.add_attachment(cut, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    assert "We offer 40 desks" in whole_text(saved(tmp_path, mail))
