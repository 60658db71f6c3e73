"""What people wrote about a picture for those who cannot see it (alternative text)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from engine.documents.cleaning import clean, one_line
from engine.documents.office.archive import attribute, local_name

_DESCRIBED = frozenset({"cNvPr", "docPr"})
_GENERATED = re.compile(r"automatically generated|自動的に生成", re.IGNORECASE)
_NO_DESCRIPTION = re.compile(
    r"(?:picture|image|photo|logo|icon|graphic|chart|図|画像|写真|グラフ|ロゴ|アイコン)[\s\d]*"
    r"|\S+\.(?:png|jpe?g|gif|emf|wmf|bmp|tiff?|svg)|https?://\S+",
    re.IGNORECASE,
)
_FEW_CHARACTERS = 8
"""What is shorter in letters (half as long in kanji) names the picture rather than tells it."""


def descriptions(element: ET.Element) -> Iterator[str]:
    """Yield the alternative texts of the pictures in an element, each once.

    What a program generated, file names and words that say "picture" are left out.
    """
    seen: set[str] = set()
    for found in element.iter():
        if local_name(found) in _DESCRIBED:
            text = one_line(clean(attribute(found, "descr")))
            n_units = len(text) + sum(ord(character) > 0x2E80 for character in text)
            is_short = n_units < _FEW_CHARACTERS
            if is_short or _GENERATED.search(text) or _NO_DESCRIPTION.fullmatch(text):
                continue
            if text not in seen:
                seen.add(text)
                yield text
