"""What was run, for the head of a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.adapters.library import AdapterLibrary
from engine.records import AdapterInfo
from engine.version import program_version
from engine.workshop.evaluation.answers.cases import Case
from engine.workshop.evaluation.answers.outcomes import Arm


def facts_of(
    cases: Sequence[Case],
    arms: Sequence[Arm],
    library: AdapterLibrary,
    model: str,
    *,
    cited: bool,
    extracts: bool,
    development_share: float,
) -> dict[str, str]:
    """Return what was run, by name.

    Args:
        cases: What was asked.
        arms: Who answered.
        library: Holds the adapters of the arms.
        model: Name of the base model.
        cited: Whether the form of the reply was asked for.
        extracts: Whether the best sentences were repeated before the question.
        development_share: Of the evidence, what training has to set aside for these cases to
            be new to it.
    """
    n_questions = sum(len(case.questions) for case in cases)
    facts = {
        "model": model,
        "program": f"sabun {program_version()}",
        "questions": f"{n_questions} in {len(cases)} cases about "
        f"{len({case.cluster for case in cases})} passages",
        "prompt": ("asks for the form of the reply" if cited else "the program's own")
        + ("" if extracts else ", without its best sentences"),
    }
    for arm in arms:
        for choice in arm.choices:
            if choice.adapter:
                info = library.get(choice.adapter)
                facts[f"{arm.name}: {info.name}"] = _described(info, development_share)
    return facts


def _described(info: AdapterInfo, development_share: float) -> str:
    record: Mapping[str, Any] = info.training
    run = _fields_in(record, "run")
    # What is set aside depends on the evidence alone, whatever file it stands in.
    apart = record.get("development_share", 0) >= development_share
    trained_on = "no evidence asked about was trained on" if apart else "trained on unknown data"
    kind = f"{info.variant}, {info.form} form" if info.form else info.variant
    changed = f"layers {info.layer_ranges}, " if info.layers else ""
    start = _fields_in(record, "start").get("name", "")
    after = f" after those of {start}" if start else ""
    return (
        f"{kind}, {info.n_parameters:,} parameters, {changed}"
        f"{record.get('n_tokens', 0):,} training tokens{after}, seed {run.get('seed', '?')}; "
        f"{trained_on}"
    )


def _fields_in(record: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Return a part of a training record, which may be a stranger's and hold anything."""
    part = record.get(key)
    return part if isinstance(part, Mapping) else {}
