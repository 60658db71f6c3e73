"""Question sets in files: plain or gzip JSON Lines, each broken line named."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from engine.errors import BadData, PathMissing

_GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True)
class Question:
    """One question with the passages that answer it.

    Attributes:
        id: Unique name.
        language: ISO 639-1.
        text: The question.
        answers: Accepted answers.
        gold: Passages that hold an answer; at least one.
        distractors: Passages that hold none.
        title: Of the document that the evidence comes from; may be empty.
    """

    id: str
    language: str
    text: str
    answers: tuple[str, ...]
    gold: tuple[str, ...]
    distractors: tuple[str, ...]
    title: str = ""


def read_json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield ``(line number, object)`` of a plain or gzip JSON Lines file; blank lines pass.

    Raises:
        PathMissing: There is no such file.
        BadData: A line is not a JSON object, or the file is cut off or not UTF-8.
    """
    if not path.is_file():
        raise PathMissing(path=str(path))
    with path.open("rb") as raw:
        packed = raw.read(2) == _GZIP_MAGIC
    number = 0
    try:
        with gzip.open(path, "rb") if packed else path.open("rb") as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    yield number, _json_object(path, number, line)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        detail = f"the file is damaged ({error})"
        raise BadData(path=str(path), line=number + 1, detail=detail) from error


def _json_object(path: Path, number: int, line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except (UnicodeDecodeError, ValueError) as error:
        raise BadData(path=str(path), line=number, detail=f"not JSON ({error})") from error
    if not isinstance(value, dict):
        raise BadData(path=str(path), line=number, detail="not a JSON object")
    return value


def read_questions(path: Path, *, limit: int | None = None) -> list[Question]:
    """Return the questions of a file, at most ``limit``.

    Raises:
        PathMissing: There is no such file.
        BadData: A line is broken, or the file holds no question.
    """
    questions: list[Question] = []
    for number, row in islice(read_json_lines(path), limit):
        questions.append(_question(path, number, row))
    if not questions:
        raise BadData(path=str(path), line=1, detail="the file holds no question")
    return questions


def _question(path: Path, number: int, row: dict[str, Any]) -> Question:
    def fail(detail: str) -> BadData:
        return BadData(path=str(path), line=number, detail=detail)

    def text(key: str) -> str:
        value = row.get(key)
        if not isinstance(value, str) or not value.strip():
            raise fail(f'"{key}" must be a text that is not blank')
        return value

    def texts(key: str, *, needed: bool = False) -> tuple[str, ...]:
        value = row.get(key, [])
        if not isinstance(value, list) or any(not isinstance(v, str) or not v for v in value):
            raise fail(f'"{key}" must be a list of texts')
        if needed and not value:
            raise fail(f'"{key}" is empty')
        return tuple(value)

    return Question(
        id=str(row.get("id", number)),
        language=text("lang"),
        text=text("question"),
        answers=texts("answers"),
        gold=texts("gold", needed=True),
        distractors=texts("distractors"),
        title=str(row.get("title") or ""),
    )


def append_question(path: Path, question: Question) -> None:
    """Add a question to a JSON Lines file that :func:`read_questions` reads."""
    row = {
        "id": question.id,
        "lang": question.language,
        "question": question.text,
        "answers": question.answers,
        "gold": question.gold,
        "distractors": question.distractors,
        "title": question.title,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(row, ensure_ascii=False) + "\n")
