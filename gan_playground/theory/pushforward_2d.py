"""What a generator of two latents draws in the plane: q(x) = sum of pi(z) / |det dG/dz| over every z with G(z) = x.

An f-divergence is a mean over points drawn from the even mixture of both laws,

    D_f(P||Q) = f(1) + 1/2 E_P[h] + 1/2 E_Q[h],   h = 2 excess(u) / (1 + u),   u = p/q,

so its error is a mean's: it needs no mesh that follows q's mass, and does not share the bias of one.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from math import inf, isinf, log, pi, sqrt
from typing import Final

import numpy as np

from gan_playground.theory.densities import Latent
from gan_playground.theory.divergences import Divergence
from gan_playground.theory.image_triangles import (
    Array,
    ImageTriangles,
    Index,
    PlaneMap,
    determinant,
    largest,
    without_area,
)
from gan_playground.theory.latent_rings import rings, square
from gan_playground.theory.plane_grid import LogDensity
from gan_playground.theory.preimages import Preimages, preimages
from gan_playground.words import Note

CELLS: Final = 128
REACH: Final = 3000.0
"""How far latents of N(0, I) are followed, where nearer ones reach a point only where pi is small, or not at all."""
_BULK: Final = 6.0
"""Half the square of latents in which every point is sought: a part of 4e-9 of N(0, I) lies beyond."""
_OUTSKIRTS: Final = 4.0
"""A point with a latent within this square needs none beyond the bulk: they weigh e^-10 of it."""
_AROUND: Final = 128
_GROWTH: Final = 1.25
_AGAIN: Final = 32
_SLACK: Final = 0.2
_FINER: Final = 7
"""A point that nothing reaches is sought once more, so many sizes around each triangle, and in as many cuts."""
_ERRORS: Final = 2.6
"""Standard errors stated: 99 %."""
_RARE: Final = 3.0
"""What is not seen among n has a share below 3/n, with 95 %."""
_OWN: Final = 1e-5
"""A latent found so near to a point's own, relatively, is it."""
_LEAST_FOLD: Final = 1e-3
_SETTLED: Final = 0.5
_STEEP: Final = 10.0
"""A mean whose error is this share of it, and whose largest term this large, is carried by few points: not known."""


@dataclass(frozen=True, eq=False)
class PlanePushForward:
    """The law of x = G(z), z ~ N(0, I) or U(-1, 1)^2; ``bounded`` tells whether its range is."""

    plane_map: PlaneMap
    latent: Latent
    bounded: bool
    triangles: ImageTriangles

    @classmethod
    def of(
        cls, plane_map: PlaneMap, latent: Latent = "normal", *, bounded: bool = False, cells: int = CELLS
    ) -> "PlanePushForward":
        """Return the law of a map, whose values are ``bounded`` or not."""
        triangles = ImageTriangles.of(plane_map, *square(_BULK if latent == "normal" else 1.0, cells))
        return cls(plane_map, latent, bounded or latent == "uniform", triangles)

    @property
    def reach(self) -> float:
        """How far latents are followed."""
        return (_BULK if self.bounded else REACH) if self.latent == "normal" else 1.0

    def log_noise(self, z: Array) -> Array:
        """Return log pi(z), [n, 2] -> [n]."""
        if self.latent == "uniform":
            return np.full(len(z), -log(4.0))
        return -0.5 * np.square(z).sum(axis=1) - log(2.0 * pi)

    def preimages(self, points: Array) -> Preimages:
        """Return the latents of points [n, 2]; where a nearer one tells q, none is sought beyond the bulk."""
        meshes = [self.triangles]
        parts = [preimages(self.plane_map, self.triangles, points)]
        if not self.bounded:
            inside = largest(parts[0].z) <= _OUTSKIRTS
            lost = np.setdiff1d(np.arange(len(points)), parts[0].point[inside])
            if len(lost):
                meshes.append(ImageTriangles.of(self.plane_map, *rings(_BULK, REACH, _AROUND, _GROWTH)))
                parts.append(_of_some(preimages(self.plane_map, meshes[1], points[lost]), lost))
        lost = np.setdiff1d(np.arange(len(points)), np.concatenate([part.point for part in parts]))
        while len(lost):  # a few that stay lost show that it is not the search that loses them
            some, lost = lost[:_AGAIN], lost[_AGAIN:]
            again = [_of_some(preimages(self.plane_map, mesh, points[some], _FINER, _SLACK), some) for mesh in meshes]
            parts += again
            stay = np.setdiff1d(some, np.concatenate([part.point for part in again]))
            lost = lost[:0] if len(stay) else lost
        return Preimages(*(np.concatenate(column) for column in zip(*map(_columns, parts), strict=True)))

    def sheets(self, points: Array, own: Array) -> "Sheets":
        """Return the densities that add up at points [n, 2]; ``own`` [m, 2] are known latents of the last m of them."""
        first, found = len(points) - len(own), self.preimages(points)
        mine = np.flatnonzero(found.point >= first)
        miss = np.abs(found.z[mine] - own[found.point[mine] - first]).max(axis=1, initial=0.0)
        close = miss <= _OWN * (1.0 + np.abs(found.z[mine]).max(axis=1, initial=0.0))
        lost = np.setdiff1d(np.arange(first, len(points)), found.point[mine[close]])
        known = self.sheet_at(own[lost - first]) if len(lost) else np.empty(0)
        return Sheets(
            np.append(found.point, lost),
            np.append(self.log_noise(found.z) - found.log_area, known),
            len(points),
            int(np.isfinite(known).sum()),
        )

    def sheet_at(self, z: Array) -> Array:
        """Return log pi(z) - log |det dG/dz| at latents [n, 2]; inf where the map has no area."""
        J = self.plane_map.at(z)[1]
        with np.errstate(divide="ignore"):
            return np.where(without_area(J), inf, self.log_noise(z) - np.log(np.abs(determinant(J))))

    def log_density(self, points: Array, own: Array | None = None) -> Array:
        """Return log q at points [n, 2] -> [n]; -inf where no latent within ``reach`` is sent there.

        ``own`` [m, 2] are known latents of the last m points.
        """
        return self.sheets(points, np.empty((0, 2)) if own is None else own).log_sum


@dataclass(frozen=True, eq=False)
class Sheets:
    """Densities of single sheets: log pi(z) - log |det dG/dz| for latents of n points; ``lost`` own ones were added."""

    point: Index
    log_density: Array
    n: int
    lost: int

    @cached_property
    def log_sum(self) -> Array:
        """Log q [n]: -inf where a point has no sheet."""
        most = np.full(self.n, -inf)
        np.maximum.at(most, self.point, self.log_density)
        base = np.where(np.isfinite(most), most, 0.0)
        with np.errstate(divide="ignore", over="ignore"):
            total = np.bincount(self.point, np.exp(self.log_density - base[self.point]), self.n)
            return np.where(np.isfinite(most), np.log(total) + base, most)

    @property
    def log_shares(self) -> Array:
        """For each sheet, the log of the share of q that the point's other sheets have."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.log(-np.expm1(np.minimum(self.log_density - self.log_sum[self.point], 0.0)))


@dataclass(frozen=True, slots=True)
class Estimate:
    """A divergence with its ``error`` (99 %, absolute): infinite or unknown (nan) with its ``reason``.

    ``remark`` says of a finite value what it cannot see.
    """

    value: float
    error: float
    reason: Note | None = None
    remark: Note | None = None


@dataclass(frozen=True, eq=False)
class LogRatios:
    """log p/q at n points of each law: ``real`` [n], +inf where nothing is sent; ``generated`` [n], -inf where p = 0.

    ``without`` are the ratios at points of either law with one of their latents left out, one for each;
    ``lost`` is the share of generated points whose own latent was not found. ``flat``: the share where G has no area.
    """

    real: Array
    generated: Array
    without: tuple[Array, Array]
    within: tuple[Index, Index]
    lost: float
    flat: float
    folded: bool
    law: PlanePushForward

    @classmethod
    def of(cls, log_p: LogDensity, law: PlanePushForward, real: Array, latents: Array) -> "LogRatios":
        """Return the ratios at ``real`` points [n, 2] of P and at the images of ``latents`` [m, 2]."""
        x, J = law.plane_map.at(latents)
        sheets = law.sheets(np.concatenate([real, x]), latents)
        log_real, log_fake = log_p(real), log_p(x)
        log_ratio = np.concatenate([log_real, log_fake]) - sheets.log_sum
        n = len(real)
        log_ratio[n:][np.isneginf(log_fake)] = -inf
        with np.errstate(invalid="ignore"):
            without = log_ratio[sheets.point] - sheets.log_shares
        on_real = sheets.point < n
        area = determinant(J)
        return cls(
            log_ratio[:n],
            log_ratio[n:],
            (without[on_real], without[~on_real]),
            (sheets.point[on_real], sheets.point[~on_real] - n),
            (sheets.lost + 1.0) / len(x),
            float(without_area(J).mean()),
            _LEAST_FOLD < (area > 0.0).mean() < 1.0 - _LEAST_FOLD,
            law,
        )

    @property
    def unreached(self) -> float:
        """The share of the data that no latent reaches."""
        return float(np.isposinf(self.real).mean())

    def divergence(self, divergence: Divergence, *, bounded: bool = True) -> Estimate:
        """Return D_f(P||Q). Data that are not ``bounded`` are never covered by a law that is.

        A member that weighs missing mass without limit is infinite where one point of the data has no latent, and
        one that weighs stray mass so where one generated point has p = 0 or no density. Where none is seen, the value
        is that of the part seen, and the rest has a share below 3/n.
        """
        growth, n = divergence.growth, len(self.real)
        strayed = float(np.isneginf(self.generated).mean())
        if growth.at_infinity == inf and self.law.bounded and not bounded:
            return _infinite(Note("notes.of_bounded"))
        if growth.at_infinity == inf and self.unreached:
            values = {"count": round(n * self.unreached), "n": n, "reach": self.law.reach}
            missed = Note("notes.of_missed", {"share": self.unreached})
            return _infinite(missed if self.law.bounded else Note("notes.of_unreached", values))
        if growth.at_zero == inf and strayed > self.flat:
            return _infinite(Note("notes.of_strayed", {"share": strayed}))
        if growth.at_zero == inf and self.flat:
            return _infinite(Note("notes.of_flat", {"share": self.flat}))
        if growth.down >= 1.0 and self.folded and not self.law.plane_map.piecewise_linear:
            return _infinite(Note("notes.of_folds"))
        sides = [_terms(divergence, side) for side in (self.real, self.generated)]
        if not all(np.isfinite(side).all() for side in sides):
            return Estimate(np.nan, inf, Note("notes.of_few_points"))
        value = 0.5 * sum(float(side.mean()) for side in sides)
        largest = max(float(side.max()) for side in sides)
        scaled = [side / max(largest, 1e-300) for side in sides]  # squares of what is near float64's end
        spread = largest * sqrt(sum(float(side.var()) / (len(side) - 1.0) for side in scaled))
        error = 0.5 * (_ERRORS * spread + _RARE * largest / n) + self.lost * self._by_one_less(divergence, sides)
        if error > _SETTLED * value and largest > _STEEP:
            return Estimate(np.nan, inf, Note("notes.of_few_points"))
        endless = isinf(growth.at_infinity) and not self.law.bounded
        remark = Note("notes.of_part_reached", {"share": _RARE / n, "reach": self.law.reach}) if endless else None
        return Estimate(divergence.at_one + value, error, remark=remark)

    def _by_one_less(self, divergence: Divergence, sides: list[Array]) -> float:
        """Return how far the divergence moves if every latent found is left out in turn, all moves added."""
        moved = 0.0
        for side, without, within in zip(sides, self.without, self.within, strict=True):
            some = np.isfinite(without)  # a point's only latent is counted by what is unreached
            moved += float(np.abs(_terms(divergence, without[some]) - side[within[some]]).sum()) / len(side)
        return 0.5 * moved


def _terms(divergence: Divergence, r: Array) -> Array:
    """Return h = 2 excess(u) / (1 + u) at log u = r in [-inf, inf]."""
    finite = np.where(np.isposinf(r), 0.0, r)
    with np.errstate(over="ignore", divide="ignore"):
        h = 2.0 * np.exp(divergence.scaled_excess(finite) + np.maximum(finite, 0.0) - np.logaddexp(0.0, finite))
    return np.where(np.isposinf(r), 2.0 * divergence.growth.at_infinity, h)


def _infinite(reason: Note) -> Estimate:
    return Estimate(inf, 0.0, reason)


def _of_some(found: Preimages, points: Index) -> Preimages:
    return replace(found, point=points[found.point])


def _columns(found: Preimages) -> tuple[Index, Array, Array]:
    return found.point, found.z, found.log_area
