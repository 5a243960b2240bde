"""Clouds of points as every metric takes them: finite, in double precision, about a common middle."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gan_playground.words import Refusal

Floats = NDArray[np.float64]


def check_finite(*clouds: NDArray[np.floating]) -> None:
    """Raise a Refusal where a point of clouds [n, ...] is not finite: no distance to it means anything."""
    for cloud in clouds:
        bad = ~np.isfinite(cloud.reshape(len(cloud), -1)).all(axis=1)
        if bad.any():
            raise Refusal("errors.points_not_finite", count=int(bad.sum()), all=len(cloud))


def finite_cloud(points: ArrayLike) -> Floats:
    """Return points [n, ...] in double precision.

    Raises:
        Refusal: one of them is not finite.

    """
    found = np.asarray(points, np.float64)
    check_finite(found)
    return found


def centred(*clouds: ArrayLike) -> tuple[Floats, ...]:
    """Return clouds [n, d], [m, d], ... moved together so that the first has its mean at 0.

    Distances stay what they are, and |x|^2 + |y|^2 - 2 x.y no longer cancels where the clouds stand far from 0.

    Raises:
        Refusal: a point is not finite.

    """
    found = [finite_cloud(cloud) for cloud in clouds]
    middle = found[0].mean(axis=0) if len(found[0]) else 0.0
    return tuple(cloud - middle for cloud in found)


def square_distances(x: Floats, y: Floats) -> Floats:
    """Return |x_i - y_j|^2 [n, m] of centred clouds [n, d], [m, d], by one product of matrices."""
    return np.maximum(np.square(x).sum(1)[:, None] + np.square(y).sum(1) - 2.0 * (x @ y.T), 0.0)
