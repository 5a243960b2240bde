"""Sheets: what a network of two latents draws in the plane, known to a stated refinement."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from gan_playground.latent_plane import LatentPlane, latent_plane
from gan_playground.observe.laws import SATURATING, is_linear, plane_law
from gan_playground.observe.still import Array, Still

CELLS: Final = 96
"""Cells a side of the triangulated latent plane: a divergence to a percent or so, in half a second."""

FINE: Final = 192
"""Cells a side for a picture of the density, which needs no sums over overlapping sheets."""

PIECES: Final = 2
"""Pieces that a triangle is cut to, for each pixel that it is long."""

MOST: Final = 32
"""Most pieces along an edge."""

SLIGHT: Final = 1e-6
"""Mass of a triangle that is not worth cutting: a tenth of a percent of the picture in all."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """The latent plane and its image ``x`` ``[(cells + 1)^2, 2]``.

    ``bounded``: the image is bounded, by the noise or by a saturating activation.
    """

    plane: LatentPlane
    x: Array
    bounded: bool


def sheet(still: Still, cells: int = CELLS) -> Sheet | None:
    """Return the generator's image of the latent plane, where its law is known to refinement: two latents, two axes."""
    if still.toy.dim != 2 or still.settings.latent != 2 or plane_law(still) is not None:
        return None
    plane = latent_plane("normal" if still.settings.noise == "normal" else "uniform", cells)
    saturating = still.settings.generator_activation in SATURATING and not is_linear(still)
    return Sheet(plane, still.image(plane.z), still.settings.noise == "uniform" or saturating)


def density(still: Still, grid: int) -> Array | None:
    """Return q ``[grid, grid]`` over the window, each the mean over the pixel around a point of its grid.

    Every triangle of the sheet is cut to pieces finer than a pixel, and every piece leaves its mass where it lies:
    thin as the image may be, none is lost or counted twice. None where there is no `sheet`.
    """
    known = sheet(still, FINE)
    if known is None:
        return None
    low, high = np.array(still.toy.window).T
    pixel = (high - low) / (grid - 1)
    a, b, c = (known.plane.triangles(known.x) - low) / pixel + 0.5
    longest = np.sqrt(np.max([np.square(p - q).sum(1) for p, q in ((a, b), (b, c), (c, a))], axis=0))
    cuts = np.where(known.plane.mass > SLIGHT, np.clip(np.ceil(PIECES * longest), 1, MOST), 1).astype(np.intp)
    held = np.zeros(grid * grid)
    for k in np.unique(cuts).tolist():
        chosen = np.flatnonzero(cuts == k)
        u, v = _centres(k)
        at = a[chosen, None] + u * (b - a)[chosen, None] + v * (c - a)[chosen, None]
        seen = ((at >= 0) & (at < grid)).all(-1)
        column, row = at[seen].astype(np.intp).T
        mass = np.broadcast_to(known.plane.mass[chosen, None] / k**2, seen.shape)
        held += np.bincount(row * grid + column, mass[seen], grid * grid)
    return held.reshape(grid, grid) / pixel.prod()


def _centres(k: int) -> tuple[Array, Array]:
    """Barycentric (u, v), ``[k^2, 1]`` each, of the centroids of the k^2 equal pieces of a triangle."""
    i, j = np.meshgrid(np.arange(k), np.arange(k), indexing="ij")
    upright, inverted = i + j < k, i + j < k - 1
    u = np.concatenate([i[upright] + 1 / 3, i[inverted] + 2 / 3]) / k
    v = np.concatenate([j[upright] + 1 / 3, j[inverted] + 2 / 3]) / k
    return u[:, None], v[:, None]
