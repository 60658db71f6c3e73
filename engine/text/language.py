"""Which script and language a text is in; enough to choose, not to identify."""

from __future__ import annotations

import re

_KANA = re.compile(r"[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f]")
_CJK = re.compile(
    r"[\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\uff66-\uff9f\uac00-\ud7af\U00020000-\U0003ffff]"
)
_LETTER = re.compile(r"[^\W\d_]")


def is_cjk(character: str) -> bool:
    """Tell whether one character belongs to a script written without spaces."""
    return bool(_CJK.match(character))


def language_of(text: str) -> str:
    """Return ``ja``, ``zh``, ``ko`` or ``en`` (any language written with spaces).

    A text counts as CJK when a fifth of its letters are: Japanese questions about
    "SSO" or "Excel" stay Japanese.
    """
    letters = len(_LETTER.findall(text))
    cjk = len(_CJK.findall(text))
    if not letters or cjk < 0.2 * letters:
        return "en"
    if _KANA.search(text):
        return "ja"
    hangul = sum(1 for character in text if "\uac00" <= character <= "\ud7af")
    if hangul > cjk / 2:
        return "ko"
    # Han characters alone: Japanese headings and compound nouns look just like this,
    # and our users write Japanese.
    return "ja"
