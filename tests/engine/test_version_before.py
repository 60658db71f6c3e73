"""What the version before wrote opens, and nothing of it is lost."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from bag_of_words import BagOfWords
from tiny_models import CHATML, write_tiny_model

from engine.adapters.fingerprint import model_fingerprint
from engine.adapters.library import AdapterLibrary
from engine.catalogue.consistency import check
from engine.events import AnswerFinished
from engine.facade import Engine
from engine.records import AskRequest, AttentionChoice, Turn
from engine.wording.notices import english

ROOT = Path(__file__).resolve().parents[2]
STORED = ROOT / "tests" / "fixtures" / "data_2026_11" / "data.zip"
QUESTION = "How many days of paid leave does every employee have?"
NOTICES = {
    "The chat model tiny does not write the language of the question, so the answer is quoted from "
    "the documents without generated text.",
    "The chat model produced no usable text; the answer is quoted from the documents.",
    "The chat model began to repeat itself; its text was cut there.",
    "The answer was cut at its length limit.",
    "Sentences marked [?] are not supported by the documents.",
    "The documents support nothing of what the chat model wrote; only the quotations are shown.",
    "Generated sentences that the documents do not support were left out.",
}
NOTE = "The prompt was read densely: it has 400 tokens; delta helps from 2048 on."
COLOURS = "red green blue white black grey brown pink".split()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder as it was, with the tiny model that it was made with and no other."""
    data = tmp_path / "data"
    with zipfile.ZipFile(STORED) as stored:
        stored.extractall(data)
    (data / "models").mkdir()
    write_tiny_model(data / "models" / "tiny.gguf", n_ctx=8192, template=CHATML)
    for name in ("SABUN_EMBEDDED_MODELS_DIR", "SABUN_EMBEDDED_ADAPTERS_DIR"):
        monkeypatch.setenv(name, str(tmp_path / "nowhere"))
    return data


def turns_of(engine: Engine) -> tuple[Turn, ...]:
    (collection,) = engine.library.collections()
    (conversation,) = engine.conversations.list(collection.id)
    assert (conversation.title, conversation.n_turns) == (QUESTION, 5)
    return engine.conversations.turns(conversation.id)


def test_the_fixture_is_small() -> None:
    assert STORED.stat().st_size < 300 << 10


def test_documents_are_found_as_before(folder: Path) -> None:
    with Engine(folder) as engine:
        engine.loaded.embedder = BagOfWords  # type: ignore[method-assign, assignment]
        (collection,) = engine.library.collections()
        assert (collection.n_documents, collection.n_skipped) == (2, 1)
        assert collection.n_pending == 0, "no vector has to be made again"
        assert check(engine._catalogue, BagOfWords.name) == []
        for query in (QUESTION, "契約の有効期間"):
            best = engine.search(query, top_k=1)[0].passage
            text = engine.library.document_text(best.document.id)
            assert text[best.start : best.end] == best.text
        (skipped,) = engine.library.skipped_files(collection.id)
        assert skipped.reason == "empty"


def test_conversations_are_shown_with_what_they_said(folder: Path) -> None:
    with Engine(folder) as engine:
        turns = turns_of(engine)
        assert [turn.answer.refused for turn in turns] == [False, False, True, False, False]
        assert {turn.answer.attention.mode for turn in turns} == {"baseline", "difflora"}
        said = turns[-1].answer
        assert {english(notice) for notice in said.notices} == NOTICES
        assert [english(note) for note in said.attention.notes] == [NOTE]
        assert said.stopped and said.citations and said.passages


def test_votes_are_counted_and_settings_read(folder: Path) -> None:
    with Engine(folder, writable=False) as engine:
        (tally,) = engine.comparisons.tallies()
        assert (tally.modes, tally.wins, tally.n_ties) == (("baseline", "difflora"), (0, 1), 1)
        now = engine.settings.current
        assert (now.chat_model, now.embedding_model) == ("tiny", BagOfWords.name)
        assert (now.top_k, now.theme, now.strict, now.max_answer_tokens) == (5, "dark", True, 64)
        assert engine.settings.stored().unused == ()
    (kept,) = (folder / "backups").glob("*")
    assert kept.name.startswith("catalogue-v2-"), "what is migrated is backed up first"


def test_a_setting_out_of_range_costs_nothing_else(folder: Path) -> None:
    rows = {"top_k": "9999", "theme": '"plaid"'}
    with contextlib.closing(sqlite3.connect(folder / "catalogue.sqlite3")) as database:
        for name, value in rows.items():
            database.execute("UPDATE settings SET value = ? WHERE name = ?", (value, name))
        database.commit()
    with Engine(folder) as engine:
        now = engine.settings.current
        assert (now.top_k, now.theme) == (type(now)().top_k, type(now)().theme)
        assert now.strict and now.chat_model == "tiny", "the others hold"
        unused = {row.name: str(row) for row in engine.settings.stored().unused}
        assert "9999" in unused["top_k"] and "default" in unused["theme"]
        assert len(turns_of(engine)) == 5
        engine.settings.change(strict=False)
        assert engine.settings.stored().unused != (), "what cannot be used is kept"


def test_its_adapter_answers_and_a_turn_is_answered_again(folder: Path) -> None:
    with Engine(folder) as engine:
        engine.loaded.embedder = BagOfWords  # type: ignore[method-assign, assignment]
        fingerprint = model_fingerprint(folder / "models" / "tiny.gguf")
        info = AdapterLibrary(engine.paths).find("difflora", fingerprint, model_name="tiny")
        assert (info.name, info.training) == ("houses", {"steps": 3})
        last = turns_of(engine)[-1]
        (collection,) = engine.library.collections()
        (conversation,) = engine.conversations.list(collection.id)
        request = AskRequest(
            QUESTION,
            collection.name,
            AttentionChoice("difflora"),
            conversation_id=conversation.id,
            keep=True,
            replaces=last.id,
        )
        *_, event = engine.ask(request)
        assert isinstance(event, AnswerFinished)
        assert event.answer.attention.adapter == "houses"
        kept = turns_of(engine)
        assert last.id not in [turn.id for turn in kept] and kept[-1].id == event.turn_id


# --- an evaluation ----------------------------------------------------------------------


def question_file(path: Path) -> Path:
    """Write the 300 questions that the evaluation was begun with."""
    lines = []
    for n in range(300):
        colour = COLOURS[n % len(COLOURS)]
        near = [f"Number {n} in the {side} street has no colour." for side in ("next", "last")]
        item = {
            "id": f"q{n}",
            "lang": "en",
            "question": f"What colour is house {n}?",
            "answers": [colour],
            "gold": [f"House {n} of the street is painted {colour}. Nobody knows by whom."],
            "distractors": near,
        }
        lines.append(json.dumps(item))
    path.write_text("\n".join(lines))
    return path


def evaluate(folder: Path, questions: Path, passages: str) -> subprocess.CompletedProcess[str]:
    before = os.environ.get("PYTHONPATH", "")
    return subprocess.run(
        [
            sys.executable, "-m", "engine.cli", "eval", "answers", "--data", str(questions),
            "--model", "tiny", "--passages", passages, "--questions", "1", "--distractors", "0,1",
            "--no-extracts", "--arm", "baseline", "--arm", "houses=houses",
            "--work", str(folder / "evaluation"), "--json", "--data-dir", str(folder),
        ],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in (before, str(ROOT)) if p)},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )  # fmt: skip


@pytest.mark.slow
def test_an_evaluation_goes_on_where_it_was(folder: Path, tmp_path: Path) -> None:
    questions = question_file(tmp_path / "questions.jsonl")
    replies = folder / "evaluation" / "replies.jsonl"
    before = replies.read_text("utf-8").splitlines(keepends=True)
    replies.write_text("".join(before[:-3]), "utf-8")
    done = evaluate(folder, questions, "2")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["arms"] == ["baseline", "houses"]
    after = replies.read_text("utf-8").splitlines(keepends=True)
    assert after[: len(before) - 3] == before[:-3] and len(after) == len(before)


@pytest.mark.slow
def test_an_evaluation_of_other_cases_is_refused_in_a_sentence(
    folder: Path, tmp_path: Path
) -> None:
    before = (folder / "evaluation" / "replies.jsonl").read_bytes()
    done = evaluate(folder, question_file(tmp_path / "questions.jsonl"), "3")
    assert done.returncode not in (0, -9) and "Traceback" not in done.stderr
    assert "other data or settings" in done.stderr
    assert (folder / "evaluation" / "replies.jsonl").read_bytes() == before
