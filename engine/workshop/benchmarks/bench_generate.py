"""How much sooner the first token comes with the layout chosen for this machine."""

from __future__ import annotations

from collections.abc import Iterator

from engine.cancel import CancelToken
from engine.inference.chat_model import ChatModel, Sampling
from engine.models.library import CHAT_MODEL, ModelLibrary
from engine.paths import ASSETS_DIR
from engine.records import ModelFile
from engine.workshop.benchmarks.rows import BenchRow, row

N_ROUNDS = 5
N_PROMPT = 512
"""The default prompt budget: what a real question reads."""

N_DECODE = 24


def bench_first_token(
    library: ModelLibrary,
    *,
    n_rounds: int = N_ROUNDS,
    n_prompt: int = N_PROMPT,
    cancel: CancelToken | None = None,
) -> Iterator[BenchRow]:
    """Time the first token with the embedded model as shipped and as optimised, in turn.

    Both read the same prompt from an empty cache in each round; both stay loaded.

    Yields:
        Time to the first token in ms: as shipped, then optimised with its ratio (0.5
        means twice as soon); then the time per generated token likewise.

    Raises:
        ModelMissing: The embedded model is not installed.
        Cancelled: It was stopped.
    """
    files = [library.find(CHAT_MODEL, kind="chat"), library.find("", kind="chat")]
    models = [ChatModel(file) for file in files]
    sampling = Sampling(max_tokens=N_DECODE)
    first: list[list[float]] = [[], []]
    token: list[list[float]] = [[], []]
    try:
        prompt = _prompt(models[0], n_prompt)
        for turn in range(n_rounds + 1):
            for at, model in enumerate(models):
                # A first token of its own per round: nothing of the cache can be reused.
                done = model.reply([prompt[turn], *prompt], sampling, cancel)
                if turn and done.first_token_s and done.decode_tokens_per_second:
                    first[at].append(1e3 * done.first_token_s)
                    token[at].append(1e3 / done.decode_tokens_per_second)
    finally:
        for model in models:
            model.close()
    yield from _rows("first token", first, files, n_prompt)
    yield from _rows("per token", token, files, n_prompt)


def _prompt(model: ChatModel, n_prompt: int) -> list[int]:
    text = (ASSETS_DIR / "prompts" / "perplexity.txt").read_text("utf-8")
    tokens = model.tokenise(text)
    return (tokens * (n_prompt // len(tokens) + 1))[: n_prompt - 1]


def _rows(
    what: str, samples: list[list[float]], files: list[ModelFile], n_prompt: int
) -> Iterator[BenchRow]:
    shape = f"prompt={n_prompt}"
    base = row(f"{what} {files[0].name}", samples[0], shape=shape)
    yield base
    yield row(f"{what} {files[1].name}", samples[1], shape=shape, baseline=(base.what, base.p50))


def times_sooner(rows: list[BenchRow]) -> float:
    """Return how many times sooner the first token comes with the optimised layout."""
    return next(1 / item.ratio for item in rows if item.what.startswith("first") and item.baseline)
