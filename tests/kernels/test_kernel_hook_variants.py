"""The variants that the hook runs: one table, matched by name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kernels
from kernels.hook import AttentionHook, HookPlan, variants

SOURCES = Path(kernels.__file__).parent
TABLE = Path("src/llama/variants.cpp")


def test_every_variant_says_what_it_is_made_of() -> None:
    table = variants()
    assert len(table) >= 7
    assert len({frozenset(traits) for traits in table.values()}) == 1
    made_of = [tuple(traits.values()) for traits in table.values()]
    assert len(set(made_of)) == len(made_of), "two variants do the same"
    for traits in table.values():
        assert all(isinstance(value, bool) for value in traits.values())
        assert traits["ours"] or not any(traits.values())
        assert traits["has_second"] or not (traits["needs_input"] or traits["adds_first"])
        assert traits["needs_input"] or not traits["own_keys"]


def test_a_name_nobody_knows_is_refused_with_those_there_are() -> None:
    hook = AttentionHook(2)
    with pytest.raises(ValueError, match=r'no variant "densest"; there are: ') as refusal:
        hook.use(HookPlan(variant="densest"))
    for name in variants():
        assert name in str(refusal.value)
    hook.use(HookPlan(variant=next(iter(variants()))))


def test_a_name_is_written_in_the_table_and_nowhere_else_in_the_hook() -> None:
    """Whoever compares a name again, instead of asking for a trait, is found here."""
    names = {f'"{name}"' for name in variants()}
    for path in (SOURCES / "src").rglob("*.[hc]*"):
        if path.relative_to(SOURCES) == TABLE:
            continue
        quoted = set(re.findall(r'"\w+"', path.read_text(encoding="utf-8")))
        assert quoted & names <= {'"baseline"'}, path  # also an instruction set
