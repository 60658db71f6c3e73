"""What attention can run with the chat model in use, and with which mode to begin."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from engine.catalogue.settings import SettingsTable
from engine.errors import ModelDamaged, ModelMissing
from engine.paths import DataPaths
from engine.records import (
    AdapterInfo,
    AttentionChoice,
    AttentionMode,
    KernelChoice,
    ModelFile,
    Notice,
    PrefillMode,
)

if TYPE_CHECKING:
    from engine.adapters.library import AdapterLibrary


class Attention:
    """Told from the files: no model is loaded. May be used from any thread.

    Args:
        paths: The data folder, for adapters.
        settings: Say who computes attention.
        chat_model_file: Says which chat model is in use.
    """

    def __init__(
        self, paths: DataPaths, settings: SettingsTable, chat_model_file: Callable[[], ModelFile]
    ) -> None:
        self._paths = paths
        self._settings = settings
        self._chat_model_file = chat_model_file

    def adapters(self) -> tuple[AdapterInfo, ...]:
        """Return the usable adapters on this machine, those of the program first."""
        return self._adapters().list()

    def available(self) -> Mapping[AttentionMode, Notice | None]:
        """Return for each attention mode why it cannot run; None if it can.

        Raises:
            ModelMissing, ModelDamaged: No chat model to tell it of.
        """
        from engine.inference.availability import available_attention

        return available_attention(self._chat_model_file(), self._adapters())

    def default_mode(self, kernel: KernelChoice | None = None) -> AttentionMode:
        """Return the mode to begin with: nothing else in the program decides it.

        It is that of the best adapter that comes with the program if it fits the chat model
        in use, else baseline; also where there is no usable chat model, so that asking says
        what is wrong with it.

        Args:
            kernel: Who computes attention; None takes the setting.
        """
        from engine.inference.availability import default_attention

        chosen = kernel or self._settings.current.kernel
        try:
            return default_attention(self._chat_model_file(), self._adapters(), chosen)
        except (ModelMissing, ModelDamaged):
            return "baseline"

    def choice(
        self,
        mode: AttentionMode | None = None,
        prefill: PrefillMode = "dense",
        *,
        kernel: KernelChoice | None = None,
        adapter: str = "",
    ) -> AttentionChoice:
        """Return what is asked of attention, completed.

        Args:
            mode: None takes :meth:`default_mode`.
            prefill: How the prompt is read.
            kernel: Who computes attention; None takes the setting.
            adapter: Name; empty takes the first that fits.
        """
        kernel = kernel or self._settings.current.kernel
        return AttentionChoice(mode or self.default_mode(kernel), prefill, kernel, adapter)

    def check(self, choice: AttentionChoice) -> None:
        """Refuse what cannot run before anything is searched.

        Raises:
            AdapterMissing, AdapterMismatch, AdapterUnknown, AdapterDamaged,
            AttentionUnsupported: It cannot.
            ModelMissing, ModelDamaged: No chat model to tell it of.
        """
        if choice == AttentionChoice(kernel=choice.kernel):
            return
        from engine.inference.availability import check_attention

        check_attention(choice, self._chat_model_file(), self._adapters())

    def _adapters(self) -> AdapterLibrary:
        from engine.adapters.library import AdapterLibrary

        return AdapterLibrary(self._paths)
