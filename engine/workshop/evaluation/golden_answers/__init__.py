"""The answer benchmark: every golden question asked, and its answer graded by rules."""
