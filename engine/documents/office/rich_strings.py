"""Strings of workbooks: plain ones, and those of several runs."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from engine.documents.office.archive import local_name
from engine.documents.office.escapes import unescaped
from engine.documents.office.word_text import run_place
from engine.documents.raised import Place, joined


def string_text(item: ET.Element) -> str:
    """Return the text of a string without its furigana."""
    pieces: list[tuple[str, Place]] = []
    for child in item:
        name = local_name(child)
        if name == "t":
            pieces.append((unescaped(child.text or ""), ""))
        elif name == "r":
            place = run_place(child)
            texts = (run.text or "" for run in child if local_name(run) == "t")
            pieces.extend((unescaped(text), place) for text in texts)
    return joined(pieces)
