"""The typed tables of a parsed document."""

from __future__ import annotations

from engine.documents.chunking import laid_out
from engine.documents.tables.typed import typed_tables
from engine.records import ParsedDocument
from engine.records.tables import TypedTable

_CUT = ("sheet-cut", "rows-cut")
"""Notes of readers: rows were left out."""


def tables_of(parsed: ParsedDocument) -> tuple[TypedTable, ...]:
    """Return the tables of a document, their cells placed in its text as chunking lays it out."""
    if not any(block.row for block in parsed.blocks):
        return ()
    causes = ((note, note.cause()) for note in parsed.notes)
    is_cut = any(note.code in _CUT or (why and why.code in _CUT) for note, why in causes)
    return typed_tables(laid_out(parsed.blocks)[1], is_cut=bool(is_cut))
