"""What there is to choose from: found by name, in order, refused aloud."""

from __future__ import annotations

import pytest
from toy_variant import VARIANT

from engine.attention.registry import ATTENTION, PREFILLS, Registry
from engine.attention.variant import Variant
from engine.errors import AttentionUnsupported


def test_the_shipped_variants_are_found_in_the_order_of_lists() -> None:
    assert ATTENTION.names == ("baseline", "difflora", "diff-v2", "selective", "lora", "contrast")
    assert PREFILLS.names == ("dense", "delta", "robust-sparse")
    assert next(iter(ATTENTION)).is_plain and next(iter(PREFILLS)).is_plain


def test_an_unknown_name_is_refused_aloud() -> None:
    with pytest.raises(AttentionUnsupported) as refused:
        ATTENTION.get("toy")
    assert refused.value.reason.data == {"mode": "toy"}
    with pytest.raises(AttentionUnsupported):
        PREFILLS.get("toy")
    with pytest.raises(AttentionUnsupported):
        ATTENTION.withdraw("toy")


def test_a_variant_comes_and_goes(toy: Variant) -> None:
    assert ATTENTION.get("toy") is toy is VARIANT
    assert ATTENTION.names[-1] == "toy" and "toy" in ATTENTION
    with pytest.raises(ValueError, match="toy is registered twice"):
        ATTENTION.register(toy)
    ATTENTION.withdraw("toy")
    assert "toy" not in ATTENTION
    ATTENTION.register(toy)


def test_a_module_without_an_entry_is_a_fault_of_the_program() -> None:
    wrong = Registry(str, "engine.attention.variants", "VARIANT", KeyError)  # type: ignore[type-var]
    with pytest.raises(TypeError, match=r"variants\.baseline\.VARIANT is no str"):
        assert wrong.names


@pytest.mark.parametrize("variant", list(ATTENTION), ids=lambda variant: variant.name)
def test_what_a_variant_declares_goes_together(variant: Variant) -> None:
    assert variant.title and variant.help.endswith(".")
    forms = variant.adapter.forms if variant.adapter else ("",)
    if variant.hook is not None:
        assert set(variant.hook.traits) == set(forms)
    if variant.adapter is not None and variant.adapter.doubles:
        assert variant.adapter.second_branch and not variant.adapter.not_folded
