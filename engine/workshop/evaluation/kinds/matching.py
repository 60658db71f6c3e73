"""Which of the things that an answer shows are those that were wanted.

What is shown is a list of lines: the rows of the answer's table, column by column, or the lines of
its text. Forms are compared in the search form, token by token.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from engine.records import Answer
from engine.text import search_form
from engine.workshop.evaluation.golden_answers.grading import contains, without_marks
from engine.workshop.evaluation.kinds.questions import Change, Forms

Wanted = TypeVar("Wanted")

_BULLET = re.compile(r"^\s*(?:[-*+•・●○]|\d+[.)、．]|[|>])\s*")
_RULE = re.compile(r"^[\s|:\-]*$")


@dataclass(frozen=True)
class Counts:
    """How many were right.

    Attributes:
        right: Wanted and shown.
        missed: Wanted and not shown.
        extra: Shown and not wanted, or shown again.
    """

    right: int = 0
    missed: int = 0
    extra: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 where nothing is wanted and nothing shown."""
        total = 2 * self.right + self.missed + self.extra
        return 2 * self.right / total if total else 1.0

    @property
    def perfect(self) -> bool:
        """Whether all is shown, and nothing else."""
        return not self.missed and not self.extra


def says(text: str, forms: Forms) -> bool:
    """Tell whether a text holds one of some spellings."""
    form = search_form(text)
    return any(contains(form, search_form(each)) for each in forms)


def items_found(answer: Answer, items: Sequence[Forms], optional: Sequence[Forms]) -> Counts:
    """Compare what an answer lists with what it should.

    Of a table the column counts that agrees best; its rows that are only possible do not count.
    Without one it is the text's lines with a bullet, or all if none has any.
    """
    counts = [_matched(column, items, optional) for column in shown(answer)]
    return max(counts, key=lambda each: each.f1, default=Counts(missed=len(items)))


def shown(answer: Answer) -> list[list[str]]:
    """Return the columns of an answer's table, or the lines of its text as the only one."""
    if answer.refused:
        return []
    if answer.table is not None:
        rows = [row for row in answer.table.rows if not row.possible]
        return [[row.cells[at] for row in rows] for at in range(len(answer.table.columns))]
    return [lines_of(answer.generated)]


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that list something, without bullets and marks."""
    lines = [line for line in text.splitlines() if line.strip() and not _RULE.match(line)]
    listed = [line for line in lines if _BULLET.match(line)]
    return [without_marks(_BULLET.sub("", line)) for line in listed or lines]


def _matched(lines: Sequence[str], items: Sequence[Forms], optional: Sequence[Forms]) -> Counts:
    return _paired(lines, items, says, lambda line: any(says(line, each) for each in optional))


def changes_found(answer: Answer, changes: Sequence[Change], optional: Sequence[Change]) -> Counts:
    """Compare the differences that an answer shows with those that it should.

    A row of its table, or a line of its text, shows one if it holds what was said and what is.
    """
    if answer.refused:
        lines: list[str] = []
    elif answer.table is not None:
        lines = [" | ".join(row.cells) for row in answer.table.rows if not row.possible]
    else:
        lines = lines_of(answer.generated)
    return _paired(
        lines, changes, _shows, lambda line: any(_shows(line, each) for each in optional)
    )


def _shows(line: str, change: Change) -> bool:
    sides = [side for side in (change.old, change.new) if side]
    return all(says(line, side) for side in sides or [change.topic])


def _paired(
    lines: Sequence[str],
    wanted: Sequence[Wanted],
    holds: Callable[[str, Wanted], bool],
    harmless: Callable[[str], bool],
) -> Counts:
    found: set[int] = set()
    extra = 0
    for line in lines:
        held = {at for at, each in enumerate(wanted) if holds(line, each)}
        if not held - found and not harmless(line):
            extra += 1
        found |= held
    return Counts(len(found), len(wanted) - len(found), extra)


def documents_found(answer: Answer, sources: Sequence[str], optional: Sequence[str]) -> Counts:
    """Compare the documents that an answer cites with those that it should name.

    What stands only in rows that are possible does not count.
    """
    rows = answer.table.rows if answer.table is not None else ()
    doubtful = {r.number for r in rows if r.possible} - {r.number for r in rows if not r.possible}
    cited = [c for c in answer.citations if c.number and c.number not in doubtful]
    paths = {} if answer.refused else dict.fromkeys(c.path for c in cited)

    def named(path: str, names: Sequence[str]) -> set[str]:
        return {name for name in names if f"/{path}".endswith(f"/{name}")}

    found = {name for path in paths for name in named(path, sources)}
    extra = sum(not named(path, (*sources, *optional)) for path in paths)
    return Counts(len(found), len(sources) - len(found), extra)
