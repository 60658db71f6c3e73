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
def words_of(source: str) -> str:
    blocks = read_document(files()[source]).blocks
    return squeeze(" ".join(block.text for block in blocks))


def is_japanese(text: str) -> bool:
    return bool(re.search(r"[\u3040-\u30ff]", text))


def test_there_are_thirty_questions_half_of_them_japanese() -> None:
    assert Counter(row["lang"] for row in GOLDEN) == {"en": 15, "ja": 15}
    assert Counter(row["lang"] for row in UNANSWERABLE) == {"en": 10, "ja": 10}


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
    assert 20 <= len(files()) <= 24


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
