"""The short verbs of :class:`engine.facade.Engine`, by what they are about."""
