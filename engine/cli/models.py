"""``sabun models``: which models are here, adding one, checking, making them faster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.cli.options import CommonOptions, positional
from engine.cli.terminal import Terminal
from engine.cli.verb import VerbGroup, verb
from engine.models.events import ModelAdded, ModelCopied, OptimisationFinished
from engine.models.library import ModelLibrary
from engine.paths import DataPaths
from engine.records import ModelFile


@dataclass(frozen=True, kw_only=True)
class AddOptions(CommonOptions):
    """What ``sabun models add`` is asked.

    Attributes:
        file: GGUF file to copy.
    """

    file: str = positional(metavar="FILE", help="GGUF file")


@dataclass(frozen=True, kw_only=True)
class OptimiseOptions(CommonOptions):
    """What ``sabun models optimise`` is asked.

    Attributes:
        name: Of the chat model; empty for the one in use.
    """

    name: str = positional("", metavar="NAME", help="of a chat model (default: the one in use)")


def _library(options: CommonOptions) -> ModelLibrary:
    return ModelLibrary(DataPaths.resolve(options.data_dir))


def model_shape(model: ModelFile) -> dict[str, Any]:
    """Return one model as JSON."""
    return {
        "name": model.name,
        "path": str(model.path),
        "kind": model.kind,
        "bytes": model.n_bytes,
        "sha256": model.sha256,
        "embedded": model.embedded,
        "languages": list(model.languages),
        "optimised_from": model.optimised_from,
        "licence": model.licence,
    }


def run_list(options: CommonOptions, terminal: Terminal) -> int:
    """Print the models."""
    models = _library(options).list()
    if terminal.as_json:
        terminal.result({"models": [model_shape(model) for model in models]})
        return 0
    if not models:
        terminal.line("No model is installed. Add one with: sabun models add FILE")
    for model in models:
        terminal.line(f"{model.name}  ({model.kind}, {model.n_bytes / 2**20:.0f} MiB)")
        terminal.line(f"    {model.path}")
    return 0


def run_add(options: AddOptions, terminal: Terminal) -> int:
    """Copy a model into the library."""
    added: ModelFile | None = None
    with terminal.progress() as progress:
        task = progress.add_task("copy", total=None, eta="")
        for event in _library(options).adding(options.file):
            if isinstance(event, ModelCopied):
                progress.update(task, completed=event.n_done, total=event.n_total)
            elif isinstance(event, ModelAdded):
                added = event.model
    if added is None:
        raise RuntimeError("adding ended without its last event")
    if terminal.as_json:
        terminal.result({"model": model_shape(added)})
    else:
        terminal.line(f"Added {added.name} ({added.n_bytes / 2**20:.0f} MiB).")
    return 0


def run_verify(options: CommonOptions, terminal: Terminal) -> int:
    """Check every model against its recorded hash; exit 1 if one is not what it was."""
    checks = list(_library(options).verify())
    if terminal.as_json:
        rows = [
            {"name": model.name, "ok": ok, "sha256": model.sha256, "detail": detail}
            for model, ok, detail in checks
        ]
        terminal.result({"models": rows})
    for model, ok, detail in checks:
        terminal.line(f"{'good' if ok else 'BAD '}  {model.name}: {detail}")
    bad = [model.name for model, ok, _ in checks if not ok]
    if bad:
        terminal.note(
            f"sabun: {', '.join(bad)}: not as recorded. Remove the file and add it again."
        )
    return 1 if bad else 0


def run_optimise(options: OptimiseOptions, terminal: Terminal) -> int:
    """Measure the layouts of a chat model here and keep the best beside the original."""
    from engine.models.optimise import describe

    finished: OptimisationFinished | None = None
    for event in _library(options).optimise(options.name):
        terminal.note(describe(event))
        if isinstance(event, OptimisationFinished):
            finished = event
    if finished is None:
        raise RuntimeError("optimising ended without its last event")
    if terminal.as_json:
        terminal.result(_optimised_shape(finished))
    else:
        terminal.line(f"{finished.chosen}: {finished.reason}")
    return 0


def _optimised_shape(finished: OptimisationFinished) -> dict[str, Any]:
    return {
        "original": finished.original,
        "chosen": finished.chosen,
        "reason": finished.reason,
        "prefill_ratio": finished.prefill_ratio,
        "reused": finished.reused,
        "put_off": finished.put_off,
        "measurements": [
            {
                "name": m.name,
                "layout": m.layout,
                "bytes": m.n_bytes,
                "prefill_tokens_per_second": m.prefill_tokens_per_second,
                "decode_tokens_per_second": m.decode_tokens_per_second,
                "perplexity": m.perplexity,
                "perplexity_ratio": m.perplexity_ratio,
                "n_threads": m.n_threads,
                "n_threads_batch": m.n_threads_batch,
            }
            for m in finished.measurements
        ],
    }


VERB = VerbGroup(
    "models",
    "model files: list, add, verify, optimise",
    (
        verb("list", "models on this machine", CommonOptions, run_list),
        verb("add", "copy a GGUF file into the library", AddOptions, run_add),
        verb("verify", "check every file's SHA-256", CommonOptions, run_verify),
        verb(
            "optimise",
            "write the layout that gives the first token soonest on this machine",
            OptimiseOptions,
            run_optimise,
        ),
    ),
)
