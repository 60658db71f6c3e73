"""How often the check discards what is right and lets pass what is wrong, on labelled sentences."""

from __future__ import annotations

from collections import Counter

import pytest
from labelled_sentences import labelled, rates, verdicts

SENTENCES = labelled()


@pytest.fixture(scope="module")
def found() -> dict[tuple[str, str, str], tuple[int, int]]:
    return rates(verdicts(SENTENCES))


def share(found: dict[tuple[str, str, str], tuple[int, int]], label: str, split: str) -> float:
    """Return the share of wrong judgements in both languages."""
    pairs = [pair for key, pair in found.items() if key[1:] == (split, label)]
    return sum(wrong for wrong, _ in pairs) / sum(total for _, total in pairs)


def test_there_are_enough_of_them() -> None:
    read = [each for each in SENTENCES if not each.source.startswith("mutated")]
    assert len(read) >= 300
    kinds = Counter((each.language, each.split) for each in read)
    assert min(kinds.values()) >= 60 and len(kinds) == 4
    assert len({(e.question, e.passages, e.sentence) for e in SENTENCES}) == len(SENTENCES)
