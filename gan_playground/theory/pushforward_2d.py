"""What a generator of two latents draws in the plane: a finely triangulated latent plane, pushed forward.

Every triangle carries its noise's mass into its image; mass over area is its density there, and where the image
folds over itself the sheets add up. Sums over triangles are integrals against q, so they follow q's mass wherever
it goes and however small it shrinks. All errors fall as the square of the triangles' size: comparing two
refinements of one grid states them.
"""

from dataclasses import dataclass
from math import inf
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from gan_playground.theory.divergences import Divergence
from gan_playground.theory.exact import Exact
from gan_playground.theory.latent_plane import LatentPlane, longest_edges, triangle_areas
from gan_playground.theory.plane_grid import LogDensity, Window
from gan_playground.words import Note

Array = NDArray[np.float64]
Index = NDArray[np.intp]

_OWN_GRID: Final = 192
"""Pixels a side of the raster on which overlapping sheets find each other."""
_MOST_CUTS: Final = 16
"""Most pieces along the edge of a triangle that is long beside p."""
_SLIGHT: Final = 1e-8
"""Mass of a triangle that is not worth cutting."""
_MOST_STEPS: Final = 6
"""Most triangles walked through to reach a point on another sheet."""
_THREE: Final = ((1 / 6, 1 / 6), (2 / 3, 1 / 6), (1 / 6, 2 / 3))
_AROUND: Final = np.array([(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j])


# --- pixels ---------------------------------------------------------------------------------------------------


def _extent(window: Window) -> tuple[Array, Array]:
    """Return the low corner and the size of a window, [2] each."""
    (x0, x1), (y0, y1) = window
    return np.array([x0, y0]), np.array([x1 - x0, y1 - y0])


def _cover(corners: Array, window: Window, side: int) -> tuple[Index, Index]:
    """Return (triangle, pixel) for every pixel centre of a side x side raster that lies in a triangle.

    Scan lines: each triangle is cut by the rows it spans, each cut filled from its left edge to its right one.
    """
    low, size = _extent(window)
    pixels = np.clip((corners - low) * (side / size) - 0.5, -1e6, 1e6)  # pixel k's centre at k
    bottom, top = pixels[..., 1].min(axis=0), pixels[..., 1].max(axis=0)
    triangle, row = _spread(np.clip(np.ceil(bottom), 0, side), np.clip(np.ceil(top), 0, side))
    left, right = np.full(len(row), inf), np.full(len(row), -inf)
    for start, end in ((0, 1), (1, 2), (2, 0)):
        (x, y), (x2, y2) = pixels[start, triangle].T, pixels[end, triangle].T
        crossed = (np.minimum(y, y2) <= row) & (row <= np.maximum(y, y2)) & (y != y2)
        at = x + (row - y) * np.divide(x2 - x, y2 - y, out=np.zeros_like(x), where=crossed)
        left, right = np.where(crossed, np.minimum(left, at), left), np.where(crossed, np.maximum(right, at), right)
    line, column = _spread(np.clip(np.ceil(left), 0, side), np.clip(np.ceil(right), 0, side))
    return triangle[line], row[line] * side + column


def _spread(start: NDArray[Any], stop: NDArray[Any]) -> tuple[Index, Index]:
    """Return (i, k) for every i and every whole k with start[i] <= k < stop[i]."""
    first, count = start.astype(np.intp), np.maximum(stop - start, 0.0).astype(np.intp)
    owner = np.repeat(np.arange(len(first)), count)
    return owner, np.arange(len(owner)) - np.repeat(np.cumsum(count) - count - first, count)


# --- distances ------------------------------------------------------------------------------------------------


def plane_divergence(
    divergence: Divergence,
    log_p: LogDensity,
    plane: LatentPlane,
    x: Array,
    *,
    scale: float = inf,
    bounded: bool = False,
) -> Exact:
    """Return D_f(P||Q) for the law q of x = G(z), by the centroid rule on triangles no longer than ``scale``.

    ``x`` [(cells + 1)^2, 2] are the images of ``plane.z``; ``scale`` is p's least width; ``bounded`` tells that G's
    range is bounded where p's is not. ``error`` compares with the plane of half as many cells a side. Infinite where
    ``bounded`` or a fold makes it so, or where to this refinement the data reach where q = 0, or q where p = 0.
    """
    x = np.asarray(x, dtype=np.float64)
    fine, coarse = _Sums.of(divergence, log_p, plane, x, scale), _Sums.of(divergence, log_p, *plane.coarser(x), scale)
    growth = divergence.growth
    reason: Note | None = None
    if growth.at_infinity == inf and bounded:
        reason = Note("notes.of_bounded")
    elif growth.at_infinity == inf and fine.missed > 1e-3 + 3.0 * abs(fine.missed - coarse.missed):
        reason = Note("notes.of_missed", {"share": fine.missed})
    elif growth.at_zero == inf and fine.strayed > 1e-9:
        reason = Note("notes.of_strayed", {"share": fine.strayed})
    elif growth.down >= 1.0 and fine.folded:
        reason = Note("notes.of_folds")
    if reason is not None:
        return Exact(inf, inf, 0.0, reason)
    values = [
        divergence.at_one + sums.excess + (sums.missed * growth.at_infinity if growth.at_infinity < inf else 0.0)
        for sums in (fine, coarse)
    ]
    return Exact.compared(values[0], values[1])


@dataclass(frozen=True, slots=True)
class _Sums:
    """Integrals over the image: of q excess(p/q); P's mass outside it; Q's where p = 0; and whether it has a fold."""

    excess: float
    missed: float
    strayed: float
    folded: bool

    @classmethod
    def of(cls, divergence: Divergence, log_p: LogDensity, plane: LatentPlane, x: Array, scale: float) -> "_Sums":
        corners, latents = plane.triangles(x), plane.triangles(plane.z)
        area, latent_area = triangle_areas(corners), triangle_areas(latents)
        triangle, point, latent = _quadrature(corners, latents, np.where(plane.mass > _SLIGHT, scale, inf))
        mass = plane.density(latent) * latent_area[triangle] / np.bincount(triangle)[triangle]
        own = plane.density(latent) * (latent_area / np.abs(area))[triangle]
        r = log_p(point) - np.log(own + _other_sheets(plane, corners, area)[triangle])
        with np.errstate(over="ignore"):
            excess, ratio = np.exp(divergence.log_excess(r)), np.exp(r)
        turned = float(plane.mass @ (area > 0.0))
        return cls(
            excess=float(mass @ excess),
            missed=min(max(1.0 - float(mass @ ratio), 0.0), 1.0),
            strayed=float(mass[np.isneginf(r)].sum()),
            folded=1e-9 < turned < 1.0 - 1e-9,
        )


def _quadrature(corners: Array, latents: Array, scale: Array) -> tuple[Index, Array, Array]:
    """Return (triangle, point, latent) of nodes of equal weight, three to a piece (exact to degree 2).

    Triangles longer than their ``scale`` are cut k times along each edge, into k^2 equal pieces.
    """
    cuts = np.clip(np.ceil(longest_edges(corners) / scale), 1, _MOST_CUTS).astype(np.intp)
    parts: list[tuple[Index, Array, Array]] = []
    for k in np.unique(cuts).tolist():
        chosen = np.flatnonzero(cuts == k)
        upright = [(i + u, j + v) for i in range(k) for j in range(k - i) for u, v in _THREE]
        inverted = [(i + 1 - u, j + 1 - v) for i in range(k - 1) for j in range(k - 1 - i) for u, v in _THREE]
        u, v = np.array(upright + inverted).T[:, :, None] / k
        point, latent = (
            (a + u * (b - a) + v * (c - a)).reshape(-1, 2)
            for a, b, c in (corners[:, chosen, None], latents[:, chosen, None])
        )
        parts.append((np.repeat(chosen, 3 * k * k), point, latent))
    triangle, point, latent = zip(*parts, strict=True)
    return np.concatenate(triangle), np.concatenate(point), np.concatenate(latent)


def _other_sheets(plane: LatentPlane, corners: Array, area: Array) -> Array:
    """Return for each triangle the density at its centroid of all sheets of the image but its own.

    A raster over the bulk of q tells which triangles lie near; from each of them Newton's method on the piecewise
    linear map walks to the triangle that holds the centroid, if there is one.
    """
    centre, latents = corners.mean(axis=0), plane.triangles(plane.z)
    owner, seed = _neighbours(centre, corners, _bulk(centre, plane.mass))
    at = latents[:, seed].mean(axis=0)
    triangle = seed
    for _ in range(_MOST_STEPS):
        at = _latent_at(corners, latents, area, triangle, centre[owner])
        at = np.clip(at, plane.axis[0], plane.axis[-1])
        triangle = plane.triangle_at(at)
    u, v = _coordinates(corners, area, triangle, centre[owner])
    held = ((u >= -1e-9) & (v >= -1e-9) & (u + v <= 1.0 + 1e-9))[:, 0] & (triangle != owner)
    _, once = np.unique(owner[held] * np.intp(len(area)) + triangle[held], return_index=True)
    owner, triangle, at = owner[held][once], triangle[held][once], at[held][once]
    density = plane.density(at) * (triangle_areas(latents) / np.abs(area))[triangle]
    return np.bincount(owner, weights=density, minlength=len(area)).astype(np.float64)


def _neighbours(centre: Array, corners: Array, window: Window) -> tuple[Index, Index]:
    """Return (owner, other): for each triangle those over its centroid's pixel centre, or over a next one's if none."""
    low, size = _extent(window)
    triangle, pixel = _cover(corners, window, _OWN_GRID)
    order = np.argsort(pixel, kind="stable")
    triangle, pixel = triangle[order], pixel[order]
    at = np.floor((centre - low) * (_OWN_GRID / size)).astype(np.intp)
    owners, others = [np.empty(0, np.intp)], [np.empty(0, np.intp)]
    wanted = np.flatnonzero(((at >= 0) & (at < _OWN_GRID)).all(axis=-1))
    for step in (np.zeros((1, 2), np.intp), _AROUND):
        here = at[wanted, None] + step
        valid = ((here >= 0) & (here < _OWN_GRID)).all(axis=-1)
        key = np.where(valid, here[..., 1] * _OWN_GRID + here[..., 0], -1).ravel()
        start, stop = np.searchsorted(pixel, key, "left"), np.searchsorted(pixel, key, "right")
        found, place = _spread(start, stop)
        owners.append(np.repeat(wanted, len(step))[found])
        others.append(triangle[place])
        seen = np.bincount(owners[-1], weights=others[-1] >= 0, minlength=len(centre))
        wanted = wanted[seen[wanted] == 0.0]
    return np.concatenate(owners), np.concatenate(others)


def _latent_at(corners: Array, latents: Array, area: Array, triangle: Index, point: Array) -> Array:
    """Return the latent that each triangle's linear map, extended, sends to each point [n, 2]."""
    u, v = _coordinates(corners, area, triangle, point)
    a, b, c = latents[:, triangle]
    return a + u * (b - a) + v * (c - a)


def _coordinates(corners: Array, area: Array, triangle: Index, point: Array) -> tuple[Array, Array]:
    """Return (u, v), [n, 1] each, with point = a + u (b - a) + v (c - a) in each triangle (a, b, c)."""
    a = corners[0, triangle]
    (x, y), (bx, by), (cx, cy) = (point - a).T, (corners[1, triangle] - a).T, (corners[2, triangle] - a).T
    twice = 2.0 * area[triangle]
    u, v = (x * cy - y * cx) / twice, (bx * y - by * x) / twice
    return np.clip(u, -1e9, 1e9)[:, None], np.clip(v, -1e9, 1e9)[:, None]


def _bulk(points: Array, mass: Array) -> Window:
    """Return the box that holds all but 0.4 % of the mass, a little padded."""
    spans: list[tuple[float, float]] = []
    for coordinate in points.T:
        order = np.argsort(coordinate)
        below = np.cumsum(mass[order])
        lo, hi = coordinate[order][np.searchsorted(below, [1e-3, 1.0 - 1e-3])].tolist()
        pad = 0.05 * (hi - lo) + 1e-12 * (abs(lo) + abs(hi)) + 1e-300
        spans.append((lo - pad, hi + pad))
    return spans[0], spans[1]
