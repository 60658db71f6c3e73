"""Words without their endings, so that their forms compare equal."""

from __future__ import annotations

from engine.languages import PROFILES

_SUFFIXES = tuple(suffix for profile in PROFILES for suffix in profile.tokens.suffixes)
MIN_STEM = 4
"""Letters that stay at least."""


def stem(token: str) -> str:
    """Cut an English ending if at least four letters stay; other tokens come back as they are.

    >>> stem("employees"), stem("leave"), stem("契約")
    ('employe', 'leave', '契約')
    """
    if not (token.isascii() and token.isalpha()):
        return token
    for suffix in _SUFFIXES:
        long_enough = len(token) - len(suffix) >= MIN_STEM
        if token.endswith(suffix) and long_enough and not token.endswith("ss"):
            return token[: -len(suffix)]
    return token
