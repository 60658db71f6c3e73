"""What ``sabun adapters train`` is asked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.adapters.layout import layouts
from engine.cli import numbers
from engine.cli.options import CommonOptions, Section, option, positional
from engine.workshop.training.precision import Device, Precision

DATA = Section("data")
RECIPE = Section("recipe", "what is left out is taken from the best known")
RUN = Section("run")
ORIGIN = "origin of the questions"


def trainable() -> tuple[str, ...]:
    """Return the variants that run on trained weights."""
    return tuple(layouts())


def forms() -> tuple[str, ...]:
    """Return the forms of all variants that have several."""
    return tuple(dict.fromkeys(form for each in layouts().values() for form in each.forms if form))


@dataclass(frozen=True, kw_only=True)
class TrainOptions(CommonOptions):
    """What ``sabun adapters train`` is asked.

    Attributes:
        name: Of the adapter.
        data: Files of questions, each ``FILE`` or ``FILE:SHARE``.
        from_collection: Collection to make questions from, instead of ``data``.
        tokens: To train on.
        max_distractors: Passages beside the evidence, at most.
        data_seed: Of the rows.
        licence: Of the adapter.
        model: Name of the base model; empty for the embedded one.
        variant: Which attention.
        form: Of difflora's second branch; None, as everywhere here, takes the best known.
        rescale: Divide by ``1 - lambda``.
        rank: Of the first branch.
        rank2: Of the second branch.
        positive: Projections of the first branch, letters of ``q,k,v,o``.
        first_layer: Layers below stay untouched.
        lambda_start: Initial lambda.
        lambda_per_layer: One lambda a layer instead of one a head.
        second_scale: Of the second branch's initial values.
        start_from: Adapter to go on from, name or file.
        learning_rate: Of the matrices, at its highest.
        lambda_rate: Of lambda and other gates.
        rows_per_step: Rows whose gradients are added up.
        seed: Of initial values and of the order of steps.
        threads: Of the processor; None for all.
        device: What computes.
        precision: Of large products.
        run_dir: Folder of the run; None for one in the data folder.
        output: File of the adapter; None for one in the data folder.
    """

    name: str = positional(metavar="NAME", help="of the adapter")
    data: tuple[str, ...] = option(
        (),
        metavar="FILE[:SHARE]",
        help="JSON Lines of questions, plain or gzip; a share of 0.25 takes a quarter of them",
        section=DATA,
        one_of=ORIGIN,
    )
    from_collection: str | None = option(
        None,
        metavar="NAME",
        help="make questions from the documents of a collection; they stay on this machine",
        section=DATA,
        one_of=ORIGIN,
    )
    tokens: int = option(
        150_000, parse=numbers.count, metavar="N", help="to train on", section=DATA
    )
    max_distractors: int = option(
        8,
        parse=numbers.positive,
        metavar="N",
        help="passages beside the evidence: from none to N (default: 8)",
        section=DATA,
    )
    data_seed: int = option(0, metavar="N", help="of what is drawn from the data", section=DATA)
    licence: str = option("", metavar="TEXT", help="of the adapter", section=DATA)

    model: str = option("", metavar="NAME", help="default: the embedded one", section=RECIPE)
    variant: str = option("difflora", choices=trainable, help="which attention", section=RECIPE)
    form: str | None = option(
        None, choices=forms, help="of the second branch of a variant with forms", section=RECIPE
    )
    rescale: bool | None = option(None, negatable=True, help="divide by 1 - lambda", section=RECIPE)
    rank: int | None = option(
        None, parse=numbers.positive, metavar="N", help="of the first branch", section=RECIPE
    )
    rank2: int | None = option(
        None, parse=numbers.positive, metavar="N", help="of the second branch", section=RECIPE
    )
    positive: str | None = option(
        None,
        metavar="PARTS",
        help="projections of the first branch, of q,k,v,o (default: all four)",
        section=RECIPE,
    )
    first_layer: int = option(0, metavar="N", help="layers below stay untouched", section=RECIPE)
    lambda_start: float | None = option(
        None, metavar="X", help="initial weight of the second branch", section=RECIPE
    )
    lambda_per_layer: bool = option(
        False, help="one lambda a layer instead of one a head", section=RECIPE
    )
    second_scale: float | None = option(
        None, metavar="X", help="of its initial values", section=RECIPE
    )
    start_from: str | None = option(
        None,
        metavar="ADAPTER",
        help="name or file; more practice for what it learnt",
        section=RECIPE,
    )
    learning_rate: float = option(
        2e-3, metavar="X", help="of the matrices, at its highest", section=RECIPE
    )
    lambda_rate: float = option(1e-2, metavar="X", help="of lambda and other gates", section=RECIPE)
    rows_per_step: int = option(
        2,
        parse=numbers.positive,
        metavar="N",
        help="passages with their questions, whose gradients are added up",
        section=RECIPE,
    )

    seed: int = option(0, metavar="N", help="of initial values and the order of steps", section=RUN)
    threads: int | None = option(
        None,
        parse=numbers.positive,
        metavar="N",
        help="of the processor (default: all)",
        section=RUN,
    )
    device: Device = option("cpu", help="what computes", section=RUN)
    precision: Precision = option(
        "auto", help="of large products (default: what is faster here)", section=RUN
    )
    run_dir: Path | None = option(
        None,
        metavar="DIR",
        help="checkpoints and curve (default: in the data folder)",
        section=RUN,
    )
    output: Path | None = option(
        None, metavar="FILE", help="default: the data folder's adapters", section=RUN
    )
