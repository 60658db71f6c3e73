"""How many cells of a document stand under their right name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from table_documents import TableDocument

from engine.documents import read_document


@dataclass
class Score:
    """Counts of cells."""

    n_cells: int = 0
    n_right: int = 0
    n_wrong: int = 0
    n_lost: int = 0

    def add(self, other: Score) -> None:
        self.n_cells += other.n_cells
        self.n_right += other.n_right
        self.n_wrong += other.n_wrong
        self.n_lost += other.n_lost


def lines_of(document: TableDocument, folder: Path) -> list[str]:
    path = folder / document.name
    document.save(path)
    return [line for block in read_document(path).blocks for line in block.text.split("\n")]


def score(document: TableDocument, folder: Path) -> tuple[Score, list[str], list[str]]:
    """Return counts, what went wrong in words, and the lines read."""
    lines = lines_of(document, folder)
    found, said = Score(), []
    for beside, name, value in document.right:
        found.n_cells += 1
        rows = [line.split(" | ") for line in lines if beside in f"{line} |"]
        wanted = f"{name}: {value}" if name else value
        if any(wanted in cells for cells in rows):
            found.n_right += 1
            continue
        others = [cell for cells in rows for cell in cells if cell.endswith(f": {value}")]
        if others:
            found.n_wrong += 1
        said.append(f"{document.name}: wanted {wanted!r} beside {beside!r}, found {others or rows}")
    whole = "\n".join(lines)
    for text in document.cells:
        if text.rstrip(":：") not in whole:
            found.n_lost += 1
            said.append(f"{document.name}: lost {text!r}")
    return found, said, lines


if __name__ == "__main__":
    import sys
    import tempfile

    import last_table_documents  # noqa: F401
    import more_table_documents  # noqa: F401
    from table_documents import FOUND

    total = Score()
    with tempfile.TemporaryDirectory() as folder:
        for each in FOUND:
            if each.half == sys.argv[1]:
                counts, problems, read = score(each, Path(folder))
                total.add(counts)
                if problems:
                    print("\n".join(problems), *("    " + line for line in read), sep="\n")
    print(total)
