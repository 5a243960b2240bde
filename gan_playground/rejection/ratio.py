"""Log-ratios log p(x)/q(x): what they must be, and the constant of those known only up to one."""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gan_playground.words import Refusal

Floats: TypeAlias = NDArray[np.float64]


def log1mexp(x: ArrayLike) -> Floats:
    """Return log(1 - exp(x)) for x <= 0 to full precision at both ends; -inf at 0 (Maechler 2012, equation 7)."""
    x = np.asarray(x, np.float64)
    with np.errstate(divide="ignore"):
        return np.where(x > -np.log(2), np.log(-np.expm1(x)), np.log1p(-np.exp(np.minimum(x, -np.log(2)))))


def known(log_ratio: ArrayLike) -> Floats:
    """Return log-ratios as float64; -inf (p = 0) and +inf (q = 0) are known, NaN is not.

    Raises:
        Refusal: one is NaN.

    """
    values = np.asarray(log_ratio, np.float64)
    if np.isnan(values).any():
        raise Refusal("rejection.ratio_not_a_number", count=int(np.isnan(values).sum()))
    return values


def level(log_ratio: ArrayLike) -> float:
    """Return log E_G[exp(log-ratio)] over the generator's own samples ``[n]``: 0 for a true ratio, as E_q[p/q] = 1.

    +inf is left out: a single one would say nothing of the others.

    Raises:
        Refusal: one is NaN, or none is finite.

    """
    values = known(log_ratio).ravel()
    finite = values[values < np.inf]
    total = float(np.logaddexp.reduce(finite)) if finite.size else -np.inf
    if total == -np.inf:
        raise Refusal("rejection.no_finite_ratio", n=values.size)
    return total - float(np.log(finite.size))


def mean_ratio(log_ratio: ArrayLike) -> float:
    """Return E_G[p/q], exp of `level`; 1 for a true ratio."""
    return float(np.exp(level(log_ratio)))


def levelled(log_ratio: ArrayLike, generated: ArrayLike) -> Floats:
    """Return log-ratios shifted by the constant that makes E_G[ratio] = 1 over ``generated``'s.

    For a critic whose logit is known only up to a constant: relativistic, hinge, Wasserstein.
    """
    return known(log_ratio) - level(generated)
