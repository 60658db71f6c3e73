"""The little query language: plain words and ``file:`` filters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase

from engine.errors import EmptyQuestion
from engine.records import DocumentRef
from engine.text import normalise

_FILE_FILTER = re.compile(r"(?<!\S)file:(?:\"([^\"]+)\"|(\S+))", re.IGNORECASE)


@dataclass(frozen=True)
class Query:
    """A parsed query.

    Attributes:
        text: What to search for, filters removed.
        files: Normalised name patterns, any of which a document must fit; none: all do.
    """

    text: str
    files: tuple[str, ...] = ()

    def admits(self, document: DocumentRef) -> bool:
        """Tell whether a document passes the ``file:`` filters (by part of path, or glob)."""
        if not self.files:
            return True
        name, path = normalise(document.name), normalise(document.path)
        return any(
            fnmatchcase(name, pattern) if any(c in pattern for c in "*?[") else pattern in path
            for pattern in self.files
        )


def parse_query(query: str) -> Query:
    """Split ``leave days file:policy file:"*.pdf"`` into text and filters.

    Raises:
        EmptyQuestion: Nothing to search for is left.
    """
    files = tuple(normalise(quoted or plain) for quoted, plain in _FILE_FILTER.findall(query))
    text = " ".join(_FILE_FILTER.sub(" ", query).split()) if files else query.strip()
    if not text:
        raise EmptyQuestion
    return Query(text, files)
