"""What a reader is given: the bytes of one file and how to report on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import PurePath

from engine.documents.limits import MAX_TEXT_CHARACTERS
from engine.errors import FileUnreadable
from engine.records import Block, Notice, ParsedDocument, SkipReason


def silent(seconds: float) -> None:
    """Heartbeat of a file that is read without a deadline."""


def unheard(error: Exception) -> None:
    """Report of a file that is read where nobody keeps a log."""


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
        report: Called with a fault of our own that ended the reading of a file.
    """

    name: str
    data: bytes
    path: str
    password: str | None = None
    depth: int = 0
    heartbeat: Callable[[float], None] = silent
    report: Callable[[Exception], None] = unheard

    @property
    def suffix(self) -> str:
        """Lower-case suffix with its dot."""
        return PurePath(self.name).suffix.lower()

    def attachment(self, name: str, data: bytes) -> Source:
        """Return a file that lies inside this one."""
        return replace(self, name=name, data=data, depth=self.depth + 1)

    def unreadable(
        self, reason: SkipReason, code: str, **data: str | int | float
    ) -> FileUnreadable:
        """Return the error to raise; ``code`` and ``data`` make its notice."""
        return FileUnreadable(path=self.path, reason=reason.value, detail=Notice(code, data))

    def damaged(self, error: Exception) -> FileUnreadable:
        """Return the error to raise for what a library raised on this file."""
        said = " ".join(str(error).split())[:120]
        return self.unreadable(SkipReason.DAMAGED, "broken", error=type(error).__name__, said=said)

    @contextmanager
    def library_call(self, *kinds: type[Exception]) -> Iterator[None]:
        """Turn what a library raises on broken input into damage of the file.

        The block holds calls into that library and nothing of our own: an exception of the
        same kind from our code is a fault of ours and must be seen as one.

        Args:
            kinds: What this library is known to raise.

        Raises:
            FileUnreadable: ``damaged``.
        """
        try:
            yield
        except kinds as error:
            raise self.damaged(error) from error

    def checked(self, blocks: list[Block]) -> tuple[Block, ...]:
        """Return the blocks that have text.

        Raises:
            FileUnreadable: ``no-text`` if none has; ``too-large`` if they are huge.
        """
        kept = tuple(block for block in blocks if block.text.strip())
        if not kept:
            raise self.unreadable(SkipReason.NO_TEXT, "no-text-inside")
        if sum(len(block.text) for block in kept) > MAX_TEXT_CHARACTERS:
            raise self.unreadable(
                SkipReason.TOO_LARGE, "over-characters", limit=MAX_TEXT_CHARACTERS
            )
        return kept


Reader = Callable[[Source], ParsedDocument]
"""What reads one format.

Raises :class:`engine.errors.FileUnreadable` with one of the skip reasons."""
