"""One module a variant; :mod:`engine.workshop.training.registry` finds them."""
