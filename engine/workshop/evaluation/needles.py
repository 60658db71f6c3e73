"""Does a long prompt stay readable? Hidden facts and key-value pairs, found again by position.

Several facts are hidden in one prompt, evenly spread. The model reads it once, then states
them in a fixed wording whose answers are given as it goes on (teacher forcing), so that one
reading tests them all and an early mistake spoils no later one. A fact counts as found if
each token of its value was the most likely one.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.cancel import CancelToken
from engine.inference.chat_model import ChatModel
from engine.records import AttentionChoice, Notice
from engine.workshop.evaluation.metrics import bootstrap_interval, mean

Kind = Literal["needle", "key-value"]
KINDS: tuple[Kind, ...] = ("needle", "key-value")

_ADJECTIVES = "amber blue copper dusty early frozen golden hollow iron jade kind light".split()
_NOUNS = "anchor bridge candle drawer engine forest garden hammer island jacket kettle lamp".split()
_PEOPLE = "The clerk|A visitor|The gardener|My neighbour|The teacher|An old sailor".split("|")
_DEEDS = (
    "walked along the river|talked about the weather|waited for the morning train|read a newspaper"
    "|bought bread and cheese|repaired the wooden fence|looked for an umbrella|wrote a long letter"
).split("|")
_TIMES = (
    "before breakfast|on a quiet afternoon|while it was raining|at the end of the week"
    "|after the holidays|in the evening|as on most days|without any hurry"
).split("|")
N_DIGITS = 5


@dataclass(frozen=True)
class Fact:
    """One hidden fact.

    Attributes:
        stated: Wording up to the value.
        value: Digits.
        end: What stands behind the value.
    """

    stated: str
    value: str
    end: str

    @property
    def text(self) -> str:
        """The whole statement."""
        return f"{self.stated}{self.value}{self.end}"


@dataclass(frozen=True)
class Haystack:
    """A long text with facts in it.

    Attributes:
        kind: Prose, or nothing but pairs.
        text: All of it.
        facts: Those that are asked for, in the order of the text.
    """

    kind: Kind
    text: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class NeedleResult:
    """One prompt, read in one way.

    Attributes:
        kind: Which test.
        arm: How it was read.
        length: Tokens of the text that were asked for.
        n_tokens: Of the prompt.
        found: Per fact, in the order of the text.
        tokens_right: Share of the values' tokens that were the most likely ones.
        prefill_s: Time to read the prompt.
        notes: What switched itself off.
    """

    kind: Kind
    arm: str
    length: int
    n_tokens: int
    found: tuple[bool, ...]
    tokens_right: float
    prefill_s: float
    notes: tuple[Notice, ...]


def make_haystack(
    model: ChatModel, kind: Kind, n_tokens: int, n_facts: int, rng: random.Random
) -> Haystack:
    """Return a text of about ``n_tokens`` with facts evenly spread.

    Args:
        model: Counts tokens.
        kind: Which test.
        n_tokens: Of the text; at least what the facts take.
        n_facts: To hide; at most 144.
        rng: Decides all wording and values.
    """
    names = rng.sample([f"{a} {n}" for a in _ADJECTIVES for n in _NOUNS], len(_ADJECTIVES) ** 2)
    make = _needle if kind == "needle" else _pair
    facts = tuple(make(name, rng) for name in names[:n_facts])
    others = (_filler(kind, names[n_facts:], rng) for _ in range(n_tokens))
    budget = n_tokens - sum(len(model.tokenise(fact.text)) for fact in facts)
    lines: list[str] = []
    while budget > 0:
        lines.append(next(others))
        budget -= len(model.tokenise(lines[-1]))
    for number, fact in enumerate(facts):
        place = round((number + 0.5) * len(lines) / n_facts) + number
        lines.insert(place, fact.text)
    return Haystack(kind, "".join(lines), facts)


def _digits(rng: random.Random) -> str:
    return "".join(str(rng.randint(0, 9)) for _ in range(N_DIGITS))


def _needle(name: str, rng: random.Random) -> Fact:
    return Fact(f"The access code of the {name} is ", _digits(rng), ". ")


def _pair(name: str, rng: random.Random) -> Fact:
    return Fact(f'"{name.replace(" ", "-")}": "', _digits(rng), '"\n')


def _filler(kind: Kind, names: Sequence[str], rng: random.Random) -> str:
    if kind == "needle":
        return f"{rng.choice(_PEOPLE)} {rng.choice(_DEEDS)} {rng.choice(_TIMES)}. "
    name = f"{rng.choice(names)} {rng.randint(10, 99)}"
    return _pair(name, rng).text


def find_needles(
    model: ChatModel,
    arms: Sequence[tuple[str, AttentionChoice]],
    *,
    lengths: Sequence[int],
    kinds: Sequence[Kind] = KINDS,
    n_prompts: int = 3,
    n_facts: int = 12,
    seed: int = 0,
    cancel: CancelToken | None = None,
) -> Iterator[NeedleResult]:
    """Read the same prompts in every way; yield a result per prompt and way.

    Args:
        model: Base model.
        arms: Names and ways to attend.
        lengths: Tokens of the texts.
        kinds: Which tests.
        n_prompts: Per kind and length.
        n_facts: Per prompt.
        seed: Of the texts.
        cancel: Stops between prompts.

    Raises:
        QuestionTooLong: A length is beyond the model's context.
        AdapterMissing, AttentionUnsupported: An arm cannot run.
        Cancelled: It was stopped.
    """
    token = cancel or CancelToken()
    for length in lengths:
        for kind in kinds:
            for number in range(n_prompts):
                rng = random.Random(f"{seed}/{kind}/{length}/{number}")
                haystack = make_haystack(model, kind, length, n_facts, rng)
                for name, choice in arms:
                    token.raise_if_cancelled()
                    yield _read(model, haystack, length, name, choice)


def _read(
    model: ChatModel, haystack: Haystack, length: int, arm: str, choice: AttentionChoice
) -> NeedleResult:
    model.use_attention(choice)
    model.start_afresh()
    what = "access codes" if haystack.kind == "needle" else "pairs"
    asked = f"{haystack.text}\n\nState the {what} again, word for word."
    rendered = model.apply_template([{"role": "user", "content": asked}])
    prompt = model.prompt_tokens(rendered)
    continuation: list[int] = []
    spans: list[tuple[int, int]] = []
    for fact in haystack.facts:
        continuation += model.tokenise(fact.stated)
        value = model.tokenise(fact.value)
        spans.append((len(continuation), len(continuation) + len(value)))
        continuation += [*value, *model.tokenise(fact.end)]
    started = time.perf_counter()
    predicted, prefill_s = model.predict(prompt, continuation), time.perf_counter() - started
    found = tuple(predicted[a:b] == continuation[a:b] for a, b in spans)
    right = [predicted[i] == continuation[i] for a, b in spans for i in range(a, b)]
    share = sum(right) / len(right)
    notes = model.attention.notes
    return NeedleResult(haystack.kind, arm, length, len(prompt), found, share, prefill_s, notes)


# --- results --------------------------------------------------------------------------


@dataclass(frozen=True)
class NeedleSummary:
    """What one way to read found in the prompts of one kind and length.

    Attributes:
        kind: Which test.
        length: Tokens of the text that were asked for.
        arm: How it was read.
        share: Mean share of facts found.
        low: Lower end of its 95 % bootstrap interval over prompts.
        high: Upper end.
        tokens_right: Mean share of the values' tokens, which are several times as many.
        of_share: ``share`` relative to the first way's; None where that found nothing.
        of_tokens: ``tokens_right`` likewise.
        prefill_s: Mean time to read a prompt.
    """

    kind: Kind
    length: int
    arm: str
    share: float
    low: float
    high: float
    tokens_right: float
    of_share: float | None
    of_tokens: float | None
    prefill_s: float


def summarise_needles(results: Sequence[NeedleResult]) -> list[NeedleSummary]:
    """Return a row per kind, length and way to read, the ways in the order they were tried."""
    rows: list[NeedleSummary] = []
    first: dict[tuple[Kind, int], NeedleSummary] = {}
    for kind, length, arm in dict.fromkeys((r.kind, r.length, r.arm) for r in results):
        mine = [r for r in results if (r.kind, r.length, r.arm) == (kind, length, arm)]
        shares = [sum(r.found) / len(r.found) for r in mine]
        share, tokens = mean(shares), mean([r.tokens_right for r in mine])
        against = first.get((kind, length))
        row = NeedleSummary(
            kind,
            length,
            arm,
            share,
            *bootstrap_interval(shares),
            tokens,
            _ratio(share, against.share if against else share),
            _ratio(tokens, against.tokens_right if against else tokens),
            mean([r.prefill_s for r in mine]),
        )
        first.setdefault((kind, length), row)
        rows.append(row)
    return rows


def _ratio(value: float, first: float) -> float | None:
    return value / first if first else None
