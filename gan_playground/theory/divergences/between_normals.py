"""Closed forms of an f-divergence between N(0, 1) and N(theta, 1), theta >= 0, with their slopes, in logarithms.

A divergence's record names its own; where none is known in closed form, one quadrature stands for it. Logarithms
carry what float64 cannot: Pearson at a shift of 35 is e^1225 - 1, and the slope of Jensen-Shannon there about e^-153.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import log, pi
from typing import Final

import numpy as np
from scipy.special import erf

from gan_playground.theory.divergences import excess
from gan_playground.theory.divergences.excess import Array

_NODES: Final = 2400
"""Of the trapezoidal rule on half the line, whose error falls as exp(-2 pi^2 / (theta h)): rounding, up to 35."""


@dataclass(frozen=True, slots=True)
class ShiftedDistance:
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


Along = Callable[[Array], ShiftedDistance]
"""From shifts theta [n] >= 0 to a distance along them."""


def powers(scale: float, power: float) -> Along:
    """Return D = scale theta^power, power >= 1."""

    def along(theta: Array) -> ShiftedDistance:
        t = safe_log(theta)
        slope = log(scale * power) + (power - 1.0) * t if power > 1.0 else np.full_like(t, log(scale))
        return ShiftedDistance(log(scale) + power * t, slope)

    return along


def halved(whole: Along) -> Along:
    """Return half of a distance."""

    def along(theta: Array) -> ShiftedDistance:
        found = whole(theta)
        return ShiftedDistance(found.log_value - log(2.0), found.log_slope - log(2.0))

    return along


def exponential(theta: Array) -> ShiftedDistance:
    """Return Pearson's and Neyman's D = e^(theta^2) - 1."""
    square = np.square(theta)
    return ShiftedDistance(square + safe_log(-np.expm1(-square)), log(2.0) + safe_log(theta) + square)


def affinity(theta: Array) -> ShiftedDistance:
    """Return the squared Hellinger distance D = 2 - 2 e^(-theta^2 / 8)."""
    square = np.square(theta) / 8.0
    return ShiftedDistance(log(2.0) + safe_log(-np.expm1(-square)), safe_log(theta / 2.0) - square)


def half_mass(theta: Array) -> ShiftedDistance:
    """Return the total variation D = 2 Phi(theta / 2) - 1."""
    return ShiftedDistance(safe_log(erf(theta / np.sqrt(8.0))), -np.square(theta) / 8.0 - 0.5 * log(2.0 * pi))


def jensen_shannon(theta: Array) -> ShiftedDistance:
    """Return D = INT q f(p/q) of `js`, and its slope theta INT p q / (p + q) dx.

    The integrands mirror one another about theta/2, so half the line is enough: s = theta/2 - x > 0, log p/q =
    theta s. The slope is INT q u^2 f''(u) theta dx, which is dD/dtheta after one integration by parts.
    """
    t = np.atleast_1d(theta)[:, None]
    s = (t / 2.0 + 10.0) * np.linspace(0.0, 1.0, _NODES)
    log_weights = np.log(2.0 * s[:, 1:2]) + np.log(np.where(np.arange(_NODES) == 0, 0.5, 1.0))
    log_p = -0.5 * np.square(s - t / 2.0) - 0.5 * log(2.0 * pi)
    r = t * s
    value = _log_sum(log_weights + log_p + excess.jensen_shannon(r))
    slope = safe_log(t[:, 0]) + _log_sum(log_weights + log_p - np.logaddexp(0.0, r))
    shape = np.shape(theta)
    return ShiftedDistance(value.reshape(shape), slope.reshape(shape))


# --- logarithms ---------------------------------------------------------------------------------------------------


def safe_log(x: Array) -> Array:
    """Return log x, -inf at 0, without a warning."""
    with np.errstate(divide="ignore"):
        return np.log(np.asarray(x, dtype=np.float64))


def _exp(x: Array) -> Array:
    with np.errstate(over="ignore"):
        return np.exp(x)


def _log_sum(rows: Array) -> Array:
    """Return the log of each row's sum of exponentials, -inf for a row of nothing."""
    top = np.max(rows, axis=1, keepdims=True)
    held = np.where(np.isfinite(top), top, 0.0)
    return held[:, 0] + safe_log(np.exp(rows - held).sum(axis=1))
