"""Sentences for what the engine reports: errors, skip reasons, places, measurements.

The engine speaks in codes and data; here they become sentences in the user's language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QLocale, QObject

from app.i18n.attention_words import AttentionWords
from app.i18n.error_words import ErrorWords
from app.i18n.kind_words import KindWords
from app.i18n.notices import NoticeWords
from app.i18n.plan_words import PlanWords
from engine.errors import FileUnreadable, SabunError
from engine.records import (
    Answer,
    AnswerStats,
    AttentionMode,
    Coverage,
    KernelChoice,
    Location,
    Notice,
    SkipReason,
)


class Words(QObject):
    """Turns engine values into text of the language in force."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.attention = AttentionWords(self)
        self.kinds = KindWords(self)
        self.plans = PlanWords(self)
        self._errors = ErrorWords(self)
        self._notices = NoticeWords(self.attention, self._reason, self)

    # --- errors ------------------------------------------------------------------------

    def error(self, error: BaseException) -> str:
        """Return one sentence: what happened, then what to do."""
        if isinstance(error, SabunError):
            return self._errors.sentence(error.code, self._named(error), str(error))
        return self.tr(
            "Something unexpected went wrong in Sabun. Copy the details below for your support."
        )

    def _named(self, error: SabunError) -> dict[str, object]:
        """Return the error's data with codes replaced by the names the window shows."""
        data = dict(error.data)
        if "mode" in data:
            data["mode"] = self.attention.mode(str(data["mode"]))
        elif isinstance(error, FileUnreadable) and error.reason in set(SkipReason):
            data["detail"] = self.skip_reason(SkipReason(error.reason))
        return {
            name: self.notice(value) if isinstance(value, Notice) else value
            for name, value in data.items()
        }

    def skip_reason(self, reason: SkipReason) -> str:
        """Return why a file could not be read, and what helps."""
        sentences: dict[SkipReason, str] = {
            SkipReason.EMPTY: self.tr("The file is empty."),
            SkipReason.ENCRYPTED: self.tr("Protected by a password. Enter it to read the file."),
            SkipReason.DAMAGED: self.tr("The file is damaged. Open it in its program and save it."),
            SkipReason.WRONG_TYPE: self.tr("The content is not what the file name says."),
            SkipReason.UNSUPPORTED: self.tr("Sabun cannot read this kind of file."),
            SkipReason.TOO_LARGE: self.tr("The file is too large, or unpacks to too much data."),
            SkipReason.NO_TEXT: self.tr("No text was found in the file."),
            SkipReason.NO_PERMISSION: self.tr("You are not allowed to read this file."),
            SkipReason.TIMED_OUT: self.tr("Reading the file took too long and was stopped."),
            SkipReason.OUT_OF_MEMORY: self.tr("Reading the file needs too much memory."),
            SkipReason.CRASHED: self.tr("The reader of this file format crashed on this file."),
            SkipReason.READER_FAILED: self.tr(
                "This is Sabun's fault, not the file's. Details were written to the log; try "
                "again after an update."
            ),
            SkipReason.VANISHED: self.tr("The file was moved or deleted while it was being read."),
        }
        return sentences[reason]

    def _reason(self, reason: str) -> str:
        """Return the sentence of a skip reason that stands in a notice."""
        return self.skip_reason(SkipReason(reason)) if reason in set(SkipReason) else reason

    # --- places ------------------------------------------------------------------------

    def location(self, location: Location | None) -> str:
        """Return a place in a document: page 3, sheet Prices!A2:D9."""
        if location is None:
            return ""
        if location.kind in ("sheet", "part", "section"):
            return self._named_place(location)
        last = max(location.first, location.last)
        span = str(location.first) if last == location.first else f"{location.first}–{last}"
        single = last == location.first
        counted: dict[str, Callable[[], str]] = {
            "page": lambda: self.tr("Page {span}") if single else self.tr("Pages {span}"),
            "paragraph": lambda: (
                self.tr("Paragraph {span}") if single else self.tr("Paragraphs {span}")
            ),
            "slide": lambda: self.tr("Slide {span}") if single else self.tr("Slides {span}"),
            "line": lambda: self.tr("Line {span}") if single else self.tr("Lines {span}"),
        }
        label = counted[location.kind]().format(span=span)
        return f"{label} ({location.name})" if location.name else label

    def _named_place(self, location: Location) -> str:
        if location.kind == "sheet":
            return self.tr("Sheet {name}").format(name=location.name)
        if location.kind == "part":
            return self.tr("Mail: {name}").format(name=location.name)
        return self.tr("Section {name}").format(name=location.name)

    # --- answers -----------------------------------------------------------------------

    def coverage(self, coverage: Coverage) -> str:
        """Return what the search could see."""
        n_unreadable = coverage.n_files_unreadable
        n_all = coverage.n_files_searched + n_unreadable
        if n_unreadable:
            text = self.tr("Searched {searched} of %n file(s)", "", n_all)
            text = text.format(searched=coverage.n_files_searched)
            text += " · " + self.tr("%n unreadable", "", n_unreadable)
        else:
            text = self.tr("Searched all %n file(s)", "", n_all)
        if coverage.n_passages_pending:
            text += " · " + self.tr("%n passage(s) by words only", "", coverage.n_passages_pending)
        if coverage.filters:
            text += " · " + " ".join(coverage.filters)
        return text

    def stats(self, stats: AnswerStats, model: str, attention: str) -> str:
        """Return the measurements line under an answer."""
        return " · ".join(part for part in (attention, model, self.speed(stats)) if part)

    def speed(self, stats: AnswerStats) -> str:
        """Return how fast an answer was; what was not measured is left out."""
        locale = QLocale()
        parts = []
        if stats.decode_tokens_per_second:
            speed = locale.toString(stats.decode_tokens_per_second, "f", 1)
            parts.append(self.tr("{speed} tokens/s").format(speed=speed))
        if stats.time_to_first_token_ms is not None:
            seconds = locale.toString(stats.time_to_first_token_ms / 1000, "f", 1)
            parts.append(self.tr("first token after {seconds} s").format(seconds=seconds))
        elif stats.retrieval_ms:
            seconds = locale.toString(stats.retrieval_ms / 1000, "f", 1)
            parts.append(self.tr("found in {seconds} s").format(seconds=seconds))
        return " · ".join(parts)

    def measurements(self, answer: Answer) -> str:
        """Return the lines on what ran and how fast; what switched itself off, last."""
        ran = bool(answer.model) or not answer.generated
        mode = self.attention.mode(answer.attention.mode) if ran else ""
        lines = [self.stats(answer.stats, answer.model, mode)]
        if answer.model:
            lines.append(self.attention.use(answer.attention))
        lines += [self.notice(note) for note in answer.attention.notes]
        return "\n".join(lines)

    def notices(self, answer: Answer) -> list[str]:
        """Return what the user should know about an answer, the most important first."""
        notices = [self.notice(notice) for notice in answer.notices]
        says_so_itself = bool(answer.generated) and not answer.model
        if answer.refused and not says_so_itself:
            notices.insert(0, self._refusal(answer))
        if answer.stopped:
            notices.append(self._stopped(answer))
        return notices

    def _stopped(self, answer: Answer) -> str:
        if answer.scanned is not None or answer.table is not None:
            return self.tr("Stopped before everything was looked at: this answer is a part only.")
        if answer.generated:
            return self.tr("Stopped. What was written so far is kept.")
        return self.tr("Stopped before an answer was written.")

    def _refusal(self, answer: Answer) -> str:
        if answer.refusal_reason == "unsupported":
            return self.tr(
                "This was not found in your documents. What the model wrote is not supported by "
                "them, so it is left out."
            )
        return self.tr("This was not found in your documents.")

    def notice(self, notice: Notice) -> str:
        """Return an engine notice in the language in force; unknown ones stay English."""
        return self._notices.sentence(notice)

    def unavailable(
        self, reasons: Mapping[AttentionMode, Notice | None], kernel: KernelChoice
    ) -> tuple[dict[str, str], dict[str, str]]:
        """Return sentences on the attention modes and on the prefill modes that cannot run.

        Args:
            reasons: The engine's, by attention mode; None for one that can run.
            kernel: The setting.
        """
        worded = {mode: self.notice(reason) for mode, reason in reasons.items() if reason}
        return self.attention.unavailable(worded, kernel)

    # --- amounts -----------------------------------------------------------------------

    def documents(self, n_documents: int) -> str:
        """Return a count of documents."""
        return self.tr("%n document(s)", "", n_documents)

    def unreadable(self, n_files: int) -> str:
        """Return the line that leads to the list of skipped files."""
        return self.tr("%n file(s) could not be read", "", n_files)

    def duration(self, seconds: float) -> str:
        """Return a rough remaining time."""
        if seconds < 60:
            return self.tr("about %n second(s) left", "", max(1, round(seconds)))
        if seconds < 5400:
            return self.tr("about %n minute(s) left", "", round(seconds / 60))
        return self.tr("about %n hour(s) left", "", round(seconds / 3600))

    def bytes(self, n_bytes: int) -> str:
        """Return a size on disk."""
        return QLocale().formattedDataSize(n_bytes, 1 if n_bytes >= 1 << 30 else 0)
