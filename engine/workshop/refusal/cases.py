"""Questions over evidence that does or does not answer them.

Of a folder of a company's documents with a file ``questions.jsonl`` (``lang``, ``question``,
``answerable``, maybe ``held``): what is not answered there are near misses, written by hand. Of a
question file: each question twice, with all passages of the file to find, and with those taken
away that hold its answer, so that others of the same article are nearest.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.catalogue import Catalogue
from engine.facade import Engine
from engine.paths import DataPaths
from engine.records import Extract, RetrievedPassage
from engine.retrieval import quotations
from engine.retrieval.evidence_features import Features, evidence_features
from engine.retrieval.extracts import rank_sentences
from engine.text import normalise
from engine.vectors import VectorStore
from engine.workshop.evaluation.pool import Pool
from engine.workshop.questions.file import Question, read_json_lines

if TYPE_CHECKING:
    from engine.embedding import Embedder

QUESTIONS = "questions.jsonl"
TOP_K = 6
"""As the program searches unless told otherwise."""

_N_FOUND = 14
"""Passages looked at for the six that hold no answer."""


@dataclass(frozen=True)
class RefusalCase:
    """One question and what was found for it.

    Attributes:
        id: Unique name.
        source: Company or question file.
        held: Kept aside: never fitted on.
        language: Of the question, ISO 639-1.
        question: The question.
        answerable: Whether the evidence answers it.
        passages: The evidence, numbered.
        extracts: Its best sentences.
        features: Of the evidence.
        company: Whether it is a question about a company's documents.
    """

    id: str
    source: str
    held: bool
    language: str
    question: str
    answerable: bool
    passages: tuple[RetrievedPassage, ...]
    extracts: tuple[Extract, ...]
    features: Mapping[str, float]
    company: bool = False


def company_cases(folder: Path, embedder: Embedder) -> Iterator[RefusalCase]:
    """Index a company's documents and yield its questions with what is found for them.

    Raises:
        PathMissing, BadData: Its questions cannot be read.
    """
    rows = [row for _, row in read_json_lines(folder / QUESTIONS)]
    files = [p for p in sorted(folder.rglob("*")) if p.is_file() and p.name != QUESTIONS]
    with tempfile.TemporaryDirectory(prefix="sabun-refusal-") as data, Engine(data) as engine:
        for _ in engine.index(files):
            pass
        for number, row in enumerate(rows):
            case = RefusalCase(
                id=f"{folder.name}-{number}",
                source=folder.name,
                held=bool(row.get("held", False)),
                language=str(row["lang"]),
                question=str(row["question"]),
                answerable=bool(row["answerable"]),
                passages=engine.search(str(row["question"]), top_k=TOP_K),
                extracts=(),
                features={},
                company=True,
            )
            yield judged(case, embedder)


def withheld_cases(
    source: str, questions: Sequence[Question], embedder: Embedder
) -> Iterator[RefusalCase]:
    """Yield each question of a file with its evidence found, and once more with it withheld."""
    texts = list(dict.fromkeys(p for q in questions for p in (*q.gold, *q.distractors)))
    with tempfile.TemporaryDirectory(prefix="sabun-refusal-") as data:
        paths = DataPaths(Path(data))
        catalogue = Catalogue(paths, writable=True)
        vectors = VectorStore(paths, catalogue)
        try:
            pool = Pool(catalogue, vectors, CancelToken())
            for _ in pool.index(texts, lambda: embedder):
                pass
            for question in questions:
                found = pool.found(lambda: embedder, question.text, top_k=_N_FOUND)
                for case in _both(source, question, found):
                    yield judged(case, embedder)
        finally:
            vectors.close()
            catalogue.close()


def judged(case: RefusalCase, embedder: Embedder) -> RefusalCase:
    """Return a case with its extracts and its features."""
    ranked = rank_sentences(case.question, case.passages, lambda: embedder)
    features: Features = evidence_features(case.question, case.passages, ranked) if ranked else {}
    extracts = quotations(case.question, case.passages, ranked, lambda: embedder)
    return replace(case, extracts=extracts, features=features)


def _both(
    source: str, question: Question, found: Sequence[RetrievedPassage]
) -> Iterator[RefusalCase]:
    case = RefusalCase(
        question.id, source, False, question.language, question.text, True, (), (), {}
    )
    if any(item.passage.text in question.gold for item in found[:TOP_K]):
        yield replace(case, passages=_numbered(found))
    answers = [a for a in map(normalise, question.answers) if len(a) > 1]
    rest = [item for item in found if not _holds(item.passage.text, question, answers)]
    if rest:
        yield replace(case, id=f"{case.id}-withheld", answerable=False, passages=_numbered(rest))


def _holds(text: str, question: Question, answers: Sequence[str]) -> bool:
    folded = normalise(text)
    return text in question.gold or any(answer in folded for answer in answers)


def _numbered(found: Sequence[RetrievedPassage]) -> tuple[RetrievedPassage, ...]:
    return tuple(replace(item, number=n) for n, item in enumerate(found[:TOP_K], start=1))
