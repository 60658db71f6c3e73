"""Questions made from a collection: once, from its passages, by the model of the data folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_own_questions import TEXTS
from tiny_models import CHATML, write_tiny_model

from engine.cancel import CancelToken
from engine.catalogue import Catalogue, Fingerprint
from engine.errors import Cancelled, CollectionEmpty, CollectionMissing, ModelMissing
from engine.paths import DataPaths
from engine.records import Block, Chunk, Location, ParsedDocument
from engine.workshop.questions.collection import QuestionsReady, questions_of_collection
from engine.workshop.questions.file import read_questions
from engine.workshop.questions.own_questions import QuestionMade


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a tiny model, a collection of documents, and an empty one."""
    monkeypatch.setenv("SABUN_EMBEDDED_MODELS_DIR", str(tmp_path / "nowhere"))
    paths = DataPaths(tmp_path / "data")
    paths.models.mkdir(parents=True)
    write_tiny_model(paths.models / "tiny.gguf", n_ctx=8192, template=CHATML)
    catalogue = Catalogue(paths, writable=True)
    catalogue.collections.create("Empty")
    collection = catalogue.collections.create("Works").id
    for number, text in enumerate(TEXTS):
        place = Location("line", 1)
        catalogue.files.store_document(
            collection,
            Fingerprint(f"/docs/{number}.txt", len(text), 0, text.encode()),
            ParsedDocument(f"{number}.txt", (Block(text, place),), "text/plain"),
            text,
            [Chunk(0, len(text), text, "", place)],
        )
    catalogue.close()
    return paths.root


def test_the_file_is_made_once(data: Path, tmp_path: Path) -> None:
    *made, ready = questions_of_collection(
        data, "Works", tmp_path / "run", model="tiny", n_threads=1
    )
    assert isinstance(ready, QuestionsReady) and ready.model == "tiny"
    assert all(isinstance(event, QuestionMade) for event in made)
    assert ready.n_made == len(made) == len(read_questions(ready.path)) > 0
    assert ready.n_written == 0, "a model this small writes none"
    again = list(questions_of_collection(data, "Works", tmp_path / "run", model="nobody"))
    assert again == [QuestionsReady(ready.path)]


def test_what_is_not_there_is_said(data: Path, tmp_path: Path) -> None:
    def make(collection: str, model: str = "tiny", cancel: CancelToken | None = None) -> None:
        list(
            questions_of_collection(data, collection, tmp_path / "run", model=model, cancel=cancel)
        )

    with pytest.raises(CollectionMissing):
        make("None such")
    with pytest.raises(CollectionEmpty):
        make("Empty")
    with pytest.raises(ModelMissing):
        make("Works", model="nobody")
    stopped = CancelToken()
    stopped.cancel()
    with pytest.raises(Cancelled):
        make("Works", cancel=stopped)
    assert not (tmp_path / "run" / "questions.jsonl").exists()
