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


def count(text: str) -> int:
    """Parse a whole number of at least 1.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("must be a whole number of at least 1")
    return int(text)


def counts(text: str) -> tuple[int, ...]:
    """Parse whole numbers with commas between; they come back sorted.

    Raises:
        argparse.ArgumentTypeError: They are none.
    """
    parts = text.split(",")
    if not all(part.isdecimal() for part in parts):
        raise argparse.ArgumentTypeError("must be whole numbers with commas between")
    return tuple(sorted({int(part) for part in parts}))
