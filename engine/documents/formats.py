"""What is declared of a document format."""

from __future__ import annotations

from dataclasses import dataclass

from engine.documents.source import Reader

TEXTUAL = frozenset({"text", "html", "mail"})
"""Contents that are told apart by their suffix: a page may be read as text and a text as a page."""


@dataclass(frozen=True)
class Format:
    """A kind of file that can be read.

    Attributes:
        content: What its bytes are, as :func:`engine.documents.detection.detect` calls it.
        suffixes: Lower case, with the dot.
        read: Its reader.
    """

    content: str
    suffixes: tuple[str, ...]
    read: Reader

    def accepts(self, content: str) -> bool:
        """Tell whether files of this format may hold ``content``."""
        return content == self.content or (self.content in ("text", "html") and content in TEXTUAL)
