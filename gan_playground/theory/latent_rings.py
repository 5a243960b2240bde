"""Triangulations of the plane of latents on which preimages are sought: a square, and square rings around it."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Index = NDArray[np.intp]


def square(half: float, cells: int) -> tuple[Array, Index]:
    """Return latents [(cells + 1)^2, 2] of [-half, half]^2, row by row, and triangles [2 cells^2, 3] of them."""
    axis = np.linspace(-half, half, cells + 1)
    y, x = np.meshgrid(axis, axis, indexing="ij")
    return np.stack([x, y], axis=-1).reshape(-1, 2), _triangles(cells, cells, cells + 1)


def rings(inner: float, outer: float, around: int, growth: float) -> tuple[Array, Index]:
    """Return latents and triangles between two squares of half sides ``inner`` and ``outer``.

    A ring has ``around`` cells a side of its square, and is about ``growth`` times as large as the one before: what is
    affine on cones is followed to any distance by few of them.
    """
    side = np.linspace(-1.0, 1.0, around, endpoint=False)
    edge = np.stack([side, np.full(around, -1.0)], axis=-1)
    turn = np.array([[0.0, 1.0], [-1.0, 0.0]])
    perimeter = np.concatenate([edge @ np.linalg.matrix_power(turn, k) for k in range(4)])
    perimeter = np.concatenate([perimeter, perimeter[:1]])
    count = max(1, round(np.log(outer / inner) / np.log(growth)))
    radii = np.geomspace(inner, outer, count + 1)
    z = (radii[:, None, None] * perimeter).reshape(-1, 2)
    return z, _triangles(count, 4 * around, 4 * around + 1)


def _triangles(rows: int, columns: int, stride: int) -> Index:
    """Return both halves of every cell of a lattice whose points are numbered row by row."""
    a = (np.arange(rows)[:, None] * stride + np.arange(columns)).ravel()
    b, c, d = a + 1, a + stride, a + stride + 1
    return np.concatenate([np.stack([a, b, c], axis=1), np.stack([d, c, b], axis=1)])
