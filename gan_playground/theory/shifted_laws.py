"""Two equal shapes a shift apart: every distance against the shift, with its slope, in logarithms.

P stands at 0 and Q at theta >= 0: normals N(0, 1) and N(theta, 1), uniforms of width `WIDTH`, or two upright lines
(point masses across the shift). What a critic at its best would tell the generator at that shift is here as well
(Arjovsky, Chintala, Bottou 2017, figure 2). Which divergences there are is the family's: a member is here as soon as
its record says how far two normals are under it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf, isfinite, log
from typing import Final

import numpy as np
from scipy.special import expit

from gan_playground.theory.densities import Array, Density, Uniform, normal
from gan_playground.theory.divergences import DIVERGENCES, Divergence
from gan_playground.theory.divergences.between_normals import Along, ShiftedDistance, halved, powers, safe_log

WIDTH: Final = 4.0
"""Of the uniforms: from a shift of 4 on they share no ground."""


@dataclass(frozen=True, slots=True)
class ShiftedLaws:
    """A shape that is moved: its two laws at a shift (None for lines, which have no density), and every distance."""

    key: str
    laws: Callable[[float], tuple[Density, Density] | None]
    distances: Mapping[str, Along]


def shifted_distance(shape: str, distance: str, theta: Array) -> ShiftedDistance:
    """Return the distance of this name along shifts theta [n] >= 0, for the shape of this name."""
    return SHIFTED_LAWS[shape].distances[distance](np.asarray(theta, dtype=np.float64))


# --- two shapes that share less and less ground -------------------------------------------------------------------


def _apart(share: Callable[[Array], tuple[Array, Array]], most: float) -> Along:
    """Return D = t (f(0) + lim f(u)/u), where t is the share of P that Q does not cover, and dt/dtheta.

    For two uniforms and two lines p/q is 0, 1 or infinite, so that is all an f-divergence can say.
    """

    def along(theta: Array) -> ShiftedDistance:
        t, rate = share(theta)
        if most == inf:
            return ShiftedDistance(np.where(t > 0.0, inf, -inf), np.where(t > 0.0, np.nan, inf))
        return ShiftedDistance(safe_log(t) + log(most), safe_log(rate) + log(most))

    return along


def _uniform_share(theta: Array) -> tuple[Array, Array]:
    return np.minimum(theta / WIDTH, 1.0), np.where(theta < WIDTH, 1.0 / WIDTH, 0.0)


def _line_share(theta: Array) -> tuple[Array, Array]:
    return np.where(theta > 0.0, 1.0, 0.0), np.where(theta > 0.0, 0.0, inf)


# --- every distance of every shape ---------------------------------------------------------------------------------


def members() -> dict[str, Divergence]:
    """Return the divergences with a closed form between normals, from what grows without end to what saturates.

    Within both the smaller comes first, at a shift of 1.
    """
    found = {member.key: member for member in DIVERGENCES.values() if member.between_normals is not None}

    def place(key: str) -> tuple[bool, float]:
        growth, along = found[key].growth, found[key].between_normals
        assert along is not None
        return isfinite(growth.at_zero + growth.at_infinity), round(float(along(np.ones(1)).log_value[0]), 9)

    return {key: found[key] for key in sorted(found, key=place)}


def _distances(of: Callable[[Divergence], Along]) -> dict[str, Along]:
    """Every member's distance, then half of Jensen-Shannon's and W1, which is the shift itself whatever the shape."""
    along = {key: of(member) for key, member in members().items()}
    return along | {"jsd": halved(along["js"]), "w1": powers(1.0, 1.0)}


def _normals(member: Divergence) -> Along:
    assert member.between_normals is not None
    return member.between_normals


def _apart_by(share: Callable[[Array], tuple[Array, Array]]) -> Callable[[Divergence], Along]:
    return lambda member: _apart(share, member.growth.at_zero + member.growth.at_infinity)


SHIFTED_LAWS: Final[dict[str, ShiftedLaws]] = {
    shape.key: shape
    for shape in (
        ShiftedLaws("gaussians", lambda theta: (normal(0.0, 1.0), normal(theta, 1.0)), _distances(_normals)),
        ShiftedLaws(
            "uniforms",
            lambda theta: (Uniform(-WIDTH / 2.0, WIDTH / 2.0), Uniform(theta - WIDTH / 2.0, theta + WIDTH / 2.0)),
            _distances(_apart_by(_uniform_share)),
        ),
        ShiftedLaws("lines", lambda theta: None, _distances(_apart_by(_line_share))),  # noqa: ARG005 -- no density at all
    )
}

DISTANCES: Final = tuple(SHIFTED_LAWS["gaussians"].distances)


# --- what a critic at its best tells the generator ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """What the generator would lower at points x [n], and its slope there: a sample moves against the slope."""

    value: Array
    slope: Array


def logit(theta: float, x: Array) -> Array:
    """Return log p/q = theta^2/2 - theta x of N(0, 1) against N(theta, 1): the best discriminator's logit."""
    return theta * (theta / 2.0 - x)


def discriminator(theta: float, x: Array) -> Told:
    """Return D*(x) = p / (p + q) = sigmoid(logit) (Goodfellow et al. 2014, eq. 2) and dD*/dx."""
    r = logit(theta, x)
    return Told(expit(r), -theta * expit(r) * expit(-r))


def saturating(theta: float, x: Array) -> Told:
    """Return log(1 - D*(x)), which the minimax game lowers, and its slope theta D*(x): it dies where D* does."""
    r = logit(theta, x)
    return Told(-np.logaddexp(0.0, r), theta * expit(r))


def non_saturating(theta: float, x: Array) -> Told:
    """Return -log D*(x), which the non-saturating game lowers, and its slope theta (1 - D*(x))."""
    r = logit(theta, x)
    return Told(np.logaddexp(0.0, -r), theta * expit(-r))


def critic(theta: float, x: Array) -> Told:
    """Return -f*(x) = x - theta/2 and its slope 1 (0 at theta = 0): f* is the best 1-Lipschitz critic.

    Q lies wholly to the right of P in the order of quantiles, so f* falls by 1 for every unit everywhere
    (Kantorovich-Rubinstein), whatever the shape.
    """
    way = float(np.sign(theta))
    return Told(way * (x - theta / 2.0), np.full_like(x, way))


TOLD: Final[dict[str, Callable[[float, Array], Told]]] = {
    "saturating": saturating,
    "non-saturating": non_saturating,
    "critic": critic,
}
