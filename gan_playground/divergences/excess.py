"""The excess of an f-divergence: what is left of f beyond its tangent at 1, as a function of r = log u.

    excess(r) = f(u) - f(1) - f'(1) (u - 1) >= 0,   u = e^r.

Because p and q both have mass 1, the tangent integrates to f(1), so D_f(P||Q) = f(1) + INT q excess(log p/q) dx
with a nonnegative integrand that is quadratic at u = 1: near-equal p and q keep all their digits. Every function
here takes an array of r in [-inf, inf) and returns *log* excess, so that nothing overflows; r = -inf gives the
limit at u = 0 and r = 0 gives -inf.
"""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
LogExcess = Callable[[Array], Array]


def log_abs_expm1(x: Array) -> Array:
    """Return log|e^x - 1| for every x: -inf at 0, x itself far to the right, 0 far to the left."""
    with np.errstate(divide="ignore"):
        return np.maximum(x, 0.0) + np.log(-np.expm1(-np.abs(x)))


def _kink(x: Array) -> Array:
    """Return k(x) = e^-x - 1 + x for x >= -30 (below, k(-30)): a polynomial near 0, where the sum would cancel."""
    near = np.clip(x, -0.1, 0.1)
    held = np.maximum(x, -30.0)
    return np.where(np.abs(x) < 0.1, near * near * _horner(near), np.expm1(-held) + held)


def _log_kink(x: Array) -> Array:
    """Return log k(x) for every x: beyond -30 from its leading term, so that nothing overflows."""
    low = np.minimum(x, -30.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(x < -30.0, -low + np.log1p((low - 1.0) * np.exp(low)), np.log(_kink(x)))


def _horner(x: Array) -> Array:
    """Return (e^-x - 1 + x) / x^2 by its series, |x| <= 0.1, relative error below 1e-15."""
    total = np.full_like(x, 1.0 / 3_628_800.0)
    for divisor in (362_880.0, 40_320.0, 5_040.0, 720.0, 120.0, 24.0, 6.0, 2.0):
        total = 1.0 / divisor - x * total
    return total


def _log_half_ratio(r: Array, pi: float) -> Array:
    """Return r - log(1 - pi + pi e^r) without cancellation: the log of u over the mixture 1 - pi + pi u."""
    down = np.expm1(-np.abs(r))
    with np.errstate(invalid="ignore"):
        right = -np.log1p((1.0 - pi) * down)
        left = r - np.log1p(pi * down)
    return np.where(r >= 0.0, right, left)


def total_variation(r: Array) -> Array:
    """Return the log-excess of f = |u - 1| / 2."""
    return log_abs_expm1(r) - np.log(2.0)


def kl(r: Array) -> Array:
    """Return the log-excess of f = u log u."""
    with np.errstate(invalid="ignore"):
        return np.where(np.isneginf(r), 0.0, r + _log_kink(r))


def reverse_kl(r: Array) -> Array:
    """Return the log-excess of f = -log u."""
    return _log_kink(-r)


def pearson(r: Array) -> Array:
    """Return the log-excess of f = (u - 1)^2."""
    return 2.0 * log_abs_expm1(r)


def neyman(r: Array) -> Array:
    """Return the log-excess of f = (1 - u)^2 / u."""
    return 2.0 * log_abs_expm1(r) - r


def hellinger(r: Array) -> Array:
    """Return the log-excess of f = (sqrt u - 1)^2."""
    return 2.0 * log_abs_expm1(0.5 * r)


def jeffrey(r: Array) -> Array:
    """Return the log-excess of f = (u - 1) log u."""
    with np.errstate(divide="ignore"):
        return np.log(np.abs(r)) + log_abs_expm1(r)


def jensen_shannon(r: Array) -> Array:
    """Return the log-excess of f = u log u - (u + 1) log((u + 1) / 2): twice `skew` at 1/2, and the GAN's as well."""
    return np.log(2.0) + _skew(r, 0.5)


def log_minus_gan(r: Array) -> Array:
    """Return log(-f(e^r)) of the GAN's f = u log u - (u + 1) log(u + 1), which falls to 0 where p and q part."""
    with np.errstate(invalid="ignore"):
        return np.where(np.isneginf(r), -np.inf, np.logaddexp(r + _log_softplus(-r), _log_softplus(r)))


def _log_softplus(x: Array) -> Array:
    """Return log log(1 + e^x), which is x far to the left."""
    far = x < -37.0
    with np.errstate(divide="ignore"):
        return np.where(far, x, np.log(np.logaddexp(0.0, np.where(far, 0.0, x))))


def skew(pi: float) -> LogExcess:
    """Return the log-excess of f = pi u log u - w log w with w = 1 - pi + pi u, 0 < pi < 1."""
    return partial(_skew, pi=pi)


def _skew(r: Array, pi: float) -> Array:
    """Return log(pi u k(a) + (1 - pi) k(b)), a = log(u / w), b = -log w: positive terms, so nothing cancels."""
    up = _log_half_ratio(r, pi)
    down = _log_half_ratio(-r, 1.0 - pi)
    with np.errstate(invalid="ignore"):
        first = np.log(pi) + np.where(np.isneginf(r), np.log1p(-pi), r + _log_kink(up))
    return np.logaddexp(first, np.log1p(-pi) + _log_kink(down))


def alpha(a: float) -> LogExcess:
    """Return the log-excess of f = (u^a - 1 - a (u - 1)) / (a (a - 1)), a not 0 or 1."""
    return partial(_alpha, a=a) if a <= 0.5 else partial(_alpha_reflected, a=a)


def _alpha(r: Array, a: float) -> Array:
    """Return log((k(-r) - k(-a r) / a) / (1 - a)) with k(x) = e^-x - 1 + x, for a <= 1/2: no harmful cancellation."""
    top = np.maximum(np.maximum(r, a * r), 0.0)
    held = np.clip(r, -1e300 if a > 0.0 else 30.0 / a, 30.0)
    near = (_kink(-held) - _kink(-a * held) / a) / (1.0 - a)
    with np.errstate(invalid="ignore", divide="ignore"):
        far = (np.exp(r - top) - np.exp(a * r - top) / a + np.exp(-top) * (1.0 - a) / a) / (1.0 - a)
        log_excess = np.where(top > 30.0, top + np.log(far), np.log(near))
    return np.where(np.isneginf(r), -np.log(a) if a > 0.0 else np.inf, log_excess)


def _alpha_reflected(r: Array, a: float) -> Array:
    """Return the log-excess for a > 1/2 from f_a(u) = u f_(1-a)(1/u), so that a near 1 costs no digits either."""
    finite = np.where(np.isneginf(r), 0.0, r)
    return np.where(np.isneginf(r), -np.log(a), finite + _alpha(-finite, 1.0 - a))
