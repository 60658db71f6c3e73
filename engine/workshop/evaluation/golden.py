"""Golden questions: is the expected source among the first passages?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import BadData
from engine.records import Retriever
from engine.workshop.evaluation.golden_answers.asking import search_query
from engine.workshop.evaluation.golden_answers.outcomes import rank_of
from engine.workshop.evaluation.golden_answers.questions import ANSWERABLE, EarlierTurn
from engine.workshop.questions.file import read_json_lines

if TYPE_CHECKING:
    from engine.facade import Engine


@dataclass(frozen=True)
class GoldenQuestion:
    """A question whose source is known.

    Attributes:
        language: ISO 639-1.
        text: The question.
        sources: Paths relative to the collection's folder, or file names; any of which
            answers it.
        history: What was said before it, oldest first.
        kind: What is hard about it, see :data:`.golden_answers.questions.Kind`.
    """

    language: str
    text: str
    sources: tuple[str, ...]
    history: tuple[EarlierTurn, ...] = ()
    kind: str = "fact"


@dataclass(frozen=True)
class Miss:
    """A question whose source was not among the first three passages.

    Attributes:
        question: As asked.
        expected: Sources that answer it.
        found: Paths of the first three passages.
    """

    question: str
    expected: tuple[str, ...]
    found: tuple[str, ...]


@dataclass(frozen=True)
class Tally:
    """Hits over some questions.

    Attributes:
        n: Questions.
        n_top1: With an expected source as the first passage.
        n_top3: With one among the first three.
    """

    n: int
    n_top1: int
    n_top3: int


@dataclass(frozen=True)
class GoldenScores(Tally):
    """Hits over all questions.

    Attributes:
        languages: The same per language of the question.
        kinds: The same per kind of question.
        misses: Questions that count in ``n`` and not in ``n_top3``.
    """

    languages: dict[str, Tally]
    kinds: dict[str, Tally]
    misses: tuple[Miss, ...]


def read_golden(path: Path) -> list[GoldenQuestion]:
    """Return the golden questions of a JSON Lines file; those without an answer pass.

    Raises:
        PathMissing: There is no such file.
        BadData: A line is broken, or the file holds no question.
    """
    questions = [
        _question(path, number, row)
        for number, row in read_json_lines(path)
        if row.get("kind", ANSWERABLE[0]) in ANSWERABLE
    ]
    if not questions:
        raise BadData(path=str(path), line=1, detail="the file holds no question")
    return questions


def _question(path: Path, number: int, row: dict[str, Any]) -> GoldenQuestion:
    text, language, sources = row.get("question"), row.get("lang"), row.get("sources")
    if isinstance(sources, str):
        sources = [sources]
    if not isinstance(text, str) or not isinstance(language, str):
        detail = '"question" and "lang" must be texts'
        raise BadData(path=str(path), line=number, detail=detail)
    if not isinstance(sources, list) or not sources or not all(isinstance(s, str) for s in sources):
        detail = '"sources" must be a list of paths'
        raise BadData(path=str(path), line=number, detail=detail)
    try:
        turns = [EarlierTurn(turn["question"], turn["answer"]) for turn in row.get("history", [])]
    except (KeyError, TypeError) as error:
        detail = '"history" must be a list of questions with answers'
        raise BadData(path=str(path), line=number, detail=detail) from error
    kind = str(row.get("kind", ANSWERABLE[0]))
    return GoldenQuestion(language, text, tuple(sources), tuple(turns), kind)


def evaluate_golden(
    engine: Engine, collection: str, path: Path, *, retriever: Retriever = "hybrid"
) -> GoldenScores:
    """Search an indexed collection with every golden question, follow-ups completed.

    Raises:
        PathMissing, BadData: The question file cannot be used.
        CollectionMissing, CollectionEmpty: There is nothing to search.
        ModelMissing: The retriever needs the embedding model.
    """
    ranks: list[tuple[GoldenQuestion, int]] = []
    misses: list[Miss] = []
    for question in read_golden(path):
        query = search_query(question.text, question.history)
        found = engine.search(query, collection, top_k=3, retriever=retriever)
        rank = rank_of(found, question.sources)
        ranks.append((question, rank))
        if not rank:
            paths = tuple(item.passage.document.path for item in found)
            misses.append(Miss(question.text, question.sources, paths))
    return GoldenScores(
        *_counts([rank for _, rank in ranks]),
        languages=_by(ranks, lambda question: question.language),
        kinds=_by(ranks, lambda question: question.kind),
        misses=tuple(misses),
    )


def _by(
    ranks: list[tuple[GoldenQuestion, int]], part: Callable[[GoldenQuestion], str]
) -> dict[str, Tally]:
    groups: dict[str, list[int]] = {}
    for question, rank in ranks:
        groups.setdefault(part(question), []).append(rank)
    return {name: Tally(*_counts(group)) for name, group in sorted(groups.items())}


def _counts(ranks: list[int]) -> tuple[int, int, int]:
    return len(ranks), sum(rank == 1 for rank in ranks), sum(rank > 0 for rank in ranks)
