"""Questions whose answer is in another language: how well it is found, and fitting for that.

``sabun eval across PAIRS`` measures; with ``--fit FILE`` it fits a
:class:`engine.embedding.language_axis.LanguageAxis` first.
"""
