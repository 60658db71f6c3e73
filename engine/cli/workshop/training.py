"""``sabun adapters train``: an adapter from question files or from one's own documents."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cancel import CancelToken
from engine.cli.interrupts import INTERRUPTED, interruptible
from engine.cli.numbers import positive, token_count
from engine.cli.terminal import Terminal
from engine.cli.workshop.own_questions import questions_of_collection
from engine.errors import RecipeUnusable, TrainingDataTooSmall
from engine.models.library import ModelLibrary
from engine.paths import DataPaths

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from engine.workshop.questions.items import Source
    from engine.workshop.training.events import StepFinished, TrainingEvent, TrainingFinished
    from engine.workshop.training.recipe import AdapterRecipe
    from engine.workshop.training.train import TrainingPlan

VARIANTS = ("difflora", "lora", "diff-v2", "selective")
LOGGED_STEPS = 10
"""Steps between two lines of a log that nobody watches live."""


def add_train(actions: Any, common: argparse.ArgumentParser) -> None:
    """Add the sub-verb."""
    parser = actions.add_parser(
        "train",
        parents=[common],
        help="train an adapter; the same command goes on where it was stopped",
    )
    parser.add_argument("name", metavar="NAME", help="of the adapter")
    _add_data(parser)
    _add_recipe(parser)
    _add_run(parser)
    parser.set_defaults(run=run_train)


def _add_data(parser: argparse.ArgumentParser) -> None:
    data = parser.add_argument_group("data")
    origin = data.add_mutually_exclusive_group(required=True)
    origin.add_argument(
        "--data",
        action="append",
        metavar="FILE[:SHARE]",
        help="JSON Lines of questions, plain or gzip; a share of 0.25 takes a quarter of them",
    )
    origin.add_argument(
        "--from-collection",
        metavar="NAME",
        help="make questions from the documents of a collection; they stay on this machine",
    )
    data.add_argument(
        "--tokens", type=token_count, default=150_000, metavar="N", help="to train on"
    )
    data.add_argument(
        "--max-distractors",
        type=positive,
        default=8,
        metavar="N",
        help="passages beside the evidence: from none to N (default: 8)",
    )
    data.add_argument("--data-seed", type=int, default=0, metavar="N")
    data.add_argument("--licence", default="", metavar="TEXT", help="of the adapter")


def _add_recipe(parser: argparse.ArgumentParser) -> None:
    recipe = parser.add_argument_group("recipe", "what is left out is taken from the best known")
    recipe.add_argument("--model", default="", metavar="NAME", help="default: the embedded one")
    recipe.add_argument("--variant", choices=VARIANTS, default="difflora")
    recipe.add_argument("--form", choices=("mirror", "paper"), help="of difflora's second branch")
    recipe.add_argument(
        "--rescale", action=argparse.BooleanOptionalAction, help="divide by 1 - lambda"
    )
    recipe.add_argument("--rank", type=positive, metavar="N", help="of the first branch")
    recipe.add_argument("--rank2", type=positive, metavar="N", help="of the second branch")
    recipe.add_argument(
        "--positive",
        metavar="PARTS",
        help="projections of the first branch, of q,k,v,o (default: all four)",
    )
    recipe.add_argument(
        "--first-layer", type=int, metavar="N", default=0, help="layers below stay untouched"
    )
    recipe.add_argument("--lambda-start", type=float, metavar="X")
    recipe.add_argument(
        "--lambda-per-layer", action="store_true", help="one lambda a layer instead of one a head"
    )
    recipe.add_argument("--second-scale", type=float, metavar="X", help="of its initial values")
    recipe.add_argument(
        "--start-from", metavar="ADAPTER", help="name or file; more practice for what it learnt"
    )
    recipe.add_argument("--learning-rate", type=float, default=2e-3, metavar="X")
    recipe.add_argument("--lambda-rate", type=float, default=1e-2, metavar="X")
    recipe.add_argument(
        "--rows-per-step",
        type=positive,
        default=2,
        metavar="N",
        help="passages with their questions, whose gradients are added up",
    )


def _add_run(parser: argparse.ArgumentParser) -> None:
    run = parser.add_argument_group("run")
    run.add_argument("--seed", type=int, default=0, metavar="N")
    run.add_argument("--threads", type=positive, metavar="N")
    run.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    run.add_argument(
        "--precision",
        choices=("auto", "float32", "bfloat16"),
        default="auto",
        help="of large products (default: what is faster here)",
    )
    run.add_argument(
        "--run-dir", metavar="DIR", help="checkpoints and curve (default: in the data folder)"
    )
    run.add_argument("--output", metavar="FILE", help="default: the data folder's adapters")


def run_train(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Train, or go on training; Ctrl-C ends behind a checkpoint."""
    from engine.workshop.training.memory import keep_freed_memory

    keep_freed_memory()
    from engine.workshop.training.train import train

    if arguments.threads:
        import torch

        torch.set_num_threads(arguments.threads)
    _check_device(arguments.device)
    cancel = CancelToken()
    with interruptible(cancel, "step"), terminal.progress() as progress:
        folder = _run_folder(arguments)
        if arguments.from_collection:
            arguments.data = [
                str(questions_of_collection(arguments, folder, cancel, terminal, progress))
            ]
        plan = _plan(arguments, folder)
        try:
            finished = _follow(train(plan, cancel), terminal, progress)
        except TrainingDataTooSmall:
            if arguments.from_collection:
                plan.sources[0].path.unlink()  # more documents give other questions
            raise
    if terminal.as_json:
        terminal.result(_finished_shape(finished))
    elif finished.adapter:
        terminal.line(f"Wrote {finished.adapter}.")
        terminal.line(f"Curve and record are in {finished.folder}.")
    if finished.cancelled:
        terminal.note(
            f"sabun: Stopped after step {finished.n_steps}. The same command goes on from there."
        )
        return INTERRUPTED
    return 0


def _check_device(device: str) -> None:
    """Refuse a graphics card that cannot be used.

    Raises:
        RecipeUnusable: There is none, or PyTorch was installed without CUDA, as it is by default.
    """
    import torch

    if device == "cuda" and not torch.cuda.is_available():
        built = f"PyTorch {torch.__version__} is installed"
        raise RecipeUnusable(
            detail=f"no graphics card can be used ({built}; cards need one built with CUDA, "
            "see locks/torch-cuda.lock); use --device cpu"
        )


def _finished_shape(finished: TrainingFinished) -> dict[str, Any]:
    return {
        "adapter": str(finished.adapter) if finished.adapter else None,
        "run": str(finished.folder),
        "n_steps": finished.n_steps,
        "cancelled": finished.cancelled,
    }


# --- the plan -------------------------------------------------------------------------


def _run_folder(arguments: argparse.Namespace) -> Path:
    paths = DataPaths.resolve(arguments.data_dir)
    return Path(arguments.run_dir or paths.root / "training" / arguments.name).expanduser()


def _plan(arguments: argparse.Namespace, folder: Path) -> TrainingPlan:
    from engine.workshop.questions.evidence import EvidenceSettings
    from engine.workshop.training.optimiser import OptimiserSettings
    from engine.workshop.training.train import TrainingPlan
    from engine.workshop.training.training_run import RunSettings

    paths = DataPaths.resolve(arguments.data_dir)
    model = ModelLibrary(paths).find(arguments.model, kind="chat")
    name = arguments.name
    rates = OptimiserSettings(arguments.learning_rate, arguments.lambda_rate)
    return TrainingPlan(
        name=name,
        model=model,
        sources=tuple(source_of(text) for text in arguments.data),
        recipe=_recipe(arguments, model.path),
        folder=folder,
        adapter=Path(arguments.output or paths.adapters / f"{name}.safetensors").expanduser(),
        n_tokens=arguments.tokens,
        evidence=EvidenceSettings(max_distractors=arguments.max_distractors),
        run=RunSettings(
            rows_per_step=arguments.rows_per_step,
            seed=arguments.seed,
            device=arguments.device,
            precision=arguments.precision,
            optimiser=rates,
        ),
        data_seed=arguments.data_seed,
        licence=arguments.licence,
        start=_start(arguments.start_from, paths),
    )


def _start(wanted: str | None, paths: DataPaths) -> Path | None:
    """Return the file of the adapter to start from.

    Raises:
        AdapterUnknown: There is neither such a file nor an adapter of that name.
    """
    from engine.adapters.library import AdapterLibrary

    if not wanted:
        return None
    path = Path(wanted).expanduser()
    return path if path.is_file() else AdapterLibrary(paths).get(wanted).path


def source_of(text: str) -> Source:
    """Return ``FILE`` or ``FILE:SHARE``; a colon in a file's name is no harm."""
    from engine.workshop.questions.items import Source

    path, _, share = text.rpartition(":")
    try:
        return Source(Path(path).expanduser(), float(share)) if path else Source(Path(text))
    except ValueError:
        return Source(Path(text).expanduser())


def _recipe(arguments: argparse.Namespace, model: Path) -> AdapterRecipe:
    """Return the best known recipe with what the user set.

    Raises:
        RecipeUnusable: The settings contradict each other.
    """
    from engine.formats.gguf import read_gguf
    from engine.formats.model_shape import model_shape
    from engine.workshop.training.recipes import recipe_for

    n_layers = model_shape(read_gguf(model), model).n_layers
    first = arguments.first_layer
    recipe = recipe_for(arguments.variant, first)
    try:
        if not 0 <= first < n_layers:
            raise ValueError(f"the model has layers 0 to {n_layers - 1}")
        return replace(recipe, **_changes(arguments, recipe))
    except ValueError as error:
        raise RecipeUnusable(detail=str(error)) from error


def _changes(arguments: argparse.Namespace, recipe: AdapterRecipe) -> dict[str, Any]:
    """Return the fields that the user set. Scales stay: alpha goes with the rank."""
    given = ("form", "rescale", "lambda_start", "second_scale")
    changes = {name: getattr(arguments, name) for name in given}
    if arguments.rank:
        changes |= {"rank": arguments.rank, "alpha": recipe.scale * arguments.rank}
    if arguments.rank2:
        scale = recipe.scale2 or recipe.scale
        changes |= {"rank2": arguments.rank2, "alpha2": scale * arguments.rank2}
    if arguments.positive:
        changes["positive"] = _parts(arguments.positive)
    if arguments.lambda_per_layer:
        changes["per_head"] = False
    return {name: value for name, value in changes.items() if value is not None}


def _parts(text: str) -> tuple[str, ...]:
    names = {"q": "attn_q", "k": "attn_k", "v": "attn_v", "o": "attn_output"}
    letters = [letter.strip() for letter in text.split(",")]
    if not set(letters) <= names.keys():
        raise ValueError("projections are q, k, v and o, with commas between")
    return tuple(names[letter] for letter in names if letter in letters)


# --- while it runs --------------------------------------------------------------------


def _follow(
    events: Iterator[TrainingEvent], terminal: Terminal, progress: Progress
) -> TrainingFinished:
    from engine.workshop.training.events import (
        DevelopmentMeasured,
        RowsPrepared,
        StepFinished,
        TrainingFinished,
    )

    task = progress.add_task("load", total=None, eta="")
    n_tenths = 0
    for event in events:
        if isinstance(event, TrainingFinished):
            return event
        if isinstance(event, RowsPrepared):
            progress.update(
                task, description="make rows", completed=event.n_tokens, total=event.n_total
            )
            before, n_tenths = n_tenths, 10 * event.n_tokens // event.n_total
            if progress.disable and n_tenths != before:
                terminal.note(f"rows: {event.n_tokens:,} of {event.n_total:,} tokens made")
        elif isinstance(event, StepFinished):
            _show(event, terminal, progress, task)
        elif isinstance(event, DevelopmentMeasured):
            terminal.note(f"step {event.step}: loss {event.loss:.3f} on questions set aside")
    raise RuntimeError("training ended without its last event")


def _show(event: StepFinished, terminal: Terminal, progress: Progress, task: TaskID) -> None:
    eta = f"{event.tokens_per_second:.0f} tokens/s, about {event.eta_s / 60:.0f} min left"
    progress.update(
        task,
        description=f"train, loss {event.loss:.2f}",
        completed=event.step,
        total=event.n_steps,
        eta=eta,
    )
    if progress.disable and event.step % LOGGED_STEPS == 0:
        terminal.note(
            f"step {event.step}/{event.n_steps}: loss {event.loss:.3f}, "
            f"mean lambda {event.mean_lambda:.3f}, {eta}"
        )
