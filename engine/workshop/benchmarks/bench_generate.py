"""How much sooner the first token comes with the layout chosen for this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

from engine.adapters.library import AdapterLibrary
from engine.attention.plans import needs_adapter
from engine.cancel import CancelToken
from engine.inference.availability import default_attention
from engine.inference.chat_model import ChatModel, Sampling
from engine.models.library import CHAT_MODEL, ModelLibrary
from engine.paths import ASSETS_DIR
from engine.records import AttentionChoice, ModelFile
from engine.workshop.benchmarks.rows import BenchRow, row

N_ROUNDS = 5
N_PROMPT = 512
"""The default prompt budget: what a real question reads."""

N_DECODE = 24


@dataclass
class _Contender:
    """A loaded model in one mode, and the milliseconds that it took."""

    label: str
    model: ChatModel
    baseline: str = ""
    first: list[float] = field(default_factory=list)
    token: list[float] = field(default_factory=list)


def bench_first_token(
    library: ModelLibrary,
    *,
    adapters: AdapterLibrary | None = None,
    n_rounds: int = N_ROUNDS,
    n_prompt: int = N_PROMPT,
    cancel: CancelToken | None = None,
) -> Iterator[BenchRow]:
    """Time the first token with the embedded model as shipped, as optimised, and as used.

    All read the same prompt from an empty cache in each round; all stay loaded. The first two
    run without a mode; then the optimised one runs with our kernel in the mode ``baseline`` and
    in the default mode, whose adapter the ratio shows.

    Args:
        library: Where the models are.
        adapters: Where the default mode's adapter is; None, or none that fits, leaves the
            last two out.
        n_rounds: Interleaved rounds.
        n_prompt: Tokens of the prompt.
        cancel: Stops it.

    Yields:
        Time to the first token in ms, each but the first with its ratio (0.5 means twice as
        soon); then the time per generated token likewise.

    Raises:
        ModelMissing: The embedded model is not installed.
        Cancelled: It was stopped.
    """
    sampling = Sampling(max_tokens=N_DECODE)
    with ExitStack() as stack:
        contenders = _contenders(library, adapters, stack)
        prompt = _prompt(contenders[0].model, n_prompt)
        for turn in range(n_rounds + 1):
            for item in contenders:
                # A first token of its own per round: nothing of the cache can be reused.
                done = item.model.reply([prompt[turn], *prompt], sampling, cancel)
                if turn and done.first_token_s and done.decode_tokens_per_second:
                    item.first.append(1e3 * done.first_token_s)
                    item.token.append(1e3 / done.decode_tokens_per_second)
    shape = f"prompt={n_prompt}"
    yield from _rows("first token", contenders, [item.first for item in contenders], shape)
    yield from _rows("per token", contenders, [item.token for item in contenders], shape)


def _contenders(
    library: ModelLibrary, adapters: AdapterLibrary | None, stack: ExitStack
) -> list[_Contender]:
    shipped, used = library.find(CHAT_MODEL, kind="chat"), library.find("", kind="chat")

    def opened(label: str, file: ModelFile, baseline: str = "") -> _Contender:
        model = ChatModel(file, measured=library.threads(file), adapters=adapters)
        stack.callback(model.close)
        return _Contender(label, model, baseline)

    found = [opened(shipped.name, shipped), opened(used.name, used, shipped.name)]
    if adapters is None:
        return found
    mode = default_attention(used, adapters, "auto")
    if needs_adapter(mode):
        plain, default = f"{used.name}, baseline", f"{used.name}, {mode}"
        found += [opened(plain, used, used.name), opened(default, used, plain)]
        found[2].model.use_attention(AttentionChoice())
        found[3].model.use_attention(AttentionChoice(mode=mode))
    return found


def _prompt(model: ChatModel, n_prompt: int) -> list[int]:
    text = (ASSETS_DIR / "prompts" / "perplexity.txt").read_text("utf-8")
    tokens = model.tokenise(text)
    return (tokens * (n_prompt // len(tokens) + 1))[: n_prompt - 1]


def _rows(
    what: str, contenders: list[_Contender], samples: list[list[float]], shape: str
) -> Iterator[BenchRow]:
    medians: dict[str, tuple[str, float]] = {}
    for item, values in zip(contenders, samples, strict=True):
        baseline = medians.get(item.baseline)
        found = row(f"{what} {item.label}", values, shape=shape, baseline=baseline)
        medians[item.label] = (found.what, found.p50)
        yield found


def times_sooner(rows: list[BenchRow]) -> float:
    """Return how many times sooner the first token comes with the optimised layout."""
    return next(1 / item.ratio for item in rows if item.what.startswith("first") and item.baseline)
