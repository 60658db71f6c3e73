"""Qt item models and the pure values that views draw."""
