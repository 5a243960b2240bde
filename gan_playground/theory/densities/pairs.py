"""Two laws compared point by point, with digits kept where they nearly agree."""

from math import pi, sqrt

import numpy as np
from scipy.special import ndtr

from gan_playground.theory.densities.law import Array, Density
from gan_playground.theory.densities.mixture import Mixture


def log_ratio(p: Density, q: Density, x: Array, past: Array | float = 0.0) -> Array:
    """Return log p - log q at x + past; near-equal normals and mixtures of them keep the digits of their difference."""
    return log_densities(p, q, x, past)[2]


def log_densities(p: Density, q: Density, x: Array, past: Array | float = 0.0) -> tuple[Array, Array, Array]:
    """Return log p, log q and log p/q at x + past, the last with its own digits where normals nearly agree.

    For paired components with z = (x - m)/s, the log-ratio of one pair is log(w/w') + log(s'/s) - (z - z')(z + z')/2
    with z - z' = ((x - m)(s' - s) + s (m' - m)) / (s s'), and that of the mixtures log(1 + SUM_k r'_k (ratio_k - 1))
    with r'_k the responsibilities under q. The ratio is nan where both vanish.
    """
    log_p, log_q = p.log_density(x, past), q.log_density(x, past)
    with np.errstate(invalid="ignore"):
        plain = log_p - log_q
    paired = _paired_bells(p, q)
    if paired is None:
        return log_p, log_q, plain
    (w, m, s), (w2, m2, s2) = paired
    moved = max(float(np.max(np.abs(d))) for d in ((w - w2) / w2, (m - m2) / s2, (s - s2) / s2))
    if len(w) > 1 and moved > 0.1:
        return log_p, log_q, plain
    x, past = (np.ravel(part) for part in np.broadcast_arrays(x, past))
    from_m = (x - m) + past
    z, z2 = from_m / s, ((x - m2) + past) / s2
    difference = (from_m * (s2 - s) + s * (m2 - m)) / (s * s2)
    pair = _log_quotient(w, w2) + _log_quotient(s2, s) - 0.5 * difference * (z + z2)
    if len(w) == 1:
        return log_p, log_q, pair.reshape(plain.shape)
    assert isinstance(q, Mixture)
    close = np.abs(pair).max(axis=0) < 1.0
    shares = np.exp(q.log_components(x, past) - np.ravel(log_q))
    fine = np.log1p(np.sum(shares * np.expm1(np.where(close, pair, 0.0)), axis=0))
    return log_p, log_q, np.where(close, fine, np.ravel(plain)).reshape(plain.shape)


def _log_quotient(a: Array, b: Array) -> Array:
    """Return log(a/b), with the digits of a - b where that is small."""
    share = (a - b) / b
    return np.where(np.abs(share) < 0.5, np.log1p(np.maximum(share, -0.5)), np.log(a) - np.log(b))


def _paired_bells(p: Density, q: Density) -> tuple[Array, Array] | None:
    """Return both laws' bells where they can be paired: as many normals on either side, and nothing else."""
    if not (isinstance(p, Mixture) and isinstance(q, Mixture)) or p.bells is None or q.bells is None:
        return None
    return (p.bells, q.bells) if p.bells.shape == q.bells.shape else None


def cdf_difference(p: Density, q: Density, x: Array) -> tuple[Array, Array]:
    """Return P(X <= x) - Q(X <= x), and the size of what was subtracted, whose rounding is its own.

    By distribution functions to the left and survival functions to the right, whichever are smaller: it ends at 0 on
    both sides whatever weights sum to. For paired near-equal normals Phi(a) - Phi(b) is h phi(m) (1 + (m^2 - 1)
    h^2 / 24), h = a - b, m = (a + b) / 2, where h is small; the next term is below h^4 (m^4 + 3) / 1920 of it.
    """
    of_p, of_q, over_p, over_q = p.cdf(x), q.cdf(x), p.survival(x), q.survival(x)
    below, above = of_p + of_q, over_p + over_q
    left = below <= above
    size = np.where(left, below, above)
    paired = _paired_bells(p, q)
    if paired is None:
        return np.where(left, of_p - of_q, over_q - over_p), size
    (w, m, s), (w2, m2, s2) = paired
    flat, side = np.ravel(x), np.where(np.ravel(left), 1.0, -1.0)
    a, b = (flat - m) / s, (flat - m2) / s2
    step = ((flat - m) * (s2 - s) + s * (m2 - m)) / (s * s2)
    middle = np.minimum(np.square(0.5 * (a + b)), 1400.0)
    small = np.clip(step, -1e-3, 1e-3)
    small = small * np.exp(-0.5 * middle) / sqrt(2.0 * pi) * (1.0 + (middle - 1.0) * np.square(small) / 24.0)
    each = np.where(np.abs(step) < 1e-3, small, side * (ndtr(side * a) - ndtr(side * b)))
    return (w2 * each + (w - w2) * side * ndtr(side * a)).sum(axis=0).reshape(np.shape(x)), size
