"""What is asked: one record from the question box to the engine."""

from __future__ import annotations

from dataclasses import dataclass

from engine.records.attention import AttentionChoice
from engine.records.questions import QuestionKind
from engine.records.tables import TablePlan


@dataclass(frozen=True)
class AskRequest:
    """A question for one answer.

    Attributes:
        question: As typed.
        collection: Name of the collection to answer from.
        choice: Attention to answer with; None takes the mode that the engine begins with.
        seed: Sampling seed.
        strict: Leave out unsupported sentences; None takes the setting.
        conversation_id: Conversation whose turns complete the question; None if it stands
            alone or begins one.
        keep: Store the answer: in that conversation, or in a new one that the question names.
        replaces: Row of the stored turn that the answer takes the place of; 0 for none. It does
            not complete the question, and it stays until the answer is stored.
        insist: Answer from the nearest passages even if they are judged not to answer.
        keeps_order: Passages may stand in the prompt in the order in which the model has read
            them already; which ones stand there does not change.
        kind: What it is to be taken for; None recognises it.
        plan: What is to be computed from tables; None makes a plan from the question.
    """

    question: str
    collection: str
    choice: AttentionChoice | None = None
    seed: int = 0
    strict: bool | None = None
    conversation_id: int | None = None
    keep: bool = False
    replaces: int = 0
    insist: bool = False
    keeps_order: bool = False
    kind: QuestionKind | None = None
    plan: TablePlan | None = None


@dataclass(frozen=True)
class CompareRequest:
    """A question for two answers; neither is stored.

    Attributes:
        question: As typed.
        collection: Name of the collection to answer from.
        choices: Attention of each side, in the order they run.
        seed: Sampling seed of both.
        strict: Leave out unsupported sentences; None takes the setting.
        conversation_id: Conversation whose turns complete the question, None if there is none.
    """

    question: str
    collection: str
    choices: tuple[AttentionChoice, AttentionChoice]
    seed: int = 0
    strict: bool | None = None
    conversation_id: int | None = None
