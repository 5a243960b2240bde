"""Two equal shapes a shift apart: every distance against the shift, with its slope, in logarithms.

P stands at 0 and Q at theta >= 0: normals N(0, 1) and N(theta, 1), uniforms of width `WIDTH`, or two upright lines
(point masses across the shift). What a critic at its best would tell the generator at that shift is here as well
(Arjovsky, Chintala, Bottou 2017, figure 2). Logarithms carry what float64 cannot: Pearson at a shift of 35 is
e^1225 - 1, and the slope of Jensen-Shannon there about e^-153.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from math import inf, log, pi
from typing import Final

import numpy as np
from scipy.special import erf, expit

from gan_playground.theory.densities import Array, Density, Uniform, normal
from gan_playground.theory.divergences import DIVERGENCES, excess

WIDTH: Final = 4.0
"""Of the uniforms: from a shift of 4 on they share no ground."""

_NODES: Final = 2400
"""Of the trapezoidal rule on half the line, whose error falls as exp(-2 pi^2 / (theta h)): rounding, up to 35."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One distance along shifts theta [n]: log D, and log dD/dtheta, the slope to the right.

    ``log_value`` is -inf where D = 0 and +inf where D is infinite (and only there); ``log_slope`` is -inf where the
    slope is 0, +inf where D jumps, nan where D is infinite.
    """

    log_value: Array
    log_slope: Array

    @property
    def value(self) -> Array:
        """D [n]; inf where it is infinite or beyond float64."""
        return _exp(self.log_value)

    @property
    def slope(self) -> Array:
        """dD/dtheta [n]; inf where it is beyond float64 or D jumps, nan where D is infinite."""
        return _exp(self.log_slope)


Along = Callable[[Array], Moved]


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape that is moved: its two laws at a shift (None for lines, which have no density), and every distance."""

    key: str
    laws: Callable[[float], tuple[Density, Density] | None]
    distances: Mapping[str, Along]


def moved(shape: str, distance: str, theta: Array) -> Moved:
    """Return the distance of this name along shifts theta [n] >= 0, for the shape of this name."""
    return SHAPES[shape].distances[distance](np.asarray(theta, dtype=np.float64))


# --- two normals: closed forms, and one quadrature ----------------------------------------------------------------


def _powers(scale: float, power: float) -> Along:
    """Return D = scale theta^power, power >= 1."""

    def along(theta: Array) -> Moved:
        t = _log(theta)
        slope = log(scale * power) + (power - 1.0) * t if power > 1.0 else np.full_like(t, log(scale))
        return Moved(log(scale) + power * t, slope)

    return along


def _exponential(theta: Array) -> Moved:
    """Return Pearson's and Neyman's D = e^(theta^2) - 1."""
    square = np.square(theta)
    return Moved(square + _log(-np.expm1(-square)), log(2.0) + _log(theta) + square)


def _affinity(theta: Array) -> Moved:
    """Return the squared Hellinger distance D = 2 - 2 e^(-theta^2 / 8)."""
    square = np.square(theta) / 8.0
    return Moved(log(2.0) + _log(-np.expm1(-square)), _log(theta / 2.0) - square)


def _half_mass(theta: Array) -> Moved:
    """Return the total variation D = 2 Phi(theta / 2) - 1."""
    return Moved(_log(erf(theta / np.sqrt(8.0))), -np.square(theta) / 8.0 - 0.5 * log(2.0 * pi))


def _jensen_shannon(theta: Array, scale: float) -> Moved:
    """Return scale times D = INT q f(p/q) of `js`, and its slope theta INT p q / (p + q) dx.

    The integrands mirror one another about theta/2, so half the line is enough: s = theta/2 - x > 0, log p/q =
    theta s. The slope is INT q u^2 f''(u) theta dx, which is dD/dtheta after one integration by parts.
    """
    t = np.atleast_1d(theta)[:, None]
    s = (t / 2.0 + 10.0) * np.linspace(0.0, 1.0, _NODES)
    log_weights = np.log(2.0 * s[:, 1:2]) + np.log(np.where(np.arange(_NODES) == 0, 0.5, 1.0))
    log_p = -0.5 * np.square(s - t / 2.0) - 0.5 * log(2.0 * pi)
    r = t * s
    value = _log_sum(log_weights + log_p + excess.jensen_shannon(r))
    slope = _log(t[:, 0]) + _log_sum(log_weights + log_p - np.logaddexp(0.0, r))
    shape = np.shape(theta)
    return Moved((log(scale) + value).reshape(shape), (log(scale) + slope).reshape(shape))


# --- two shapes that share less and less ground -------------------------------------------------------------------


def _apart(share: Callable[[Array], tuple[Array, Array]], most: float) -> Along:
    """Return D = t (f(0) + lim f(u)/u), where t is the share of P that Q does not cover, and dt/dtheta.

    For two uniforms and two lines p/q is 0, 1 or infinite, so that is all an f-divergence can say.
    """

    def along(theta: Array) -> Moved:
        t, rate = share(theta)
        if most == inf:
            return Moved(np.where(t > 0.0, inf, -inf), np.where(t > 0.0, np.nan, inf))
        return Moved(_log(t) + log(most), _log(rate) + log(most))

    return along


def _uniform_share(theta: Array) -> tuple[Array, Array]:
    return np.minimum(theta / WIDTH, 1.0), np.where(theta < WIDTH, 1.0 / WIDTH, 0.0)


def _line_share(theta: Array) -> tuple[Array, Array]:
    return np.where(theta > 0.0, 1.0, 0.0), np.where(theta > 0.0, 0.0, inf)


_SYMMETRIC: Final = ("kl", "reverse-kl", "jeffrey", "pearson", "neyman", "hellinger", "total-variation", "js")


def _all_apart(share: Callable[[Array], tuple[Array, Array]]) -> dict[str, Along]:
    most = {key: DIVERGENCES[key].growth.at_zero + DIVERGENCES[key].growth.at_infinity for key in _SYMMETRIC}
    return {key: _apart(share, most[key]) for key in _SYMMETRIC} | {
        "jsd": _apart(share, most["js"] / 2.0),
        "w1": _powers(1.0, 1.0),
    }


SHAPES: Final[dict[str, Shape]] = {
    shape.key: shape
    for shape in (
        Shape(
            "gaussians",
            lambda theta: (normal(0.0, 1.0), normal(theta, 1.0)),
            {
                "kl": _powers(0.5, 2.0),
                "reverse-kl": _powers(0.5, 2.0),
                "jeffrey": _powers(1.0, 2.0),
                "pearson": _exponential,
                "neyman": _exponential,
                "hellinger": _affinity,
                "total-variation": _half_mass,
                "js": partial(_jensen_shannon, scale=1.0),
                "jsd": partial(_jensen_shannon, scale=0.5),
                "w1": _powers(1.0, 1.0),
            },
        ),
        Shape(
            "uniforms",
            lambda theta: (Uniform(-WIDTH / 2.0, WIDTH / 2.0), Uniform(theta - WIDTH / 2.0, theta + WIDTH / 2.0)),
            _all_apart(_uniform_share),
        ),
        Shape("lines", lambda theta: None, _all_apart(_line_share)),  # noqa: ARG005 -- no density at any shift
    )
}

DISTANCES: Final = tuple(SHAPES["gaussians"].distances)


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


# --- logarithms ---------------------------------------------------------------------------------------------------


def _log(x: Array) -> Array:
    with np.errstate(divide="ignore"):
        return np.log(np.asarray(x, dtype=np.float64))


def _exp(x: Array) -> Array:
    with np.errstate(over="ignore"):
        return np.exp(x)


def _log_sum(rows: Array) -> Array:
    """Return the log of each row's sum of exponentials, -inf for a row of nothing."""
    top = np.max(rows, axis=1, keepdims=True)
    held = np.where(np.isfinite(top), top, 0.0)
    return held[:, 0] + _log(np.exp(rows - held).sum(axis=1))
