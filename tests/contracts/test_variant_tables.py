"""The registry of variants above and the hook's table of traits below say the same."""

from __future__ import annotations

from engine.attention.registry import ATTENTION
from kernels.hook import variants

USES = [
    (variant, name)
    for variant in ATTENTION
    if variant.hook is not None
    for name in variant.hook.traits.values()
]
ORDINARY = {name for name, traits in variants().items() if sum(traits.values()) == traits["ours"]}
"""What adds nothing: llama.cpp itself, and our kernel when a prompt is read sparsely."""


def test_every_name_that_a_variant_gives_the_hook_is_in_its_table() -> None:
    assert {name for _, name in USES} <= set(variants())


def test_nothing_in_the_hooks_table_is_left_unused() -> None:
    assert set(variants()) == {name for _, name in USES} | ORDINARY


def test_both_say_alike_what_a_variant_is_made_of() -> None:
    for variant, name in USES:
        traits = variants()[name]
        assert traits["ours"], name
        assert traits["own_keys"] == variant.hook.keeps_keys, name
        trained_second = variant.adapter is not None and variant.adapter.second_branch
        assert traits["needs_input"] == trained_second, name
        if variant.adapter is None:
            assert not traits["needs_input"], name
            assert not traits["scales_queries"], name
