"""One line of a table: values with their names, and its place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from engine.records import TableHead


class Role(Enum):
    """What a line of a table is."""

    TITLE = "title"
    HEADER = "header"
    SECTION = "section"
    DATA = "data"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table, read.

    Attributes:
        number: The row's number.
        role: What it is.
        pairs: Names with values in order; the name is empty where nothing names the value.
        first: Grid column of the first cell.
        last: Grid column of the last one.
        section: Title within the table under which the row stands; may be empty.
        head: Names of the table's columns; None if the row has no place in one.
        columns: Grid column of each pair, -1 for what is no value of its column; empty
            without a head.
        is_first: Whether a table begins with this row.
        is_total: Whether it adds up others.
    """

    number: int
    role: Role
    pairs: tuple[tuple[str, str], ...]
    first: int
    last: int
    section: str = ""
    head: TableHead | None = None
    columns: tuple[int, ...] = ()
    is_first: bool = False
    is_total: bool = False
