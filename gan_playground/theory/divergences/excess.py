"""The excess of an f-divergence: what is left of f beyond its tangent at 1, as a function of r = log u.

    excess(r) = f(u) - f(1) - f'(1) (u - 1) >= 0,   u = e^r.

Because p and q both have mass 1, the tangent integrates to f(1), so

    D_f(P||Q) = f(1) + INT q excess(log p/q) dx = f(1) + INT max(p, q) e^g dx,   g(r) = log excess(r) - max(r, 0),

with a nonnegative integrand that is quadratic at u = 1: near-equal p and q keep all their digits. Every function
here takes an array of r in [-inf, inf) and returns g, which stays small wherever the excess grows no faster than u,
so that nothing overflows and far tails lose no digits either; r = -inf gives the limit, and r = 0 gives -inf.
"""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Excess = Callable[[Array], Array]


def _log_gap(x: Array) -> Array:
    """Return log|e^x - 1| - max(x, 0) for every x: -inf at 0, and 0 far out on either side."""
    with np.errstate(divide="ignore"):
        return np.log(-np.expm1(-np.abs(x)))


def _kink(x: Array) -> Array:
    """Return k(x) = e^-x - 1 + x for x >= -30 (below, k(-30)): a polynomial near 0, where the sum would cancel."""
    near = np.clip(x, -0.1, 0.1)
    held = np.maximum(x, -30.0)
    return np.where(np.abs(x) < 0.1, near * near * _horner(near), np.expm1(-held) + held)


def _log_kink(x: Array) -> Array:
    """Return log k(x) - max(-x, 0) for every x: beyond -30 from its leading term, so that nothing overflows."""
    low = np.clip(x, -1000.0, -30.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(x < -30.0, np.log1p((low - 1.0) * np.exp(low)), np.log(_kink(x)) + np.minimum(x, 0.0))


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
    """Return g of f = |u - 1| / 2."""
    return _log_gap(r) - np.log(2.0)


def kl(r: Array) -> Array:
    """Return g of f = u log u."""
    return _log_kink(r)


def reverse_kl(r: Array) -> Array:
    """Return g of f = -log u."""
    return _log_kink(-r)


def pearson(r: Array) -> Array:
    """Return g of f = (u - 1)^2."""
    return 2.0 * _log_gap(r) + np.maximum(r, 0.0)


def neyman(r: Array) -> Array:
    """Return g of f = (1 - u)^2 / u."""
    return 2.0 * _log_gap(r) + np.maximum(-r, 0.0)


def hellinger(r: Array) -> Array:
    """Return g of f = (sqrt u - 1)^2."""
    return 2.0 * _log_gap(0.5 * r)


def jeffrey(r: Array) -> Array:
    """Return g of f = (u - 1) log u."""
    with np.errstate(divide="ignore"):
        return np.log(np.abs(r)) + _log_gap(r)


def jensen_shannon(r: Array) -> Array:
    """Return g of f = u log u - (u + 1) log((u + 1) / 2): twice `skew` at 1/2, and the GAN's as well."""
    return np.log(2.0) + _skew(r, 0.5)


def minus_gan(r: Array) -> Array:
    """Return log(-f(u)) - max(r, 0) for the GAN's f = u log u - (u + 1) log(u + 1), which vanishes at both ends."""
    with np.errstate(invalid="ignore"):
        low, high = np.minimum(r, 0.0) + _log_softplus(-r), _log_softplus(r) - np.maximum(r, 0.0)
        return np.where(np.isneginf(r), -np.inf, np.logaddexp(low, high))


def _log_softplus(x: Array) -> Array:
    """Return log log(1 + e^x), which is x far to the left."""
    far = x < -37.0
    with np.errstate(divide="ignore"):
        return np.where(far, x, np.log(np.logaddexp(0.0, np.where(far, 0.0, x))))


def skew(pi: float) -> Excess:
    """Return g of f = pi u log u - w log w with w = 1 - pi + pi u, 0 < pi < 1."""
    return partial(_skew, pi=pi)


def _skew(r: Array, pi: float) -> Array:
    """Return log(pi u k(a) + (1 - pi) k(b)) - max(r, 0), a = log(u / w), b = -log w: no term is negative."""
    a, b = _log_half_ratio(r, pi), _log_half_ratio(-r, 1.0 - pi)
    first = np.log(pi) + np.where(r < 0.0, -b, 0.0) + _log_kink(a)
    second = np.log1p(-pi) + np.where(r < 0.0, 0.0, -a) + _log_kink(b)
    return np.logaddexp(first, second)


def alpha(a: float) -> Excess:
    """Return g of f = (u^a - 1 - a (u - 1)) / (a (a - 1)), a not 0 or 1."""
    return partial(_alpha, a=a) if a <= 0.5 else partial(_alpha_reflected, a=a)


def _alpha(r: Array, a: float) -> Array:
    """Return log((e^r - 1 - (e^(a r) - 1) / a) / (1 - a)) - max(r, 0), for a <= 1/2.

    Near 0 the differences are taken between k(-r) and k(-a r) / a, whose linear terms have already cancelled.
    """
    top = np.maximum(np.maximum(r, a * r), 0.0)
    held = np.clip(r, -1e300 if a > 0.0 else 30.0 / a, 30.0)
    near = np.where(np.abs(r) < 1.0, _kink(-held) - _kink(-a * held) / a, np.expm1(held) - np.expm1(a * held) / a)
    with np.errstate(invalid="ignore", divide="ignore"):
        far = np.exp(r - top) - np.exp(a * r - top) / a + np.exp(-top) * (1.0 - a) / a
        past = np.where(r > 0.0, 0.0, np.maximum(a * r, 0.0))
        g = np.where(top > 30.0, past + np.log(far), np.log(near) - np.maximum(r, 0.0)) - np.log1p(-a)
    return np.where(np.isneginf(r), -np.log(a) if a > 0.0 else np.inf, g)


def _alpha_reflected(r: Array, a: float) -> Array:
    """Return g for a > 1/2 from f_a(u) = u f_(1-a)(1/u), so that a near 1 costs no digits either."""
    finite = np.where(np.isneginf(r), 0.0, r)
    return np.where(np.isneginf(r), -np.log(a), _alpha(-finite, 1.0 - a))
