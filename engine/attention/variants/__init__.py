"""One module a variant; :mod:`engine.attention.registry` finds them."""
