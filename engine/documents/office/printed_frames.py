"""What a sheet prints above and below its cells."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from engine.documents.cleaning import clean, one_line

_FRAMES = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)>([^<]{1,2000})</")
_SECTION = re.compile(r"&[LCR]")
_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|K\d\d[+-]\d{3}|\d{1,3}|[A-Za-z])')
_NUMBERING = re.compile(r"page|of|seite|von|ページ|頁|[\s\-–/()|.,:]", re.IGNORECASE)


def printed_lines(xml: bytes) -> Iterator[str]:
    """Yield the texts of a sheet's headers and footers, each once, without page numbers."""
    seen: set[str] = set()
    for raw in _FRAMES.findall(xml):
        for section in _SECTION.split(html.unescape(raw.decode("utf-8", "replace"))):
            plain = _CODE.sub(" ", section.replace("&&", "\ue000")).replace("\ue000", "&")
            text = one_line(clean(plain))
            if text not in seen and len(_NUMBERING.sub("", text)) >= 2:
                seen.add(text)
                yield text
