"""What a reply is worth: exact match, F1, citation, refusal.

Exact match and F1 are those of SQuAD (Rajpurkar et al., 2016): lower case, without
punctuation and English articles; F1 over words, the best of the accepted answers.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from engine.workshop.questions.evidence import REFUSAL

_MARK = re.compile(r"\[(\d{1,3})\]")
_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)
_REFUSALS = (
    "not found in the documents",
    "not found in the text",
    "not found in the passages",
    "does not hold the answer",
    "do not hold the answer",
    "does not provide",
    "do not provide",
    "does not mention",
    "do not mention",
    "does not contain",
    "do not contain",
    "does not specify",
    "no information",
    "cannot be answered",
    "i don't know",
)
"""How models decline; untrained ones in words of their own, which must count as well."""


@dataclass(frozen=True)
class Reply:
    """A reply in parts.

    Attributes:
        answer: Text without citation marks.
        cited: Numbers of the passages that it names, in order, each once.
        refused: Whether it declines to answer.
    """

    answer: str
    cited: tuple[int, ...]
    refused: bool


@dataclass(frozen=True)
class Score:
    """What a reply is worth, each from 0 to 1.

    Attributes:
        exact: It is an accepted answer.
        f1: Overlap of words with the best accepted answer.
        citation: It names the evidence, and nothing else.
        refused: It declines.
    """

    exact: float
    f1: float
    citation: float
    refused: float


def read_reply(text: str) -> Reply:
    """Take a reply apart."""
    cited = tuple(dict.fromkeys(int(number) for number in _MARK.findall(text)))
    answer = " ".join(_MARK.sub(" ", text).split())
    return Reply(answer, cited, _declines(answer))


def score(reply: Reply, answers: Collection[str], position: int) -> Score:
    """Score a reply to a question whose evidence is shown; a refusal earns nothing.

    Args:
        reply: Taken apart.
        answers: Accepted ones; at least one.
        position: Number of the evidence, from 1.
    """
    if reply.refused:
        return Score(0.0, 0.0, 0.0, 1.0)
    exact = max(float(plain(reply.answer) == plain(answer)) for answer in answers)
    f1 = max(word_f1(reply.answer, answer) for answer in answers)
    return Score(exact, f1, float(reply.cited == (position,)), 0.0)


def plain(text: str) -> str:
    """Return a text in lower case without punctuation, articles and superfluous space."""
    lowered = text.lower().translate(_PUNCTUATION)
    return " ".join(_ARTICLES.sub(" ", lowered).split())


def word_f1(found: str, expected: str) -> float:
    """Return the harmonic mean of precision and recall over words."""
    ours, theirs = plain(found).split(), plain(expected).split()
    if not ours or not theirs:
        return float(ours == theirs)
    n_common = sum((Counter(ours) & Counter(theirs)).values())
    if not n_common:
        return 0.0
    precision, recall = n_common / len(ours), n_common / len(theirs)
    return 2 * precision * recall / (precision + recall)


def _declines(answer: str) -> bool:
    lowered = answer.lower()
    return lowered.startswith(REFUSAL.lower().rstrip(".")) or any(
        words in lowered for words in _REFUSALS
    )
