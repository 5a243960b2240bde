"""Two laws compared point by point, with digits kept where they nearly agree."""

from math import pi, sqrt

import numpy as np
from scipy.special import ndtr

from gan_playground.theory.densities.law import Array, Density
from gan_playground.theory.densities.mixture import Mixture


def log_ratio(p: Density, q: Density, x: Array) -> Array:
    """Return log p(x) - log q(x); near-equal normals and mixtures keep the digits of their difference.

    For paired components with z = (x - m)/s, the log-ratio of one pair is log(w/w') + log(s'/s) - (z - z')(z + z')/2
    with z - z' = ((x - m)(s' - s) + s (m' - m)) / (s s'), and that of the mixtures log(1 + SUM_k r'_k (ratio_k - 1))
    with r'_k the responsibilities under q.
    """
    if not (isinstance(p, Mixture) and isinstance(q, Mixture) and p.table.shape == q.table.shape):
        return _plain_log_ratio(p, q, x)
    (w, m, s), (w2, m2, s2) = p.table, q.table
    moved = max(float(np.max(np.abs(d))) for d in ((w - w2) / w2, (m - m2) / s2, (s - s2) / s2))
    if len(w) > 1 and moved > 0.1:
        return _plain_log_ratio(p, q, x)
    flat = np.ravel(x)
    z, z2 = (flat - m) / s, (flat - m2) / s2
    difference = ((flat - m) * (s2 - s) + s * (m2 - m)) / (s * s2)
    pair = np.log1p((w - w2) / w2) + np.log1p((s2 - s) / s) - 0.5 * difference * (z + z2)
    if len(w) == 1:
        return pair.reshape(np.shape(x))
    log_q = q.log_density(flat)
    close = np.abs(pair).max(axis=0) < 1.0
    shares = np.exp(q.log_components(flat) - log_q)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        fine = np.log1p(np.sum(shares * np.expm1(np.where(close, pair, 0.0)), axis=0))
    return np.where(close, fine, p.log_density(flat) - log_q).reshape(np.shape(x))


def _plain_log_ratio(p: Density, q: Density, x: Array) -> Array:
    """Return log p - log q; nan where both vanish."""
    with np.errstate(invalid="ignore"):
        return p.log_density(x) - q.log_density(x)


def cdf_difference(p: Density, q: Density, x: Array) -> Array:
    """Return P(X <= x) - Q(X <= x); near-equal normals and mixtures keep the digits of their difference.

    For paired components Phi(a) - Phi(b) is h phi(m) (1 + (m^2 - 1) h^2 / 24), h = a - b, m = (a + b) / 2, where h
    is small; the next term is below h^4 (m^4 + 3) / 1920 of it.
    """
    if not (isinstance(p, Mixture) and isinstance(q, Mixture) and p.table.shape == q.table.shape):
        return p.cdf(x) - q.cdf(x)
    (w, m, s), (w2, m2, s2) = p.table, q.table
    flat = np.ravel(x)
    a, b = (flat - m) / s, (flat - m2) / s2
    step = ((flat - m) * (s2 - s) + s * (m2 - m)) / (s * s2)
    middle = np.minimum(np.square(0.5 * (a + b)), 2000.0)
    small = np.clip(step, -1e-3, 1e-3)
    small = small * np.exp(-0.5 * middle) / sqrt(2.0 * pi) * (1.0 + (middle - 1.0) * np.square(small) / 24.0)
    each = np.where(np.abs(step) < 1e-3, small, ndtr(a) - ndtr(b))
    return (w2 * each + (w - w2) * ndtr(a)).sum(axis=0).reshape(np.shape(x))
