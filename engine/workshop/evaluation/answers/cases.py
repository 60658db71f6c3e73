"""Frozen evidence: the same passages in the same order for every mode, made once and kept.

A case is some passages and questions about one of them. The passages of a case with more
distractors begin with those of the case with fewer, so that the number of distractors is
the only thing that changes. In a case of its own the evidence is taken out: its questions
are to be refused.
"""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.codec import NotARecord, from_json, to_json
from engine.errors import BadData
from engine.formats.atomic_files import replacing
from engine.records import Extract
from engine.retrieval import find_extracts
from engine.workshop.questions.file import Question
from engine.workshop.questions.items import key_of
from engine.workshop.questions.lexical import LexicalIndex
from engine.workshop.questions.passages import holds, window
from engine.workshop.training.prompts import retrieved

if TYPE_CHECKING:
    from engine.embedding import Embedder


@dataclass(frozen=True)
class CaseQuestion:
    """A question of a case.

    Attributes:
        id: As in its file.
        text: Question.
        answers: Accepted ones.
        extracts: Sentences of the passages that the prompt repeats, see :func:`with_extracts`.
    """

    id: str
    text: str
    answers: tuple[str, ...]
    extracts: tuple[Extract, ...] = ()


@dataclass(frozen=True)
class Case:
    """Passages, and questions about one of them.

    Attributes:
        id: Unique.
        cluster: The same for all cases about one passage; they are not independent.
        n_distractors: Passages beside the evidence.
        position: Number of the evidence, from 1; 0 where it was taken out.
        headings: One per passage.
        texts: Likewise.
        questions: At least one.
    """

    id: str
    cluster: str
    n_distractors: int
    position: int
    headings: tuple[str, ...]
    texts: tuple[str, ...]
    questions: tuple[CaseQuestion, ...]

    @property
    def answerable(self) -> bool:
        """Whether the evidence is among the passages."""
        return self.position > 0


@dataclass(frozen=True)
class CaseSettings:
    """Which cases are made.

    Attributes:
        distractors: Numbers of distractors.
        refused_at: Number of distractors of the cases whose evidence is taken out.
        n_passages: Evidence passages; each becomes one case per number of distractors.
        n_questions: Questions about each, at most.
        passage_characters: Passages are cut to it, around the answers.
        max_answer_characters: Questions with longer answers are left out.
        extracts: Repeat the best sentences before the question, as the program does.
        seed: Of everything that is drawn.
    """

    distractors: tuple[int, ...] = (0, 2, 4, 8)
    refused_at: int = 4
    n_passages: int = 60
    n_questions: int = 3
    passage_characters: int = 450
    max_answer_characters: int = 60
    extracts: bool = True
    seed: int = 0


def make_cases(questions: Sequence[Question], settings: CaseSettings) -> list[Case]:
    """Return the cases of some questions, grouped by their evidence; without extracts yet.

    Distractors are what the file gives for a question and what is nearest to it by words
    among all passages of these questions; none holds an accepted answer.

    Args:
        questions: None of them trained on. Those with one evidence passage that holds a
            short answer are used.
        settings: How many, and how.
    """
    rng = random.Random(settings.seed)
    about: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        if _usable(question, settings):
            about[question.gold[0]].append(question)
    passages = dict.fromkeys(p for q in questions for p in (*q.gold, *q.distractors))
    index = LexicalIndex(list(passages))
    titles = {p: q.title for q in questions for p in q.gold}
    golds = sorted(about, key=key_of)
    rng.shuffle(golds)
    cases: list[Case] = []
    for gold in golds:
        if len(cases) >= settings.n_passages * (len(settings.distractors) + 1):
            break
        cases += _about(gold, about[gold], index, titles, settings, rng)
    return cases


def with_extracts(case: Case, embedder: Callable[[], Embedder]) -> Case:
    """Return a case with the sentences that the program itself finds for each question.

    Nothing tells it which passage is the evidence. It searches them in the order of the prompt,
    which is random here; the program's is by rank, and a little easier.
    """
    passages = retrieved(case.headings, case.texts)
    questions = (
        replace(question, extracts=find_extracts(question.text, passages, embedder, in_order=False))
        for question in case.questions
    )
    return replace(case, questions=tuple(questions))


def _usable(question: Question, settings: CaseSettings) -> bool:
    """Tell whether a question has one evidence passage and short answers that stand in it."""
    answers = [a for a in question.answers if len(a) <= settings.max_answer_characters]
    return len(question.gold) == 1 and any(holds(question.gold[0], a) for a in answers)


def _about(
    gold: str,
    questions: Sequence[Question],
    index: LexicalIndex,
    titles: dict[str, str],
    settings: CaseSettings,
    rng: random.Random,
) -> list[Case]:
    """Return the cases of one evidence passage; none if it has too few distractors."""
    first, *others = rng.sample(list(questions), len(questions))
    answer = next(a for a in first.answers if holds(gold, a))
    cut = window(gold, answer, settings.passage_characters, rng)
    kept = [q for q in (first, *others) if any(holds(cut, a) for a in q.answers)]
    kept = kept[: settings.n_questions]
    n_needed = max(*settings.distractors, settings.refused_at + 1)
    beside = _distractors(gold, kept, index, n_needed)
    if len(beside) < n_needed:
        return []
    beside_cut = [window(text, "", settings.passage_characters, rng) for text in beside]
    headings = {
        text: titles.get(original, "")
        for text, original in zip((cut, *beside_cut), (gold, *beside), strict=True)
    }
    asked = tuple(CaseQuestion(q.id, q.text, q.answers) for q in kept)
    cluster = hashlib.sha256(key_of(gold).encode()).hexdigest()[:12]
    cases = []
    for n in settings.distractors:
        position = rng.randint(1, n + 1)
        texts = [*beside_cut[:n]]
        texts.insert(position - 1, cut)
        cases.append(_case(cluster, n, position, texts, headings, asked))
    without = beside_cut[: settings.refused_at + 1]
    cases.append(_case(cluster, settings.refused_at, 0, without, headings, asked))
    return cases


def _distractors(
    gold: str, questions: Sequence[Question], index: LexicalIndex, n: int
) -> list[str]:
    """Return passages that come close to the questions and hold none of their answers."""
    given = [p for q in questions for p in q.distractors]
    near = [p for q in questions for p in index.nearest(q.text, n + 4, {gold})]
    answers = [a for q in questions for a in q.answers]
    free = (
        passage
        for passage in dict.fromkeys((*given, *near))
        if passage != gold and not any(holds(passage, a) for a in answers)
    )
    return list(free)[:n]


def _case(
    cluster: str,
    n: int,
    position: int,
    texts: Sequence[str],
    headings: dict[str, str],
    questions: tuple[CaseQuestion, ...],
) -> Case:
    known = [headings[text] for text in texts]
    shown = known if all(known) else [f"document-{i}.txt" for i in range(1, len(texts) + 1)]
    name = f"{cluster}/{n}" if position else f"{cluster}/none"
    return Case(name, cluster, n, position, tuple(shown), tuple(texts), questions)


# --- in a file ------------------------------------------------------------------------


def save_cases(path: Path, cases: Sequence[Case]) -> None:
    """Write cases as JSON Lines; the file appears complete or not at all."""
    with replacing(path) as partial, partial.open("w", encoding="utf-8") as stream:
        for case in cases:
            stream.write(to_json(case) + "\n")


def load_cases(path: Path) -> list[Case]:
    """Read what :func:`save_cases` wrote.

    Raises:
        BadData: A line is broken.
    """
    cases: list[Case] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        try:
            cases.append(from_json(Case, line))
        except NotARecord as error:
            raise BadData(path=str(path), line=number, detail=f"not a case ({error})") from error
    return cases
