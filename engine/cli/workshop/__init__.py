"""The verbs of the workshop: train, evaluate, measure."""
