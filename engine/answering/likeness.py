"""Do two texts say the same in other words? Judged by their embeddings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from engine.answering.statements import Claim, StoredSentence
from engine.embedding import asked_vector
from engine.text import language_of

if TYPE_CHECKING:
    from engine.embedding import Embedder

Likeness = Callable[[str, Sequence[str]], list[float]]
"""Cosine similarity of a text to each of others."""

MAX_COMPARED = 8
"""Sentences that are embedded for one claim: about 15 ms each on one core."""

MAX_CHARACTERS = 240
"""A long row is compared by its beginning: padding the batch to it would cost every sentence."""

# multilingual-e5 puts unrelated texts at 0.75 to 0.8, those on one topic up to 0.88, whatever they
# say of it: "the speed limit is 2.5% each year" is like "it rises by 2.5% each year". So likeness
# proves little: across languages, where no word can be compared, it decides with the figures in
# place; within one only for a paraphrase without figures.
ACROSS_LANGUAGES = 0.82
PARAPHRASE = 0.895


def likeness_of(embedder: Callable[[], Embedder]) -> Likeness:
    """Return how alike texts are by an embedding model, loaded when it is first asked."""

    def compare(text: str, others: Sequence[str]) -> list[float]:
        model = embedder()
        asked = asked_vector(model, text)  # whatever language the others are in
        cut = [other[:MAX_CHARACTERS] for other in others]
        vectors = np.asarray(model.embed_passages(cut), dtype=np.float32)
        return [float(value) + asked.offset for value in vectors @ asked.vector]

    return compare


def most_alike(
    claim: Claim,
    undecided: Sequence[StoredSentence],
    rivals: Sequence[StoredSentence],
    likeness: Likeness,
) -> StoredSentence | None:
    """Return the undecided sentence that says the claim in other words; None if none does.

    It must be more like the claim than any other sentence that has figures of the same kinds.

    Args:
        claim: What is looked for.
        undecided: Sentences with all its facts, likeliest first.
        rivals: See :meth:`engine.answering.support.Judge.rivals`.
        likeness: From :func:`likeness_of`.
    """
    compared = list(undecided[: MAX_COMPARED // 2])
    compared += [each for each in rivals if each not in compared][: MAX_COMPARED - len(compared)]
    text = claim.text if len(claim.text) > len(claim.question) else f"{claim.question} {claim.text}"
    found = likeness(text, [each.text for each in compared])
    best, nearest = max(zip(found, range(len(compared)), strict=True))
    unit = compared[nearest]
    return unit if unit in undecided and best >= _least(claim, unit) else None


def _least(claim: Claim, unit: StoredSentence) -> float:
    across = language_of(claim.text) != language_of(unit.text)
    figures = claim.facts.any_figure or claim.facts.codes
    return ACROSS_LANGUAGES if across and figures else PARAPHRASE
