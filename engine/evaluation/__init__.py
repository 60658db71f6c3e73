"""Measuring: how well evidence is found, how fast the program is."""
