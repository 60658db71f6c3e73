"""E-mail: header block, body and attachments, each decoded."""

from __future__ import annotations

import re
from collections.abc import Callable
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from typing import TypeVar

from engine.documents.attached import attached_blocks, attached_notes
from engine.documents.cleaning import chosen_title, clean, one_line
from engine.documents.encoding import decode
from engine.documents.limits import MAX_ATTACHMENT_DEPTH
from engine.documents.source import Reader, Source
from engine.documents.text_files.attached_names import is_archive, named
from engine.documents.text_files.calendar import calendar_texts
from engine.documents.text_files.tnef import SIGNATURE, NotTnef, unpacked
from engine.documents.text_files.web_page import parse
from engine.documents.text_files.zipped import Budget, files, n_files
from engine.errors import FileUnreadable
from engine.records import Block, Location, Notice, ParsedDocument

_SHOWN = ("From", "To", "Cc", "Date", "Subject")
_UNKNOWN = "application/octet-stream"

_EMAIL_ERRORS = (
    AssertionError,
    AttributeError,
    LookupError,
    MessageError,
    OSError,
    OverflowError,
    TypeError,
    ValueError,
)
"""What the email package raises on headers and bodies that no standard allows."""

_WORD = re.compile(r"[a-z0-9\u00c0-\u024f]{2,}|[\u3041-\u9fff]")
_CALENDARS = frozenset({"text/calendar", "application/ics", "text/x-vcalendar"})
_FEW_WORDS = 5
"""The two parts of a mail name their links and pictures in different words."""

_Said = TypeVar("_Said")
_Otherwise = TypeVar("_Otherwise")


def _asked(question: Callable[[], _Said], otherwise: _Otherwise) -> _Said | _Otherwise:
    """Return what the email package says of a part; ``otherwise`` where it fails on it."""
    try:
        return question()
    except _EMAIL_ERRORS:
        return otherwise


def _type(part: EmailMessage) -> str:
    return _asked(part.get_content_type, _UNKNOWN)


def _is_multipart(part: EmailMessage) -> bool:
    return _type(part).startswith("multipart/")


def _parts(message: EmailMessage) -> list[EmailMessage]:
    parts = _asked(lambda: list(message.iter_parts()), ())
    return [part for part in parts if isinstance(part, EmailMessage)]


def _field(message: EmailMessage, name: str) -> str:
    """Return a decoded header field; broken ones as they stand."""
    items = _asked(lambda: list(message.raw_items()), ())
    raw = next((str(v) for key, v in items if key.lower() == name.lower()), "")
    if any("\udc80" <= character <= "\udcff" for character in raw):
        # Bytes that no standard allows there; the parser keeps them as surrogates.
        return one_line(decode(raw.encode("utf-8", "surrogateescape")))
    return one_line(_asked(lambda: str(message.get(name, "")), raw))


def _sent(message: EmailMessage) -> float | None:
    return _asked(lambda: parsedate_to_datetime(str(message.get("Date", ""))).timestamp(), None)


def _payload(part: EmailMessage) -> bytes:
    payload = _asked(lambda: part.get_payload(decode=True), None)
    return payload if isinstance(payload, bytes) else b""


def _charset(part: EmailMessage) -> str:
    return _asked(lambda: part.get_content_charset("") or "", "")


def _text(part: EmailMessage) -> str:
    text = decode(_payload(part), _charset(part))
    if _type(part) == "text/html":
        return "\n\n".join(block.text for block in parse(text).blocks)
    lines = clean(text).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def _is_body(part: EmailMessage) -> bool:
    return (
        _type(part) in ("text/plain", "text/html")
        and _asked(part.get_content_disposition, "") != "attachment"
        and not _asked(part.get_filename, "")
    )


def _bodies(message: EmailMessage) -> list[str]:
    """Return the readable texts; of alternatives, the plain one unless it is a stub."""
    if not _is_multipart(message):
        return [_text(message)] if _is_body(message) else []
    texts = [text for part in _parts(message) for text in _bodies(part)]
    if _type(message) == "multipart/alternative" and len(texts) > 1:
        plain, *others = texts
        longest = max(others, key=len)
        return [longest if _is_richer(longest, plain) else plain]
    return texts


def _is_richer(html: str, plain: str) -> bool:
    """Tell whether the text of an HTML part says what the plain one leaves out."""
    said, also = (set(_WORD.findall(text.lower())) for text in (plain, html))
    return len(also - said) > max(_FEW_WORDS, len(also) // 10)


def _attachments(message: EmailMessage) -> list[EmailMessage]:
    if _type(message) == "message/rfc822":
        return [message]
    if _is_multipart(message):
        return [inner for part in _parts(message) for inner in _attachments(part)]
    return [] if _is_body(message) else [message]


class _Attachments:
    """Reads what is attached to one mail.

    Attributes:
        blocks: Read so far.
        notes: On what was not.
    """

    def __init__(self, source: Source, read_inner: Reader) -> None:
        self._source = source
        self._read_inner = read_inner
        self._budget = Budget()
        self._calendars: set[str] = set()
        self.blocks: list[Block] = []
        self.notes: list[Notice] = []

    def add(self, part: EmailMessage, number: int, subject: str) -> None:
        """Read one part that is no body."""
        if _type(part) in _CALENDARS:
            self._calendar(part, subject)
            return
        is_mail = _type(part) == "message/rfc822"
        data = _attached_mail(part) if is_mail else _payload(part)
        if data.startswith(SIGNATURE) and self._packed(data, _name(part, number), subject):
            return
        self._data(named(_name(part, number), _type(part), data), data, self._source, ())

    def _packed(self, data: bytes, name: str, subject: str) -> bool:
        """Read what Outlook packed; false if it is broken."""
        try:
            packed = unpacked(data)
        except NotTnef:
            return False
        text = clean(packed.text).strip()
        if packed.html:
            text = "\n\n".join(block.text for block in parse(packed.html).blocks)
        if text:
            place = Location("part", name=f"body in {name}")
            self.blocks.append(Block(text, place, subject))
        for number, file in enumerate(packed.files, start=1):
            inner = named(file.name or f"part {number}", "", file.data)
            self._data(inner.replace("/", "_"), file.data, self._source, (name,))
        return True

    def _calendar(self, part: EmailMessage, subject: str) -> None:
        for text in calendar_texts(decode(_payload(part), _charset(part))):
            if text not in self._calendars:  # many send an invitation twice
                self._calendars.add(text)
                self.blocks.append(Block(text, Location("part", name="calendar"), subject))

    def _data(self, name: str, data: bytes, outer: Source, path: tuple[str, ...]) -> None:
        """Read a file that is attached, or lies in an archive that is."""
        shown = " > ".join((*path, name))
        if outer.depth >= MAX_ATTACHMENT_DEPTH:
            self.notes.append(Notice("attachment-too-deep", {"attachment": shown}))
            return
        inner = outer.attachment(name, data)
        try:
            if is_archive(data):
                self._archive(inner, shown, (*path, name))
            else:
                self._document(self._read_inner(inner), shown)
        except FileUnreadable as error:
            skipped = Notice.caused(
                "attachment-skipped", error.detail, attachment=shown, reason=error.reason
            )
            self.notes.append(skipped)

    def _archive(self, archive: Source, shown: str, path: tuple[str, ...]) -> None:
        n_read = 0
        for name, data in files(archive, self._budget):
            self._data(name, data, archive, path)
            n_read += 1
        if n_read < n_files(archive):
            cut: dict[str, str | int] = {"attachment": shown, "n_files": n_read}
            self.notes.append(Notice("archive-cut", cut))

    def _document(self, document: ParsedDocument, shown: str) -> None:
        self.blocks.extend(attached_blocks(document, shown))
        self.notes.extend(attached_notes(document, shown))


def _attached_mail(part: EmailMessage) -> bytes:
    if _type(part) != "message/rfc822":
        return _payload(part)
    inner = _asked(part.get_payload, None)
    first = inner[0] if isinstance(inner, list) and inner else None
    return _asked(first.as_bytes, b"") if isinstance(first, EmailMessage) else b""


def _name(part: EmailMessage, number: int) -> str:
    name = one_line(_asked(part.get_filename, None) or "").replace("/", "_").replace("\\", "_")
    if _type(part) == "message/rfc822" and not name.lower().endswith(".eml"):
        return f"{name or f'mail {number}'}.eml"
    return name or f"part {number}"


def read(source: Source, read_inner: Reader) -> ParsedDocument:
    """Read a mail; locations are its parts: ``header``, ``body``, ``attachment x.pdf, page 2``.

    Args:
        source: The mail.
        read_inner: Reads an attachment, whatever its format.
    """
    parser = BytesParser(_class=EmailMessage, policy=policy.default)
    with source.library_call(*_EMAIL_ERRORS):
        message = parser.parsebytes(source.data.lstrip(b"\xef\xbb\xbf\r\n"))
    fields = {name: _field(message, name) for name in _SHOWN}
    subject = fields["Subject"]
    header = "\n".join(f"{name}: {value}" for name, value in fields.items() if value)
    blocks = [Block(header, Location("part", name="header"), subject)]
    for body in _bodies(message):
        for paragraph in body.split("\n\n"):
            blocks.append(Block(paragraph.strip("\n"), Location("part", name="body"), subject))
    attachments = _Attachments(source, read_inner)
    for number, part in enumerate(_attachments(message), start=1):
        attachments.add(part, number, subject)
    blocks.extend(attachments.blocks)
    title = chosen_title(subject, name=source.name)
    sent = _sent(message)
    return ParsedDocument(
        title, source.checked(blocks), "message/rfc822", sent, tuple(attachments.notes)
    )
