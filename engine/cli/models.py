"""``sabun models``: which models are here; adding, removing, checking, making them faster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.cli.fetching import GET, RECOMMENDED
from engine.cli.model_shapes import mebibytes, model_shape
from engine.cli.options import CommonOptions, option, positional
from engine.cli.terminal import Terminal
from engine.cli.verb import VerbGroup, verb
from engine.models.events import ModelCopied, ModelNotAdded, OptimisationFinished
from engine.models.getting.reach import stored_settings
from engine.models.library import ModelLibrary
from engine.paths import DataPaths
from engine.records import ModelFile


@dataclass(frozen=True, kw_only=True)
class AddOptions(CommonOptions):
    """What ``sabun models add`` is asked.

    Attributes:
        file: GGUF file to copy, or a folder of them.
        name: What to call it; empty for the name of the file or of the catalogue.
    """

    file: str = positional(metavar="FILE", help="GGUF file, or a folder (a USB stick) with some")
    name: str = option(
        "", metavar="NAME", help="what to call it (default: as the catalogue does, or the file)"
    )


@dataclass(frozen=True, kw_only=True)
class RemoveOptions(CommonOptions):
    """What ``sabun models remove`` is asked.

    Attributes:
        name: Of the model.
    """

    name: str = positional(metavar="NAME", help="of the model, as sabun models list has it")


@dataclass(frozen=True, kw_only=True)
class OptimiseOptions(CommonOptions):
    """What ``sabun models optimise`` is asked.

    Attributes:
        name: Of the chat model; empty for the one in use.
    """

    name: str = positional("", metavar="NAME", help="of a chat model (default: the one in use)")


def _library(options: CommonOptions) -> ModelLibrary:
    return ModelLibrary(DataPaths.resolve(options.data_dir))


def run_list(options: CommonOptions, terminal: Terminal) -> int:
    """Print the models."""
    models = _library(options).list()
    if terminal.as_json:
        terminal.result({"models": [model_shape(model) for model in models]})
        return 0
    if not models:
        terminal.line("No model is installed. Add one with: sabun models add FILE")
    for model in models:
        terminal.line(f"{model.name}  ({model.kind}, {mebibytes(model.n_bytes)})")
        terminal.line(f"    {model.path}")
    return 0


def run_add(options: AddOptions, terminal: Terminal) -> int:
    """Copy a model, or all models of a folder, into the library."""
    added: list[ModelFile] = []
    failed: list[ModelNotAdded] = []
    with terminal.progress() as progress:
        task = progress.add_task("copy, MiB", total=None, eta="")
        for event in _library(options).adding(options.file, options.name or None):
            if isinstance(event, ModelCopied):
                progress.update(task, completed=event.n_done >> 20, total=event.n_total >> 20)
            elif isinstance(event, ModelNotAdded):
                failed.append(event)
                terminal.note(f"sabun: {event.error}")
            else:
                added.append(event.model)
    if terminal.as_json:
        shapes = [model_shape(model) for model in added]
        bad = [{"path": str(f.path), "code": f.error.code, "message": str(f.error)} for f in failed]
        terminal.result({"model": shapes[0], "models": shapes, "not_added": bad})
    for model in added:
        terminal.line(f"Added {model.name} ({mebibytes(model.n_bytes)}).")
    return 1 if failed else 0


def run_remove(options: RemoveOptions, terminal: Terminal) -> int:
    """Remove a model that was added or fetched."""
    paths = DataPaths.resolve(options.data_dir)
    library = ModelLibrary(paths)
    removed = library.remove(options.name)
    chosen = stored_settings(paths).chat_model in {model.name for model in removed}
    if terminal.as_json:
        names = [model.name for model in removed]
        terminal.result({"removed": names, "was_chosen": chosen})
    for model in removed:
        terminal.line(f"Removed {model.name} ({mebibytes(model.n_bytes)}).")
    if chosen:
        terminal.note(
            "It was the chosen chat model. Until another is chosen with sabun settings set "
            f"chat_model NAME, {library.find('', kind='chat').name} answers."
        )
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
    "model files: list, recommended, get, add, remove, verify, optimise",
    (
        verb("list", "models on this machine", CommonOptions, run_list),
        RECOMMENDED,
        GET,
        verb("add", "copy a GGUF file, or a folder of them, into the library", AddOptions, run_add),
        verb("remove", "remove a model that was added or fetched", RemoveOptions, run_remove),
        verb("verify", "check every file's SHA-256", CommonOptions, run_verify),
        verb(
            "optimise",
            "write the layout that gives the first token soonest on this machine",
            OptimiseOptions,
            run_optimise,
        ),
    ),
)
