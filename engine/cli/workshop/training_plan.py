"""From the options of ``sabun adapters train`` to a training plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli.workshop.training_options import TrainOptions
from engine.errors import RecipeUnusable
from engine.models.library import ModelLibrary
from engine.paths import DataPaths

if TYPE_CHECKING:
    from engine.workshop.questions.items import QuestionSource
    from engine.workshop.training.recipe import AdapterRecipe
    from engine.workshop.training.train import TrainingPlan


def run_folder(options: TrainOptions) -> Path:
    """Return the folder of the run."""
    paths = DataPaths.resolve(options.data_dir)
    return (options.run_dir or paths.root / "training" / options.name).expanduser()


def plan_of(options: TrainOptions, sources: Sequence[QuestionSource], folder: Path) -> TrainingPlan:
    """Return what is to be trained.

    Raises:
        ModelMissing: There is no such model.
        AdapterUnknown: There is no such adapter to start from.
        RecipeUnusable: The settings contradict each other.
    """
    from engine.workshop.questions.evidence import EvidenceSettings
    from engine.workshop.training.optimiser import OptimiserSettings
    from engine.workshop.training.train import TrainingPlan
    from engine.workshop.training.training_run import RunSettings

    paths = DataPaths.resolve(options.data_dir)
    model = ModelLibrary(paths).find(options.model, kind="chat")
    adapter = options.output or paths.adapters / f"{options.name}.safetensors"
    return TrainingPlan(
        name=options.name,
        model=model,
        sources=tuple(sources),
        recipe=_recipe(options, model.path),
        folder=folder,
        adapter=adapter.expanduser(),
        n_tokens=options.tokens,
        evidence=EvidenceSettings(max_distractors=options.max_distractors),
        run=RunSettings(
            rows_per_step=options.rows_per_step,
            seed=options.seed,
            device=options.device,
            precision=options.precision,
            optimiser=OptimiserSettings(options.learning_rate, options.lambda_rate),
        ),
        data_seed=options.data_seed,
        licence=options.licence,
        start=_start(options.start_from, paths),
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


def source_of(text: str) -> QuestionSource:
    """Return ``FILE`` or ``FILE:SHARE``; a colon in a file's name is no harm."""
    from engine.workshop.questions.items import QuestionSource

    path, _, share = text.rpartition(":")
    try:
        return (
            QuestionSource(Path(path).expanduser(), float(share))
            if path
            else QuestionSource(Path(text))
        )
    except ValueError:
        return QuestionSource(Path(text).expanduser())


def _recipe(options: TrainOptions, model: Path) -> AdapterRecipe:
    """Return the best known recipe with what the user set.

    Raises:
        RecipeUnusable: The settings contradict each other.
    """
    from engine.formats.gguf import read_gguf
    from engine.formats.model_shape import model_shape
    from engine.workshop.training.registry import recipe_for

    n_layers = model_shape(read_gguf(model), model).n_layers
    first = options.first_layer
    recipe = recipe_for(options.variant, first)
    try:
        if not 0 <= first < n_layers:
            raise ValueError(f"the model has layers 0 to {n_layers - 1}")
        return replace(recipe, **_changes(options, recipe))
    except ValueError as error:
        raise RecipeUnusable(detail=str(error)) from error


def _changes(options: TrainOptions, recipe: AdapterRecipe) -> dict[str, Any]:
    """Return the fields that the user set. Scales stay: alpha goes with the rank."""
    changes: dict[str, Any] = {
        "form": options.form,
        "rescale": options.rescale,
        "lambda_start": options.lambda_start,
        "second_scale": options.second_scale,
    }
    if options.rank:
        changes |= {"rank": options.rank, "alpha": recipe.scale * options.rank}
    if options.rank2:
        scale = recipe.scale2 or recipe.scale
        changes |= {"rank2": options.rank2, "alpha2": scale * options.rank2}
    if options.positive:
        changes["positive"] = _parts(options.positive)
    if options.lambda_per_layer:
        changes["per_head"] = False
    return {name: value for name, value in changes.items() if value is not None}


def _parts(text: str) -> tuple[str, ...]:
    names = {"q": "attn_q", "k": "attn_k", "v": "attn_v", "o": "attn_output"}
    letters = [letter.strip() for letter in text.split(",")]
    if not set(letters) <= names.keys():
        raise ValueError("projections are q, k, v and o, with commas between")
    return tuple(names[letter] for letter in names if letter in letters)
