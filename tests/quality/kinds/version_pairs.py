"""Pairs of documents of made companies, and the questions that compare them.

    python tests/quality/kinds/version_pairs.py FOLDER

writes the documents below FOLDER and ``compare_pairs.jsonl`` beside this file. A pair is written
down once, in ``pairs/*.txt``: what both say (``=``), what changed (``!``, with the part that must
be shown of each side), what only the old (``-``) or the new one (``+``) says, what only has other
words (``~``), and what differs between two parts of one document (``*``). So the labels are what
was changed, not what a program found.
"""

from __future__ import annotations

import csv
import html
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

HERE = Path(__file__).parent
SPECS = HERE / "pairs"
QUESTIONS = HERE / "compare_pairs.jsonl"


@dataclass
class Pair:
    """Two documents, what differs, and the questions."""

    id: str
    split: str
    names: list[str]
    questions: list[tuple[str, str]] = field(default_factory=list)
    lines: tuple[list[str], list[str]] = field(default_factory=lambda: ([], []))
    changes: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)

    @property
    def language(self) -> str:
        return self.id[:2]


def read() -> list[Pair]:
    """Return all pairs."""
    pairs: list[Pair] = []
    for path in sorted(SPECS.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("@pair "):
                name, split, rest = line.removeprefix("@pair ").split(" ", 2)
                pairs.append(Pair(name, split, _names(rest)))
            elif line.startswith("?"):
                tag, question = line[1:].split(" ", 1)
                pairs[-1].questions.append((tag, question))
            elif line:
                _add(pairs[-1], line[0], line[1:].removeprefix(" "))
    return pairs


def _names(rest: str) -> list[str]:
    """Return file names: they may hold spaces, but not behind their ending."""
    names: list[str] = []
    for part in rest.split(" "):
        if names and "." not in names[-1] and names[-1] != "-":
            names[-1] += f" {part}"
        else:
            names.append(part)
    return names


def _add(pair: Pair, mark: str, text: str) -> None:
    old, new = pair.lines
    parts = [part.strip() for part in text.split("|||")]
    if mark == "=":
        old.append(text)
        new.append(text)
    elif mark in "!~":
        old.append(parts[0])
        # A row that was changed begins with the border only once.
        new.append(f"| {parts[1]}" if parts[0].startswith("|") else parts[1])
    elif mark == "-":
        old.append(parts[0])
    elif mark == "+":
        new.append(parts[0])
    tag = parts[4] if mark == "!" and len(parts) > 4 else ""
    if mark == "!":
        pair.changes.append((tag, {"old": [parts[2]], "new": [parts[3]]}))
    elif mark == "*":
        pair.changes.append((tag, {"old": [parts[0]], "new": [parts[1]]}))
    elif mark in "-+" and len(parts) > 1:
        pair.changes.append((tag, {"old" if mark == "-" else "new": [parts[1]]}))


def write(pair: Pair, folder: Path) -> None:
    """Write the documents of a pair; a third one is what was in force before both."""
    old, new = pair.lines
    texts = [old, new, [_older(line) for line in old]]
    for name, lines in zip(pair.names, texts, strict=False):
        if name != "-":
            _write(folder / name, lines)


def _older(line: str) -> str:
    return line.replace("62 |", "55 |").replace("75 |", "70 |")


def _write(path: Path, lines: list[str]) -> None:
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        sheet = book.active
        for line in lines:
            sheet.append([_value(cell) for cell in _cells(line)])
        book.save(path)
    elif path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(_cells(line) for line in lines)
    elif path.suffix == ".html":
        path.write_text("\n".join(_html(lines)), encoding="utf-8")
    else:
        path.write_text("\n".join(_markdown(lines)) + "\n", encoding="utf-8")


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("| ").split(" | ")]


def _value(cell: str) -> str | float:
    try:
        return float(cell.replace(",", ""))
    except ValueError:
        return cell


def _markdown(lines: list[str]) -> Iterator[str]:
    before = ""
    for line in lines:
        row = line.startswith("|")
        yield f"| {' | '.join(_cells(line))} |" if row else line
        if row and not before.startswith("|"):
            yield "|" + " --- |" * len(_cells(line))
        if not row and not line.startswith("-"):
            yield ""
        before = line


def _html(lines: list[str]) -> Iterator[str]:
    yield '<!doctype html><html><head><meta charset="utf-8"></head><body>'
    before = ""
    for line in lines:
        row = line.startswith("|")
        if row and not before.startswith("|"):
            yield "<table>"
        if before.startswith("|") and not row:
            yield "</table>"
        level = len(line) - len(line.lstrip("#"))
        if row:
            kind = "td" if before.startswith("|") else "th"
            cells = "".join(f"<{kind}>{html.escape(cell)}</{kind}>" for cell in _cells(line))
            yield f"<tr>{cells}</tr>"
        elif level:
            yield f"<h{level}>{html.escape(line.lstrip('# '))}</h{level}>"
        elif line:
            yield f"<p>{html.escape(line)}</p>"
        before = line
    yield "</table></body></html>" if before.startswith("|") else "</body></html>"


def questions(pairs: list[Pair]) -> Iterator[dict[str, object]]:
    """Yield the questions in the form of ``tests/quality/kinds``."""
    for pair in pairs:
        for number, (tag, question) in enumerate(pair.questions, 1):
            meant = [change for own, change in pair.changes if tag in ("*", own)]
            yield {
                "id": f"compare-{pair.id}-{number}",
                "kind": "compare",
                "lang": pair.language,
                "split": pair.split,
                "corpus": "pairs",
                "question": question,
                "sources": [name for name in pair.names[:2] if name != "-"],
                "changes": meant,
            }


def main(folder: Path) -> None:
    """Write documents and questions."""
    pairs = read()
    folder.mkdir(parents=True, exist_ok=True)
    for pair in pairs:
        write(pair, folder)
    rows = [json.dumps(row, ensure_ascii=False) for row in questions(pairs)]
    QUESTIONS.write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
