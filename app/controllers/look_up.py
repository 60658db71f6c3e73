"""Short reads for the sources pane and the search dialog; a newer request drops an older."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from app.jobs import Job, JobRunner
from engine.records import DocumentRef, PartlyReadFile, RetrievedPassage, SkippedFile, TypedColumn

if TYPE_CHECKING:
    from engine.documents.pdf.rendering import PageImage
    from engine.facade import Engine


class LookUpController(QObject):
    """Reads documents, pages, skipped files and search results in the look-up lane."""

    def __init__(self, engine: Engine, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._runner = runner
        self._latest: dict[str, Job] = {}

    @property
    def busy(self) -> bool:
        """Whether something was asked for and has not come yet."""
        return bool(self._latest)

    def document_text(
        self,
        document: DocumentRef,
        done: Callable[[str], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Read the stored text of a document."""
        self._replace("text", lambda: self._engine.library.document_text(document.id), done, failed)

    def page(
        self,
        document: DocumentRef,
        page: int,
        width_px: int,
        quote: str,
        done: Callable[[PageImage], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Draw a page of a PDF with the boxes of a quote."""
        self._replace(
            "page",
            lambda: self._engine.library.render_page(
                document, page, width_px=width_px, quote=quote
            ),
            done,
            failed,
        )

    def table_columns(
        self,
        table_id: int,
        done: Callable[[tuple[TypedColumn, ...]], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Read the columns of a table."""
        library = self._engine.library
        self._replace("columns", lambda: library.table_columns(table_id), done, failed)

    def search(
        self,
        query: str,
        collection: str,
        done: Callable[[tuple[RetrievedPassage, ...]], object],
        failed: Callable[[Exception], object],
        *,
        top_k: int = 20,
    ) -> None:
        """Rank passages for a query."""
        self._replace(
            "search", lambda: self._engine.search(query, collection, top_k=top_k), done, failed
        )

    def unread_files(
        self,
        collection_id: int,
        done: Callable[[tuple[SkippedFile | PartlyReadFile, ...]], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Read the list of files that could not be read, and then of those read in part."""
        library = self._engine.library

        def unread() -> tuple[SkippedFile | PartlyReadFile, ...]:
            skipped = library.skipped_files(collection_id)
            return (*skipped, *library.partly_read_files(collection_id))

        self._replace("skipped", unread, done, failed)

    def _replace(
        self,
        kind: str,
        function: Callable[[], Any],
        done: Callable[[Any], object],
        failed: Callable[[Exception], object],
    ) -> None:
        older = self._latest.get(kind)
        if older is not None:
            older.cancel()

        # A cancelled job that has already run still delivers; its answer is no longer asked for.
        def deliver(value: Any) -> None:
            if not job.stopping:
                done(value)

        job = self._runner.call(function, deliver, failed)
        self._latest[kind] = job
        job.ended.connect(lambda: self._forget(kind, job))

    def _forget(self, kind: str, job: Job) -> None:
        if self._latest.get(kind) is job:
            del self._latest[kind]
