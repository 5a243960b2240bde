"""Triangles of latents with their images: how far an image bends, and which can hold only what their corners tell.

A map G of the plane is known at each corner with its derivative J. Along an edge e from corner a to corner b of the
image, s = J_a e - (G_b - G_a) and t = (G_b - G_a) - J_b e are what the ends expect otherwise than the chord. Where G
has one kink on the edge, it leaves the chord by s |t| / (|s| + |t|) at most; where G is a parabola, by half of that.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from math import prod
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Index = NDArray[np.intp]


@dataclass(frozen=True, eq=False, slots=True)
class PlaneMap:
    """A map of the plane: ``at`` is z [n, 2] -> G(z) [n, 2], dG/dz [n, 2, 2].

    ``piecewise_linear``: it is affine between kinks; else its derivative has no jump.
    """

    at: Callable[[Array], tuple[Array, Array]]
    piecewise_linear: bool = False


BENT, STRAIGHT, SMOOTH, FLAT = 0, 1, 2, 3
"""Kinds: must be cut; affine but for one kink, so that its corners tell all; nearly affine, where Newton converges;
affine and without area, where no point has a density."""

_TURN: Final = 0.3
"""Newton's method converges where no entry of J_0^-1 J_k is further than this from the identity's."""
_SAME: Final = 1e-9
"""Derivatives of one affine piece agree to this, relatively."""
_ONE_KINK: Final = 1e-7
_NO_AREA: Final = 1e-12
_MARGIN: Final = 1.5
"""Images are sought this many times as far from the triangle as one kink would bend them: several bend them further."""
_EDGE: Final = 1e-9
"""A latent so far beyond a triangle's edge, in shares of its height, still lies in it."""
_NEXT: Final = np.array([1, 2, 0])
_QUARTERS: Final = np.array([(0, 3, 5), (3, 1, 4), (5, 4, 2), (3, 4, 5)])


@dataclass(frozen=True, eq=False, slots=True)
class ImageTriangles:
    """n triangles of latents ``z`` [n, 3, 2] with images ``x`` [n, 3, 2] and derivatives ``J`` [n, 3, 2, 2].

    ``bend`` [n, 3, 2]: how far the image may leave each chord; ``kind`` [n]: `BENT`, `STRAIGHT`, `SMOOTH` or `FLAT`.
    """

    z: Array
    x: Array
    J: Array
    bend: Array
    kind: Index

    @classmethod
    def of(cls, plane_map: PlaneMap, z: Array, index: Index) -> "ImageTriangles":
        """Return the triangles ``index`` [n, 3] of latents ``z`` [m, 2]."""
        x, J = plane_map.at(z)
        return cls._cornered(plane_map, z[index], x[index], J[index])

    @classmethod
    def _cornered(cls, plane_map: PlaneMap, z: Array, x: Array, J: Array) -> "ImageTriangles":
        edge, chord = z[:, _NEXT] - z, x[:, _NEXT] - x
        here, there = apply(J, edge) - chord, chord - apply(J[:, _NEXT], edge)
        a, b = np.hypot(here[..., 0], here[..., 1]), np.hypot(there[..., 0], there[..., 1])
        share = np.divide(b, a + b, out=np.zeros_like(a), where=a + b > 0.0)
        return cls(z, x, J, _MARGIN * here * share[..., None], _kinds(z, x, J, plane_map.piecewise_linear))

    def __len__(self) -> int:
        return len(self.z)

    def take(self, rows: Index | NDArray[np.bool_]) -> "ImageTriangles":
        """Return some of the triangles."""
        return ImageTriangles(*(getattr(self, item.name)[rows] for item in fields(self)))

    @staticmethod
    def joined(parts: list["ImageTriangles"]) -> "ImageTriangles":
        """Return the triangles of all parts, in turn."""
        columns = ([getattr(part, item.name) for part in parts] for item in fields(ImageTriangles))
        return ImageTriangles(*map(np.concatenate, columns))

    def quartered(self, plane_map: PlaneMap) -> "ImageTriangles":
        """Return four triangles for each, cut at the middles of its edges: 4 i .. 4 i + 3 for triangle i."""
        middle = 0.5 * (self.z + self.z[:, _NEXT])
        some, where = np.unique(
            middle.reshape(-1, 2).view(np.complex128), return_inverse=True
        )  # neighbours share edges
        x, J = plane_map.at(np.stack([some.real, some.imag], axis=1))
        x, J = x[where.ravel()], J[where.ravel()]
        pairs = ((self.z, middle), (self.x, x.reshape(-1, 3, 2)), (self.J, J.reshape(-1, 3, 2, 2)))
        return ImageTriangles._cornered(
            plane_map, *(np.concatenate(pair, axis=1)[:, _QUARTERS].reshape(-1, *pair[0].shape[1:]) for pair in pairs)
        )

    @property
    def size(self) -> Array:
        """Return the largest side of each image's box, [n]."""
        (x, y) = self.x.T
        return np.maximum(x.max(axis=0) - x.min(axis=0), y.max(axis=0) - y.min(axis=0))

    def may_hold(self, triangle: Index, point: Array, slack: float = 0.0) -> NDArray[np.bool_]:
        """Tell of pairs whether the point [n, 2] lies in the triangle's image, moved as far as it may bend.

        ``slack``: and moved further by so many of its sizes, for what bends between kinks that no corner tells of.
        """
        x, bend = self.x[triangle], self.bend[triangle]
        turn = np.sign(cross(x[:, 1] - x[:, 0], x[:, 2] - x[:, 0]))
        held, further = np.ones(len(triangle), dtype=bool), slack * self.size[triangle]
        for start, end in ((0, 1), (1, 2), (2, 0)):
            edge = x[:, end] - x[:, start]
            square = edge[:, 0] ** 2 + edge[:, 1] ** 2
            inward = turn * cross(edge, point - x[:, start])
            outward = turn[:, None] * cross(edge[:, None], bend)
            least = np.minimum(np.minimum(outward[:, 0], outward[:, 1]), np.minimum(outward[:, 2], 0.0))
            held &= inward >= least - further * np.sqrt(square) - _EDGE * square
        return held

    def hold(self, triangle: Index, z: Array) -> NDArray[np.bool_]:
        """Tell of pairs whether the latent [n, 2] lies in the triangle."""
        a, b, c = (self.z[triangle, corner] for corner in range(3))
        with np.errstate(invalid="ignore", over="ignore"):
            area = cross(b - a, c - a)
            u, v = cross(z - a, c - a) / area, cross(b - a, z - a) / area
            return (u >= -_EDGE) & (v >= -_EDGE) & (u + v <= 1.0 + _EDGE)

    def at_corner(self, triangle: Index, corner: int, point: Array) -> Array:
        """Return the latents that the affine map of one corner sends to points [n, 2]; not finite where it is flat."""
        offset = point - self.x[triangle, corner]
        return self.z[triangle, corner] + solve(self.J[triangle, corner], offset)

    def at_chords(self, triangle: Index, point: Array) -> Array:
        """Return the latents that the affine map through all three corners sends to points [n, 2]."""
        x, z = self.x[triangle], self.z[triangle]
        u = solve(np.stack([x[:, 1] - x[:, 0], x[:, 2] - x[:, 0]], axis=-1), point - x[:, 0])
        return z[:, 0] + u[:, :1] * (z[:, 1] - z[:, 0]) + u[:, 1:] * (z[:, 2] - z[:, 0])

    def own_piece(self, triangle: Index, corner: int) -> NDArray[np.bool_]:
        """Tell whether the corner's affine map is not that of an earlier corner of the triangle."""
        J = self.J[triangle]
        scale = _SAME * largest(J[:, corner])
        others = [largest(J[:, other] - J[:, corner]) > scale for other in range(corner)]
        return np.logical_and.reduce([np.ones(len(triangle), dtype=bool), *others])


def _kinds(z: Array, x: Array, J: Array, piecewise_linear: bool) -> Index:
    """Return the kind of each triangle."""
    with np.errstate(all="ignore"):
        sides = np.sign(determinant(J)).sum(axis=1)
        turned = np.stack([solve(J[:, :1], J[:, 1:, :, column]) for column in (0, 1)], axis=-1) - np.eye(2)
        smooth = (largest(turned) < _TURN) & (np.abs(sides) == 3.0)
    scale = largest(J)
    gaps = [largest(J[:, _NEXT[corner]] - J[:, corner]) for corner in range(3)]
    straight = np.maximum(gaps[0], gaps[2]) <= _SAME * scale
    flat = straight & without_area(J[:, 0])
    for odd in range(3 if piecewise_linear else 0):  # a parabola looks like a kink from the corners
        alike = np.flatnonzero((gaps[(odd + 1) % 3] <= _ONE_KINK * scale) & ~straight)
        straight[alike] = _one_kink(z[alike], x[alike], J[alike], odd)
    return np.select([flat, straight, smooth], [FLAT, STRAIGHT, SMOOTH], BENT).astype(np.intp)


def _one_kink(z: Array, x: Array, J: Array, odd: int) -> NDArray[np.bool_]:
    """Tell where one kink parts corner ``odd`` from the other two, whose derivatives are the same.

    Then these are of one affine piece, and the two affine maps differ by a matrix of rank 1 and agree on a line.
    """
    a, b = (odd + 1) % 3, (odd + 2) % 3
    size = _ONE_KINK * largest(x - x[:, :1])
    gap = J[:, odd] - J[:, a]
    squares = np.square(gap).sum(axis=1)
    column = np.where((squares[:, 0] >= squares[:, 1])[:, None], gap[..., 0], gap[..., 1])
    miss = x[:, odd] + apply(J[:, odd], z[:, a] - z[:, odd]) - x[:, a]
    chord = x[:, b] - x[:, a] - apply(J[:, a], z[:, b] - z[:, a])
    return (
        (largest(chord) <= size)
        & (np.abs(determinant(gap)) <= _ONE_KINK * squares.sum(axis=1))
        & (np.abs(cross(miss, column)) <= size * np.hypot(column[:, 0], column[:, 1]))
    )


def largest(values: Array) -> Array:
    """Return the largest modulus in each row, [n, ...] -> [n]: column by column, which is quicker than by rows."""
    columns = np.abs(values).reshape(len(values), prod(values.shape[1:]))
    found = columns[:, 0].copy()
    for column in columns.T[1:]:
        np.maximum(found, column, out=found)
    return found


def determinant(J: Array) -> Array:
    """Return det J, [..., 2, 2] -> [...]."""
    return J[..., 0, 0] * J[..., 1, 1] - J[..., 0, 1] * J[..., 1, 0]


def without_area(J: Array) -> NDArray[np.bool_]:
    """Tell where a map flattens the plane, [n, 2, 2] -> [n]: det J is 0 to rounding."""
    return np.abs(determinant(J)) <= _NO_AREA * np.square(largest(J))


def cross(a: Array, b: Array) -> Array:
    """Return the signed area that two vectors span, [..., 2] -> [...]."""
    return a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]


def apply(J: Array, v: Array) -> Array:
    """Return J v, [..., 2]."""
    return J[..., 0] * v[..., :1] + J[..., 1] * v[..., 1:]


def solve(J: Array, v: Array) -> Array:
    """Return J^-1 v, [..., 2]; not finite where J is singular."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        both = np.stack([cross(v, J[..., 1]), cross(J[..., 0], v)], axis=-1)
        return both / determinant(J)[..., None]
