"""Fitting the numbers of :mod:`engine.retrieval.refusal`.

``sabun eval refusal CASES --companies DIR... --questions FILE...`` makes cases, adds a chat model's
signals with ``--model``, prints how well the program refuses, and with ``--fit FILE`` fits new
numbers first. Stopped, it goes on where it was.
"""
