from __future__ import annotations

from email.message import EmailMessage

import pytest
from document_builders import english_pdf, save_xlsx, texts, whole_text

from engine.documents import read_document
from engine.documents.limits import MAX_ATTACHMENT_DEPTH
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
