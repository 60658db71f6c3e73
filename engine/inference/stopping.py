"""When to stop a small model: stop strings, and text that goes round in circles."""

from __future__ import annotations

from collections.abc import Sequence

from engine.text import normalise, sentence_spans

LOOP_TOKENS = 8
"""An n-gram of this many tokens is long enough not to recur by chance."""

LOOP_REPEATS = 3
"""A price table may name one unit twice; nothing honest says the same n-gram three times."""

SENTENCE_LETTERS = 12
"""Shorter sentences ("Yes.", "Note:") may come again."""


class StopStrings:
    """Cuts a stream of text at the first stop string, wherever the pieces are divided.

    Args:
        stops: Strings that end the text; they are not part of it.
    """

    def __init__(self, stops: Sequence[str]) -> None:
        self._stops = tuple(stop for stop in stops if stop)
        self._held = ""
        self.stopped = False

    def feed(self, text: str) -> str:
        """Take the next piece; return what may be shown."""
        self._held += text
        found = [at for stop in self._stops if (at := self._held.find(stop)) >= 0]
        if found:
            self.stopped = True
            shown, self._held = self._held[: min(found)], ""
            return shown
        keep = self._possible_beginning()
        shown = self._held[: len(self._held) - keep]
        self._held = self._held[len(self._held) - keep :]
        return shown

    def flush(self) -> str:
        """Return what was held back, at the end of the text."""
        shown, self._held = self._held, ""
        return shown

    def _possible_beginning(self) -> int:
        """Return how many characters at the end might become a stop string."""
        longest = max(map(len, self._stops), default=0)
        for size in range(min(longest - 1, len(self._held)), 0, -1):
            if any(stop.startswith(self._held[-size:]) for stop in self._stops):
                return size
        return 0


class LoopGuard:
    """Notices that a model repeats itself, by tokens and by sentences.

    Attributes:
        looping: True once it does.
        keep: Characters of the text that are worth keeping when it loops.
    """

    def __init__(self) -> None:
        self._tokens: list[int] = []
        self._grams: dict[tuple[int, ...], int] = {}
        self._text = ""
        self._checked = 0
        self._sentences: set[str] = set()
        self.looping = False
        self.keep = 0

    def feed(self, token: int, text: str) -> None:
        """Take the next token with the text that it completed; nothing once it loops."""
        if self.looping:
            return
        self._text += text
        self._tokens.append(token)
        self._check_sentences()
        if not self.looping:
            self._check_tokens()

    def _check_tokens(self) -> None:
        gram = tuple(self._tokens[-LOOP_TOKENS:])
        if len(gram) < LOOP_TOKENS:
            return
        self._grams[gram] = self._grams.get(gram, 0) + 1
        if self._grams[gram] >= LOOP_REPEATS:
            self.looping = True
            self.keep = self._end_of_first_round(len(self._text))

    def _check_sentences(self) -> None:
        """Compare each finished sentence with those before it."""
        spans = [span for span in sentence_spans(self._text) if span[0] >= self._checked]
        for start, end in spans[:-1]:  # the last one may go on
            self._checked = end
            key = normalise(self._text[start:end])
            if len(key) < SENTENCE_LETTERS:
                continue
            if key in self._sentences:
                self.looping = True
                self.keep = len(self._text[:start].rstrip())
                return
            self._sentences.add(key)

    def _end_of_first_round(self, limit: int) -> int:
        """Return where the last whole sentence ends before the text began to circle."""
        tail = self._text[-24:]
        first = self._text.find(tail)
        ends = [end for _, end in sentence_spans(self._text) if end <= first]
        return min(ends[-1] if ends else 0, limit)
