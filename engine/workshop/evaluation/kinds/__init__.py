"""Questions of every kind: lists, counts, tables, summaries, comparisons, asked and graded."""
