"""The plane of two latents in triangles that carry its mass, and what a triangle measures."""

from dataclasses import dataclass
from functools import lru_cache
from math import pi
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from gan_playground.theory.densities import Latent

Array = NDArray[np.float64]
Index = NDArray[np.intp]

_REACH: Final = 12.0
"""How far each coordinate of N(0, 1) is followed: none of its mass lies beyond, but p/q may weigh its tails."""
_LEAST: Final = 1e-300


@dataclass(frozen=True, eq=False)
class LatentPlane:
    """A square grid of latents ``z`` [(cells + 1)^2, 2], row by row along ``axis``, in 2 cells^2 triangles of ``mass``.

    Triangles are the lower halves of all cells, then the upper ones, corners counter-clockwise.
    """

    latent: Latent
    axis: Array
    z: Array
    mass: Array

    @property
    def cells(self) -> int:
        """Cells a side."""
        return len(self.axis) - 1

    def triangles(self, grid: Array) -> Array:
        """Return the corners [3, 2 cells^2, 2] of the triangles between points [(cells + 1)^2, 2] of the grid."""
        a, b, c, d = _quads(grid, self.cells)
        corners = np.stack([np.stack([a, d]), np.stack([b, c]), np.stack([c, b])])
        return corners.reshape(3, -1, 2)

    def triangle_at(self, z: Array) -> Index:
        """Return the triangle in which each latent z [n, 2] lies; the nearest one for a latent off the grid."""
        column, row = (np.clip(np.searchsorted(self.axis, at, "right") - 1, 0, self.cells - 1) for at in z.T)
        width, height = self.axis[column + 1] - self.axis[column], self.axis[row + 1] - self.axis[row]
        upper = (z[:, 0] - self.axis[column]) / width + (z[:, 1] - self.axis[row]) / height > 1.0
        return row * self.cells + column + self.cells**2 * upper

    def density(self, z: Array) -> Array:
        """Return pi(z) of latents [..., 2] on the grid."""
        if self.latent == "uniform":
            return np.full(z.shape[:-1], 0.25)
        return np.exp(-0.5 * np.square(z).sum(axis=-1)) / (2.0 * pi)

    def coarser(self, x: Array) -> tuple["LatentPlane", Array]:
        """Return the plane of every other latent, and the images x [(cells + 1)^2, 2] that remain."""
        kept = x.reshape(self.cells + 1, self.cells + 1, 2)[::2, ::2].reshape(-1, 2)
        return latent_plane(self.latent, self.cells // 2), kept


@lru_cache(maxsize=16)
def latent_plane(latent: Latent = "normal", cells: int = 96) -> LatentPlane:
    """Return the triangulated plane of N(0, I) or U(-1, 1)^2, cells a side (even), finest in the middle of the bell."""
    even = np.linspace(-1.0, 1.0, cells + 1)
    axis = _REACH * (0.35 * even + 0.65 * even**5) if latent == "normal" else even
    share = np.diff(ndtr(axis)) if latent == "normal" else np.diff(axis) / 2.0
    y, x = np.meshgrid(axis, axis, indexing="ij")
    bare = LatentPlane(latent, axis, np.stack([x, y], axis=-1).reshape(-1, 2), np.empty(0))
    weight = bare.density(bare.triangles(bare.z).mean(axis=0)).reshape(2, -1)
    mass = weight / weight.sum(axis=0) * np.outer(share, share).ravel()
    return LatentPlane(latent, axis, bare.z, (mass / mass.sum()).ravel())


def _quads(grid: Array, cells: int) -> tuple[Array, Array, Array, Array]:
    """Return the four corners of every cell, each [cells, cells, 2]."""
    grid = grid.reshape(cells + 1, cells + 1, 2)
    return grid[:-1, :-1], grid[:-1, 1:], grid[1:, :-1], grid[1:, 1:]


def triangle_areas(corners: Array) -> Array:
    """Return the signed areas of triangles [3, n, 2]; the least float64 where a triangle has none."""
    (x, y), (x2, y2) = (corners[1] - corners[0]).T, (corners[2] - corners[0]).T
    area = 0.5 * (x * y2 - x2 * y)
    return np.where(area == 0.0, _LEAST, area)


def longest_edges(corners: Array) -> Array:
    """Return the longest edge of each triangle, [3, n, 2] -> [n]."""
    return np.sqrt(np.square(corners - np.roll(corners, 1, axis=0)).sum(axis=-1).max(axis=0))
