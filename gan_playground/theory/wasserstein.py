"""The exact Wasserstein-1 distance between laws on the line, from their distribution functions."""

from math import inf, log

import numpy as np

from gan_playground.theory.densities import Density, Tail, cdf_difference
from gan_playground.theory.exact import Exact
from gan_playground.theory.quadrature import integrate_outward, sign_changes
from gan_playground.words import Note


def w1(p: Density, q: Density, tolerance: float = 1e-9, rounds: int = 40) -> Exact:
    """Return W1(P, Q) = INT |P(X <= x) - Q(X <= x)| dx; infinite where one tail has no mean and the other differs.

    >>> from gan_playground import Mixture
    >>> round(w1(Mixture.parse("N(0,1)"), Mixture.parse("N(3,1)")).value, 9)
    3.0
    """
    for tail_p, tail_q in zip(p.tails, q.tails, strict=True):
        heavy = min(tail for tail in (tail_p, tail_q, Tail(inf, 0.0, 0.0)) if tail is not None)
        if heavy.square == heavy.linear == 0.0 and heavy.power <= 2.0 and tail_p != tail_q:
            return Exact(inf, inf, 0.0, Note("notes.of_no_mean"))
    support = min(p.support[0], q.support[0]), max(p.support[1], q.support[1])
    core = np.unique(np.concatenate([p.breakpoints, q.breakpoints]))
    core = np.union1d(core, sign_changes(lambda x: cdf_difference(p, q, x), core))
    found = integrate_outward(lambda x: np.abs(cdf_difference(p, q, x)), core, support, tolerance, rounds)
    log_value = log(found.value) if found.value > 0.0 else -inf
    return Exact(found.value, log_value, found.error / found.value if found.value > 0.0 else 0.0)
