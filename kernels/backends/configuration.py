"""How the kernel text is cut for a device: vector width, lanes, rows in registers."""

from __future__ import annotations

from dataclasses import dataclass

from kernels.problem import LatentK2, Problem
from kernels.shape import TILE_KEYS


@dataclass(frozen=True)
class Cut:
    """Compile-time sizes of the kernel text.

    Attributes:
        vw: Floats per vector; tx: lanes along keys or columns; ty: lanes along rows.
        rm: Rows a lane keeps in registers; cn: vectors of keys or columns beside them.
        nb: Row blocks a lane takes one after the other; 1 keeps sums in registers.
        chunk: Head dimensions in local memory at a time; 0 for all of them.
    """

    vw: int
    tx: int
    ty: int
    rm: int
    cn: int
    nb: int
    chunk: int = 0

    @property
    def rows(self) -> int:
        """Query rows of one work-group."""
        return self.ty * self.rm * self.nb


CPU_PREFILL = Cut(vw=16, tx=1, ty=1, rm=6, cn=2, nb=16)
CPU_DECODE = Cut(vw=16, tx=1, ty=1, rm=6, cn=2, nb=1)


def gpu_cut(d: int, dv: int) -> Cut:
    """A cut whose sums fit the registers of a GPU lane; lanes divide every row evenly."""
    tx = next(t for t in (8, 4) if dv % (4 * t) == 0 and d % (4 * t) == 0)
    rm = 4 if max(d, dv) <= 128 else 2
    return Cut(vw=4, tx=tx, ty=8, rm=rm, cn=2, nb=1, chunk=4 * tx)


def defines(p: Problem, cut: Cut, *, cpu_like: bool) -> dict[str, int | None]:
    """Macros for one program: everything that decides which code is generated."""
    both = p.has_second
    latent = both and isinstance(p.k2, LatentK2)
    macros: dict[str, int | None] = {
        "VW": cut.vw,
        "TX": cut.tx,
        "TY": cut.ty,
        "RM": cut.rm,
        "CN": cut.cn,
        "NB": cut.nb,
        "BM": cut.rows,
        "D": p.queries.shape[3],
        "DV": p.v.shape[3],
        "GROUP": p.queries.shape[1] // p.v.shape[1],
        "RANK": p.k2.z.shape[2] if latent and isinstance(p.k2, LatentK2) else 0,
        "K2_KIND": int(p.k2_kind) if both else 0,
        "FIRST_BRANCH": int(not p.has_first),
        "LAST_BRANCH": int(both),
    }
    if p.v.dtype.itemsize == 2:
        macros["KV_HALF"] = None
    if cut.chunk:
        macros["CHUNK"] = cut.chunk
    if latent:
        macros["WITH_LATENT"] = None
    if p.means is not None:
        macros["WITH_MEANS"] = None
    if cpu_like:
        macros["EXP_BY_POLYNOMIAL"] = None
        macros["HALF_BY_BITS"] = None
    return macros


def local_bytes(macros: dict[str, int | None], kernel: str) -> int:
    """Local memory that ``kernel`` takes with these macros; see ``src/body/entry_device.h``."""
    sizes = {name: value or 0 for name, value in macros.items()}
    d, dv, rm = sizes["D"], sizes["DV"], sizes["RM"]
    chunk = sizes.get("CHUNK", 0)
    latent = (d + sizes["RANK"]) * TILE_KEYS + sizes["RANK"] * d
    if chunk or "WITH_LATENT" not in macros:
        latent = 0
    if kernel == "attention_prefill":
        weights = sizes["TY"] * rm * (TILE_KEYS + sizes["TX"])
        tiles = chunk * (sizes["BM"] + 2 * TILE_KEYS) or 2 * sizes["BM"] * d + (d + dv) * TILE_KEYS
        return 4 * (tiles + weights + latent)
    if kernel == "attention_scores":
        return 4 * (2 * sizes["GROUP"] * d + (chunk or d) * TILE_KEYS + latent)
    if kernel == "attention_values":
        return 4 * sizes["GROUP"] * (TILE_KEYS + 2 + dv)
    return 0
