"""Words: translations of the interface and of what the engine reports."""

from app.i18n.translator import LANGUAGES, LanguageManager
from app.i18n.words import Words

__all__ = ["LANGUAGES", "LanguageManager", "Words"]
