"""The one normal form in which texts are compared: never the form in which they are shown."""

from __future__ import annotations

import re
import unicodedata

_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]")
_SPACE = re.compile(r"\s+")


def normalise(text: str) -> str:
    """Fold width (NFKC), case, dashes, quotes, soft hyphens and white space."""
    folded = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    folded = _DASHES.sub("-", _INVISIBLE.sub("", folded))
    return _SPACE.sub(" ", folded).strip().casefold()
