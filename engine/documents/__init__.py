"""Documents: readers (one file per format), chunking, rendering, the parser process.

:func:`read_document` reads in this process; hostile or broken files should be read through
:class:`engine.documents.sandbox.isolation.ParserProcess`, which has the same result and errors.
"""

from engine.documents.reading import READERS, SUPPORTED_SUFFIXES, is_candidate, read_document

__all__ = ["READERS", "SUPPORTED_SUFFIXES", "is_candidate", "read_document"]
