"""Tables of every format: one grid, one place that decides what names what, one that writes.

``grid`` holds cells with their spans, ``kinds`` tells numbers from words, ``regions`` finds the
tables of a sheet, ``headers`` and ``forms`` decide what names what, ``lines`` binds each value to
its name, and ``writing`` makes text of it. See docs/decisions.
"""
