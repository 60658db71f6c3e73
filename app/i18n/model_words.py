"""Words about models: what they are good for, what suits this computer, how a download goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject

from app.i18n.translator import LANGUAGES
from engine.models.events import DownloadRetried, DownloadStarted, SourceFailed

if TYPE_CHECKING:
    from engine.models.recommend import Verdict

_SHOWN_LANGUAGES = 3


class ModelWords(QObject):
    """Names for the codes of the catalogue, in the language in force."""

    def good_for(self, use: str) -> str:
        """Return what a model is good for; empty for a code of a newer catalogue."""
        return {
            "quick": self.tr("quick on any computer"),
            "facts": self.tr("short questions of fact"),
            "everyday": self.tr("everyday questions"),
            "summaries": self.tr("summaries and comparisons"),
            "japanese": self.tr("Japanese documents above all"),
            "english": self.tr("English documents above all"),
        }.get(use, "")

    def verdict(self, verdict: Verdict) -> str:
        """Return what is to be said of a model on this computer."""
        return {
            "recommended": self.tr("Recommended for this computer"),
            "suits": self.tr("Suits this computer"),
            "slow": self.tr("Slow on this computer"),
            "large": self.tr("Needs too much memory here"),
            "untried": self.tr("Not tried by us"),
            "built-in": self.tr("Built in"),
        }[verdict]

    def seconds_to_read(self, seconds: float, *, at_most: bool) -> str:
        """Return how long a question takes to be read."""
        number = QLocale().toString(seconds, "f", 0 if seconds >= 10 else 1)
        if at_most:
            return self.tr("reads a question in at most {seconds} s here").format(seconds=number)
        return self.tr("reads a question in about {seconds} s here").format(seconds=number)

    def languages(self, codes: tuple[str, ...]) -> str:
        """Return the names of languages, each in its own, and how many more there are."""
        # What the window itself speaks is what people look for.
        ours = [code for code in LANGUAGES if code in codes]
        ordered = [*ours, *(code for code in codes if code not in ours)]
        shown = ", ".join(map(language_name, ordered[:_SHOWN_LANGUAGES]))
        more = len(ordered) - _SHOWN_LANGUAGES
        if more <= 0:
            return shown
        return self.tr("{languages} and %n more", "", more).format(languages=shown)

    def told(self, event: DownloadStarted | DownloadRetried | SourceFailed, error: str = "") -> str:
        """Return what happened to a download as a sentence.

        Args:
            event: What happened.
            error: The sentence of the event's error, if it has one.
        """
        if isinstance(event, DownloadStarted):
            return self.tr("Getting {name} from {source}…").format(
                name=event.name, source=event.source
            )
        if isinstance(event, DownloadRetried):
            return self.tr(
                "The connection broke ({reason}). Attempt {attempt} follows in a moment."
            ).format(reason=event.reason, attempt=event.attempt)
        return self.tr("{error} The next source is tried.").format(error=error)


def language_name(code: str) -> str:
    """Return a language's name for itself; Qt's says "American English" for ``en``."""
    return LANGUAGES.get(code) or QLocale(code).nativeLanguageName() or code
