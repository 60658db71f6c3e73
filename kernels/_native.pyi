from numpy import float32
from numpy.typing import NDArray

def masked_softmax(
    scores: NDArray[float32], mask: NDArray[float32], out: NDArray[float32]
) -> None: ...
def compiler() -> str: ...
