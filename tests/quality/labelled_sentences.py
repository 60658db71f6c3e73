"""Sentences that models wrote about documents of invented companies, labelled by hand.

``sentences/README.md`` says how they came about.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.answering.citations import CitationResolver
from engine.answering.likeness import Likeness
from engine.records import DocumentRef, Location, Passage, RetrievedPassage

FOLDER = Path(__file__).parent / "sentences"


@dataclass(frozen=True)
class Labelled:
    """A sentence with its label.

    Attributes:
        language: Of the document.
        split: ``dev`` or ``held``.
        source: Model, ``written``, or ``mutated`` with what was changed.
        question: What it answers.
        passages: Keys of its evidence.
        sentence: What was written.
        label: ``right``, ``wrong figure`` (number, date or name), ``wrong statement``.
    """

    language: str
    split: str
    source: str
    question: str
    passages: tuple[str, ...]
    sentence: str
    label: str


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text("utf-8").splitlines()]


def labelled() -> list[Labelled]:
    """Return all sentences."""
    return [
        Labelled(**{**row, "passages": tuple(row["passages"])}) for row in _lines("sentences.jsonl")
    ]


class Evidence:
    """The passages, found and stored."""

    def __init__(self) -> None:
        self._rows = {row["key"]: row for row in _lines("passages.jsonl")}
        self._texts: dict[int, str] = {}

    def span(self, document_id: int, start: int, end: int) -> str:
        """Return stored text, as the catalogue does."""
        return self._texts[document_id][start:end]

    def retrieved(self, keys: tuple[str, ...]) -> list[RetrievedPassage]:
        """Return passages as a search would."""
        found = []
        for number, key in enumerate(keys, start=1):
            row = self._rows[key]
            kind = "sheet" if row["file"].endswith(".xlsx") else "page"
            self._texts[number] = row["text"]
            document = DocumentRef(number, row["file"], f"/d/{row['file']}", row["title"], 0.0, "")
            passage = Passage(
                number,
                document,
                0,
                0,
                len(row["text"]),
                row["text"],
                row["title"],
                Location(kind, 1),  # type: ignore[arg-type]
            )
            found.append(RetrievedPassage(number, passage, 1.0 / number))
        return found


def verdicts(
    sentences: list[Labelled], likeness: Likeness | None = None
) -> list[tuple[Labelled, bool]]:
    """Return each sentence with whether the check lets it pass."""
    evidence = Evidence()
    resolvers: dict[tuple[str, tuple[str, ...]], CitationResolver] = {}
    found = []
    for each in sentences:
        passages = evidence.retrieved(each.passages)
        key = (each.question, each.passages)
        if key not in resolvers or likeness is not None:
            resolvers[key] = CitationResolver(passages, evidence, each.question, likeness)
        cited = resolvers[key].of_text(each.sentence)
        found.append((each, bool(cited) and all(item.verified for item in cited)))
    return found


def rates(found: list[tuple[Labelled, bool]]) -> dict[tuple[str, str, str], tuple[int, int]]:
    """Return by language, split and label how many were judged wrongly, of how many."""
    total: Counter[tuple[str, str, str]] = Counter()
    wrong: Counter[tuple[str, str, str]] = Counter()
    for each, passed in found:
        key = (each.language, each.split, each.label)
        total[key] += 1
        wrong[key] += passed != (each.label == "right")
    return {key: (wrong[key], total[key]) for key in sorted(total)}
