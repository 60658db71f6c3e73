"""Whole numbers of the command line."""

from __future__ import annotations

import argparse


def positive(text: str) -> int:
    """Parse a whole number from 1 to 1000.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError("must be a whole number from 1 to 1000")
    return int(text)


def token_count(text: str) -> int:
    """Parse a number of tokens of at least 1.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("must be a whole number of at least 1")
    return int(text)
