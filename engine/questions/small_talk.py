"""What is said to the program itself: answered at once, from no document and by no model."""

from __future__ import annotations

import re

from engine.languages import PROFILES, LanguageProfile
from engine.text import normalise

MAX_CHARACTERS = 120
"""Nobody greets at greater length; what is longer is a question."""

_MARKS = r"[\s!?.,:;、。，…~〜ー\-]*"


def small_talk(question: str) -> str | None:
    """Return what to say to a greeting, to thanks or to a question about the program.

    Returns:
        Our words, in the language of the question; None for a question to the documents, also
        for one behind a greeting.

    >>> small_talk("Hello, how many days of leave do I have?") is None
    True
    """
    if len(question) > MAX_CHARACTERS:
        return None
    text = normalise(question)
    return next((said for said in (_said(text, p) for p in PROFILES) if said), None)


def _said(text: str, profile: LanguageProfile) -> str:
    talk = profile.small_talk
    if not talk.greeting:
        return ""
    rest = _without_greeting(text, profile)
    if not rest and text.strip():
        return talk.hello if re.search(r"\w", text) else ""
    if _whole(talk.about, rest):
        return talk.introduction
    thanks = rf"(?:(?:{talk.thanks}){_MARKS})+" if talk.thanks else ""
    return talk.welcome if _whole(thanks, rest) else ""


def _without_greeting(text: str, profile: LanguageProfile) -> str:
    """Return what stands behind all greetings at the beginning; marks at both ends go too."""
    word_end = r"(?!\w)" if profile.spaced else ""
    greetings = rf"(?:{_MARKS}(?:{profile.small_talk.greeting}){word_end})*{_MARKS}"
    return re.sub(rf"^{greetings}|{_MARKS}$", "", text)


def _whole(pattern: str, text: str) -> bool:
    return bool(pattern) and re.fullmatch(pattern, text) is not None
