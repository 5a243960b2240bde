"""The exact Wasserstein-1 distance between laws on the line, from their distribution functions."""

from math import inf, isclose, log
from sys import float_info
from typing import Final

import numpy as np

from gan_playground.theory.densities import Array, Density, cdf_difference
from gan_playground.theory.exact import Exact
from gan_playground.theory.quadrature import FAR, beyond, extended, integrate_rounded, resolved, sign_changes
from gan_playground.words import Note

_ROUNDING: Final = 4.0 * float_info.epsilon


def w1(p: Density, q: Density, tolerance: float = 1e-9, rounds: int = 40) -> Exact:
    """Return W1(P, Q) = INT |P(X <= x) - Q(X <= x)| dx; infinite where one tail has no mean and the other differs.

    >>> from gan_playground import Mixture
    >>> round(w1(Mixture.parse("N(0,1)"), Mixture.parse("N(3,1)")).value, 9)
    3.0
    """
    if any(
        not isclose(p.meanless.get(a, 0.0), q.meanless.get(a, 0.0), rel_tol=1e-14) for a in {*p.meanless, *q.meanless}
    ):
        return Exact(inf, inf, 0.0, Note("notes.of_no_mean"))

    def gap(x: Array, past: Array) -> tuple[Array, Array]:
        difference, size = cdf_difference(p, q, x + past)
        return np.abs(difference), _ROUNDING * size

    def log_gap(x: Array, past: Array) -> tuple[Array, Array]:
        difference, size = gap(x, past)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.log(difference), np.nan_to_num(size / difference, nan=0.0)

    def at(x: Array) -> Array:
        return log_gap(x, np.zeros_like(x))[0]

    support = min(p.support[0], q.support[0]), max(p.support[1], q.support[1])
    core = np.unique(np.concatenate([p.breakpoints, q.breakpoints]))
    edges = resolved(log_gap, extended(at, core, support), rounds + 24)
    edges = np.union1d(edges, sign_changes(lambda x: cdf_difference(p, q, x)[0], edges))
    found = integrate_rounded(gap, edges, tolerance, rounds)
    rest = [beyond(lambda x: np.exp(at(x)), end) for end in (float(edges[0]), float(edges[-1])) if abs(end) > FAR]
    value = found.value + sum(part.value for part in rest)
    error = found.error + sum(part.error for part in rest)
    return Exact(value, log(value) if value > 0.0 else -inf, error / value if value > 0.0 else 0.0)
