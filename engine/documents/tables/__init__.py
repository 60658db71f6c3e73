"""Tables of every format: one grid, one place that decides what names what, one that writes.

From the cells to the text: ``grid`` holds rows in which merged cells stand wherever they reach,
``kinds`` tells numbers from words and names, ``regions`` finds the tables of a sheet, ``headers``
(with ``header_rows``, ``header_evidence`` and ``sample``) and ``forms`` decide what names what,
``lines`` (with ``line`` and ``naming``) binds each value to its name, ``layout`` does that for a
sheet or a table in running text, ``writing`` makes text of it, and ``typed`` gives the tables of
a whole document with typed values. See docs/decisions/0052-table-headers.md.
"""
