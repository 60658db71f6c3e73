"""How fast the program is, against named baselines."""
