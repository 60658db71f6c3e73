"""Which script and language a text is in; enough to choose, not to identify."""

from __future__ import annotations

import re

from engine.languages import PROFILES

_KANA = re.compile(r"[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f]")
_CJK = re.compile(
    r"[\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\uff66-\uff9f\uac00-\ud7af\U00020000-\U0003ffff]"
)
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_SPACED = tuple(profile for profile in PROFILES if profile.spaced)


def is_cjk(character: str) -> bool:
    """Tell whether one character belongs to a script written without spaces."""
    return bool(_CJK.match(character))


def language_of(text: str) -> str:
    """Return ``ja``, ``ko``, or the language with spaces whose stop words are most frequent.

    A text counts as CJK when a fifth of its letters are: Japanese questions about
    "SSO" or "Excel" stay Japanese.
    """
    letters = len(_LETTER.findall(text))
    cjk = len(_CJK.findall(text))
    if not letters or cjk < 0.2 * letters:
        return _spaced_language(text)
    if _KANA.search(text):
        return "ja"
    hangul = sum(1 for character in text if "\uac00" <= character <= "\ud7af")
    if hangul > cjk / 2:
        return "ko"
    # Han characters alone: Japanese headings and compound nouns look just like this,
    # and our users write Japanese.
    return "ja"


def _spaced_language(text: str) -> str:
    """Return the language whose stop words occur most; the first in case of doubt."""
    if len(_SPACED) == 1:
        return _SPACED[0].code
    words = _WORD.findall(text.casefold())
    return max(_SPACED, key=lambda p: sum(word in p.tokens.stop_words for word in words)).code
