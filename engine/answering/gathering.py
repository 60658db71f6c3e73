"""The evidence for a question: found, quoted and judged before any model runs."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.errors import EmptyQuestion
from engine.events import ExtractsFound, PassagesRetrieved
from engine.records import (
    Coverage,
    Extract,
    ModelFile,
    Notice,
    QuestionKind,
    RetrievedPassage,
    TablePlan,
    Turn,
)
from engine.retrieval import judge, quotations, retrieve, understand_query
from engine.retrieval.answerability import ANSWERED, Judgement
from engine.retrieval.extracts import rank_sentences
from engine.retrieval.query import parse_query
from engine.settings import Settings
from engine.text import language_of

if TYPE_CHECKING:
    from engine.answering.reading_order import LastRead
    from engine.catalogue import Catalogue
    from engine.embedding import Embedder
    from engine.inference.chat_model import ChatModel
    from engine.vectors import VectorStore


@dataclass(frozen=True)
class AnswerRequest:
    """What is asked, and of what.

    Attributes:
        question: As typed.
        collection_id: Where to search.
        coverage: What a search of the collection can see.
        seed: Sampling seed.
        settings: ``top_k``, budgets, temperature, strictness.
        history: Earlier turns of the conversation, oldest first.
        insist: Answer from the passages even if they are judged not to answer.
        reading_speed: Of the chat model on this machine, in tokens a second; None if unknown.
        last_read: What the model has read for earlier questions, whose order the prompt may
            keep; None puts passages in the order of their ranks.
        kind: What the question is to be taken for; None recognises it.
        plan: What is to be computed from tables; None makes a plan from the question.
    """

    question: str
    collection_id: int
    coverage: Coverage
    seed: int = 0
    settings: Settings = field(default_factory=Settings)
    history: tuple[Turn, ...] = ()
    insist: bool = False
    reading_speed: float | None = None
    last_read: LastRead | None = None
    kind: QuestionKind | None = None
    plan: TablePlan | None = None


@dataclass(frozen=True)
class Resources:
    """What an answer is made with.

    Attributes:
        catalogue: Passages and stored texts.
        vectors: Embeddings.
        embedder: Loads the embedding model.
        chat_model_file: Says which chat model would be used, without loading it.
        chat_model: Loads it; not called if the evidence does not answer, or if the model
            does not write the language of the question.
    """

    catalogue: Catalogue
    vectors: VectorStore
    embedder: Callable[[], Embedder]
    chat_model_file: Callable[[], ModelFile]
    chat_model: Callable[[], ChatModel]


@dataclass(frozen=True)
class Evidence:
    """What was found.

    Attributes:
        query: Completed question.
        language: Of the question, ISO 639-1.
        passages: Ranked and numbered.
        extracts: Sentences that support an answer.
        retrieval_ms: From the question to the ranked passages.
        judgement: Whether all this answers the question.
        insisted: Whether it is answered from whatever is thought of it.
        started: When the question came, by ``time.perf_counter``.
    """

    query: str
    language: str
    passages: tuple[RetrievedPassage, ...]
    extracts: tuple[Extract, ...]
    retrieval_ms: float
    judgement: Judgement = ANSWERED
    insisted: bool = False
    started: float = 0.0

    @property
    def answers(self) -> bool:
        """Whether to answer from this."""
        return self.judgement.answers or self.insisted


def search(
    request: AnswerRequest, resources: Resources
) -> tuple[str, tuple[RetrievedPassage, ...]]:
    """Return what is searched for, and the ranked passages.

    It is completed from the history, and its filters are taken out.

    Raises:
        EmptyQuestion, FilterUnreadable, NothingFits: Input.
        ModelMissing: The embedding model is not installed.
    """
    if not request.question.strip():
        raise EmptyQuestion
    query = understand_query(request.question, request.history)
    return parse_query(query).text, retrieve(
        resources.catalogue,
        resources.vectors,
        resources.embedder,
        query,
        request.collection_id,
        top_k=request.settings.top_k,
        retriever="hybrid",
    )


def gather(
    request: AnswerRequest, resources: Resources
) -> Generator[PassagesRetrieved | ExtractsFound, None, Evidence]:
    """Search, then judge what was found.

    Yields:
        ``PassagesRetrieved``; ``ExtractsFound`` if the evidence answers, or the user insists.

    Returns:
        The evidence (the generator's value).

    Raises:
        EmptyQuestion, FilterUnreadable, NothingFits: Input.
        ModelMissing: The embedding model is not installed.
    """
    started = time.perf_counter()
    query, passages = search(request, resources)
    retrieval_ms = 1e3 * (time.perf_counter() - started)
    yield PassagesRetrieved(query, passages, request.coverage, retrieval_ms)
    ranked = rank_sentences(query, passages, resources.embedder)
    extracts = quotations(query, passages, ranked, resources.embedder)
    language = language_of(request.question)
    judgement = judge(query, passages, ranked)
    insisted = request.insist and bool(extracts) and not judgement.sure
    found = Evidence(
        query,
        language,
        passages,
        extracts,
        retrieval_ms,
        judgement=judgement,
        insisted=insisted,
        started=started,
    )
    if found.answers:
        yield ExtractsFound(extracts)
    return found


def unspoken(language: str, resources: Resources) -> tuple[Notice, ...]:
    """Say so if the chat model does not write a language."""
    file = resources.chat_model_file()
    if file.languages and language not in file.languages:
        return (Notice("language-not-written", {"model": file.name}),)
    return ()
