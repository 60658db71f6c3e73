"""Number formats of spreadsheets: from a value and a format code to the text in the cell.

ECMA-376 part 1, 18.8.30 and 18.8.31 define the codes; what it leaves open follows what
Excel shows.
"""
