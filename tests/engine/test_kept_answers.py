"""An answer is kept as a whole or not at all, whatever ends the program meanwhile."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from bag_of_words import BagOfWords
from killed_while_answering import COLLECTION, MOMENTS, QUESTION, open_engine, request_of

from engine.catalogue.consistency import check
from engine.errors import DataFolderUnusable
from engine.events import AnswerFinished
from engine.facade import Engine
from engine.records import AskRequest, Turn

ROOT = Path(__file__).resolve().parents[2]
LEAVE = (
    "Every employee has twenty-five days of paid leave in a calendar year. Days that are not "
    "taken can be carried over until the end of March of the following year."
)


@pytest.fixture
def folder(tmp_path: Path, tiny_gguf: Callable[..., Path]) -> Path:
    """A data folder with one document and a tiny chat model."""
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "handbook.txt").write_text(LEAVE, encoding="utf-8")
    data = tmp_path / "data"
    with open_engine(data) as engine:
        engine.paths.models.mkdir(exist_ok=True)
        tiny_gguf(engine.paths.models / "tiny.gguf", n_ctx=4096)
        engine.settings.change(chat_model="tiny", embedding_model=BagOfWords.name)
        list(engine.index([documents], COLLECTION))
    return data


def kept(engine: Engine) -> list[tuple[int, list[Turn]]]:
    """Return every conversation with its turns."""
    collection = engine.library.collection(COLLECTION)
    return [
        (each.n_turns, list(engine.conversations.turns(each.id)))
        for each in engine.conversations.list(collection.id)
    ]


def answered(engine: Engine, request: AskRequest) -> AnswerFinished:
    *_, last = engine.ask(request)
    assert isinstance(last, AnswerFinished)
    return last


def end_at_every_moment(folder: Path, tmp_path: Path, *options: str) -> list[Path]:
    """Return what is left of a copy of the folder at each moment."""
    copies = [tmp_path / f"moment {number}" for number in range(len(MOMENTS))]
    for copy in copies:
        shutil.copytree(folder, copy)
    tests = ROOT / "tests" / "engine"
    parts = [str(ROOT), str(tests), os.environ.get("PYTHONPATH", "")]
    result = subprocess.run(
        [sys.executable, str(tests / "killed_while_answering.py"), *options, *map(str, copies)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(parts)},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    ended = [int(line.rsplit(" ", 1)[1]) for line in result.stdout.splitlines()]
    assert ended == [-signal.SIGKILL] * len(MOMENTS), result.stdout + result.stderr
    return copies


@pytest.mark.slow
def test_a_kill_during_a_first_question_leaves_no_empty_conversation(
    folder: Path, tmp_path: Path
) -> None:
    assert len(MOMENTS) >= 10
    for copy, (what, _number) in zip(end_at_every_moment(folder, tmp_path), MOMENTS, strict=True):
        with open_engine(copy) as engine:
            conversations = kept(engine)
            assert len(conversations) == (what == "AnswerFinished"), what
            for n_turns, turns in conversations:
                assert n_turns == len(turns) == 1
            assert check(engine._catalogue, BagOfWords.name) == []


@pytest.mark.slow
def test_a_kill_while_answering_again_loses_no_answer(folder: Path, tmp_path: Path) -> None:
    with open_engine(folder) as engine:
        old = answered(engine, request_of(engine, replace=False))
    copies = end_at_every_moment(folder, tmp_path, "--replace")
    for copy, (what, _number) in zip(copies, MOMENTS, strict=True):
        with open_engine(copy) as engine:
            ((n_turns, (turn,)),) = kept(engine)
            assert n_turns == 1
            if what == "AnswerFinished":
                assert turn.id != old.turn_id and turn.answer.stats.seed == 1
            else:
                assert (turn.id, turn.answer) == (old.turn_id, old.answer), what
            assert check(engine._catalogue, BagOfWords.name) == []


def test_a_first_answer_begins_its_conversation(folder: Path) -> None:
    with open_engine(folder) as engine:
        first = answered(engine, request_of(engine, replace=False))
        assert first.conversation is not None
        assert (first.conversation.title, first.conversation.n_turns) == (QUESTION, 1)
        again = answered(engine, request_of(engine, replace=True))
        assert again.conversation is not None
        assert again.conversation.id == first.conversation.id
        assert again.conversation.n_turns == 1 and again.turn_id != first.turn_id
        assert [turn.id for _, turns in kept(engine) for turn in turns] == [again.turn_id]


def test_what_goes_is_no_history_of_its_own_question(folder: Path) -> None:
    with open_engine(folder) as engine:
        answered(engine, request_of(engine, replace=False))
        request = request_of(engine, replace=True)
        assert engine._complete(request, request.replaces).history == ()
        assert len(engine._complete(request).history) == 1


def test_an_answer_that_is_not_asked_to_be_kept_is_not(folder: Path) -> None:
    with open_engine(folder) as engine:
        last = answered(engine, AskRequest(QUESTION, COLLECTION))
        assert (last.turn_id, last.conversation) == (0, None)
        assert kept(engine) == []


def test_a_reader_refuses_to_keep_before_anything_is_answered(folder: Path) -> None:
    with Engine(folder, writable=False) as engine:
        asked = engine.ask(AskRequest(QUESTION, COLLECTION, keep=True))
        with pytest.raises(DataFolderUnusable, match="reading only"):
            next(iter(asked))
