"""The settings: declared once, held against what is stored."""

from engine.settings.all_settings import DEFAULT_COLLECTION, INTERFACE_LANGUAGES, Settings
from engine.settings.declaration import PAGES, Choice, Cost, Page, Setting, Value
from engine.settings.stored import StoredSettings, Unused, decode, from_rows

__all__ = [
    "DEFAULT_COLLECTION",
    "INTERFACE_LANGUAGES",
    "PAGES",
    "Choice",
    "Cost",
    "Page",
    "Setting",
    "Settings",
    "StoredSettings",
    "Unused",
    "Value",
    "decode",
    "from_rows",
]
