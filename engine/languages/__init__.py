"""What depends on the language of documents and questions: one file a language.

A document in one language may answer a question in another, so most patterns are used
together (:func:`any_of`), whichever language a text is in.
"""

from engine.languages.en import ENGLISH
from engine.languages.ja import JAPANESE
from engine.languages.list_rules import ListRules, ListWording
from engine.languages.profile import Asked, LanguageProfile, any_of

PROFILES: tuple[LanguageProfile, ...] = (ENGLISH, JAPANESE)
"""Every language, the first being the one that is fallen back to."""


def profile_of(code: str) -> LanguageProfile:
    """Return the profile of a language; that of the first for one without a profile."""
    return next((profile for profile in PROFILES if profile.code == code), PROFILES[0])


__all__ = [
    "ENGLISH",
    "JAPANESE",
    "PROFILES",
    "Asked",
    "LanguageProfile",
    "ListRules",
    "ListWording",
    "any_of",
    "profile_of",
]
