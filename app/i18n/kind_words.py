"""Words about the kinds of questions, and about how much was looked at for an answer."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLocale, QObject

from engine.events import AnswerProgressed
from engine.records import Answer, QuestionKind, Scanned


@dataclass(frozen=True)
class TableWords:
    """Words of the window that go with a table into other programs.

    Attributes:
        source: Heading of the column of sources.
        possible: What stands beside a row that may not belong to the answer.
    """

    source: str
    possible: str


class KindWords(QObject):
    """Names of kinds and sentences on looking through documents, in the language in force."""

    def kind(self, kind: QuestionKind) -> str:
        """Return the name of a kind; empty for what is said to the program itself."""
        return self.kinds().get(kind, "")

    def kinds(self) -> dict[QuestionKind, str]:
        """Return the kinds that a question can be answered as, in the order of the menu."""
        return {
            "fact": self.tr("Look-up"),
            "list": self.tr("List"),
            "count": self.tr("Count"),
            "table": self.tr("Table"),
            "compare": self.tr("Comparison"),
            "summary": self.tr("Summary"),
            "find": self.tr("Find document"),
            "translate": self.tr("Translation"),
        }

    def purposes(self) -> dict[QuestionKind, str]:
        """Return what each kind does."""
        return {
            "fact": self.tr("Answers from the few passages that fit best"),
            "list": self.tr("Lists everything of that kind in all documents"),
            "count": self.tr("Counts in all documents"),
            "table": self.tr("Looks up or computes a value in tables"),
            "compare": self.tr("Puts documents or their versions side by side"),
            "summary": self.tr("Sums up a document or the collection"),
            "find": self.tr("Names the documents, with reasons"),
            "translate": self.tr("Puts a passage into another language"),
        }

    def looked_at(self, answer: Answer) -> str:
        """Return how much was looked at for an answer; empty where it need not be complete."""
        if answer.scanned is None:
            return ""
        if answer.plan is not None:
            return self._rows(answer.scanned)
        return self._documents(answer.scanned, answer.coverage.n_files_searched)

    def _rows(self, scanned: Scanned) -> str:
        """Say of how many rows a figure is: tables count rows, not passages."""
        if scanned.exhaustive:
            return self.tr("From %Ln row(s); all rows were looked at", "", scanned.n_passages)
        return self.tr("From %Ln row(s); a part of the rows was looked at", "", scanned.n_passages)

    def _documents(self, scanned: Scanned, n_files: int) -> str:
        amount = {
            "documents": self.tr("%Ln document(s)", "", scanned.n_files),
            "passages": self.tr("%Ln passage(s)", "", scanned.n_passages),
        }
        if scanned.n_files == 1:
            whole = self.tr("The whole document ({passages}) looked at")
            part = self.tr("A part of the document ({passages}) looked at")
            return (whole if scanned.exhaustive else part).format(**amount)
        if scanned.exhaustive and scanned.n_files < n_files:
            return self.tr("{documents} ({passages}) looked at in full").format(**amount)
        if scanned.exhaustive:
            return self.tr("All {documents} ({passages}) looked at").format(**amount)
        return self.tr("A sample: {documents} ({passages}) looked at").format(**amount)

    def table(self) -> TableWords:
        """Return the words that a table of an answer adds to its own."""
        return TableWords(self.tr("Source"), self.tr("Possibly"))

    def progress(self, event: AnswerProgressed) -> str:
        """Return how far an answer is."""
        n_done = event.n_done if event.stage == "scan" else min(event.n_done + 1, event.n_total)
        done, total = (QLocale().toString(n) for n in (n_done, event.n_total))
        if event.stage == "scan":
            return self.tr("Looking through your documents… {done} of {total}").format(
                done=done, total=total
            )
        return self.tr("Writing part {done} of {total}…").format(done=done, total=total)
