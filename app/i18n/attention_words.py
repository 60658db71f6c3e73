"""Words for attention: modes, what really ran, shares, votes."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QLocale, QObject

from app.i18n.setting_words import SettingWords
from engine.attention.registry import ATTENTION, PREFILLS
from engine.attention.variant import Variant
from engine.records import (
    AttentionChoice,
    AttentionMode,
    AttentionUse,
    KernelChoice,
    PrefillMode,
    VoteTally,
)
from engine.settings import Settings


class AttentionWords(QObject):
    """Names and sentences on attention in the language in force."""

    def mode(self, mode: AttentionMode | str) -> str:
        """Return the name of an attention mode."""
        if mode in ATTENTION:
            return self._title_and_help(ATTENTION.get(mode))[0]
        return mode  # of an answer that another version of the program stored

    def prefill(self, mode: PrefillMode | str) -> str:
        """Return the name of a prefill mode."""
        names = {
            "dense": self.tr("Dense prefill"),
            "delta": self.tr("Delta prefill"),
            "robust-sparse": self.tr("Robust sparse prefill"),
        }
        fallback = PREFILLS.get(mode).title if mode in PREFILLS else mode
        return names.get(mode, fallback)

    def _title_and_help(self, variant: Variant) -> tuple[str, str]:
        """Return a mode's name and what to expect of it; its own English if no words are here."""
        words = self._words()
        return words.get(variant.name, (variant.title, variant.help))

    def _words(self) -> dict[str, tuple[str, str]]:
        """Return title and help of the modes that are translated."""
        little = self.tr("Trained on far less text than the other adapters.")
        return {
            "baseline": (
                self.tr("Baseline attention"),
                self.tr("The model as it comes: answers are worse than with an adapter."),
            ),
            "lora": (
                self.tr("LoRA (baseline attention)"),
                self.tr("Questions begin with this one: none was measured to answer better."),
            ),
            "difflora": (
                self.tr("DiffLoRA attention"),
                self.tr("Measured: no difference from LoRA was found."),
            ),
            "diff-v2": (self.tr("Differential v2 attention"), little),
            "selective": (self.tr("Selective attention"), little),
            "contrast": (
                self.tr("Contrast attention (experimental)"),
                self.tr("Measured: it does not help this model."),
            ),
        }

    def kernel(self, kernel: KernelChoice | str) -> str:
        """Return who computes attention."""
        return SettingWords().value(Settings.find("kernel"), kernel)

    def setting(self, mode: AttentionMode | str, prefill: PrefillMode | str) -> str:
        """Return the name of a setting; dense prefill goes without saying."""
        if prefill == AttentionChoice.prefill:
            return self.mode(mode)
        return f"{self.mode(mode)}, {self.prefill(prefill)}"

    def use(self, use: AttentionUse) -> str:
        """Return what computed an answer: prefill, kernel and device, adapter."""
        kernel = self.kernel(use.kernel)
        if use.device:
            kernel = self.tr("{kernel} on {device}").format(kernel=kernel, device=use.device)
        parts = [self.prefill(use.prefill), kernel]
        if use.adapter:
            parts.append(self.tr("adapter {name}").format(name=use.adapter))
        return " · ".join(parts)

    # --- what cannot run ---------------------------------------------------------------

    def unavailable(
        self, reasons: Mapping[AttentionMode | str, str], kernel: KernelChoice
    ) -> tuple[dict[str, str], dict[str, str]]:
        """Return sentences on the attention modes and on the prefill modes that cannot run.

        Args:
            reasons: Why not, in words, by attention mode; without those that can run.
            kernel: The setting.
        """
        sparse = [each.name for each in PREFILLS if not each.is_plain]
        attention: dict[str, str] = dict(reasons)
        if kernel == "llama.cpp":
            only = self.tr("The settings choose llama.cpp's own attention, which has no such mode.")
            ours = (each.name for each in ATTENTION if not each.is_plain)
            return attention | dict.fromkeys(ours, only), dict.fromkeys(sparse, only)
        # What stands against a mode without an adapter stands against our kernels.
        untrained = (e.name for e in ATTENTION if not e.is_plain and not e.needs_adapter)
        against = next((attention[mode] for mode in untrained if mode in attention), "")
        return attention, dict.fromkeys(sparse, against) if against else {}

    def measured(self, preferred: AttentionMode) -> dict[str, str]:
        """Return what is known of the modes' answers with the adapters that come with the program.

        Args:
            preferred: Mode that questions begin with; with ``baseline`` none of these adapters
                fits the chat model, and nothing is known; modes that have no words here say
                what they are in any case.
        """
        silent = self._words() if preferred == AttentionChoice.mode else {}
        return {e.name: self._title_and_help(e)[1] for e in ATTENTION if e.name not in silent}

    # --- measurements ------------------------------------------------------------------

    def percent(self, part: float, *, decimals: int = 0) -> str:
        """Return a part of one as a percentage."""
        number = QLocale().toString(100 * part, "f", decimals).replace("-", "−")
        return self.tr("{number} %").format(number=number)

    def tally(self, tally: VoteTally) -> str:
        """Return the votes so far on two modes, and what they allow to say."""
        n_decided = sum(tally.wins)
        if tally.share is None or tally.interval is None or not n_decided:
            return self._undecided(tally)
        second = tally.share >= 0.5
        low, high = tally.interval if second else (1 - tally.interval[1], 1 - tally.interval[0])
        values = {
            "mode": self.mode(tally.modes[second]),
            "wins": tally.wins[second],
            "low": round(100 * low),
            "high": round(100 * high),
        }
        if low > 0.5:
            text = self.tr(
                "{mode} preferred in {wins} of %n decided vote(s), 95 % interval {low}–{high} %: "
                "it is preferred.",
                "",
                n_decided,
            )
        else:
            text = self.tr(
                "{mode} preferred in {wins} of %n decided vote(s), 95 % interval {low}–{high} %: "
                "no difference found yet.",
                "",
                n_decided,
            )
        text = text.format(**values)
        return f"{text} {self._ties(tally.n_ties)}".strip()

    def _undecided(self, tally: VoteTally) -> str:
        text = self.tr("No decided votes on these two yet: no difference found.")
        return f"{text} {self._ties(tally.n_ties)}".strip()

    def _ties(self, n_ties: int) -> str:
        return self.tr("%n vote(s) saw no difference.", "", n_ties) if n_ties else ""
