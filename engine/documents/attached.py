"""Documents inside documents: their blocks and notes as those of the one that holds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine.records import Block, Location, Notice, ParsedDocument


def attached_blocks(document: ParsedDocument, name: str) -> Iterator[Block]:
    """Yield the blocks of an attached document: ``attachment x.pdf, page 2``."""
    for block in document.blocks:
        place = Location("part", name=f"attachment {name}{_place_inside(block.location)}")
        heading = " > ".join(filter(None, (name, block.heading)))
        yield replace(block, location=place, heading=heading)


def attached_notes(document: ParsedDocument, name: str) -> Iterator[Notice]:
    """Yield the notes of an attached document; of its own attachments, with a path."""
    for note in document.notes:
        if "attachment" in note.data:
            path = f"{name} > {note.data['attachment']}"
            yield replace(note, data={**note.data, "attachment": path})
        else:
            yield Notice.caused("attachment-note", note, attachment=name)


def _place_inside(location: Location) -> str:
    """Return the page, slide, sheet or part; finer places would cut the text to bits."""
    if location.kind in ("page", "slide"):
        return f", {location.kind} {location.first}"
    if location.kind == "sheet" and "!" in location.name:
        return f", sheet {location.name.rpartition('!')[0]}"
    return f", {location.name}" if location.kind == "part" else ""
