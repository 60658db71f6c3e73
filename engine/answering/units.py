"""The stored sentences that a claim may rest on, with what a reader knows at each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from engine.answering.facts import is_row
from engine.answering.instructions import instructing
from engine.answering.statements import StoredSentence
from engine.records import RetrievedPassage
from engine.retrieval.sentences import Sentence, sentences_of

MAX_FORM_CHARACTERS = 600
"""A longer run of fields is quoted field by field only."""

_FIELD = re.compile(r"\s*[^\n:：|]{1,40}[:：]\s?\S")


def units_of(passages: Sequence[RetrievedPassage]) -> list[StoredSentence]:
    """Return each sentence, row and field; each two sentences; each run of fields."""
    around: dict[int, str] = defaultdict(str)
    for item in passages:
        document = item.passage.document
        if document.id not in around:
            around[document.id] = f"{document.title}\n{document.name}"
        around[document.id] += f"\n{item.passage.context}\n{item.passage.text}"
    return [
        unit for item in passages for unit in _of_passage(item, around[item.passage.document.id])
    ]


def _of_passage(retrieved: RetrievedPassage, around: str) -> list[StoredSentence]:
    passage = retrieved.passage
    heading = f"{passage.document.title}\n{passage.context}"
    sentences = sentences_of(retrieved)
    instructs = instructing([sentence.text for sentence in sentences])
    units: list[StoredSentence] = []
    before = ""
    for sentence, told in zip(sentences, instructs, strict=True):
        # The row above is about something else.
        context = heading if is_row(sentence.text) else f"{heading}\n{before}"
        units.append(
            StoredSentence(
                retrieved.number,
                sentence.start,
                sentence.end,
                sentence.text,
                context,
                around,
                instructs=told,
            )
        )
        before = "" if is_row(sentence.text) or told else sentence.text
    trusted = [each for each, told in zip(sentences, instructs, strict=True) if not told]
    runs: list[tuple[Sentence, ...]] = [
        pair for pair in pairwise(trusted) if not any(is_row(each.text) for each in pair)
    ]
    runs += _forms(trusted)
    for run in runs:
        start, end = run[0].start, run[-1].end
        text = passage.text[start - passage.start : end - passage.start]
        units.append(
            StoredSentence(retrieved.number, start, end, text, heading, around, single=False)
        )
    return units


def _forms(sentences: Sequence[Sentence]) -> list[tuple[Sentence, ...]]:
    """Return runs of three and more lines ``field: value``: together they are one record."""
    runs: list[list[Sentence]] = [[]]
    for sentence in sentences:
        if _FIELD.match(sentence.text) and not is_row(sentence.text):
            runs[-1].append(sentence)
        elif runs[-1]:
            runs.append([])
    return [
        tuple(run)
        for run in runs
        if len(run) > 2 and run[-1].end - run[0].start <= MAX_FORM_CHARACTERS
    ]
