"""``sabun adapters``: which adapters are here, what is in them, writing them into a model."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.adapters.adapter import AdapterInfo
from engine.adapters.file import load_adapter
from engine.adapters.fingerprint import model_fingerprint
from engine.adapters.gguf_export import ModelExported, TensorWritten, export_gguf
from engine.adapters.library import AdapterLibrary
from engine.cli.adapter_shapes import (
    adapter_shape,
    exported_shape,
    fitting,
    inspection,
    kind_of,
    layer_lambdas,
)
from engine.cli.terminal import Terminal
from engine.cli.workshop.training import add_train
from engine.errors import BadModelFile, ModelMissing
from engine.models.library import ModelLibrary
from engine.paths import DataPaths
from engine.records import ModelFile


def register(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add the verb and its sub-verbs to the command line."""
    parser = verbs.add_parser(
        "adapters", help="attention adapters: list, inspect, train, export-gguf"
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for add in ACTIONS:
        add(actions, common)


def _add_list(actions: Any, common: argparse.ArgumentParser) -> None:
    listing = actions.add_parser("list", parents=[common], help="adapters on this machine")
    listing.set_defaults(run=run_list)


def _add_inspect(actions: Any, common: argparse.ArgumentParser) -> None:
    inspecting = actions.add_parser(
        "inspect", parents=[common], help="check an adapter and show what is in it"
    )
    inspecting.add_argument("adapter", metavar="ADAPTER", help="name, or path of a file")
    inspecting.set_defaults(run=run_inspect)


def _add_export(actions: Any, common: argparse.ArgumentParser) -> None:
    exporting = actions.add_parser(
        "export-gguf",
        parents=[common],
        help="write a model with the adapter in it, for other llama.cpp programs",
    )
    exporting.add_argument("adapter", metavar="ADAPTER", help="name, or path of a file")
    exporting.add_argument(
        "--model", default="", metavar="NAME", help="base model (default: the first that fits)"
    )
    exporting.add_argument("--output", required=True, metavar="FILE", help="GGUF file to write")
    exporting.add_argument(
        "--weights",
        choices=("F16", "F32"),
        default="F16",
        help="type of the changed attention weights (default: F16)",
    )
    exporting.set_defaults(run=run_export)


ACTIONS = (_add_list, _add_inspect, add_train, _add_export)
"""Each adds one sub-verb: ``add(actions, common)``."""


def run_list(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Print the adapters, the models that they fit, and the files that cannot be used."""
    library, models = _libraries(arguments)
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


def run_inspect(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Check every number of an adapter and print what it is."""
    library, models = _libraries(arguments)
    adapter = load_adapter(library.get(arguments.adapter).path)
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


def run_export(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Write a GGUF model with the adapter folded in."""
    library, models = _libraries(arguments)
    adapter = load_adapter(library.get(arguments.adapter).path)
    model = _base_model(models, arguments.model, adapter.info)
    exported: ModelExported | None = None
    with terminal.progress() as progress:
        task = progress.add_task("write", total=None, eta="")
        for event in export_gguf(adapter, model, Path(arguments.output), weights=arguments.weights):
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


# --- models ---------------------------------------------------------------------------


def _libraries(arguments: argparse.Namespace) -> tuple[AdapterLibrary, ModelLibrary]:
    paths = DataPaths.resolve(arguments.data_dir)
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
