"""E-mail: header block, body and attachments, each decoded."""

from __future__ import annotations

from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

from engine.documents.cleaning import chosen_title, clean, one_line
from engine.documents.encoding import decode
from engine.documents.limits import MAX_ATTACHMENT_DEPTH
from engine.documents.source import Source
from engine.errors import FileUnreadable
from engine.records import Block, Location, ParsedDocument

_SHOWN = ("From", "To", "Cc", "Date", "Subject")


def _field(message: EmailMessage, name: str) -> str:
    """Return a decoded header field; broken ones as they stand."""
    raw = next((str(v) for key, v in message.raw_items() if key.lower() == name.lower()), "")
    if any("\udc80" <= character <= "\udcff" for character in raw):
        # Bytes that no standard allows there; the parser keeps them as surrogates.
        return one_line(decode(raw.encode("utf-8", "surrogateescape")))
    try:
        return one_line(str(message.get(name, "")))
    except (ValueError, LookupError, TypeError, AttributeError):
        return one_line(raw)


def _sent(message: EmailMessage) -> float | None:
    try:
        return parsedate_to_datetime(str(message.get("Date", ""))).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError, OSError, AttributeError):
        return None


def _payload(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _charset(part: EmailMessage) -> str:
    try:
        return part.get_content_charset("") or ""
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""


def _text(part: EmailMessage) -> str:
    text = decode(_payload(part), _charset(part))
    if part.get_content_type() == "text/html":
        from engine.documents.text_files.web_page import parse

        return "\n\n".join(block.text for block in parse(text).blocks)
    lines = clean(text).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def _is_body(part: EmailMessage) -> bool:
    return (
        part.get_content_type() in ("text/plain", "text/html")
        and part.get_content_disposition() != "attachment"
        and not part.get_filename()
    )


def _bodies(message: EmailMessage) -> list[str]:
    """Return the readable texts; of alternatives, the plain one unless it is a stub."""
    if message.get_content_maintype() != "multipart":
        return [_text(message)] if _is_body(message) else []
    parts = [part for part in message.iter_parts() if isinstance(part, EmailMessage)]
    texts = [text for part in parts for text in _bodies(part)]
    if message.get_content_type() == "multipart/alternative" and len(texts) > 1:
        plain, *others = texts
        longest = max(others, key=len)
        return [plain if len(plain) * 5 > len(longest) else longest]
    return texts


def _attachments(message: EmailMessage) -> list[EmailMessage]:
    if message.get_content_type() == "message/rfc822":
        return [message]
    if message.get_content_maintype() == "multipart":
        parts = [part for part in message.iter_parts() if isinstance(part, EmailMessage)]
        return [found for part in parts for found in _attachments(part)]
    return [] if _is_body(message) else [message]


def _read_attachment(
    part: EmailMessage, number: int, source: Source
) -> tuple[list[Block], tuple[str, ...]]:
    from engine.documents.reading import read_source

    name = _name(part, number)
    label = f"attachment {name}"
    if source.depth >= MAX_ATTACHMENT_DEPTH:
        return [], (f"{label}: not read, it is nested too deeply",)
    data = _attached_mail(part) if name.endswith(".eml") else _payload(part)
    try:
        inner = read_source(source.attachment(name, data))
    except FileUnreadable as error:
        return [], (f"{label}: {error.reason} ({error.detail})",)
    blocks = [
        replace(
            block,
            location=Location("part", name=label + _place_inside(block.location)),
            heading=" > ".join(filter(None, (name, block.heading))),
        )
        for block in inner.blocks
    ]
    return blocks, tuple(f"{label}: {note}" for note in inner.notes)


def _place_inside(location: Location) -> str:
    """Return the page, slide, sheet or part; finer places would cut the text to bits."""
    if location.kind in ("page", "slide"):
        return f", {location.kind} {location.first}"
    if location.kind == "sheet" and "!" in location.name:
        return f", sheet {location.name.rpartition('!')[0]}"
    return f", {location.name}" if location.kind == "part" else ""


def _attached_mail(part: EmailMessage) -> bytes:
    if part.get_content_type() != "message/rfc822":
        return _payload(part)
    inner = part.get_payload()
    first = inner[0] if isinstance(inner, list) and inner else None
    return first.as_bytes() if isinstance(first, EmailMessage) else b""


def _name(part: EmailMessage, number: int) -> str:
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError, AttributeError):
        name = ""
    name = one_line(name).replace("/", "_").replace("\\", "_")
    if part.get_content_type() == "message/rfc822" and not name.lower().endswith(".eml"):
        return f"{name or f'mail {number}'}.eml"
    return name or f"part {number}"


def read(source: Source) -> ParsedDocument:
    """Read a mail; locations are its parts: ``header``, ``body``, ``attachment x.pdf, page 2``."""
    message = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(
        source.data.lstrip(b"\xef\xbb\xbf\r\n")
    )
    fields = {name: _field(message, name) for name in _SHOWN}
    subject = fields["Subject"]
    header = "\n".join(f"{name}: {value}" for name, value in fields.items() if value)
    blocks = [Block(header, Location("part", name="header"), subject)]
    for body in _bodies(message):
        for paragraph in body.split("\n\n"):
            blocks.append(Block(paragraph.strip("\n"), Location("part", name="body"), subject))
    notes: list[str] = []
    for number, part in enumerate(_attachments(message), start=1):
        found, said = _read_attachment(part, number, source)
        blocks.extend(found)
        notes.extend(said)
    title = chosen_title(subject, name=source.name)
    sent = _sent(message)
    return ParsedDocument(title, source.checked(blocks), "message/rfc822", sent, tuple(notes))
