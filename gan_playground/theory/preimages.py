"""All latents that a map of the plane sends to given points, sought in the images of a triangulation of the latents.

Points are sorted into strips, so that two binary searches tell which of them lie between the edges of a triangle in a
strip. A triangle whose corners tell its map is asked at once; one that is bent is cut into four until it is not. Every
latent found is the map's own, not the mesh's: it is verified, and its derivative taken, by the map itself.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from gan_playground.theory.image_triangles import (
    BENT,
    FLAT,
    SMOOTH,
    STRAIGHT,
    Array,
    ImageTriangles,
    Index,
    PlaneMap,
    determinant,
    largest,
    solve,
)

_STRIP: Final = 32
"""Points in a strip."""
_BUSY: Final = 24
"""A bent triangle that more points lie near is cut before they are asked."""
_ROUNDS: Final = 12
_NEWTON: Final = 5
_LAST: Final = 16
"""Newton steps in a smooth triangle, and in one that is still bent at the last: near a fold each halves the miss."""
_EXACT: Final = 1e-7
_CLOSE: Final = 1e-4
"""Misses, in sizes of the triangle, at which a latent is a preimage: at any step, and at the last."""
_ROUNDING: Final = 1e-13
_TWICE: Final = 1e-7
"""Latents of one point that are nearer are one, found on both sides of an edge."""


@dataclass(frozen=True, eq=False, slots=True)
class Preimages:
    """Latents ``z`` [m, 2] with their points' indices ``point`` [m] and ``log_area`` [m] = log |det dG/dz|."""

    point: Index
    z: Array
    log_area: Array


def preimages(
    plane_map: PlaneMap, triangles: ImageTriangles, points: Array, cuts: int = 5, slack: float = 0.0
) -> Preimages:
    """Return every latent in ``triangles`` that ``plane_map`` sends to one of ``points`` [n, 2], n > 0, with area.

    Bent triangles are cut ``cuts`` times; what is still bent then is asked as if it were smooth. Triangles are dealt
    with once for all points near them; ``slack`` widens what is near (see `ImageTriangles.may_hold`).
    """
    triangles, triangle, point = _near(plane_map, triangles, points, slack)
    found: list[Preimages] = []
    for cut in range(cuts + 1):
        held = triangles.may_hold(triangle, points[point], slack)
        triangle, point = triangle[held], point[held]
        kind = triangles.kind[triangle]
        found += _asked(plane_map, triangles, triangle, point, points, kind, cut == cuts)
        triangle, point = triangle[kind == BENT], point[kind == BENT]
        if cut == cuts or not len(triangle):
            break
        some, triangle = np.unique(triangle, return_inverse=True)
        triangles = triangles.take(some).quartered(plane_map)
        triangle, point = (4 * triangle[:, None] + np.arange(4)).ravel(), np.repeat(point, 4)
    return _distinct(found)


def _near(
    plane_map: PlaneMap, triangles: ImageTriangles, points: Array, slack: float
) -> tuple[ImageTriangles, Index, Index]:
    """Return triangles, and the pairs (triangle, point) that lie near each other; busy ones are cut."""
    strips = _Strips.of(points)
    parts: list[tuple[ImageTriangles, Index, Index, Index]] = []
    for left in reversed(range(_ROUNDS)):
        triangle, start, stop = strips.ranges(triangles, slack)
        count = np.bincount(triangle, stop - start, len(triangles))
        busy = (count > _BUSY) & (triangles.kind == BENT) & (left > 0)
        kept = (count > 0) & (triangles.kind != FLAT) & ~busy
        rows = kept[triangle] & (stop > start)
        parts.append((triangles.take(kept), (np.cumsum(kept) - 1)[triangle[rows]], start[rows], stop[rows]))
        if not busy.any():
            break
        triangles = triangles.take(busy).quartered(plane_map)
    offset = np.cumsum([0, *(len(part[0]) for part in parts)])
    owner, place = spread(np.concatenate([part[2] for part in parts]), np.concatenate([part[3] for part in parts]))
    triangle = np.concatenate([part[1] + first for part, first in zip(parts, offset, strict=False)])[owner]
    return ImageTriangles.joined([part[0] for part in parts]), triangle, strips.order[place]


def _asked(
    plane_map: PlaneMap,
    triangles: ImageTriangles,
    triangle: Index,
    point: Index,
    points: Array,
    kind: Index,
    last: bool,
) -> list[Preimages]:
    """Return the preimages that the pairs' triangles hold: of bent ones only at ``last``."""
    found: list[Preimages] = []

    def seek(rows: NDArray[np.bool_], z: Array, steps: int) -> None:
        found.append(_sought(plane_map, triangles, triangle[rows], point[rows], points, z, steps))

    for corner in range(3):
        own = triangles.own_piece(triangle, corner)
        for which, steps in ((STRAIGHT, 1), (BENT, _LAST)):
            rows = own & (kind == which)
            if rows.any() and (which == STRAIGHT or last):
                seek(rows, triangles.at_corner(triangle[rows], corner, points[point[rows]]), steps)
    rows = kind == SMOOTH
    if rows.any():
        seek(rows, triangles.at_chords(triangle[rows], points[point[rows]]), _NEWTON)
    return found


def _sought(
    plane_map: PlaneMap,
    triangles: ImageTriangles,
    triangle: Index,
    point: Index,
    points: Array,
    z: Array,
    steps: int,
) -> Preimages:
    """Return the pairs' preimages by Newton's method from ``z`` [n, 2], where they lie in their triangles.

    With one step only the start is asked: the corners' affine maps are exact.
    """
    parts: list[tuple[Index, Array, Array]] = []
    reach = 3.0 * largest(triangles.z[triangle] - triangles.z[triangle, :1])
    for left in reversed(range(steps)):
        near = triangles.hold(triangle, z) if steps == 1 else largest(z - triangles.z[triangle, 0]) <= reach
        triangle, point, z, reach = triangle[near], point[near], z[near], reach[near]
        if not len(z):
            break
        x, J = plane_map.at(z)
        miss = points[point] - x
        size = largest(triangles.x[triangle] - x[:, None])
        least = np.maximum((_EXACT if left else _CLOSE) * size, _ROUNDING * (1.0 + largest(x)))
        there = largest(miss) <= least
        held = there & triangles.hold(triangle, z)
        with np.errstate(divide="ignore"):
            parts.append((point[held], z[held], np.log(np.abs(determinant(J[held])))))
        triangle, point, reach = triangle[~there], point[~there], reach[~there]
        z = z[~there] + solve(J[~there], miss[~there])
    return _joined(parts)


def _joined(parts: list[tuple[Index, Array, Array]]) -> Preimages:
    none = (np.empty(0, np.intp), np.empty((0, 2)), np.empty(0))
    point, z, log_area = zip(none, *parts, strict=True)
    return Preimages(np.concatenate(point), np.concatenate(z), np.concatenate(log_area))


def _distinct(found: list[Preimages]) -> Preimages:
    """Return each preimage once, in order of the points."""
    every = _joined([(part.point, part.z, part.log_area) for part in found])
    order = np.lexsort((every.z[:, 0], every.point))
    point, z = every.point[order], every.z[order]
    close = largest(np.diff(z, axis=0)) <= _TWICE * (1.0 + largest(z[1:]))
    order = order[np.append(True, ~(close & (np.diff(point) == 0)))] if len(order) else order
    return Preimages(every.point[order], every.z[order], every.log_area[order])


@dataclass(frozen=True, eq=False, slots=True)
class _Strips:
    """Points in upright strips of equal counts, from bottom to top in each.

    ``order``: the points so sorted; ``low``, ``high``: ends of the strips; ``key``: strip * height + y - bottom.
    """

    order: Index
    low: Array
    high: Array
    bottom: float
    height: float
    key: Array

    @classmethod
    def of(cls, points: Array) -> "_Strips":
        n, (x, y) = len(points), points.T
        across = np.argsort(x, kind="stable")
        strip = np.arange(n) // _STRIP
        order = across[np.lexsort((y[across], strip))]
        ends = np.minimum(np.arange(_STRIP, n + _STRIP, _STRIP), n) - 1
        bottom, height = float(y.min()), float(1.001 * np.ptp(y) + 1e-9)
        return cls(order, x[across][::_STRIP], x[across][ends], bottom, height, strip * height + y[order] - bottom)

    def ranges(self, triangles: ImageTriangles, slack: float) -> tuple[Index, Index, Index]:
        """Return (triangle, start, stop): places in ``order`` of points that may lie in a triangle, strip by strip."""
        (x, y) = np.ascontiguousarray(triangles.x.T)
        most = np.stack([largest(triangles.bend[..., axis]) for axis in (0, 1)], axis=-1)
        most += slack * triangles.size[:, None]
        triangle, strip = spread(
            np.searchsorted(self.high, x.min(axis=0) - most[:, 0]),
            np.searchsorted(self.low, x.max(axis=0) + most[:, 0], "right"),
        )
        wide = most[triangle]
        left, right = self.low[strip] - wide[:, 0], self.high[strip] + wide[:, 0]
        bottom, top = np.full(len(triangle), np.inf), np.full(len(triangle), -np.inf)
        for start, end in ((0, 1), (1, 2), (2, 0)):
            x0, y0, x1, y1 = x[start, triangle], y[start, triangle], x[end, triangle], y[end, triangle]
            u, v = np.maximum(left, np.minimum(x0, x1)), np.minimum(right, np.maximum(x0, x1))
            slope = np.divide(y1 - y0, x1 - x0, out=np.zeros_like(x0), where=x1 != x0)
            crossed = u <= v
            for at, upright in ((u, y0), (v, y1)):
                height = np.where(x1 == x0, upright, y0 + (at - x0) * slope)
                bottom = np.where(crossed, np.minimum(bottom, height), bottom)
                top = np.where(crossed, np.maximum(top, height), top)
        most_high = 0.9999 * self.height
        low = np.clip(bottom - wide[:, 1] - self.bottom, 0.0, most_high)
        high = np.clip(top + wide[:, 1] - self.bottom, -1e-9, most_high)
        first = np.searchsorted(self.key, strip * self.height + low)
        last = np.searchsorted(self.key, strip * self.height + high, "right")
        return triangle, first, np.maximum(first, last)


def spread(start: NDArray[Any], stop: NDArray[Any]) -> tuple[Index, Index]:
    """Return (i, k) for every i and every whole k with start[i] <= k < stop[i]."""
    first, count = start.astype(np.intp), np.maximum(stop - start, 0).astype(np.intp)
    owner = np.repeat(np.arange(len(first)), count)
    return owner, np.arange(len(owner)) - np.repeat(np.cumsum(count) - count - first, count)
