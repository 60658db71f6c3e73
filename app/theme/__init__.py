"""Colours, fonts, icons and the style sheet; everything about looks lives here."""

from app.theme.manager import ThemeManager
from app.theme.tokens import DARK, LIGHT, Tokens

__all__ = ["DARK", "LIGHT", "ThemeManager", "Tokens"]
