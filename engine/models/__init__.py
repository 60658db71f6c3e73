"""Model files: the library, the embedded models, the layout that is fastest here."""

from engine.models.library import ModelLibrary

__all__ = ["ModelLibrary"]
