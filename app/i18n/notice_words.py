"""Notices of an answer: the engine writes them in English, the window in its language."""

from __future__ import annotations

import re

from PySide6.QtCore import QObject

_PATTERNS = {
    "not-spoken": r"The chat model (?P<model>.+) does not write the language of the question.*",
    "degenerate": r"The chat model produced no usable text.*",
    "looped": r"The chat model began to repeat itself.*",
    "cut": r"The answer was cut at its length limit\.",
    "unsupported": r"Sentences marked \[\?\] are not supported.*",
    "nothing-supported": r"The documents support nothing of what the chat model wrote.*",
    "left-out": r"Generated sentences that the documents do not support were left out\.",
}


class NoticeWords(QObject):
    """Recognises the engine's notices by their wording."""

    def sentence(self, notice: str) -> str:
        """Return the translation; the notice itself if it is not known."""
        for key, pattern in _PATTERNS.items():
            match = re.fullmatch(pattern, notice)
            if match is not None:
                return self._templates()[key].format(**match.groupdict())
        return notice

    def _templates(self) -> dict[str, str]:
        return {
            "not-spoken": self.tr(
                "The model {model} does not write the language of your question, so the answer "
                "is quoted from your documents. Add another model under Tools > Models."
            ),
            "degenerate": self.tr(
                "The model produced no usable text; the answer is quoted from your documents."
            ),
            "looped": self.tr("The model began to repeat itself; its text was cut there."),
            "cut": self.tr("The answer was cut at the length set in the settings."),
            "unsupported": self.tr(
                "Sentences with a dotted line are not supported by your documents."
            ),
            "nothing-supported": self.tr(
                "Your documents support nothing of what the model wrote, so only the quotations "
                "are shown."
            ),
            "left-out": self.tr(
                "Sentences of the model that your documents do not support were left out."
            ),
        }
