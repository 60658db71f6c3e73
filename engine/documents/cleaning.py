r"""Text as stored: NFC, ``\n`` line ends, nothing invisible that breaks matching."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

from engine.documents.raised import spelled_out

_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u00ad\ufeff\ufffe\uffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_BLANKS = re.compile(r"[ \t\u00a0]+")
_BREAK = re.compile(r"[ \t]*\n[ \t\n]*")

CJK = (
    r"\u3000-\u303f\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\uff01-\uff60\uff61-\uff9f\uffe0-\uffe6\U00020000-\U0003ffff"
)
"""Body of a character class: scripts, punctuation and full-width forms set without spaces."""

_WRAP_IN_CJK = re.compile(rf"(?<=[{CJK}])[ \t]*\n[ \t\n]*(?=[{CJK}])")
_WRAP_AFTER_HYPHEN = re.compile(r"(?<=[a-zà-öø-ÿ])[-\u2010]\n[ \t]*(?=[a-zà-öø-ÿ])")
_WRAP_IN_LINK = re.compile(r"(https?://\S*[./])\n(?=[a-z0-9])")


def clean(text: str) -> str:
    """Return ``text`` in the stored form; line ends and spaces otherwise as they are."""
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_END.sub("\n", text)
    text = _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", text))
    return text if text.isascii() else spelled_out(unicodedata.normalize("NFC", text))


def one_line(text: str) -> str:
    """Return ``text`` on one line: table cells, titles, headings."""
    text = _WRAP_IN_CJK.sub("", clean(text).strip())
    return _BLANKS.sub(" ", _BREAK.sub(" ", text)).strip()


def unwrap(lines: list[str]) -> str:
    """Join the lines of one paragraph: no space in Japanese, hyphens undone in English."""
    text = "\n".join(line.strip() for line in lines)
    text = _WRAP_IN_CJK.sub("", text)
    text = _WRAP_AFTER_HYPHEN.sub("", text)
    text = _WRAP_IN_LINK.sub(r"\1", text)
    return text.replace("\n", " ")


def collapse(text: str) -> str:
    r"""Collapse white space as a browser does; ``\v`` marks the breaks that stay."""
    text = _WRAP_IN_CJK.sub("", text.replace("\r", "\n"))
    text = _BLANKS.sub(" ", text.replace("\n", " "))
    if "\v" not in text:
        return text.strip()
    lines = (line.strip() for line in text.split("\v"))
    return "\n".join(line for line in lines if line)


_MEANINGLESS = re.compile(
    r"^(untitled.*|無題.*|document\d*|文書\s?\d*|powerpoint.*|presentation\d*|プレゼンテーション\d*"
    r"|(microsoft (word|powerpoint|excel)) - .*|.*\.(docx?|pptx?|xlsx?|pdf|indd|tex|dvi|odt))$",
    re.IGNORECASE,
)


def chosen_title(*candidates: str, name: str) -> str:
    """Return the first candidate that says something, else the file name."""
    for candidate in candidates:
        title = one_line(candidate)
        if title and not _MEANINGLESS.match(title):
            return title[:200]
    return name


_LONGEST_ADDRESS = 300


def link_addition(text: str, target: str) -> str:
    """Return what is added behind a link's text: `` (https://...)``, or nothing.

    Args:
        text: What is shown.
        target: Where it leads; left out if the text says it, and if it is a place within.
    """
    address = one_line(target)
    if address.startswith("mailto:"):
        address = unquote(address.removeprefix("mailto:").partition("?")[0])
    plain = address.partition("://")[2].rstrip("/") or address
    if not address or len(address) > _LONGEST_ADDRESS or address.startswith("#"):
        return ""
    if plain.lower() in text.lower() or unquote(plain).lower() in text.lower():
        return ""
    return f" ({address})"
