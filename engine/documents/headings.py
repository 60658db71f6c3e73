"""The trail of headings above a place in a document."""

from __future__ import annotations

SEPARATOR = " > "


class HeadingTrail:
    """Keeps the open headings while a document is walked from top to bottom."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str]] = []
        self.text = ""

    def enter(self, level: int, heading: str) -> None:
        """Open a heading; those of the same or a deeper level close."""
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
        self._open.append((level, heading[:200]))
        self.text = SEPARATOR.join(text for _, text in self._open)
