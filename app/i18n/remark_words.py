"""The engine's remarks on attention: why a mode cannot run, what switched itself off."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QObject

_REFUSED = r"(?:This attention cannot run here: )?"
_PATTERNS = {
    "no-adapter": r'There is no adapter for attention mode "[^"]+" that fits the model '
    r"(?P<model>.+?)\.(?: .*)?",
    "architecture": _REFUSED
    + r"[Mm]odels of the architecture (?P<architecture>\S+) are not supported by our kernels.*",
    "unusable": _REFUSED + r"[Tt]he model (?P<model>.+?) cannot use it: (?P<detail>.+?)"
    r"(?:\. Use .*)?",
    "own": r"Attention is llama\.cpp's own: (?P<why>.+)\.",
    "latent": r"Second keys are rebuilt from a latent to save memory\.",
    "dense": r"The prompt was read densely: it has (?P<n_tokens>\d+) tokens; (?P<mode>\S+) helps "
    r"from (?P<least>\d+) on\.",
}


class RemarkWords(QObject):
    """Recognises the engine's remarks by their wording.

    Args:
        prefill: Name of a prefill mode in the language in force.
    """

    def __init__(self, prefill: Callable[[str], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._prefill = prefill

    def sentence(self, remark: str) -> str:
        """Return the translation; the remark itself if it is not known."""
        for key, pattern in _PATTERNS.items():
            match = re.fullmatch(pattern, remark)
            if match is not None:
                values = match.groupdict()
                if "why" in values:
                    values["why"] = self.sentence(values["why"])
                if "mode" in values:
                    values["mode"] = self._prefill(values["mode"])
                return self._templates()[key].format(**values)
        return remark

    def _templates(self) -> dict[str, str]:
        return {
            "no-adapter": self.tr("No adapter for this mode fits the model {model}."),
            "architecture": self.tr(
                "Models of the architecture {architecture} do not run with Sabun's kernels."
            ),
            "unusable": self.tr("The model {model} does not run with Sabun's kernels: {detail}"),
            "own": self.tr("llama.cpp's own attention was used: {why}"),
            "latent": self.tr("Second keys were not kept but rebuilt, to save memory."),
            "dense": self.tr(
                "The prompt was read densely: it has {n_tokens} tokens, and “{mode}” helps from "
                "{least} on."
            ),
        }
