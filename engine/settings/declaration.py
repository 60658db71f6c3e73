"""What a declaration of a setting says, and how a value is held against it.

A setting is declared once, as a field of :class:`engine.settings.Settings`; the command line,
the settings dialog, its translations and the check of what is stored all read that.
Its words are English here; ``python -m app.i18n.compile --update`` collects them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from engine.errors import SettingUnusable

T = TypeVar("T")
Value = str | int | float | bool
Page = Literal["answers", "models", "appearance"]
ModelKind = Literal["chat", "embedding"]

PAGES: dict[Page, str] = {"answers": "Answers", "models": "Models", "appearance": "Appearance"}
"""Pages of the settings dialog, with their titles, in order."""

KEY = "setting"
"""Of a field's metadata: holds its :class:`Declaration`."""

_SWITCH = {"on": True, "true": True, "yes": True, "off": False, "false": False, "no": False}


@dataclass(frozen=True)
class Choice:
    """A value with a name.

    Attributes:
        value: As stored.
        title: What people read.
        translated: False for a title that is the same in all languages.
    """

    value: Value
    title: str
    translated: bool = True


@dataclass(frozen=True)
class Cost:
    """What a change brings with it.

    Attributes:
        sentence: When it takes effect, or what has to be done again.
        question: Asked before the change; empty where nothing needs to be asked.
        explanation: Stands under the question; ``%n`` is the number of passages.
        worth_saying: Whether the dialog says it in the line under the field; what everybody
            expects stands in the tool tip only.
    """

    sentence: str
    question: str = ""
    explanation: str = ""
    worth_saying: bool = True


AT_ONCE = Cost("Takes effect at once.", worth_saying=False)
NEXT_QUESTION = Cost("Takes effect at the next question.", worth_saying=False)
NEXT_START = Cost("Takes effect when Sabun is started again.")
LOADS_MODEL = Cost("The next question waits until the model is loaded.")
EMBEDS_AGAIN = Cost(
    "All passages are read again by the new model, at the next indexing.",
    "Change the embedding model?",
    "All %n passage(s) have to be read by the new model. Until that is done they are "
    "found by their words only. It starts with the next indexing.",
)


@dataclass(frozen=True)
class Declaration:
    """What a field of the settings says of itself.

    Attributes:
        title: Name for people.
        help: What it does, a sentence.
        cost: Of a change.
        page: Of the dialog; None for a setting that the dialog does not show.
        choices: All values there are; empty where the range is open.
        named: Values of an open range that have a name.
        minimum: Least value of a number.
        maximum: Greatest value of a number.
        offered: Values that the dialog offers, instead of a field to type into.
        unit: Of a number, with ``%n`` for it; empty without one.
        model: The value is the name of an installed model of this kind.
    """

    title: str
    help: str
    cost: Cost
    page: Page | None = None
    choices: tuple[Choice, ...] = ()
    named: tuple[Choice, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    offered: tuple[int, ...] = ()
    unit: str = ""
    model: ModelKind | None = None


def setting(
    default: T,
    title: str,
    help: str,  # noqa: A002
    *,
    cost: Cost = NEXT_QUESTION,
    page: Page | None = None,
    choices: tuple[Choice, ...] = (),
    named: tuple[Choice, ...] = (),
    minimum: float | None = None,
    maximum: float | None = None,
    offered: tuple[int, ...] = (),
    unit: str = "",
    model: ModelKind | None = None,
) -> T:
    """Declare a setting; see :class:`Declaration`."""
    declared = Declaration(
        title, help, cost, page, choices, named, minimum, maximum, offered, unit, model
    )
    made: T = field(default=default, metadata={KEY: declared})
    return made


@dataclass(frozen=True)
class Setting:
    """One setting, complete.

    Attributes:
        name: As stored and typed.
        default: Value where nothing is stored.
        declared: What the field says of itself.
    """

    name: str
    default: Value
    declared: Declaration

    @property
    def kind(self) -> type:
        """Type of its values: ``str``, ``int``, ``float`` or ``bool``."""
        return type(self.default)

    @property
    def allowed(self) -> str:
        """What its values must be, as the end of ``it must be ...``."""
        d = self.declared
        if d.choices:
            return "one of " + ", ".join(str(c.value) or '""' for c in d.choices)
        if self.kind is bool:
            return "on or off"
        if self.kind is str:
            return f"the name of an installed {d.model} model" if d.model else "a text"
        number = "a whole number" if self.kind is int else "a number"
        if d.minimum is None or d.maximum is None:
            return number
        outside = [c.value for c in d.named if not isinstance(c.value, str) and c.value < d.minimum]
        also = "".join(f", or {value}" for value in outside)
        return f"{number} from {d.minimum:g} to {d.maximum:g}{also}"

    def accepts(self, value: object) -> bool:
        """Tell whether a value has the right type and is in range."""
        d = self.declared
        if d.choices:
            return any(type(value) is type(c.value) and value == c.value for c in d.choices)
        if any(type(value) is self.kind and value == c.value for c in d.named):
            return True
        if isinstance(value, bool) or not isinstance(value, int | float):
            return type(value) is self.kind and (bool(value) or self._may_be_empty)
        if self.kind not in (int, float) or (self.kind is int and not isinstance(value, int)):
            return False
        low = -math.inf if d.minimum is None else d.minimum
        high = math.inf if d.maximum is None else d.maximum
        return low <= value <= high

    def check(self, value: object) -> None:
        """Refuse a value that it cannot have.

        Raises:
            SettingUnusable: Wrong type, or out of range.
        """
        if not self.accepts(value):
            raise SettingUnusable(name=self.name, value=self.shown(value), allowed=self.allowed)

    def parse(self, text: str) -> Value:
        """Return the value that a text stands for.

        Raises:
            SettingUnusable: It stands for none.
        """
        value: Value | None = text
        if self.kind is bool:
            value = _SWITCH.get(text.strip().lower())
        elif self.kind is not str:
            try:
                value = self.kind(text)
            except ValueError:
                value = None
        if value is None:
            raise SettingUnusable(name=self.name, value=text, allowed=self.allowed)
        self.check(value)
        return value

    def shown(self, value: object) -> str:
        """Return a value as :meth:`parse` reads it, cut if it is long."""
        if isinstance(value, bool):
            return "on" if value else "off"
        text = " ".join(str(value).split())
        return text if len(text) <= 60 else f"{text[:59]}…"

    def texts(self) -> Iterator[tuple[str, bool]]:
        """Yield its words and whether they count something (``%n``), to be translated."""
        d = self.declared
        yield d.title, False
        yield d.help, False
        for choice in (*d.choices, *d.named):
            if choice.translated:
                yield choice.title, False
        yield d.cost.sentence, False
        if d.unit:
            yield d.unit, True
        if d.cost.question:
            yield d.cost.question, False
            yield d.cost.explanation, True

    @property
    def _may_be_empty(self) -> bool:
        """Whether an empty text or False says something."""
        empty_named = any(choice.value == "" for choice in self.declared.named)
        return self.kind is bool or self.declared.model is None or empty_named
