"""Transport distances on samples, and the noise floor of the same estimator."""

from functools import lru_cache
from typing import Final

import numpy as np
import torch

from gan_playground.data.toys import Toy
from gan_playground.observe.still import Array

N: Final = 1000
"""Points on each side of a transport distance."""

PAIRS: Final = 40

Span = tuple[float, float]

MEASURED: Final[dict[str, tuple[Span, Span]]] = {}
"""In the plane, where a pair takes half a second: `measure_floor` of each toy's W1 and W2, written down."""


def transport(x: Array, y: Array) -> tuple[float, float]:
    """Return W1 and W2 between two equal samples ``[n, dim]``.

    W_p = (min over pairings of 1/n sum |x_i - y_j|^p)^(1/p): by sorting on the line, by POT's exact solver in the
    plane.
    """
    if x.shape[1] == 1:
        gap = np.abs(np.sort(x[:, 0]) - np.sort(y[:, 0]))
        return float(gap.mean()), float(np.sqrt(np.square(gap).mean()))
    import ot

    square = ot.dist(np.asarray(x, np.float64), np.asarray(y, np.float64), metric="sqeuclidean")
    w1 = ot.emd2([], [], np.sqrt(square), numItermax=1_000_000)
    w2 = ot.emd2([], [], square, numItermax=1_000_000)
    return float(w1), float(np.sqrt(w2))


@lru_cache(maxsize=64)
def floor(toy: Toy) -> tuple[Span, Span]:
    """Return the 10 % and 90 % quantiles of W1 and of W2 between two draws of ``toy``, `N` points each."""
    return MEASURED[toy.key] if toy.key in MEASURED else measure_floor(toy)


def measure_floor(toy: Toy, pairs: int = PAIRS, n: int = N) -> tuple[Span, Span]:
    """Measure `floor` on ``pairs`` pairs of draws of ``n`` points."""
    rng = torch.Generator().manual_seed(0)
    found = np.array([transport(toy.sample(n, rng).numpy(), toy.sample(n, rng).numpy()) for _ in range(pairs)])
    (low1, low2), (high1, high2) = np.quantile(found, [0.1, 0.9], axis=0).tolist()
    return (low1, high1), (low2, high2)
