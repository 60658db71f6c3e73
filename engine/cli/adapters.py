"""``sabun adapters``: which adapters are here, what is in them, writing them into a model."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.adapters.file import load_adapter
from engine.adapters.fingerprint import model_fingerprint
from engine.adapters.gguf_export import ModelExported, TensorWritten, WeightType, export_gguf
from engine.adapters.library import AdapterLibrary
from engine.cli.adapter_shapes import (
    adapter_shape,
    exported_shape,
    fitting,
    inspection,
    kind_of,
    layer_lambdas,
)
from engine.cli.options import CommonOptions, option, positional, required
from engine.cli.terminal import Terminal
from engine.cli.verb import VerbGroup, verb
from engine.cli.workshop import training
from engine.errors import BadModelFile, ModelMissing
from engine.models.library import ModelLibrary
from engine.paths import DataPaths
from engine.records import AdapterInfo, ModelFile


@dataclass(frozen=True, kw_only=True)
class InspectOptions(CommonOptions):
    """What ``sabun adapters inspect`` is asked.

    Attributes:
        adapter: Name, or path of a file.
    """

    adapter: str = positional(metavar="ADAPTER", help="name, or path of a file")


@dataclass(frozen=True, kw_only=True)
class ExportOptions(CommonOptions):
    """What ``sabun adapters export-gguf`` is asked.

    Attributes:
        adapter: Name, or path of a file.
        model: Name of the base model; empty for the first that fits.
        output: GGUF file to write.
        weights: Type of the changed attention weights.
    """

    adapter: str = positional(metavar="ADAPTER", help="name, or path of a file")
    model: str = option("", metavar="NAME", help="base model (default: the first that fits)")
    output: Path = required(metavar="FILE", help="GGUF file to write")
    weights: WeightType = option("F16", help="type of the changed attention weights (default: F16)")


def run_list(options: CommonOptions, terminal: Terminal) -> int:
    """Print the adapters, the models that they fit, and the files that cannot be used."""
    library, models = _libraries(options)
    fits = _fingerprints(models)
    known, damaged = library.list(), library.damaged()
    if terminal.as_json:
        terminal.result(
            {
                "adapters": [adapter_shape(info, fits) for info in known],
                "damaged": [{"path": str(f.data["path"]), "detail": f.detail} for f in damaged],
            }
        )
        return 0
    if not known:
        terminal.line(
            "No adapter is installed. Copy one into the folder adapters of the data folder."
        )
    for info in known:
        terminal.line(f"{info.name}  ({kind_of(info)}, {info.n_bytes / 2**20:.1f} MiB)")
        terminal.line(f"    for {info.base_name}: {fitting(info, fits)}")
        terminal.line(f"    {info.path}")
    for fault in damaged:
        terminal.note(f"sabun: {fault}")
    return 0


def run_inspect(options: InspectOptions, terminal: Terminal) -> int:
    """Check every number of an adapter and print what it is."""
    library, models = _libraries(options)
    adapter = load_adapter(library.get(options.adapter).path)
    fits = _fingerprints(models)
    if terminal.as_json:
        shape = {
            **adapter_shape(adapter.info, fits),
            "lambda": layer_lambdas(adapter),
            "training": dict(adapter.info.training),
        }
        terminal.result({"adapter": shape})
        return 0
    terminal.line(f"{adapter.info.name}  ({kind_of(adapter.info)})")
    for what, value in inspection(adapter, fits):
        terminal.line(f"    {what:<12} {value}")
    return 0


def run_export(options: ExportOptions, terminal: Terminal) -> int:
    """Write a GGUF model with the adapter folded in."""
    library, models = _libraries(options)
    adapter = load_adapter(library.get(options.adapter).path)
    model = _base_model(models, options.model, adapter.info)
    exported: ModelExported | None = None
    with terminal.progress() as progress:
        task = progress.add_task("write", total=None, eta="")
        for event in export_gguf(adapter, model, options.output, weights=options.weights):
            if isinstance(event, TensorWritten):
                progress.update(task, completed=event.n_done, total=event.n_total)
            else:
                exported = event
    if exported is None:
        raise RuntimeError("exporting ended without its last event")
    if terminal.as_json:
        terminal.result({"model": exported_shape(exported, adapter.info, model)})
        return 0
    terminal.line(f"Wrote {exported.path} ({exported.n_bytes / 2**20:.0f} MiB).")
    if exported.doubled:
        terminal.line(
            f"It is an ordinary {exported.architecture} model with twice the heads; "
            "its cache takes twice the memory."
        )
    return 0


VERB = VerbGroup(
    "adapters",
    "attention adapters: list, inspect, train, export-gguf",
    (
        verb("list", "adapters on this machine", CommonOptions, run_list),
        verb("inspect", "check an adapter and show what is in it", InspectOptions, run_inspect),
        training.TRAIN,
        verb(
            "export-gguf",
            "write a model with the adapter in it, for other llama.cpp programs",
            ExportOptions,
            run_export,
        ),
    ),
)


# --- models ---------------------------------------------------------------------------


def _libraries(options: CommonOptions) -> tuple[AdapterLibrary, ModelLibrary]:
    paths = DataPaths.resolve(options.data_dir)
    return AdapterLibrary(paths), ModelLibrary(paths)


def _fingerprints(models: ModelLibrary) -> dict[str, list[str]]:
    """Return the names of the chat models by fingerprint."""
    found: dict[str, list[str]] = {}
    for model in models.list():
        if model.kind == "chat" and (fingerprint := _fingerprint(model)):
            found.setdefault(fingerprint, []).append(model.name)
    return found


def _fingerprint(model: ModelFile) -> str:
    try:
        return model_fingerprint(model.path)
    except BadModelFile:
        return ""  # `sabun models verify` says what is wrong with it


def _base_model(models: ModelLibrary, name: str, info: AdapterInfo) -> ModelFile:
    if name:
        return models.find(name, kind="chat")
    fitting = _fingerprints(models).get(info.base_fingerprint)
    if not fitting:
        raise ModelMissing(name=info.base_name)
    return models.find(fitting[0], kind="chat")
