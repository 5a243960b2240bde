"""Wasserstein distances between samples, with the noise floor that the same number of samples leaves.

W_r(x, y) = min over pairings of (mean |x_i - y_j|^r)^(1/r). Two draws of one law never pair to 0: what they do
pair to is the floor below which a reading says nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gan_playground.metrics.clouds import finite_cloud

Array = NDArray[np.float64]
Draw = Callable[[int], Array]
"""A sampler of fresh points: n -> [n, dim]."""


@dataclass(frozen=True, slots=True)
class Floor:
    """What ``transport`` reads between two draws of n points of one law: the 10 % and 90 % quantiles over pairs."""

    n: int
    w1: tuple[float, float]
    w2: tuple[float, float]


def transport(x: Array, y: Array) -> tuple[float, float]:
    """Return W1 and W2 between samples x [n, dim], y [m, dim]: by sorting equal samples on the line, else by POT.

    Raises:
        ValueError: the points are not of one dimension.
        Refusal: one of them is not finite.

    """
    x, y = finite_cloud(x), finite_cloud(y)
    if x.ndim != 2 or y.ndim != 2 or x.shape[1] != y.shape[1]:
        raise ValueError(f"points of shape [n, dim] and [m, dim] are needed, not {x.shape} and {y.shape}")
    if x.shape[1] == 1 and len(x) == len(y):
        gap = np.abs(np.sort(x[:, 0]) - np.sort(y[:, 0]))
        return float(gap.mean()), float(np.sqrt(np.square(gap).mean()))
    import ot
    from scipy.spatial.distance import cdist

    gap = cdist(x, y)  # by differences: where the clouds stand, and how wide they are, is nothing to it
    unit = float(gap.max()) or 1.0
    gap /= unit
    w1, w2 = (np.asarray(ot.emd2([], [], cost, numItermax=1_000_000)).item() for cost in (gap, np.square(gap)))
    return unit * max(w1, 0.0), unit * max(w2, 0.0) ** 0.5


def noise_floor(draw: Draw, n: int, pairs: int = 10) -> Floor:
    """Return the floor of ``transport`` for n points of the law that ``draw`` samples, over ``pairs`` pairs."""
    found = np.array([transport(draw(n), draw(n)) for _ in range(pairs)])
    (low1, low2), (high1, high2) = np.quantile(found, [0.1, 0.9], axis=0).tolist()
    return Floor(n, (low1, high1), (low2, high2))
