from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from engine.errors import BadData, PathMissing
from engine.workshop.questions.file import read_questions

GOOD = {
    "id": "q1",
    "lang": "ja",
    "question": "契約はいつまでですか？",
    "answers": ["2026年3月末"],
    "gold": ["契約は2026年3月末までです。"],
    "distractors": ["別の文。"],
    "source": "extra keys are allowed",
}


def line(**changes: object) -> str:
    return json.dumps({**GOOD, **changes}, ensure_ascii=False)


def test_plain_and_gzip_read_the_same(tmp_path: Path) -> None:
    text = f"{line()}\n\n{line(id='q2', lang='en')}\n"
    plain, packed = tmp_path / "a.jsonl", tmp_path / "b.jsonl.gz"
    plain.write_text(text, "utf-8")
    packed.write_bytes(gzip.compress(text.encode()))
    assert read_questions(plain) == read_questions(packed)
    first, second = read_questions(plain)
    assert (first.id, first.language, first.gold) == ("q1", "ja", tuple(GOOD["gold"]))
    assert second.language == "en"


def test_limit_stops_reading_before_a_broken_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{line()}\nbroken\n", "utf-8")
    assert len(read_questions(path, limit=1)) == 1


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ("{not json", "not JSON"),
        ("[1, 2]", "not a JSON object"),
        (line(question="  "), '"question"'),
        (line(question=5), '"question"'),
        (line(gold=[]), '"gold" is empty'),
        (line(gold="text"), '"gold" must be a list'),
        (line(distractors=[None]), '"distractors"'),
        (line(lang=None), '"lang"'),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, broken: str, words: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{line()}\n{broken}\n", "utf-8")
    with pytest.raises(BadData) as caught:
        read_questions(path)
    assert caught.value.data["line"] == 2
    assert words in str(caught.value)


def test_a_cut_off_gzip_file_is_named(tmp_path: Path) -> None:
    rows = "\n".join(line(id=str(n), question=f"question {n * 7919}") for n in range(2000))
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(rows.encode())[:-500])
    with pytest.raises(BadData, match="damaged"):
        read_questions(path)


def test_bytes_that_are_not_utf8_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(line().encode("shift_jis"))
    with pytest.raises(BadData, match="line 1"):
        read_questions(path)


def test_an_empty_or_missing_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n\n", "utf-8")
    with pytest.raises(BadData, match="no question"):
        read_questions(tmp_path / "empty.jsonl")
    with pytest.raises(PathMissing):
        read_questions(tmp_path / "none.jsonl")
