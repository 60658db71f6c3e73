"""The compiled extension, loaded the one way that suits a program which does other work beside it.

GNU OpenMP threads wait for each other by spinning, hundreds of times per token. When another
thread or program holds a core, each wait then lasts a time slice. Measured on two cores (Q8_0,
tokens per second decoded, alone / beside two busy processes): default 110 / 0.4-5, asleep at once
50 / 40-60, 300 rounds 85 / 30-50. Indexing beside answering is normal here, so few rounds are our
default. OpenMP reads it once, when the first compiled library loads it: before llama.cpp, too.
"""

from __future__ import annotations

import os

os.environ.setdefault("GOMP_SPINCOUNT", "300")

from kernels import _native as native

__all__ = ["native"]
