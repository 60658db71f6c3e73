"""How well answers are found in given evidence, by attention mode; see ``sabun eval answers``."""
