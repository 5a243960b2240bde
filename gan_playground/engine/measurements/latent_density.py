"""The density that a network of two latents has in the plane, over a mesh of latents, to a stated refinement."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from gan_playground.data.toys import Window
from gan_playground.engine.measurements.generator_laws import plane_law
from gan_playground.engine.snapshot import Array, Snapshot
from gan_playground.theory.latent_plane import LatentPlane, latent_plane, longest_edges

CELLS: Final = 192
"""Cells a side of the triangulated latent plane."""

PIECES: Final = 2
"""Pieces that a triangle is cut to, for each pixel that it is long."""

MOST: Final = 32
"""Most pieces along an edge."""

MOST_PIECES: Final = 2_000_000
"""Most pieces of a picture: a generator that flies off has triangles of any size, and must not cost more for it."""

BLOCK: Final = 1 << 18
"""Pieces dealt with at once."""

SLIGHT: Final = 1e-6
"""Mass of a triangle that is not worth cutting: a tenth of a percent of the picture in all."""


@dataclass(frozen=True, eq=False)
class LatentDensity:
    """The latent plane and its image ``x`` ``[(cells + 1)^2, 2]``."""

    plane: LatentPlane
    x: Array


def latent_density(snapshot: Snapshot, cells: int = CELLS) -> LatentDensity | None:
    """Return the generator's image of the latent plane, where its law is known to refinement: two latents, two axes."""
    if snapshot.toy.dim != 2 or snapshot.settings.latent != 2 or plane_law(snapshot) is not None:
        return None
    plane = latent_plane("normal" if snapshot.settings.noise == "normal" else "uniform", cells)
    return LatentDensity(plane, snapshot.image(plane.z))


def density(snapshot: Snapshot, grid: int) -> Array | None:
    """Return q ``[grid, grid]`` over the window, each the mean over the pixel around a point of its grid.

    Every triangle of the mesh is cut to pieces finer than a pixel, and every piece leaves its mass where it lies:
    thin as the image may be, none is lost or counted twice. None where there is no `latent_density`.
    """
    known = latent_density(snapshot)
    if known is None:
        return None
    low, pixel = _grid(snapshot.toy.window, grid)
    a, b, c = (known.plane.triangles(known.x) - low) / pixel + 0.5
    cuts = pieces(known, snapshot.toy.window, grid)
    held = np.zeros(grid * grid)
    for k in np.unique(cuts[cuts > 0]).tolist():
        u, v = _centres(k)
        chosen = np.flatnonzero(cuts == k)
        for part in np.array_split(chosen, -(-len(chosen) * k**2 // BLOCK)):
            at = a[part, None] + u * (b - a)[part, None] + v * (c - a)[part, None]
            seen = ((at >= 0) & (at < grid)).all(-1)
            column, row = at[seen].astype(np.intp).T
            mass = np.broadcast_to(known.plane.mass[part, None] / k**2, seen.shape)
            held += np.bincount(row * grid + column, mass[seen], grid * grid)
    return held.reshape(grid, grid) / pixel.prod()


def pieces(known: LatentDensity, window: Window, grid: int) -> NDArray[np.intp]:
    """Return along how many pieces each triangle's edges are cut for a picture: 0 where it does not touch the window.

    Where the sum of squares would pass `MOST_PIECES`, all are cut more coarsely.
    """
    low, pixel = _grid(window, grid)
    corners = (known.plane.triangles(known.x) - low) / pixel + 0.5
    touches = ((corners.max(0) >= 0) & (corners.min(0) < grid)).all(-1)
    wanted = np.where(known.plane.mass > SLIGHT, np.clip(PIECES * longest_edges(corners), 1, MOST), 1.0)
    cuts = np.where(touches, np.ceil(wanted), 0).astype(np.intp)
    while (cuts**2).sum() > MOST_PIECES:
        wanted = np.maximum(wanted / 1.25, 1)
        cuts = np.where(touches, np.ceil(wanted), 0).astype(np.intp)
    return cuts


def _grid(window: Window, grid: int) -> tuple[Array, Array]:
    """The low corner of a window, and the step of its grid, ``[2]`` each."""
    low, high = np.array(window).T
    return low, (high - low) / (grid - 1)


def _centres(k: int) -> tuple[Array, Array]:
    """Barycentric (u, v), ``[k^2, 1]`` each, of the centroids of the k^2 equal pieces of a triangle."""
    i, j = np.meshgrid(np.arange(k), np.arange(k), indexing="ij")
    upright, inverted = i + j < k, i + j < k - 1
    u = np.concatenate([i[upright] + 1 / 3, i[inverted] + 2 / 3]) / k
    v = np.concatenate([j[upright] + 1 / 3, j[inverted] + 2 / 3]) / k
    return u[:, None], v[:, None]
