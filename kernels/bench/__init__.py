"""Benchmarks: ratios against named baselines of the same run. See :func:`kernels.bench.suite.run`."""
