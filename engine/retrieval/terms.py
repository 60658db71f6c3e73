"""Which tokens of a question are worth matching.

Measured on 450 questions of a Japanese development set (JaQuAD subset, mined distractors):
leaving out pairs with a particle lifts BM25's recall@1 from .844 to .862 and recall@10
from .978 to .991; English is not touched.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from engine.languages import PROFILES, any_of
from engine.text import content_tokens, is_cjk, normalise

_SUFFIXES = tuple(suffix for profile in PROFILES for suffix in profile.tokens.suffixes)
_MIN_STEM = 4
_PARTICLE = re.compile(any_of(profile.tokens.particle for profile in PROFILES))


def stem(token: str) -> str:
    """Cut an English ending if at least four letters stay; other tokens come back as they are.

    >>> stem("employees"), stem("leave"), stem("契約")
    ('employe', 'leave', '契約')
    """
    if not (token.isascii() and token.isalpha()):
        return token
    for suffix in _SUFFIXES:
        long_enough = len(token) - len(suffix) >= _MIN_STEM
        if token.endswith(suffix) and long_enough and not token.endswith("ss"):
            return token[: -len(suffix)]
    return token


def query_tokens(text: str) -> list[str]:
    """Return the distinct tokens of a question that carry its topic, in order.

    A pair of a kanji and a particle (「契約は」 holds 「約は」) says nothing of the topic
    and is left out, unless nothing else remains.
    """
    tokens = list(dict.fromkeys(content_tokens(text)))
    topical = [t for t in tokens if not (len(t) == 2 and is_cjk(t[0]) and _PARTICLE.search(t))]
    return topical or tokens


def held_tokens(tokens: Iterable[str], text: str) -> frozenset[str]:
    """Return which stems or pairs a text holds; cheaper than cutting the text into tokens."""
    folded = normalise(text)
    return frozenset(
        token
        for token in tokens
        if (is_cjk(token[0]) and token in folded)
        or (not is_cjk(token[0]) and re.search(rf"(?<![^\W_]){re.escape(token)}", folded))
    )


def rarity(tokens: Iterable[str], holdings: Sequence[Collection[str]]) -> dict[str, float]:
    """Return ``ln(1 + N / (1 + n_t))`` for each token t; n_t of N texts hold it.

    Words that stand everywhere in the evidence do not tell its parts apart.
    """
    counts = Counter(token for held in holdings for token in held)
    return {t: rarity_of(counts[t], len(holdings)) for t in tokens}


def rarity_of(n_holding: int, n_texts: int) -> float:
    """Return ``ln(1 + N / (1 + n))`` of a word that n of N texts hold."""
    return math.log(1 + n_texts / (1 + n_holding))


def best_coverage(question: str, texts: Sequence[str], n_best: int = 10) -> float:
    """Return the share of a question's rarity that the best of the first texts holds."""
    tokens = list(dict.fromkeys(stem(token) for token in query_tokens(question)))
    holdings = [held_tokens(tokens, text) for text in texts]
    weights = rarity(tokens, holdings)
    total = sum(weights.values())
    if not total or not holdings:
        return 0.0
    return max(sum(weights[token] for token in held) for held in holdings[:n_best]) / total


def lexical_match(text: str) -> str:
    """Return the FTS5 ``MATCH`` expression of a question; empty if it has no token.

    Any token may match and BM25 ranks; the full-text table stems English by itself. A
    single CJK character matches as a prefix, since the table holds pairs.
    """
    return " OR ".join(
        f'"{token}"*' if len(token) == 1 and is_cjk(token) else f'"{token}"'
        for token in query_tokens(text)
    )
