"""Calendar entries (iCalendar, RFC 5545): invitations in mails, and files of their own."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.documents.cleaning import chosen_title, clean, one_line
from engine.documents.encoding import decode
from engine.documents.source import Source
from engine.records import Block, Location, ParsedDocument

_ENTRIES = frozenset({"VEVENT", "VTODO", "VJOURNAL"})
_LINE = re.compile(r'([A-Za-z0-9-]+)((?:;[^:;"]*(?:"[^"]*"[^:;"]*)*)*):(.*)', re.DOTALL)
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"]*"|[^;:]*)')
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z?))?$")
_MAX_ENTRIES = 5_000
_MAX_PERSONS = 100


@dataclass(frozen=True)
class _Property:
    name: str
    parameters: dict[str, str]
    value: str


@dataclass
class _Entry:
    properties: list[_Property] = field(default_factory=list)

    def all(self, name: str) -> list[_Property]:
        return [each for each in self.properties if each.name == name]

    def text(self, name: str) -> str:
        found = self.all(name)
        return _unescaped(found[0].value) if found else ""


def _unescaped(value: str) -> str:
    plain = re.sub(r"\\([nN,;\\])", lambda m: "\n" if m[1] in "nN" else m[1], value)
    return clean(plain).strip()


def _properties(text: str) -> Iterator[_Property]:
    unfolded = re.sub(r"\r?\n[ \t]", "", text)
    for line in unfolded.splitlines():
        match = _LINE.match(line)
        if match:
            found = {n.upper(): v.strip('"') for n, v in _PARAMETER.findall(match[2])}
            yield _Property(match[1].upper(), found, match[3])


def _entries(text: str) -> Iterator[tuple[_Entry, str]]:
    """Yield the entries, each with the method of its calendar (``CANCEL``)."""
    method, entry, depth = "", None, 0
    for each in _properties(text):
        value = each.value.strip().upper()
        if each.name == "METHOD":
            method = value
        elif each.name == "BEGIN":
            if entry is not None:
                depth += 1  # an alarm within an entry
            elif value in _ENTRIES:
                entry = _Entry()
        elif each.name == "END":
            if entry is not None and depth == 0 and value in _ENTRIES:
                yield entry, method
                entry = None
            depth = max(0, depth - 1)
        elif entry is not None and depth == 0:
            entry.properties.append(each)


def _moment(each: _Property, *, last_day: bool = False) -> tuple[str, str]:
    """Return date and time of day, and its zone; the last day of an entry of whole days."""
    match = _MOMENT.match(each.value.strip())
    if match is None:
        return one_line(each.value), ""
    year, month, day, hour, minute, _, utc = match.groups()
    if hour is None:
        try:
            date = dt.date(int(year), int(month), int(day)) - dt.timedelta(days=int(last_day))
        except (ValueError, OverflowError):
            return one_line(each.value), ""
        return date.isoformat(), ""
    zone = "UTC" if utc else one_line(each.parameters.get("TZID", ""))
    return f"{year}-{month}-{day} {hour}:{minute}", zone


def _when(entry: _Entry) -> str:
    starts, ends = entry.all("DTSTART"), entry.all("DTEND") or entry.all("DUE")
    start, zone = _moment(starts[0]) if starts else ("", "")
    end, end_zone = _moment(ends[0], last_day=bool(starts)) if ends else ("", "")
    zone = zone or end_zone
    if end[:10] == start[:10]:
        end = end[11:]
    span = " - ".join(filter(None, (start, end)))
    return f"{span} ({zone})" if span and zone else span


def _person(each: _Property) -> str:
    address = re.sub(r"(?i)^mailto:", "", each.value.strip())
    name = one_line(each.parameters.get("CN", ""))
    return f"{name} <{address}>" if name and name != address else address


def _lines(entry: _Entry, method: str) -> Iterator[str]:
    yield f"Event: {one_line(entry.text('SUMMARY'))}"
    yield f"When: {_when(entry)}"
    yield f"Where: {one_line(entry.text('LOCATION'))}"
    yield f"Organizer: {', '.join(map(_person, entry.all('ORGANIZER')))}"
    yield f"Attendees: {', '.join(map(_person, entry.all('ATTENDEE')[:_MAX_PERSONS]))}"
    yield f"Repeats: {one_line(entry.text('RRULE'))}"
    status = "CANCELLED" if method == "CANCEL" else entry.text("STATUS").upper()
    yield f"Status: {status.lower() if status != 'CONFIRMED' else ''}"
    yield f"Link: {one_line(entry.text('URL'))}"


def calendar_texts(text: str) -> list[str]:
    """Return the entries of a calendar, a text each: what, when, where, who, description."""
    found: list[str] = []
    for entry, method in _entries(text):
        lines = [line for line in _lines(entry, method) if not line.endswith(": ")]
        lines.extend(filter(None, [entry.text("DESCRIPTION")]))
        if lines and len(found) < _MAX_ENTRIES:
            found.append("\n".join(lines))
    return found


def read(source: Source) -> ParsedDocument:
    """Read a calendar file; locations are the numbers of its entries' order."""
    texts = calendar_texts(decode(source.data))
    blocks = [
        Block(text, Location("part", name=f"entry {number}"))
        for number, text in enumerate(texts, start=1)
    ]
    first = texts[0].partition("\n")[0].removeprefix("Event: ") if len(texts) == 1 else ""
    title = chosen_title(first, name=source.name)
    return ParsedDocument(title, source.checked(blocks), "text/calendar")
