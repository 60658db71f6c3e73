"""Training, evaluation and benchmarks: the product never imports this."""
