"""log p/q where both laws are known: what no critic of images can be held against.

q at x is the sum of pi(z) / |det dG/dz| over every z with G(z) = x. The sheet that x was drawn on is exact; the others
are found on a triangulated grid of latents.
"""

from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from gan_playground.engine.measurements.generator_laws import is_singular
from gan_playground.engine.snapshot import Array, Snapshot
from gan_playground.theory.latent_plane import LatentPlane, latent_plane

CELLS: Final = 320
"""Cells a side of the grid of latents: 204,800 triangles."""

NEAR: Final = 2.5
"""A triangle this many of its own widths from x's own latent is x's own sheet."""


def has_density(snapshot: Snapshot) -> bool:
    """Tell whether q is known pointwise: a generator of the plane with two latents."""
    return snapshot.toy.dim == 2 and snapshot.settings.latent == 2 and not is_singular(snapshot)


def log_true_ratio(snapshot: Snapshot, z: Array) -> Array:
    """Return log p(x)/q(x) at x = G(z), ``[n, 2] -> [n]``; +inf where G is constant about z, and so has no density.

    The determinant is exact; other sheets are as fine as the grid of latents.
    """
    at = torch.from_numpy(np.ascontiguousarray(z, np.float64))
    generator = snapshot.exact_generator
    across, up = torch.zeros_like(at), torch.zeros_like(at)
    across[:, 0] = up[:, 1] = 1.0
    (x, by_first), (_, by_second) = generator.along(at, across), generator.along(at, up)
    points = x.numpy()
    determinant = torch.linalg.det(torch.stack((by_first, by_second), 1)).abs().numpy()
    plane = latent_plane("normal" if snapshot.settings.noise == "normal" else "uniform", CELLS)
    with np.errstate(divide="ignore"):
        own = plane.density(np.asarray(z, np.float64)) / determinant
        q = own + other_sheets(plane, snapshot.image(plane.z), points, np.asarray(z, np.float64))
        return snapshot.plane.log_density(points) - np.log(q)


def other_sheets(plane: LatentPlane, images: Array, points: Array, own: Array) -> Array:
    """Return the density at ``points`` ``[n, 2]`` of the sheets that do not hold their ``own`` latents ``[n, 2]``.

    ``images`` ``[(cells + 1)^2, 2]`` are those of ``plane.z``. A triangle adds its mass over its image's area.
    """
    a, b, c = plane.triangles(images)
    latents = plane.triangles(plane.z)
    centre = latents.mean(0)
    width = np.ptp(latents, axis=0).max(1)
    area = np.abs((b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0]) / 2
    # one row a coordinate: a comparison over 200,000 triangles is then a fifth of a millisecond
    low, high = np.minimum(np.minimum(a, b), c).T.copy(), np.maximum(np.maximum(a, b), c).T.copy()
    low[0, area <= 0] = np.inf
    found = np.zeros(len(points))
    for k, at in enumerate(points):
        across = np.flatnonzero((low[0] <= at[0]) & (at[0] <= high[0]))
        boxed = across[(low[1, across] <= at[1]) & (at[1] <= high[1, across])]
        held = boxed[_holds(a[boxed], b[boxed], c[boxed], at)]
        far = np.abs(centre[held] - own[k]).max(1) > NEAR * width[held]
        found[k] = (plane.mass[held] / area[held])[far].sum()
    return found


def _holds(a: Array, b: Array, c: Array, at: Array) -> NDArray[np.bool_]:
    """Whether the point lies in each triangle, corners ``[n, 2]``: on one side of all three edges."""

    def side(p: Array, q: Array) -> Array:
        return (q - p)[:, 0] * (at - p)[:, 1] - (q - p)[:, 1] * (at - p)[:, 0]

    sides = np.stack((side(a, b), side(b, c), side(c, a)))
    return np.logical_or((sides >= 0).all(0), (sides <= 0).all(0))
