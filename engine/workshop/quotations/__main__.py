"""Fit ``assets/quotations.json``.

    python -m engine.workshop.quotations OUT --own DATA_FOLDER QUESTIONS ... --public FILE ...

``--own`` is a data folder in which the documents of a question file are indexed, and that file;
``--public`` a question file with its own passages, of which the first ``--n`` are taken.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from engine.facade import Engine
from engine.formats.atomic_files import replacing
from engine.retrieval.quotation_features import VECTORS, WORDS
from engine.workshop.questions.file import read_questions
from engine.workshop.quotations.cases import company_cases, public_cases
from engine.workshop.quotations.ranking import RankedCase, fitted_weights


def main() -> None:
    """Collect the cases, fit both rankings and write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--own", nargs=2, action="append", default=[], type=Path)
    parser.add_argument("--public", action="append", default=[], type=Path)
    parser.add_argument("--n", type=int, default=40)
    given = parser.parse_args()
    cases: list[RankedCase] = []
    for data, questions in given.own:
        with Engine(data, writable=False) as engine:
            embedder = engine.loaded.embedder()
            cases += company_cases(engine, questions, embedder)
            if data is given.own[-1][0]:
                for path in given.public:
                    cases += public_cases(list(read_questions(path))[: given.n], embedder)
    write(given.out, cases, f"{len(cases)} questions")


def write(out: Path, cases: list[RankedCase], said: str) -> None:
    """Fit and write the numbers."""
    numbers = {
        "fitted": {"on": said},
        "words": fitted_weights(cases, WORDS),
        "vectors": fitted_weights(cases, VECTORS),
    }
    with replacing(out) as partial:
        partial.write_text(json.dumps(numbers, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
