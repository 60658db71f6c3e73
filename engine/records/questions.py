"""What a question wants, and how much was looked at to answer it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

QuestionKind = Literal[
    "fact", "list", "count", "table", "compare", "summary", "find", "translate", "talk"
]
"""``fact``: one passage answers, yes and no included; ``list``, ``count``: what the whole
collection holds; ``table``: a value that tables hold or that is computed from them; ``compare``:
documents or versions side by side; ``summary``: of a document or a collection; ``find``: which
document; ``translate``: a passage in another language; ``talk``: said to the program itself."""

QUESTION_KINDS: tuple[QuestionKind, ...] = get_args(QuestionKind)


@dataclass(frozen=True)
class Scanned:
    """What was looked at for an answer that has to be complete.

    Attributes:
        n_files: Documents.
        n_passages: Passages.
        exhaustive: Whether that is all there is to look at; False: a sample of it.
    """

    n_files: int
    n_passages: int
    exhaustive: bool


@dataclass(frozen=True)
class AnswerRow:
    """One row of an answer's table.

    Attributes:
        cells: Text by column.
        number: Number of the passage it comes from; 0 if it was computed.
        possible: Whether it may belong to the answer, and may not.
    """

    cells: tuple[str, ...]
    number: int = 0
    possible: bool = False


@dataclass(frozen=True)
class AnswerTable:
    """What an answer lists or is computed from.

    Attributes:
        columns: Names, in the language of the question or of the document.
        rows: In the order that was asked for.
    """

    columns: tuple[str, ...]
    rows: tuple[AnswerRow, ...]
