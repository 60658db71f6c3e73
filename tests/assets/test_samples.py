"""The sample collection: complete, answerable where it says so, and reproducible."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from engine.documents import read_document
from engine.paths import ASSETS_DIR
from engine.workshop.evaluation.golden_answers.expected import expected_of
from engine.workshop.evaluation.golden_answers.grading import grade, holds
from engine.workshop.evaluation.golden_answers.questions import BenchmarkQuestion, read_benchmark

SAMPLES = ASSETS_DIR / "samples"
DOCUMENTS = SAMPLES / "documents"
SCANNED = {"品質/scan_20250701_0932.pdf", "総務/防災訓練実施報告書.pdf"}
MAX_BYTES = 3 * 1024 * 1024


def rows(name: str) -> list[dict[str, Any]]:
    text = (SAMPLES / name).read_text(encoding="utf-8")
    assert text.endswith("}\n")
    return [json.loads(line) for line in text.splitlines()]


GOLDEN = rows("golden.jsonl")
UNANSWERABLE = rows("unanswerable.jsonl")


def files() -> dict[str, Path]:
    found = (path for path in DOCUMENTS.rglob("*") if path.is_file())
    # Some file systems hand Japanese names back decomposed.
    return {unicodedata.normalize("NFC", p.relative_to(DOCUMENTS).as_posix()): p for p in found}


def squeeze(text: str) -> str:
    """Fold width and drop white space, which line breaks and OCR put anywhere."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()


@cache
def text_of(source: str) -> str:
    return "\n".join(block.text for block in read_document(files()[source]).blocks)


@cache
def words_of(source: str) -> str:
    return squeeze(text_of(source))


def is_japanese(text: str) -> bool:
    return bool(re.search(r"[\u3040-\u30ff]", text))


BENCHMARK = read_benchmark([SAMPLES / "golden.jsonl", SAMPLES / "unanswerable.jsonl"])
AT_LEAST = {"fact": 60, "cross": 15, "follow-up": 15, "unanswerable": 30, "greeting": 6}


def test_there_are_enough_questions_of_each_kind() -> None:
    counts = Counter(question.kind for question in BENCHMARK)
    assert sum(counts.values()) >= 120
    assert all(counts[kind] >= n for kind, n in AT_LEAST.items()), counts


@pytest.mark.parametrize("kind", AT_LEAST)
def test_languages_and_halves_share_each_kind_evenly(kind: str) -> None:
    members = [question for question in BENCHMARK if question.kind == kind]
    for part in ("language", "split"):
        first, second = Counter(getattr(each, part) for each in members).values()
        assert abs(first - second) <= 0.1 * len(members) + 1, part


@pytest.mark.parametrize(
    "question", [each for each in BENCHMARK if each.answerable], ids=lambda each: each.id
)
def test_every_accepted_form_is_graded_right(question: BenchmarkQuestion) -> None:
    for form in question.expected.forms:
        found = grade(form, question.expected, asked=question.asked)
        assert found.verdict == "right", (form, found.reason)


@pytest.mark.parametrize(
    "question", [each for each in BENCHMARK if not each.answerable], ids=lambda each: each.id
)
def test_what_cannot_be_answered_accepts_nothing(question: BenchmarkQuestion) -> None:
    assert not question.expected.forms
    assert not question.expected.parts
    assert not question.sources


@pytest.mark.parametrize("row", GOLDEN + UNANSWERABLE, ids=lambda row: row["id"])
def test_a_question_is_in_the_language_it_states(row: dict[str, Any]) -> None:
    assert is_japanese(row["question"]) == (row["lang"] == "ja")


def test_ids_and_questions_are_unique() -> None:
    everything = GOLDEN + UNANSWERABLE
    for key in ("id", "question"):
        assert len({row[key] for row in everything}) == len(everything)


def test_every_source_is_a_document() -> None:
    assert {source for row in GOLDEN for source in row["sources"]} <= set(files())


def test_file_names_are_unique_so_that_a_name_identifies_a_source() -> None:
    names = Counter(Path(name).name for name in files())
    assert max(names.values()) == 1


def test_almost_every_document_is_asked_about() -> None:
    asked = {source for row in GOLDEN for source in row["sources"]}
    assert len(set(files()) - asked) <= 3


def test_all_formats_are_there() -> None:
    formats = {Path(name).suffix for name in files()}
    assert formats == {".pdf", ".docx", ".pptx", ".xlsx", ".html", ".md", ".txt", ".eml"}
    assert 40 <= len(files()) <= 48


def test_there_is_something_to_count() -> None:
    readable = set(files()) - SCANNED
    assert sum("kf-200" in words_of(source) for source in readable) >= 12


def test_the_collection_stays_small() -> None:
    assert sum(path.stat().st_size for path in files().values()) <= MAX_BYTES


def answer_params() -> list[Any]:
    slow = (pytest.mark.slow, pytest.mark.timeout(240))
    return [
        pytest.param(row, id=row["id"], marks=slow if SCANNED & set(row["sources"]) else ())
        for row in GOLDEN
    ]


@pytest.mark.parametrize("row", answer_params())
def test_an_answer_stands_in_each_of_its_sources(row: dict[str, Any]) -> None:
    answers = [squeeze(answer) for answer in row["answers"]]
    for source in row["sources"]:
        assert any(answer in words_of(source) for answer in answers), source
        if row["kind"] != "cross":
            assert holds(text_of(source), expected_of(row)), source
    texts = [words_of(source) for source in row["sources"]]
    for answer in answers:
        assert any(answer in text for text in texts), answer


def test_a_question_does_not_give_its_answer_away() -> None:
    for row in GOLDEN:
        for answer in row["answers"]:
            assert squeeze(answer) not in squeeze(row["question"]), row["id"]


@pytest.mark.parametrize(
    ("source", "encoding"),
    [("総務/お知らせ_夏季休業.txt", "shift_jis"), ("mail/圧電素子_納期変更のお願い.eml", "ascii")],
)
def test_the_old_japanese_encodings_are_real(source: str, encoding: str) -> None:
    content = files()[source].read_bytes()
    content.decode(encoding)
    if encoding == "ascii":
        assert b"\x1b$B" in content  # ISO-2022-JP shifts to kanji with an escape sequence
    else:
        with pytest.raises(UnicodeDecodeError):
            content.decode("utf-8")


def test_the_scanned_page_holds_no_text() -> None:
    pdfium = pytest.importorskip("pypdfium2")
    with pdfium.PdfDocument(files()["品質/scan_20250701_0932.pdf"]) as document:
        assert not document[0].get_textpage().get_text_bounded().strip()


@pytest.mark.slow
def test_writing_the_documents_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    fonts = pytest.importorskip("scripts.samples.fonts")
    if not fonts.GOTHIC.exists() or not fonts.SERIF_BOLD.exists():
        pytest.skip("the fonts that the PDF files are made with are not installed")
    from scripts.make_samples import main

    written = []
    for run in ("first", "second"):
        main(tmp_path / run)
        found = (path for path in (tmp_path / run).rglob("*") if path.is_file())
        written.append({p.relative_to(tmp_path / run).as_posix(): p.read_bytes() for p in found})
    assert written[0] == written[1]
    assert set(written[0]) == set(files())
    for name in sorted(set(files()) - SCANNED):  # fonts of another version give other bytes
        fresh = read_document(tmp_path / "first" / name)
        assert squeeze(" ".join(b.text for b in fresh.blocks)) == words_of(name), name
