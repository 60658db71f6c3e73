"""Texts without the names and places of somebody's documents."""

from __future__ import annotations

import hashlib
import re
import secrets
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath
from typing import Any

from engine.documents import SUPPORTED_SUFFIXES
from engine.log import without_names
from engine.paths import ASSETS_DIR, DataPaths

_START = r"(?<![\w<>~.:/\\-])(?:/|[A-Za-z]:[\\/])"
_ABSOLUTE = re.compile(_START + r"[^\s\"'<>|,;()]+")
_TO_END_OF_LINE = re.compile(_START + r"[^\n]+")
"""Names may hold blanks: where a path without marks ends, nobody can tell."""
_OTHER_SUFFIXES = frozenset({".doc", ".xls", ".ppt", ".odt", ".ods", ".odp", ".rtf", ".msg"})


def known_suffix(path: str) -> str:
    """Return the suffix of a file if it says nothing but a format; ``other`` if it might."""
    suffix = PurePath(path).suffix.lower()
    if suffix in SUPPORTED_SUFFIXES or suffix in _OTHER_SUFFIXES:
        return suffix
    return "other" if suffix else "none"


class Anonymous:
    """Replaces paths and names; equal ones get equal stand-ins within one report.

    Args:
        paths: The data folder, shown as ``<data>``.
        names: Paths and names that must not appear in the log, whatever surrounds them.
    """

    def __init__(self, paths: DataPaths, names: Iterable[str] = ()) -> None:
        # A fresh key for each report: nobody can try out names against the stand-ins.
        self._key = secrets.token_bytes(16)
        self._names = sorted({name for name in names if len(name) > 2}, key=len, reverse=True)
        self._places = [
            (str(paths.root), "<data>"),
            (sys.prefix, "<python>"),
            (str(ASSETS_DIR.parent), "<program>"),
            (str(Path.home()), "~"),
        ]

    def stand_in(self, name: str) -> str:
        """Return what stands for a path or name: a keyed hash, and the suffix if harmless."""
        digest = hashlib.blake2b(name.encode("utf-8", "replace"), key=self._key, digest_size=4)
        suffix = known_suffix(name)
        return f"<{digest.hexdigest()}{suffix if suffix.startswith('.') else ''}>"

    def log(self, text: str) -> str:
        """Return lines of the log without marked paths, known names and other absolute paths."""
        text = without_names(text, self.stand_in)
        for name in self._names:
            if name in text:
                text = text.replace(name, self.stand_in(name))
        text = self._without_places(text)
        return _TO_END_OF_LINE.sub(lambda match: self.stand_in(match[0]), text)

    def value(self, value: Any) -> Any:
        """Return what can be JSON with :meth:`text` applied to every string in it."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {key: self.value(each) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(each) for each in value]
        return value

    def text(self, text: str) -> str:
        """Return a text that names no document without the places of this machine."""
        text = self._without_places(text)
        return _ABSOLUTE.sub(lambda match: self.stand_in(match[0]), text)

    def _without_places(self, text: str) -> str:
        for place, shown in self._places:
            if len(place) > 1:
                text = re.sub(rf"{re.escape(place)}(?=[\\/\s\"',;:)]|$)", shown, text)
        return text
