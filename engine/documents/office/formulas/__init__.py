"""Formulas whose result a workbook does not hold: the simple ones are calculated.

Programs that write workbooks without calculating them leave the results out. Nothing here
touches files, the clock or the network, and every step is bounded.
"""
