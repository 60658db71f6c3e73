"""In which order passages stand in a prompt, where the model has read some of them already."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from engine.records import RetrievedPassage

_NUMBER = re.compile(r"\[(\d+)\] ")


@dataclass(frozen=True)
class PlacedPassage:
    """A passage as it stands in a prompt.

    Attributes:
        id: Of the stored passage.
        text: With its heading, without its number; possibly cut.
    """

    id: int
    text: str


@dataclass
class LastRead:
    """What the last prompt held; outlives a question.

    Attributes:
        passages: In the order they stand there.
    """

    passages: tuple[PlacedPassage, ...] = ()


@dataclass(frozen=True)
class Arrangement:
    """Passages and key sentences of a prompt, in order.

    Attributes:
        passages: In the order of the texts; their own numbers are their ranks.
        texts: Each with its number in the prompt, its place from 1.
        quoted: Key sentences with the number of their passage in the prompt.
    """

    passages: list[RetrievedPassage]
    texts: list[str]
    quoted: list[str]

    @property
    def placed(self) -> tuple[PlacedPassage, ...]:
        """The passages as they stand here."""
        return tuple(
            PlacedPassage(item.passage.id, _NUMBER.sub("", text, count=1))
            for item, text in zip(self.passages, self.texts, strict=True)
        )

    def following(self, read: Sequence[PlacedPassage]) -> Arrangement:
        """Return the same passages, those first that begin what was read, in its order.

        Which passages there are, and how much of each, does not change. A passage behind one
        that is not wanted any more counts as unread: it stands in another place now.
        """
        places = {placed: at for at, placed in enumerate(self.placed)}
        first = [places[placed] for placed in takewhile(places.__contains__, read)]
        order = [*first, *(at for at in range(len(self.texts)) if at not in first)]
        numbers = {at + 1: place for place, at in enumerate(order, start=1)}
        return Arrangement(
            [self.passages[at] for at in order],
            [_renumbered(self.texts[at], numbers) for at in order],
            [_renumbered(quote, numbers) for quote in self.quoted],
        )


def _renumbered(text: str, numbers: dict[int, int]) -> str:
    found = _NUMBER.match(text)
    if found is None:
        return text
    number = int(found[1])
    return f"[{numbers.get(number, number)}] {text[found.end() :]}"
