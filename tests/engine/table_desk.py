"""A catalogue of real files that is asked about its tables; no model runs."""

from __future__ import annotations

from pathlib import Path

from engine.answering.answer import AnswerRequest, Resources, answer
from engine.cancel import CancelToken
from engine.catalogue import Catalogue, Fingerprint
from engine.documents.chunking import chunk
from engine.documents.reading import is_candidate, read_document
from engine.documents.table_contents import tables_of
from engine.events import AnswerFinished
from engine.paths import DataPaths
from engine.records import Answer, AttentionChoice, Coverage, TablePlan
from engine.vectors import VectorStore


def stored(folder: Path, catalogue: Catalogue) -> int:
    """Read the files of a folder into a new collection; return its row."""
    collection = catalogue.collections.create(folder.name).id
    for path in sorted(folder.rglob("*")):
        if path.is_file() and is_candidate(path):
            parsed = read_document(path)
            text, chunks = chunk(parsed)
            file = Fingerprint(str(path), 1, 1_700_000_000_000_000_000, str(path).encode())
            tables = tables_of(parsed)
            catalogue.files.store_document(collection, file, parsed, text, chunks, tables)
    return collection


def _no_model() -> object:
    raise AssertionError("no model is needed for tables")


class Desk:
    """Asks a collection that was made of a folder.

    Args:
        paths: The data folder.
    """

    def __init__(self, paths: DataPaths) -> None:
        paths.root.mkdir(parents=True)
        self.catalogue = Catalogue(paths, writable=True)
        vectors = VectorStore(paths, self.catalogue)
        self.resources = Resources(self.catalogue, vectors, _no_model, _no_model, _no_model)  # type: ignore[arg-type]
        self.collection = 0

    def open(self, folder: Path) -> None:
        """Store the files of a folder."""
        self.collection = stored(folder, self.catalogue)

    def ask(self, question: str, plan: TablePlan | None = None) -> Answer:
        """Return the answer to a question that the user calls one about tables."""
        request = AnswerRequest(
            question, self.collection, Coverage(1, 0, 1), kind="table", plan=plan
        )
        choice = AttentionChoice("baseline", "dense")
        *_, last = answer(request, choice, self.resources, CancelToken())
        assert isinstance(last, AnswerFinished)
        return last.answer

    def first_line(self, question: str) -> str:
        """Return the first line of an answer."""
        return self.ask(question).text.split("\n")[0]
