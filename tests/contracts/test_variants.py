"""A variant of attention is one file a floor; all floors know the same ones."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from engine.attention.registry import ATTENTION, PREFILLS
from engine.workshop.training.registry import TRAINERS

ROOT = Path(__file__).resolve().parents[2]
HOMES = (
    ROOT / "engine/attention/variants",
    ROOT / "engine/attention/prefills",
    ROOT / "engine/workshop/training/variants",
)
CODE = [
    path
    for package in ("app", "engine", "kernels")
    for kind in ("*.py", "*.h", "*.cpp")
    for path in sorted((ROOT / package).rglob(kind))
]
NAMES = {each.name for each in (*ATTENTION, *PREFILLS)}


def test_the_tests_see_the_code() -> None:
    assert len(CODE) > 300 and len(NAMES) == 9


def test_adding_a_variant_touches_few_files() -> None:
    """Twenty files named this one before variants had homes."""
    naming = [str(p.relative_to(ROOT)) for p in CODE if "selective" in p.read_text("utf-8")]
    assert len(naming) <= 6, naming


def compared_names(program: str) -> list[str]:
    """Return the names of variants that a program compares something with."""
    found = []
    for node in ast.walk(ast.parse(program)):
        sides: list[ast.expr] = []
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
        elif isinstance(node, ast.MatchValue):
            sides = [node.value]
        for side in sides:
            leaves = ast.walk(side) if isinstance(side, ast.Tuple | ast.Set | ast.List) else [side]
            found += [e.value for e in leaves if isinstance(e, ast.Constant) and e.value in NAMES]
    return found


def test_the_search_for_comparisons_finds_them() -> None:
    assert compared_names('if mode == "lora" or x in ("y", "delta"): pass') == ["lora", "delta"]
    assert compared_names('match mode:\n    case "contrast": pass') == ["contrast"]
    assert compared_names('mode = "lora"; x = mode == "y"') == []


def test_no_code_asks_for_a_variant_by_its_name() -> None:
    """The kernels' forms and the retrievers have words of their own that are spelt the same."""
    others = (ROOT / "kernels", ROOT / "engine/retrieval")
    asking = {
        str(path.relative_to(ROOT)): names
        for path in CODE
        if path.suffix == ".py" and not {*HOMES, *others} & set(path.parents)
        if (names := compared_names(path.read_text("utf-8")))
    }
    assert asking == {}


def test_every_file_in_a_home_is_a_variant_of_that_name() -> None:
    for home, registry in zip(HOMES, (ATTENTION, PREFILLS, TRAINERS), strict=True):
        files = {path.stem for path in home.glob("*.py")} - {"__init__"}
        assert files == {name.replace("-", "_") for name in registry.names}


def test_what_has_trained_weights_can_be_trained() -> None:
    assert TRAINERS.names == tuple(each.name for each in ATTENTION if each.needs_adapter)


def test_the_gates_of_a_trainer_are_tensors_of_its_variant() -> None:
    from engine.formats.model_shape import ModelShape
    from engine.workshop.training.parameters import AdapterParameters
    from engine.workshop.training.registry import recipe_for

    shape = ModelShape("llama", 1, 64, 4, 2, 16, 300)
    for trainer in TRAINERS:
        parameters = AdapterParameters(recipe_for(trainer.name, 0), shape, 0)
        names = {name.removeprefix("blk.0.") for name in parameters.tensors}
        assert {*trainer.gates, *trainer.limits} <= names


@pytest.mark.parametrize("page", ["guide.md", "guide.ja.md"])
def test_the_manual_has_a_row_for_every_mode(page: str) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8")
    rows = re.findall(r"^\| `([^`]+)` \|.*\| (?:yes|no|必要|不要) \|$", text, re.M)
    assert set(rows) == set(ATTENTION.names)


def test_the_page_for_newcomers_names_files_that_are_there() -> None:
    text = (ROOT / "docs/add-a-variant.md").read_text("utf-8")
    named = re.findall(r"`((?:app|engine|kernels|tests|docs)/[\w./-]+)`", text)
    assert len(set(named)) > 10
    for name in set(named):
        if "NAME" not in name:
            assert (ROOT / name).exists(), name


def test_the_window_has_words_for_every_shipped_variant() -> None:
    pytest.importorskip("PySide6")
    from app.i18n.attention_words import AttentionWords

    assert AttentionWords()._words().keys() == set(ATTENTION.names)
