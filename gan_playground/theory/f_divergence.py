"""Exact f-divergences between laws on the line, by quadrature."""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, inf, isfinite, log, nan
from sys import float_info
from typing import Final

import numpy as np
import torch

from gan_playground.theory.densities import Array, Density, Mixture, Tail, log_ratio
from gan_playground.theory.divergences import Divergence
from gan_playground.theory.exact import Exact
from gan_playground.theory.pushforward_1d import PushForward
from gan_playground.theory.quadrature import Integrand, extended, integrate_log, sign_changes
from gan_playground.words import Note

_LARGEST: Final = log(float_info.max)


def divergence_between(
    divergence: Divergence, p: Density, q: Density, tolerance: float = 1e-9, rounds: int = 40
) -> Exact:
    """Return D_f(P||Q) = f(1) + INT q excess(log p/q) dx + P(q = 0) lim f(u)/u, excess = f(u) - f(1) - f'(1)(u - 1).

    Infinite only where the supports or the tails say that the integral diverges. A push-forward q is integrated
    over its latent, where q dx is the latent's own law and folds leave no singularity. With ``rounds=1`` it is fit
    for a live read-out; ``error`` then tells what was saved.

    >>> from gan_playground import Mixture, divergence
    >>> exact = divergence_between(divergence("kl"), Mixture.parse("N(0,1)"), Mixture.parse("N(1,1)"))
    >>> abs(exact.value - 0.5) <= 1e-9
    True
    """
    reason = why_infinite(divergence, p, q)
    if reason is not None:
        return Exact(inf, inf, 0.0, reason)
    line, scaled = _Line.of(p, q), divergence.scaled_minus_f or divergence.scaled_excess

    def h(t: Array) -> Array:
        weight, x = line.base.log_density(t), line.forward(t)
        r = log_ratio(p, q, x)
        heavier = weight + np.maximum(r, 0.0)
        far = r > 1e4
        if far.any() and not isinstance(q, PushForward):
            heavier = np.where(far, p.log_density(x), heavier)  # log p itself: log q + r has lost its digits there
        with np.errstate(invalid="ignore"):
            return np.where(weight > -inf, heavier + scaled(r), -inf)

    edges = extended(h, _with_tilted(divergence, p, q, line.core, h), line.reach)
    if divergence.curvature is None:
        edges = np.union1d(edges, sign_changes(lambda t: log_ratio(p, q, line.forward(t)), edges))
    found = integrate_log(h, edges, tolerance, rounds)
    if divergence.scaled_minus_f is not None:
        return Exact(-exp(found.log_value), nan, found.error)
    beyond = _mass_outside(p, q.support)
    log_value = float(np.logaddexp(found.log_value, log(beyond * divergence.growth.at_infinity) if beyond else -inf))
    most = divergence.growth.at_zero + divergence.growth.at_infinity  # where P and Q have nothing in common
    log_value = min(log_value, log(most)) if most < inf else log_value
    return Exact(exp(log_value) if log_value < _LARGEST else inf, log_value, found.error)


def why_infinite(divergence: Divergence, p: Density, q: Density) -> Note | None:
    """Return why D_f(P||Q) is infinite, from supports, atoms, folds and tails alone; None where it is finite."""
    growth, (lo_p, hi_p), (lo, hi) = divergence.growth, p.support, q.support
    if growth.at_infinity == inf and (lo_p < lo or hi_p > hi):
        return Note("notes.of_stops_short", {"lo": lo, "hi": hi})
    if growth.at_zero == inf and (lo < lo_p or hi > hi_p):
        return Note("notes.of_overshoots", {"lo": lo_p, "hi": hi_p})
    if isinstance(q, PushForward):
        if growth.at_zero == inf and q.atoms:
            return Note("notes.of_atom", {"x": q.atoms[0][0]})
        if growth.down >= 1.0 and q.folds:
            return Note("notes.of_fold", {"x": q.folds[0]})
    for tail_p, tail_q in zip(p.tails, q.tails, strict=True):
        if tail_p is None or tail_q is None or tail_p == tail_q:
            continue
        if tail_p < tail_q and not _integrable(tail_p, tail_q, growth.up, growth.at_infinity):
            return Note("notes.of_heavy_p")
        if tail_q < tail_p and not _integrable(tail_q, tail_p, growth.down, growth.at_zero):
            return Note("notes.of_heavy_q")
    return None


def _integrable(heavy: Tail, light: Tail, order: float, limit: float) -> bool:
    """Tell whether heavy^(1 + order) / light^order has an integral, times log(heavy / light) where the excess has one.

    The excess grows as u^(1 + order); at order 0 with an infinite limit of excess/u, as u log u.
    """
    for position in range(2):
        one, other = (1.0 + order) * heavy[position], order * light[position]
        if abs(one - other) > 1e-13 * (abs(one) + abs(other)):
            return one > other
    logarithm = order == 0.0 and limit == inf
    degree = (2 if light.square > heavy.square else 1 if light.linear > heavy.linear else 0) if logarithm else 0
    return (1.0 + order) * heavy.power - order * light.power - degree > 1.0


def optimal_critic(divergence: Divergence, p: Density, q: Density, x: Array) -> Array:
    """Return T*(x) = f'(p/q) at points x [n] (f-GAN eq. 5), +-inf where it overflows, nan where p = q = 0."""
    return divergence.optimal_critic(torch.from_numpy(log_ratio(p, q, np.asarray(x, dtype=np.float64)))).numpy()


# --- where to integrate -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """The variable of integration: q dx is the law ``base`` of t, x = forward(t), cut first at ``core``."""

    base: Density
    forward: Callable[[Array], Array]
    core: Array
    reach: tuple[float, float]

    @classmethod
    def of(cls, p: Density, q: Density) -> "_Line":
        if isinstance(q, PushForward):
            return cls(q.latent, q.forward, q.latent_edges(p), q.reach)
        core = np.unique(np.concatenate([p.breakpoints, q.breakpoints]))
        return cls(q, lambda x: x, core, q.support)


def _with_tilted(divergence: Divergence, p: Density, q: Density, core: Array, h: Integrand) -> Array:
    """Return the core with the bells of p^(1+a) / q^a and q^(1+b) / p^b added, which may stand far outside both."""
    if not (isinstance(p, Mixture) and isinstance(q, Mixture)):
        return core
    added = [
        _tilted(upper, lower, order)
        for upper, lower, order in ((p, q, divergence.growth.up), (q, p, divergence.growth.down))
        if order > 0.0
    ]
    if not added:
        return core
    centres, widths = np.concatenate(added, axis=1)
    weight = h(centres[None, :])[0]
    seen = weight > max(float(weight.max(initial=-inf)), float(h(core[None, :])[0].max())) - 60.0
    spread = np.array([-6.0, -3.5, -1.5, 0.0, 1.5, 3.5, 6.0])
    return np.unique(np.concatenate([core, (centres[seen, None] + widths[seen, None] * spread).ravel()]))


def _tilted(upper: Mixture, lower: Mixture, order: float) -> Array:
    """Return centres and widths [2, pairs] of the bells among N_i^(1+order) / N_j^order."""
    (_, m, s), (_, m2, s2) = upper.table, lower.table
    up, down = (1.0 + order) / s**2, order / s2.T**2
    precision = up - down
    bell = precision > 0.0
    return np.stack([((up * m - down * m2.T)[bell]) / precision[bell], precision[bell] ** -0.5])


def _mass_outside(p: Density, support: tuple[float, float]) -> float:
    """Return P(X outside support)."""
    lo, hi = support
    left = float(p.cdf(np.array([lo]))[0]) if isfinite(lo) else 0.0
    right = 1.0 - float(p.cdf(np.array([hi]))[0]) if isfinite(hi) else 0.0
    return left + max(right, 0.0)
