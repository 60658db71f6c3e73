"""How good search and answers are."""
