"""What the engine does about attention: what can run, votes, exports of comparisons."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from engine.attention.registry import ATTENTION
from engine.catalogue import Catalogue
from engine.errors import VoteImpossible
from engine.paths import DataPaths
from engine.records import (
    AttentionChoice,
    AttentionMode,
    Comparison,
    KernelChoice,
    ModelFile,
    Notice,
    Preference,
    VoteTally,
)
from engine.settings import Settings

if TYPE_CHECKING:
    from engine.records import AdapterInfo


class AttentionVerbs:
    """Part of the engine; it owns the catalogue and knows the models."""

    paths: DataPaths
    _catalogue: Catalogue

    @property
    def settings(self) -> Settings:
        """The settings as stored."""
        raise AssertionError("the engine knows")

    def chat_model_file(self) -> ModelFile:
        """Return which chat model would be used, without loading it."""
        raise AssertionError("the engine knows")

    def adapters(self) -> tuple[AdapterInfo, ...]:
        """Return the usable adapters on this machine, those of the program first."""
        from engine.adapters.library import AdapterLibrary

        return AdapterLibrary(self.paths).list()

    def available_attention(self) -> Mapping[AttentionMode, Notice | None]:
        """Return for each attention mode why it cannot run; None if it can.

        Told from the files: no model is loaded.

        Raises:
            ModelMissing, ModelDamaged: No chat model to tell it of.
        """
        from engine.adapters.library import AdapterLibrary
        from engine.inference.availability import available_attention

        return available_attention(self.chat_model_file(), AdapterLibrary(self.paths))

    def default_attention(self, kernel: KernelChoice | None = None) -> AttentionMode:
        """Return the attention mode to begin with, for the chat model in use.

        It is that of the best adapter that comes with the program, else baseline.

        Args:
            kernel: Who computes attention; None takes the setting.

        Raises:
            ModelMissing, ModelDamaged: No chat model to tell it of.
        """
        from engine.adapters.library import AdapterLibrary
        from engine.inference.availability import default_attention

        chosen = kernel or self.settings.kernel
        return default_attention(self.chat_model_file(), AdapterLibrary(self.paths), chosen)

    def _check_attention(self, choice: AttentionChoice) -> None:
        """Refuse what cannot run before anything is searched, without loading a model."""
        if choice == AttentionChoice(kernel=choice.kernel):
            return
        from engine.adapters.library import AdapterLibrary
        from engine.inference.availability import check_attention

        check_attention(choice, self.chat_model_file(), AdapterLibrary(self.paths))

    # --- comparisons -----------------------------------------------------------------

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
        self._catalogue.votes.add(comparison, preference)
        modes = {first.attention.mode, second.attention.mode}
        return next(tally for tally in self.vote_tallies() if set(tally.modes) == modes)

    def vote_tallies(self) -> tuple[VoteTally, ...]:
        """Return the votes so far, a tally per pair of modes."""
        return self._catalogue.votes.tallies(ATTENTION.names)

    def export_comparison(self, comparison: Comparison, path: Path) -> None:
        """Write a comparison as a web page (``.html``) or as data (``.json``).

        The page needs nothing from elsewhere: no scripts, styles or pictures. A file that
        is there is replaced.

        Raises:
            ExportFormatUnknown: The file name ends otherwise.
            ExportFailed: The file cannot be written.
        """
        from engine.answering.comparison_export import export_comparison

        export_comparison(comparison, path)
