"""The engine's notices as sentences, keyed by code and filled from their data."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.i18n.attention_words import AttentionWords
from app.i18n.file_words import FileWords
from engine.records.notices import STORED_TEXT, Notice
from engine.wording.notices import english, grouped


class NoticeWords(QObject):
    """Sentences for every notice code the engine has.

    Args:
        attention: Names of modes and kernels in the language in force.
        reason: Words a skip reason.
    """

    def __init__(
        self,
        attention: AttentionWords,
        reason: Callable[[str], str] = str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._files = FileWords(self)
        self._names = {
            "mode": attention.mode,
            "variant": attention.mode,
            "prefill": attention.prefill,
            "kernel": attention.kernel,
            "content": self._files.content,
            "reason": reason,
        }

    def sentence(self, notice: Notice) -> str:
        """Return the sentence; the engine's English one for an unknown code."""
        template = self.templates().get(notice.code)
        if template is None:
            return english(notice)
        try:
            return template.format(**self._named(notice))
        except KeyError:
            return english(notice)

    def _named(self, notice: Notice) -> dict[str, object]:
        """Return the notice's data with codes replaced by the words the window shows."""
        named: dict[str, object] = {key: grouped(value) for key, value in notice.data.items()}
        for field, name in self._names.items():
            if field in named:
                named[field] = name(str(named[field]))
        cause = notice.cause()
        return named if cause is None else {**named, "cause": self.sentence(cause)}

    def templates(self) -> dict[str, str]:
        """Return the sentence of each code in the language in force."""
        return {
            STORED_TEXT: "{text}",
            **self._answers(),
            **self._refused_attention(),
            **self._attention(),
            **self._files.templates(),
        }

    def _answers(self) -> dict[str, str]:
        return {
            "language-not-written": self.tr(
                "The model {model} does not write the language of your question, so the answer "
                "is quoted from your documents. Add another model under Tools > Models."
            ),
            "no-usable-text": self.tr(
                "The model produced no usable text; the answer is quoted from your documents."
            ),
            "looped": self.tr("The model began to repeat itself; its text was cut there."),
            "cut": self.tr("The answer was cut at the length set in the settings."),
            "unsupported-marked": self.tr(
                "Sentences with a dotted line are not supported by your documents."
            ),
            "nothing-supported": self.tr(
                "Your documents support nothing of what the model wrote, so only the quotations "
                "are shown."
            ),
            "found-nothing": self.tr(
                "The model found no answer in these passages; only the quotations are shown."
            ),
            "insisted": self.tr(
                "Your documents do not seem to answer this. You asked to see an answer from the "
                "nearest passages all the same: check it well."
            ),
            "question-too-long": self.tr(
                "The question is too long for the model, so only the quotations are shown."
            ),
            "own-translation": self.tr(
                "This is the translation of {model} itself. The sources show what was translated; "
                "they prove nothing of it."
            ),
            "figures-changed": self.tr(
                "Figures of the source that the translation lacks: {figures}. Compare them."
            ),
            "chosen-model-gone": self.tr(
                "The model {name} that was chosen is not here any more; {model} answered instead."
            ),
            "documents-disagree": self.tr(
                "The documents disagree: “{quote}” stands in {document} [{number}]."
            ),
            "older-version": self.tr("{document} is an older version; {newer} took its place."),
            "newer-version-says": self.tr(
                "{document} is an older version; {newer}, which took its place, says: “{quote}”."
            ),
            "left-out": self.tr(
                "Sentences of the model that your documents do not support were left out."
            ),
        }

    def _refused_attention(self) -> dict[str, str]:
        return {
            "mode-unknown": self.tr("Sabun has no attention mode “{mode}”."),
            "prefill-unknown": self.tr("Sabun has no way to read prompts named “{prefill}”."),
            "no-adapter": self.tr("No adapter for this mode fits the model {model}."),
            "adapter-of-other-mode": self.tr(
                "The adapter “{adapter}” is for “{variant}”, not for “{mode}”."
            ),
            "architecture-unsupported": self.tr(
                "Models of the architecture {architecture} do not run with Sabun's kernels."
            ),
            "not-in-llama-cpp": self.tr(
                "llama.cpp's own attention does not compute “{mode}” with “{prefill}”."
            ),
            "model-refused": self.tr(
                "The model {model} does not run with Sabun's kernels: {detail}."
            ),
            "kernel-unusable": self.tr("{kernel} cannot be used: {detail}."),
            "self-test-failed": self.tr(
                "The device {device} computes wrongly: it failed its self-test ({detail})."
            ),
        }

    def _attention(self) -> dict[str, str]:
        return {
            "own-attention": self.tr("llama.cpp's own attention was used: {cause}"),
            "second-keys-rebuilt": self.tr(
                "Second keys were not kept but rebuilt, to save memory."
            ),
            "read-densely": self.tr(
                "The prompt was read densely: it has {n_tokens} tokens, and “{prefill}” helps "
                "from {least} on."
            ),
        }
