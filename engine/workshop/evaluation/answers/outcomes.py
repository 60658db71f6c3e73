"""What each arm answered, line by line in a file: an evaluation goes on where it was stopped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from engine.codec import NotARecord, from_json, to_json
from engine.records import AttentionChoice


@dataclass(frozen=True)
class Arm:
    """One way to attend, with all its training seeds.

    Attributes:
        name: In tables.
        choices: One per seed; one alone where nothing is trained.
        contents: Hash of each choice's adapter file; empty without one. An adapter trained
            anew under its old name answers anew.
    """

    name: str
    choices: tuple[AttentionChoice, ...]
    contents: tuple[str, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """What outcomes call each choice: ``name@hash``; empty without an adapter."""
        pairs = zip(self.choices, self.contents, strict=True)
        return tuple(f"{choice.adapter}@{content}" if content else "" for choice, content in pairs)


@dataclass(frozen=True)
class Outcome:
    """One reply.

    Attributes:
        arm: Name of the arm.
        adapter: Which seed of it, see :attr:`Arm.labels`.
        case: Id of the case.
        question: Id of the question.
        text: What the model wrote.
        exact: See :class:`engine.workshop.questions.scoring.Score`.
        f1: Likewise.
        citation: Likewise.
        refused: Likewise.
        gold_mass: Attention on the evidence per layer, mean over heads and the tokens of the
            reply; empty where it cannot be told, or nothing is to be found.
        other_mass: Likewise, on all other passages together.
        n_tokens: Of the reply.
        seconds: For prompt and reply.
    """

    arm: str
    adapter: str
    case: str
    question: str
    text: str
    exact: float
    f1: float
    citation: float
    refused: float
    gold_mass: tuple[float, ...]
    other_mass: tuple[float, ...]
    n_tokens: int
    seconds: float

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What the reply is to."""
        return self.arm, self.adapter, self.case, self.question


class OutcomeFile:
    """Outcomes in a JSON Lines file.

    Args:
        path: Made with the first outcome.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> list[Outcome]:
        """Return what is there; a last line that was cut short is left out, and overwritten."""
        if not self._path.is_file():
            return []
        found: list[Outcome] = []
        for line in self._path.read_text("utf-8").splitlines():
            try:
                found.append(from_json(Outcome, line))
            except NotARecord:
                self._rewrite(found)
                break
        return found

    def append(self, outcome: Outcome) -> None:
        """Add one."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as stream:
            stream.write(_line(outcome))

    def _rewrite(self, outcomes: Iterable[Outcome]) -> None:
        self._path.write_text("".join(map(_line, outcomes)), "utf-8")


def _line(outcome: Outcome) -> str:
    return to_json(outcome) + "\n"
