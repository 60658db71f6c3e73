"""Votes on comparisons. No text of a document is kept, and of the question only a hash."""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from collections.abc import Sequence
from math import sqrt

from engine.catalogue.store import Store
from engine.records import AttentionMode, AttentionUse, Comparison, Preference, VoteTally

Z95 = 1.959964
"""Deviations that hold 95 % of a normal distribution."""

Pair = tuple[AttentionMode, AttentionMode]


class VoteTable:
    """Votes, and how they stand.

    Args:
        store: Connections and transactions.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, comparison: Comparison, preference: Preference) -> None:
        """Store a vote.

        Raises:
            DataFolderUnusable: The catalogue was opened for reading only.
        """
        first, second = comparison.answers
        question = hashlib.sha256(first.question.encode("utf-8", "surrogatepass")).digest()
        with self._store.transaction() as db:
            db.conn.execute(
                "INSERT INTO votes (cast_at, first_mode, second_mode, first_use, second_use,"
                " model, preference, question_sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    time.time(),
                    first.attention.mode,
                    second.attention.mode,
                    _use(first.attention),
                    _use(second.attention),
                    first.model,
                    preference,
                    question,
                ),
            )

    def tallies(self, order: Sequence[AttentionMode] = ()) -> tuple[VoteTally, ...]:
        """Return the votes per pair of modes, whichever side each mode was on.

        Args:
            order: The modes as they are listed elsewhere; others follow by name.
        """

        def rank(mode: AttentionMode) -> tuple[int, str]:
            return (order.index(mode) if mode in order else len(order), mode)

        rows = self._store.rows(
            "SELECT first_mode, second_mode, preference, count(*) FROM votes"
            " GROUP BY first_mode, second_mode, preference"
        )
        wins: Counter[tuple[Pair, AttentionMode]] = Counter()
        ties: Counter[Pair] = Counter()
        for first, second, preference, n in rows:
            pair: Pair = (first, second) if rank(first) <= rank(second) else (second, first)
            ties[pair] += n if preference == "tie" else 0
            if preference != "tie":
                wins[pair, first if preference == "first" else second] += n
        pairs = sorted(ties, key=lambda pair: (rank(pair[0]), rank(pair[1])))
        return tuple(_tally(pair, wins, ties[pair]) for pair in pairs)


def wilson(n_wins: int, n: int) -> tuple[float, float] | None:
    """Return the 95 % Wilson interval of a share; None if nothing was counted."""
    if not n:
        return None
    share, z2 = n_wins / n, Z95 * Z95
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z95 / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def _tally(pair: Pair, wins: Counter[tuple[Pair, AttentionMode]], n_ties: int) -> VoteTally:
    first, second = wins[pair, pair[0]], wins[pair, pair[1]]
    n = first + second
    share = second / n if n else None
    return VoteTally(pair, (first, second), n_ties, share, wilson(second, n))


def _use(use: AttentionUse) -> str:
    fields = {"prefill": use.prefill, "kernel": use.kernel, "adapter": use.adapter}
    return json.dumps(fields, separators=(",", ":"))
