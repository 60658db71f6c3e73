"""How good answers are, per attention."""
