"""From a checked problem to the packed shape that the compiled backends read."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from kernels.problem import LatentK2, Problem, TiledK2
from kernels.shape import K2Kind, pack, strides


def second_keys(p: Problem) -> NDArray[np.generic] | None:
    """The array behind ``k2``: full keys, tiles, or the latent."""
    if isinstance(p.k2, LatentK2):
        return p.k2.z
    return p.k2.tiles if isinstance(p.k2, TiledK2) else p.k2


def device_arrays(p: Problem) -> dict[str, NDArray[np.generic] | None]:
    """The arrays of ``p`` under the names that the kernels' arguments have."""
    latent = p.k2 if isinstance(p.k2, LatentK2) else None
    return {
        "q1": p.q1,
        "q2": p.q2,
        "k1": p.k1,
        "k2": second_keys(p),
        "v": p.v,
        "basis": latent.basis if latent else None,
        "rope": latent.rope.table if latent else None,
        "mask": p.mask,
        "lam": p.lam,
        "map": p.tile_map,
        "means1": p.means.k1 if p.means else None,
        "means2": p.means.k2 if p.means else None,
        "means_v": p.means.v if p.means else None,
    }


def _k2_fields(p: Problem) -> dict[str, int]:
    if isinstance(p.k2, LatentK2):
        table = p.k2.rope.table
        return {
            **strides(p.k2.z, "k2_b k2_t"),
            "rank": p.k2.z.shape[2],
            "n_rot": p.k2.rope.n_rot,
            "interleaved": int(p.k2.rope.interleaved),
            "rope_stride": table.shape[2],
        }
    array = second_keys(p)
    if array is None:
        return {}
    return strides(array, "k2_b k2_g" if isinstance(p.k2, TiledK2) else "k2_b k2_g k2_t")


def packed_shape(p: Problem, out: NDArray[np.float32]) -> NDArray[np.void]:
    """Describe ``p`` writing to ``out`` as one ``attention_shape``."""
    _, heads, tq, d = p.queries.shape
    _, groups, tk, dv = p.v.shape
    first, last = int(not p.has_first), int(p.has_second)
    fields: dict[str, int | float] = {
        **strides(p.v, "v_b v_g v_t"),
        **strides(out, "out_b out_h out_t"),
        "heads": heads,
        "groups": groups,
        "group": heads // groups,
        "tq": tq,
        "tk": tk,
        "d": d,
        "dv": dv,
        "first": first,
        "last": last,
        "k2_kind": int(p.k2_kind if last else K2Kind.SHARED),
        "causal": int(p.causal),
        "pos0": p.pos0,
        "pos_step": p.pos_step,
        "window": p.window,
        "sink": p.sink,
        "subtract": int(not p.has_first),
        "rescale": int(p.rescale),
        "scale_log2": p.scale * math.log2(math.e),
    }
    if p.q1 is not None and first == 0:
        fields |= strides(p.q1, "q_b q_h q_t")
    if p.k1 is not None:
        fields |= strides(p.k1, "k_b k_g k_t")
    if last and p.q2 is not None and p.lam is not None:
        fields |= strides(p.q2, "q2_b q2_h q2_t") | strides(p.lam[..., None], "lam_b lam_h lam_t")
        fields |= _k2_fields(p)
    if p.mask is not None:
        fields |= strides(p.mask, "mask_b mask_h mask_t")
        fields |= {"has_mask": 1, "mask_half": int(p.mask.dtype == np.float16)}
    if p.tile_map is not None:
        fields |= strides(p.tile_map, "map_b map_g map_q") | {"has_map": 1}
    if p.means is not None:
        fields |= {"has_means": 1, "n_blocks": p.means.k1.shape[2]}
    return pack(**fields)
