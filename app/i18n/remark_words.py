"""The engine's remarks on attention: why a mode cannot run, what switched itself off."""

from __future__ import annotations

import re

from PySide6.QtCore import QObject

_PATTERNS: dict[str, str] = {}


class RemarkWords(QObject):
    """Recognises the engine's remarks by their wording."""

    def sentence(self, remark: str) -> str:
        """Return the translation; the remark itself if it is not known."""
        for key, pattern in _PATTERNS.items():
            match = re.fullmatch(pattern, remark)
            if match is not None:
                return self._templates()[key].format(**match.groupdict())
        return remark

    def _templates(self) -> dict[str, str]:
        return {}
