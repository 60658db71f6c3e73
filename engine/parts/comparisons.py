"""What becomes of a comparison: a vote on it, a file of it."""

from __future__ import annotations

from pathlib import Path

from engine.attention.registry import ATTENTION
from engine.catalogue.votes import VoteTable
from engine.errors import VoteImpossible
from engine.records import Comparison, Preference, VoteTally


class Comparisons:
    """Votes and exports. May be used from any thread.

    Args:
        votes: Where votes are kept.
    """

    def __init__(self, votes: VoteTable) -> None:
        self._votes = votes

    def vote(self, comparison: Comparison, preference: Preference) -> VoteTally:
        """Store which answer of a comparison was preferred, cast blindly.

        Returns:
            The votes on these two modes so far, whichever side each was on.

        Raises:
            VoteImpossible: There are no two answers of different modes.
            DataFolderUnusable: The engine was opened for reading only.
        """
        first, second = comparison.answers
        written = first.generated and second.generated
        if not written or first.attention.mode == second.attention.mode:
            raise VoteImpossible
        self._votes.add(comparison, preference)
        modes = {first.attention.mode, second.attention.mode}
        return next(tally for tally in self.tallies() if set(tally.modes) == modes)

    def tallies(self) -> tuple[VoteTally, ...]:
        """Return the votes so far, a tally per pair of modes."""
        return self._votes.tallies(ATTENTION.names)

    def export(self, comparison: Comparison, path: Path) -> None:
        """Write a comparison as a web page (``.html``) or as data (``.json``).

        The page needs nothing from elsewhere: no scripts, styles or pictures. A file that
        is there is replaced.

        Raises:
            ExportFormatUnknown: The file name ends otherwise.
            ExportFailed: The file cannot be written.
        """
        from engine.answering.comparison_export import export_comparison

        export_comparison(comparison, path)
