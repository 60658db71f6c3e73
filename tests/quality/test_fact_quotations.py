"""The first quotation answers questions about forms, minutes, mails and rules; by words alone."""

from __future__ import annotations

from pathlib import Path

from engine.records import DocumentRef, Location, Passage, RetrievedPassage
from engine.retrieval import find_extracts
from engine.workshop.evaluation.golden_answers.grading import holds
from engine.workshop.evaluation.golden_answers.questions import read_benchmark

HERE = Path(__file__).parent
COMPANIES = HERE / "companies"


def passage(path: Path) -> RetrievedPassage:
    text = path.read_text("utf-8")
    document = DocumentRef(1, path.name, str(path), "", 0.0, "text/plain")
    stored = Passage(1, document, 1, 0, len(text), text, "", Location("paragraph", 1))
    return RetrievedPassage(1, stored, 1.0)


def test_the_first_quotation_of_a_document_that_was_found_mostly_answers() -> None:
    asked, right = 0, 0
    for company in ("calder", "minato"):
        for question in read_benchmark([HERE / "kinds" / f"facts_{company}.jsonl"]):
            path = COMPANIES / company / question.sources[0]
            if question.split == "dev" and path.suffix in (".txt", ".md"):
                first = find_extracts(question.text, (passage(path),), None)[:1]
                asked += 1
                right += any(holds(each.quote, question.expected) for each in first)
    assert asked >= 20
    assert right >= 0.75 * asked, f"{right} of {asked}"
