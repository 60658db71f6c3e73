"""Whether rows name the columns of a table, by evidence in the file.

A wrong name is worse than none: rows without evidence name nothing. The evidence is, in this
order: what the file says (marked cells), looks (bold or filled above rows that are not), merged
cells over others, values under words, words that are known to name things. What speaks against a
header always counts: a value above values of its kind, a text that comes again below.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.documents.tables.grid import BOLD, FILLED, LIKELY, Row, flat
from engine.documents.tables.header_rows import is_run
from engine.documents.tables.kinds import (
    Kind,
    ends_in_colon,
    is_general,
    is_mark,
    is_name,
    is_range,
    is_unit,
    is_value,
    kind_of,
)
from engine.documents.tables.sample import Column, Sample


def _alternate(sample: Sample, first: int) -> bool:
    """Tell whether a row is a label, its value, another label and its value."""
    row = sample.rows[first]
    own = sample.own(row)
    names = [is_name(row.cells[at]) for at in own]
    if len(own) < 4 or not all(names[::2]) or any(names[1::2]):
        return False
    below = next((r for r in sample.rows[first + 1 :] if len(sample.own(r)) > 1), None)
    if below is None:
        return True
    labels = [below.cells[at] for at in own[::2] if at < len(below.cells)]
    return not any(is_value(kind_of(text)) for text in labels)


def _share_a_word(texts: list[str]) -> bool:
    """Tell whether names have a word in common at their end or beginning: "Late shift"."""
    words = [text.split() for text in texts[1:] if len(text.split()) > 1]
    for place in (0, -1):
        found = [each[place].casefold() for each in words if len(each[place]) > 2]
        if len(found) > 1 and len(set(found)) == 1 and len(found) >= (len(texts) - 1) / 2:
            return True
    return False


def _leaves(sample: Sample, first: int, end: int) -> dict[int, tuple[str, Kind]]:
    """Return by column the lowest text of a header that is no unit."""
    found: dict[int, tuple[str, Kind]] = {}
    for row in sample.rows[first:end]:
        for at in range(sample.left, min(sample.right, len(row.cells))):
            text = flat(row.cells[at])
            if text and not (at in found and is_unit(text)):
                found[at] = (text, kind_of(text, row.look(at)))
    return found


def _holds_values(sample: Sample, row: Row) -> bool:
    """Tell whether most cells of a row are values."""
    own = sample.own(row)
    n_values = sum(
        kind in (Kind.VALUE, Kind.CODE) and not is_range(row.cells[at])
        for at, kind in zip(own, sample.kinds(row, own), strict=True)
    )
    return n_values > len(own) / 2


def _are_labels(texts: list[str], columns: dict[int, Column]) -> bool:
    """Tell whether cells say by a colon that their values stand beside them."""
    n_colons = sum(map(ends_in_colon, texts))
    below = any(ends_in_colon(text) for column in columns.values() for text in column.texts)
    return 0 < n_colons < len(texts) or (n_colons > 0 and below)


def _is_regular(sample: Sample, end: int) -> bool:
    """Tell whether most rows are divided as the header is; forms are not."""
    head = sample.rows[end - 1]
    n_rows = n_regular = 0
    for row, telling in zip(sample.rows[end:], sample.telling[end:], strict=True):
        if telling:
            n_rows += 1
            own = sample.own(row)
            n_regular += all(row.end(c) == c + 1 or row.end(c) == head.end(c) for c in own)
    return n_regular >= 0.6 * n_rows


@dataclass
class _Evidence:
    """What the columns say of the names above them, in numbers of columns.

    Attributes:
        n_for: Values stand under a word.
        n_votes: The name is known to name things, and what stands below it is not.
        n_against: What stands above is of the kind of what stands below, or stands there too.
        n_values: The name itself is a value.
        n_periods: The name is a month, a year or the like.
    """

    n_for: int = 0
    n_votes: int = 0
    n_against: int = 0
    n_values: int = 0
    n_periods: int = 0

    def take(self, text: str, kind: Kind, column: Column) -> None:
        """Count one column."""
        self.n_votes += is_name(text) and (not column.of_names or is_general(text))
        if kind is Kind.ANSWER and not is_name(text):
            # "Yes" is the name of a column of ticks alone.
            self.n_against += is_mark(text) or not all(map(is_mark, column.texts))
        if (
            kind in (Kind.VALUE, Kind.CODE)
            and is_range(text)
            and not any(map(is_range, column.texts))
        ):
            kind = Kind.PERIOD
        if kind in (Kind.VALUE, Kind.CODE):
            self.n_values += 1
            self.n_against += column.of_values or not column.kinds
        elif kind is Kind.PERIOD:
            self.n_periods += 1
            self.n_for += column.of_values
            self.n_against += column.of_periods
        elif column.of_values:
            self.n_for += 1
        else:
            self.n_against += text in map(flat, column.texts)


def is_header(sample: Sample, first: int, end: int, *, document: bool) -> bool:
    """Tell whether rows name the columns of a table.

    Args:
        sample: The table.
        first: Index of the first of the rows.
        end: Index behind the last.
        document: The table stands in running text, where most tables have a header.
    """
    if any(sample.is_marked(row) for row in sample.rows[first:end]):
        return True
    runs = [is_run(sample, at) for at in range(first, end)]
    for row, run in zip(sample.rows[first:end], runs, strict=True):
        if _holds_values(sample, row) and not run:
            return False
    leaves = _leaves(sample, first, end)
    columns = {c: sample.column(c, end) for c in range(sample.left, sample.right)}
    evidence = _Evidence()
    for c, (text, kind) in leaves.items():
        counts = kind in (Kind.VALUE, Kind.CODE) and any(runs)
        evidence.take(text, Kind.WORDS if counts else kind, columns[c])
    if evidence.n_against:
        return False
    if sample.looks(first, end) & (BOLD | FILLED | LIKELY):
        return evidence.n_values <= len(leaves) / 2
    if evidence.n_values or any(kind is Kind.PROSE for _, kind in leaves.values()):
        return False
    texts = [text for text, _ in leaves.values()]
    if not _is_regular(sample, end) or _are_labels(texts, columns):
        return False
    if any(runs) or (evidence.n_periods > 1 and evidence.n_periods >= len(leaves) - 1):
        return True
    if _alternate(sample, first):
        return False
    return _is_likely(sample, texts, columns, evidence, document=document)


def _is_likely(
    sample: Sample,
    texts: list[str],
    columns: dict[int, Column],
    evidence: _Evidence,
    *,
    document: bool,
) -> bool:
    """Decide by words and values alone."""
    if not any(column.kinds for column in columns.values()):  # nothing stands below
        return evidence.n_votes >= max(2, len(texts) / 2)
    if sample.right - sample.left == 2 or len(texts) == 2 == sample.width:
        return _names_two(texts, columns, evidence)
    if evidence.n_for or evidence.n_votes >= len(texts) / 2 or _share_a_word(texts):
        return True
    prose = any(column.of_prose for column in columns.values())
    return document or (prose and evidence.n_votes > 0)


def _names_two(texts: list[str], columns: dict[int, Column], evidence: _Evidence) -> bool:
    """Tell whether two columns are a table rather than labels with values."""
    if evidence.n_votes and any(map(is_general, texts)):
        return True
    if evidence.n_votes == 2 or evidence.n_for == 2:
        return True
    if evidence.n_votes == 0 or evidence.n_for == 0:
        return False
    first, second = (columns[c] for c in sorted(columns)[:2])
    if first.of_values:
        return True  # no labels
    return second.of_values and (is_name(texts[-1]) or len(second.kinds) > 2) and not first.of_names
