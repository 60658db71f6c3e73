"""Benchmarks: ratios against named baselines of the same run; see ``suite.run``."""
