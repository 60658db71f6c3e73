"""How much a line says of its document: what many lines speak of, figures, duties, its place."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from engine.answering.facts import facts
from engine.answering.summary.outline import Line, Outline
from engine.cancel import CancelToken
from engine.events import AnswerProgressed
from engine.languages import PROFILES, any_of
from engine.text import content_tokens, is_cjk, normalise
from engine.text.stems import stem

if TYPE_CHECKING:
    from engine.embedding import Embedder

MOST_EMBEDDED = 64
"""Lines that are embedded for one summary: a second on one core."""

AT_ONCE = 16

LONG = 260
LONG_CJK = 130
"""A longer line is worth less: it takes the place of two."""

_RULES = tuple(profile.summaries for profile in PROFILES)
_WEIGHTY = re.compile(any_of(rules.weighty for rules in _RULES))
KEY_FACTS = tuple(re.compile(text) for rules in _RULES for text in rules.key_facts)


def tokens_of(text: str) -> frozenset[str]:
    """Return the stems of a line's words."""
    return frozenset(map(stem, content_tokens(text)))


def by_words(read: Outline) -> dict[int, float]:
    """Return the worth of each line, by its place, from its words alone."""
    lines = read.lines
    tokens = [tokens_of(line.text) for line in lines]
    counts = Counter(token for held in tokens for token in held)
    title = tokens_of(f"{read.document.title} {read.document.name}")
    first_of_part = {part.lines[0].at for part in read.parts}
    return {
        line.at: _worth(line, held, counts, title, first_of_part)
        for line, held in zip(lines, tokens, strict=True)
    }


def _worth(
    line: Line,
    held: frozenset[str],
    counts: Counter[str],
    title: frozenset[str],
    first_of_part: set[int],
) -> float:
    folded = normalise(line.text)
    shared = sum(math.log(counts[token]) for token in held) / math.sqrt(len(held) + 4)
    worth = 0.25 * min(shared, 3.0) + 0.15 * bool(held & title)
    found = facts(line.text)
    n_figures = len(found.amounts) + len(found.moments.dates)
    worth += 0.3 * min(n_figures, 2) + 0.35 * bool(_WEIGHTY.search(folded))
    worth += 0.25 * any(pattern.search(folded) for pattern in KEY_FACTS)
    if line.whole:
        worth += 0.3 * (line.at in first_of_part) + 0.5 * (line.at < 2)
    else:
        worth -= 0.7
    if line.row:
        worth -= 0.35
    long = LONG_CJK if any(map(is_cjk, line.text)) else LONG
    return worth - 0.4 * max(0.0, len(line.text) / long - 1)


def by_meaning(
    lines: Sequence[Line],
    worth: dict[int, float],
    embedder: Callable[[], Embedder],
    cancel: CancelToken,
) -> Generator[AnswerProgressed, None, dict[int, float]]:
    """Return the worth of lines, with how near each is to what the document says as a whole.

    Only the best by words are embedded; a stop leaves the rest as they are.

    Yields:
        Progress.

    Raises:
        ModelMissing: The embedding model is not installed.
    """
    best = sorted(lines, key=lambda line: -worth[line.at])[:MOST_EMBEDDED]
    if len(best) < 3:
        return worth
    vectors: list[np.ndarray] = []
    model = embedder()
    for start in range(0, len(best), AT_ONCE):
        if cancel.cancelled:
            break
        vectors.append(model.embed_passages([line.text[:300] for line in best[start:][:AT_ONCE]]))
        yield AnswerProgressed("scan", min(start + AT_ONCE, len(best)), len(best))
    if not vectors:
        return worth
    rows = np.concatenate(vectors)
    near = rows @ rows.mean(axis=0)
    spread = float(near.std()) or 1.0
    moved = dict(worth)
    for line, value in zip(best, near, strict=False):
        moved[line.at] += 0.15 * float(np.clip((value - near.mean()) / spread, -1.5, 1.5))
    return moved
