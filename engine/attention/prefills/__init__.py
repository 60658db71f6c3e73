"""One module a way to read prompts; :mod:`engine.attention.registry` finds them."""
