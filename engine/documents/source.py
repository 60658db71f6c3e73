"""What a reader is given: the bytes of one file and how to report on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePath

from engine.documents.limits import MAX_TEXT_CHARACTERS
from engine.errors import FileUnreadable
from engine.records import Block, SkipReason


def _silent(seconds: float) -> None:
    """Heartbeat of a file that is read without a deadline."""


@dataclass(frozen=True)
class Source:
    """One file, or one attachment of a mail.

    Attributes:
        name: File name as people know it; the title if the document has none.
        data: The whole content.
        path: For error messages.
        password: What the user entered; None if nothing.
        depth: 0 for a file, 1 for an attachment, 2 for an attachment of an attached mail.
        heartbeat: Called with the seconds that the next step may take (OCR of a page).
    """

    name: str
    data: bytes
    path: str
    password: str | None = None
    depth: int = 0
    heartbeat: Callable[[float], None] = _silent

    @property
    def suffix(self) -> str:
        """Lower-case suffix with its dot."""
        return PurePath(self.name).suffix.lower()

    def attachment(self, name: str, data: bytes) -> Source:
        """Return a file that lies inside this one."""
        return replace(self, name=name, data=data, depth=self.depth + 1)

    def unreadable(self, reason: SkipReason, detail: str) -> FileUnreadable:
        """Return the error to raise."""
        return FileUnreadable(path=self.path, reason=reason.value, detail=detail)

    def checked(self, blocks: list[Block]) -> tuple[Block, ...]:
        """Return the blocks that have text.

        Raises:
            FileUnreadable: ``no-text`` if none has; ``too-large`` if they are huge.
        """
        kept = tuple(block for block in blocks if block.text.strip())
        if not kept:
            raise self.unreadable(SkipReason.NO_TEXT, "there is no text in it")
        if sum(len(block.text) for block in kept) > MAX_TEXT_CHARACTERS:
            detail = f"it has more than {MAX_TEXT_CHARACTERS:,} characters of text"
            raise self.unreadable(SkipReason.TOO_LARGE, detail)
        return kept
