"""Texts that say the same in two languages, with a question for each."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import BadData
from engine.languages import profile_of
from engine.workshop.questions.file import Question, read_json_lines

_SEED = 5
_LONGEST_SPACED, _LONGEST = 1000, 450
"""Characters of a text that count: about a passage in either script."""


@dataclass(frozen=True)
class Side:
    """One language's version.

    Attributes:
        question: What is asked.
        text: What answers it.
    """

    question: str
    text: str


@dataclass(frozen=True)
class Pair:
    """The same in two languages.

    Attributes:
        name: Unique.
        sides: By language (ISO 639-1).
    """

    name: str
    sides: dict[str, Side]

    @property
    def languages(self) -> tuple[str, ...]:
        """Its languages, sorted."""
        return tuple(sorted(self.sides))


def read_pairs(path: Path) -> list[Pair]:
    """Return the pairs of a JSON Lines file (``anchor``, ``lang``, ``question``, ``answer``).

    What stands there in one language only is left out. The order is random and always the same.

    Raises:
        PathMissing: There is no such file.
        BadData: A line is broken, or there are fewer than four pairs.
    """
    found: dict[str, dict[str, Side]] = {}
    for number, row in read_json_lines(path):
        values = [row.get(key) for key in ("anchor", "lang", "question", "answer")]
        if not all(isinstance(value, str) and value for value in values):
            detail = '"anchor", "lang", "question" and "answer" must be texts'
            raise BadData(path=str(path), line=number, detail=detail)
        name, language, question, text = map(str, values)
        longest = _LONGEST_SPACED if profile_of(language).spaced else _LONGEST
        found.setdefault(name, {})[language] = Side(question, text[:longest])
    pairs = [Pair(name, sides) for name, sides in sorted(found.items()) if len(sides) == 2]
    if len(pairs) < 4 or len({pair.languages for pair in pairs}) != 1:
        detail = "the file must hold four pairs or more, all in the same two languages"
        raise BadData(path=str(path), line=1, detail=detail)
    random.Random(_SEED).shuffle(pairs)
    return pairs


def halves(pairs: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    """Return the half to choose by, and the one kept aside."""
    middle = len(pairs) // 2
    return list(pairs[:middle]), list(pairs[middle:])


def mixed_pools(pairs: Sequence[Pair]) -> Iterator[tuple[list[str], list[tuple[Question, bool]]]]:
    """Yield two collections in which each text stands in one language, half of them in each.

    Yields:
        The texts; the questions of both languages, and of each whether its answer is in another.
    """
    languages = pairs[0].languages
    for turn in range(2):
        questions: list[tuple[Question, bool]] = []
        for number, pair in enumerate(pairs):
            written = languages[(number + turn) % 2]
            text = pair.sides[written].text
            for asked in languages:
                question = pair.sides[asked].question
                name = f"{pair.name}-{asked}-{written}"
                made = Question(name, asked, question, ("",), (text,), ())
                questions.append((made, asked != written))
        yield [question.gold[0] for question, across in questions if not across], questions
