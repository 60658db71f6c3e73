"""Fitting the numbers of :mod:`engine.retrieval.refusal`.

``sabun eval refusal CASES --companies DIR... --questions FILE...`` makes cases and prints how well
the program refuses by the evidence alone; with ``--fit FILE`` it fits new numbers first. Stopped,
it goes on where it was.
"""
