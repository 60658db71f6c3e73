"""The engine of Sabun: everything that is not Qt.

Start at :mod:`engine.facade`; the records and events it speaks in are in
:mod:`engine.records` and :mod:`engine.events`.
"""
