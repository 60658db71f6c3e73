"""The rows of a run: made once, kept beside its checkpoints, so that resuming sees the same."""

from __future__ import annotations

import hashlib
import json
import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.cancel import CancelToken
from engine.errors import TrainingDataTooSmall
from engine.formats.atomic_files import replacing
from engine.workshop.questions.evidence import EvidenceBuilder, TrainingEvidence
from engine.workshop.questions.file import Question
from engine.workshop.training.batch import Example, Row, lay_out
from engine.workshop.training.events import RowsPrepared
from engine.workshop.training.prompts import PromptWriter

_PARTS = ("tokens", "positions", "branch", "sources", "targets")
_ATTEMPTS = 3
"""Evidence that is too long is put together again with fewer distractors."""


@dataclass(frozen=True)
class Counts:
    """What became of the questions.

    Attributes:
        n_rows: Rows made.
        n_tokens: In all of them.
        n_examples: Replies to learn, the base model's own included.
        n_unusable: Questions without a short answer in their evidence.
        n_too_long: Questions whose evidence does not fit, even alone.
        n_plain: Rows with the base model's own replies.
    """

    n_rows: int = 0
    n_tokens: int = 0
    n_examples: int = 0
    n_unusable: int = 0
    n_too_long: int = 0
    n_plain: int = 0


@dataclass(frozen=True)
class Dataset:
    """Rows in the order of training.

    Attributes:
        rows: All of them.
        counts: What was left out.
    """

    rows: tuple[Row, ...]
    counts: Counts

    @property
    def sha256(self) -> str:
        """Hash of all tokens and where they stand."""
        digest = hashlib.sha256()
        for row in self.rows:
            for part in _PARTS:
                digest.update(np.asarray(getattr(row, part), np.int32).tobytes())
                digest.update(b"|")
        return digest.hexdigest()


def prepare_rows(
    questions: Sequence[Question],
    builder: EvidenceBuilder,
    writer: PromptWriter,
    *,
    n_tokens: int,
    seed: int,
    cancel: CancelToken,
    plain: Iterator[Example] | None = None,
    plain_share: float = 0.0,
) -> Iterator[RowsPrepared | Dataset]:
    """Make rows until there are enough tokens, going through the questions in random order.

    Args:
        questions: To ask.
        builder: Puts evidence together.
        writer: Makes rows of it.
        n_tokens: Wanted.
        seed: Of everything that is drawn.
        cancel: Stops between rows.
        plain: Replies that shall stay as they are, see :mod:`engine.workshop.training.plain`.
        plain_share: Of all tokens.

    Yields:
        Progress; at last the :class:`Dataset`.

    Raises:
        TrainingDataTooSmall: Not one question can be used.
        Cancelled: It was stopped.
    """
    rng = random.Random(seed)
    rows: list[Row] = []
    done = n_unusable = n_too_long = n_plain = plain_tokens = 0
    while done < n_tokens:
        n_before = len(rows)
        for question in rng.sample(list(questions), len(questions)):
            cancel.raise_if_cancelled()
            evidence = builder.build(question, rng)
            row = _row(question, evidence, builder, writer, rng) if evidence else None
            n_unusable += evidence is None
            n_too_long += evidence is not None and row is None
            if row is None:
                continue
            rows.append(row)
            done += len(row)
            while plain is not None and plain_tokens < plain_share * done:
                rows.append(lay_out([next(plain)]))
                n_plain += 1
                plain_tokens += len(rows[-1])
                done += len(rows[-1])
            yield RowsPrepared(min(done, n_tokens), n_tokens)
            if done >= n_tokens:
                break
        if len(rows) == n_before:
            raise TrainingDataTooSmall(n_questions=len(questions), n_unusable=n_unusable)
    n_examples = sum(row.n_examples for row in rows)
    counts = Counts(len(rows), done, n_examples, n_unusable, n_too_long, n_plain)
    yield Dataset(tuple(rows), counts)


def _row(
    question: Question,
    evidence: TrainingEvidence,
    builder: EvidenceBuilder,
    writer: PromptWriter,
    rng: random.Random,
) -> Row | None:
    """Return the row of some evidence, put together anew with less where it is too long."""
    row = writer.row(evidence, rng)
    n_distractors = max(0, len(evidence.texts) - len(question.gold))
    for _ in range(_ATTEMPTS):
        if row is not None or not n_distractors:
            break
        n_distractors //= 2
        smaller = builder.build(question, rng, n_distractors=n_distractors)
        row = writer.row(smaller, rng) if smaller else None
    return row


def save_dataset(path: Path, dataset: Dataset) -> None:
    """Write a dataset; the file appears complete or not at all."""
    from safetensors.numpy import save

    arrays: dict[str, NDArray[Any]] = {
        "n_examples": np.array([row.n_examples for row in dataset.rows], np.int32)
    }
    for part in _PARTS:
        values = [getattr(row, part) for row in dataset.rows]
        arrays[part] = np.array([x for value in values for x in value], np.int32)
        arrays[f"{part}.n"] = np.array([len(value) for value in values], np.int32)
    content = save(arrays, metadata={"counts": json.dumps(dataset.counts.__dict__)})
    with replacing(path) as partial, partial.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def load_dataset(path: Path) -> Dataset:
    """Read what :func:`save_dataset` wrote."""
    from safetensors import safe_open

    with safe_open(path, framework="numpy") as file:
        counts = Counts(**json.loads(file.metadata()["counts"]))
        columns = {part: _cut(file, part) for part in _PARTS}
        n_examples = file.get_tensor("n_examples").tolist()
    rows = (
        Row(**{part: columns[part][index] for part in _PARTS}, n_examples=n)
        for index, n in enumerate(n_examples)
    )
    return Dataset(tuple(rows), counts)


def _cut(file: Any, part: str) -> list[tuple[int, ...]]:
    values = file.get_tensor(part).tolist()
    ends = accumulate(file.get_tensor(f"{part}.n").tolist(), initial=0)
    return [tuple(values[start:end]) for start, end in pairwise(ends)]
