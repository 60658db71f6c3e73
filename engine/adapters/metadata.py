"""The metadata of an adapter file: text to checked fields and back."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping
from typing import Any

from engine.adapters.layout import LayoutFault, layouts

FORMAT, FORMAT_VERSION = "sabun-adapter", "1"

_LIMITS = {
    "rank": (0, 4096),
    "rank2": (0, 4096),
    "n_layers": (1, 4096),
    "n_embd": (1, 1 << 17),
    "n_heads": (1, 4096),
    "n_kv_heads": (1, 4096),
    "head_dim": (1, 4096),
}
"""Lowest and highest value; far beyond every model, so that products stay harmless."""

_TEXTS = ("name", "base_name", "architecture", "base_fingerprint")
_HEX = frozenset("0123456789abcdef")


def write_metadata(fields: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields as safetensors metadata, all text."""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "rank": "0",
        "alpha": "0.0",
        "rescale": "1" if fields.get("rescale") else "0",
        "form": str(fields.get("form") or ""),
        "rank2": str(fields.get("rank2", fields.get("rank", 0))),
        "alpha2": str(fields.get("alpha2", fields.get("alpha", 0.0))),
        "training": json.dumps(dict(fields.get("training") or {}), ensure_ascii=False),
        "licence": str(fields.get("licence") or ""),
        **{
            key: str(fields[key])
            for key in (*_TEXTS, *_LIMITS, "variant", "alpha")
            if key in fields and key != "rank2"
        },
    }


def read_metadata(metadata: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields of :class:`engine.records.AdapterInfo` that are stored.

    Raises:
        LayoutFault: One is missing, malformed, or does not go with another.
    """
    if metadata.get("format") != FORMAT:
        raise LayoutFault("it does not say that it is a Sabun adapter")
    if metadata.get("format_version") != FORMAT_VERSION:
        version = _shown(metadata.get("format_version", ""))
        raise LayoutFault(f'its format version "{version}" is not supported (1 is); update Sabun')
    fields: dict[str, Any] = {key: _text(metadata, key) for key in _TEXTS}
    fields |= {key: _whole(metadata, key) for key in _LIMITS}
    fields |= {
        "variant": _one_of(metadata, "variant", layouts()),
        "form": _one_of(metadata, "form", {f for each in layouts().values() for f in each.forms}),
        "rescale": _one_of(metadata, "rescale", ("0", "1")) == "1",
        "alpha": _number(metadata, "alpha"),
        "alpha2": _number(metadata, "alpha2"),
        "licence": _text(metadata, "licence", empty=True),
        "training": _record(metadata),
    }
    _check_together(fields)
    return fields


def _check_together(fields: Mapping[str, Any]) -> None:
    if fields["n_heads"] % fields["n_kv_heads"]:
        raise LayoutFault("its query heads do not divide evenly among its key heads")
    layout = layouts()[fields["variant"]]
    if fields["form"] not in layout.forms:
        raise LayoutFault(f'the form "{fields["form"]}" does not go with {fields["variant"]}')
    if fields["rescale"] and not layout.rescales:
        raise LayoutFault(f"{fields['variant']} has nothing to rescale")
    if len(fields["base_fingerprint"]) != 64 or not set(fields["base_fingerprint"]) <= _HEX:
        raise LayoutFault("its base_fingerprint is not one")


def _shown(text: str) -> str:
    return (text if text.isprintable() else ascii(text))[:80]


def _text(metadata: Mapping[str, str], key: str, *, empty: bool = False) -> str:
    text = metadata.get(key, "" if empty else None)
    if text is None or not (text or empty):
        raise LayoutFault(f"its {key} is not stated")
    if len(text) > 200 or not text.isprintable():
        raise LayoutFault(f"its {key} is not a usable text")
    return text


def _one_of(metadata: Mapping[str, str], key: str, allowed: Collection[str]) -> str:
    word = metadata.get(key, "")
    if word not in allowed:
        raise LayoutFault(f'its {key} "{_shown(word)}" is not known; update Sabun')
    return word


def _whole(metadata: Mapping[str, str], key: str) -> int:
    digits, (lowest, highest) = metadata.get(key, ""), _LIMITS[key]
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 9):
        raise LayoutFault(f"its {key} is not a whole number")
    if not lowest <= int(digits) <= highest:
        raise LayoutFault(f"its {key} {digits} is not between {lowest} and {highest}")
    return int(digits)


def _number(metadata: Mapping[str, str], key: str) -> float:
    try:
        number = float(metadata.get(key, "")[:40])
    except ValueError:
        number = math.nan
    if not 0 <= number <= 1e6:
        raise LayoutFault(f"its {key} is not a number from 0 to 1,000,000")
    return number


def _record(metadata: Mapping[str, str]) -> dict[str, Any]:
    try:
        # NaN and Infinity are no JSON: they are read as null.
        record = json.loads(metadata.get("training", "{}"), parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise LayoutFault("its training record is damaged") from error
    if not isinstance(record, dict):
        raise LayoutFault("its training record is damaged")
    return record
