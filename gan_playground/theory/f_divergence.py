"""Exact f-divergences between laws on the line, by quadrature."""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, inf, isfinite, log, nan
from sys import float_info
from typing import Final

import numpy as np
import torch

from gan_playground.theory.densities import Array, Density, Interval, Mixture, Tail, log_densities, log_ratio
from gan_playground.theory.divergences import Divergence
from gan_playground.theory.divergences.excess import Excess
from gan_playground.theory.exact import Exact
from gan_playground.theory.pushforward_1d import PushForward
from gan_playground.theory.quadrature import (
    FAR,
    LogIntegral,
    RoundedIntegrand,
    beyond,
    extended,
    integrate_log,
    resolved,
    sign_changes,
)
from gan_playground.words import Note

_LARGEST: Final = log(float_info.max)

_SKIRT: Final = 9.5 * 1.6 ** np.arange(1, 8)

_ROUNDING: Final = 4.0 * float_info.epsilon
"""Of a log-density, beside its size: what its own arithmetic leaves unknown."""


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
    line = _Line.of(p, q)
    h = _log_integrand(divergence.scaled_minus_f or divergence.scaled_excess, line, p, q)

    def at(t: Array) -> Array:
        return h(t, np.zeros_like(t))[0]

    edges = resolved(h, extended(at, line.core, line.reach), rounds + 24)
    if divergence.curvature is None:
        edges = np.union1d(edges, sign_changes(lambda t: log_ratio(p, q, line.forward(t)), edges))
    found = integrate_log(h, edges, tolerance, rounds)
    log_value, error = _with_far_tails(found, at, edges)
    if divergence.scaled_minus_f is not None:
        value = exp(log_value)
        if 0.0 < value < float_info.min:  # float64 counts in steps of 5e-324 there
            error += 4.0 * 5e-324 / value
        return Exact(0.0 - value, nan, error)
    outside = mass_outside(p, q) * divergence.growth.at_infinity if divergence.growth.at_infinity < inf else 0.0
    log_value = float(np.logaddexp(log_value, log(outside) if outside else -inf))
    most = divergence.growth.at_zero + divergence.growth.at_infinity  # where P and Q have nothing in common
    log_value = min(log_value, log(most)) if most < inf else log_value
    return Exact(exp(log_value) if log_value < _LARGEST else inf, log_value, error)


def why_infinite(divergence: Divergence, p: Density, q: Density) -> Note | None:
    """Return why D_f(P||Q) is infinite, from supports, atoms, folds and tails alone; None where it is finite."""
    growth = divergence.growth
    if growth.at_infinity == inf and (missed := _first_missed(p, q)) is not None:
        return Note("notes.of_stops_short", {"lo": missed[0], "hi": missed[1]})
    if growth.at_zero == inf and (missed := _first_missed(q, p)) is not None:
        return Note("notes.of_overshoots", {"lo": missed[0], "hi": missed[1]})
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


# --- where one law is 0 ---------------------------------------------------------------------------------------------


def _empty(law: Density) -> list[Interval]:
    """Return the open intervals on which a law's density is 0, ascending."""
    lo, hi = law.support
    return [*([(-inf, lo)] if lo > -inf else []), *law.gaps, *([(hi, inf)] if hi < inf else [])]


def _first_missed(p: Density, q: Density) -> Interval | None:
    """Return where q's support ends beside an interval on which only p has mass; None where there is none.

    Decided from the supports alone: an open interval on which q is 0 and which does not lie where p is 0 as well.
    """
    for lo, hi in _empty(q):
        if not any(start <= lo and hi <= end for start, end in _empty(p)):
            return q.support if lo == -inf or hi == inf else (lo, hi)
    return None


def mass_outside(p: Density, q: Density) -> float:
    """Return P(q(X) = 0) for laws with densities."""
    each = []
    for lo, hi in _empty(q):
        below, above = (float(p.cdf(np.array([end]))[0]) if isfinite(end) else float(end > 0.0) for end in (lo, hi))
        over, past = (float(p.survival(np.array([end]))[0]) if isfinite(end) else float(end < 0.0) for end in (lo, hi))
        each.append(above - below if below + above < over + past else over - past)
    return max(sum(each), 0.0)


# --- where to integrate -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """The variable t of integration: q dx is the law ``base`` of t, x = map(t), or t itself; cut first at ``core``."""

    base: Density
    map: Callable[[Array], Array] | None
    core: Array
    reach: tuple[float, float]

    @classmethod
    def of(cls, p: Density, q: Density) -> "_Line":
        if isinstance(q, PushForward):
            return cls(q.latent, q.forward, q.latent_edges(p), q.reach)
        core = np.unique(np.concatenate([p.breakpoints, q.breakpoints, _skirts(p, q)]))
        lo, hi = q.support
        return cls(q, None, core[(core >= lo) & (core <= hi)], q.support)

    def forward(self, t: Array) -> Array:
        """Return x."""
        return t if self.map is None else self.map(t)


def _skirts(p: Density, q: Density) -> Array:
    """Return where to cut beyond the narrow components: there u = p/q still fades as u^a, on their own scale.

    A normal's u^a is lost beside 1 at z^2 a / 2 = 37, far outside its mass where a is small.
    """
    parts = [part for law in (p, q) if isinstance(law, Mixture) for _, part in law.shares]
    widest = max((part.scale for part in parts), default=0.0)
    narrow = [(part.centre, part.scale) for part in parts if part.scale < 0.2 * widest]
    centres, scales = np.array(narrow).reshape(-1, 2).T[:, :, None]
    return np.concatenate([centres - scales * _SKIRT, centres + scales * _SKIRT]).ravel()


def _log_integrand(scaled: Excess, line: _Line, p: Density, q: Density) -> RoundedIntegrand:
    """Return h = log(max(p, q) e^g) + log dx/dt, g = ``scaled`` of log p/q, with what rounding leaves unknown of it.

    log p and log q are known to a few units of their last digit, log p/q to the sum of both: where the laws nearly
    agree, that is what counts, and it is found by moving the ratio by as much.
    """

    def h(t: Array, past: Array) -> tuple[Array, Array]:
        if line.map is None:
            beside, weight, r = log_densities(p, q, t, past)
            heavier = np.maximum(beside, weight)
        else:
            beside, _, r = log_densities(p, q, line.map(t + past))
            weight = line.base.log_density(t, past)
            heavier = weight + np.maximum(r, 0.0)
        seen = weight > -inf
        with np.errstate(invalid="ignore"):
            g = scaled(r)
            doubt = _ROUNDING * np.where(seen & (beside > -inf), np.abs(weight) + np.abs(beside) + 1.0, 0.0)
            change = np.abs(scaled(r + np.where(r > 0.0, doubt, -doubt)) - g)
            own = np.where(np.isfinite(change), np.minimum(change, 2.0 + change), 0.0)
            values = np.where(seen, heavier + g, -inf)
            return values, np.where(values > -inf, own + _ROUNDING * (1.0 + np.abs(heavier)), 0.0)

    return h


def _with_far_tails(found: LogIntegral, at: Callable[[Array], Array], edges: Array) -> tuple[float, float]:
    """Return a logarithm and its error with what a slowly falling tail has beyond the last edges."""
    log_value, error = found
    for end in (float(edges[0]), float(edges[-1])):
        if abs(end) > FAR:
            rest = beyond(lambda t: np.exp(at(t)), end)
            if rest.value:
                share = rest.value / (exp(log_value) + rest.value)
                log_value = float(np.logaddexp(log_value, log(rest.value)))
                error += share * rest.error / rest.value
    return log_value, error
