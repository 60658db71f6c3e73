"""Is a generated text worth showing at all?"""

from __future__ import annotations

import re

from engine.languages import profile_of
from engine.text import language_of

_WORD = re.compile(r"[^\W\d_]+")
_RUN = re.compile(r"(\S)\1{9,}")

MAX_WORD = 40
MIN_LETTER_SHARE = 0.5


def is_degenerate(text: str, language: str) -> bool:
    """Tell whether a text is empty, gibberish, or not in the language of the question.

    Args:
        text: What the model wrote, loops already cut off.
        language: as :func:`engine.text.language_of`.
    """
    stripped = text.strip()
    letters = sum(len(word) for word in _WORD.findall(stripped))
    if letters < 2 and not any(character.isdigit() for character in stripped):
        return True
    visible = sum(not character.isspace() for character in stripped)
    digits = sum(character.isdigit() for character in stripped)
    if (letters + digits) < MIN_LETTER_SHARE * visible or "\ufffd" in stripped:
        return True
    if _RUN.search(stripped):
        return True
    spoken = language_of(stripped)
    if language == spoken and profile_of(language).spaced:
        return max(map(len, _WORD.findall(stripped)), default=0) > MAX_WORD
    # A short answer to a Japanese question may be a Latin name or a number.
    return spoken != language and letters > MAX_WORD
