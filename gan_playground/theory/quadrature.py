"""Adaptive quadrature on panels: Gauss-Kronrod, every panel of a round evaluated in one call.

A panel is kept when its error estimate is small beside the whole, and halved otherwise, so a kink or a jump costs
one panel a round. `integrate` takes the integrand, `integrate_log` its logarithm, for integrals far beyond float64.
What is rounded in the integrand itself can't be halved away: it is carried along, and is part of the error.
"""

from collections.abc import Callable
from math import inf, isfinite, log
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Integrand = Callable[[Array], Array]
RoundedIntegrand = Callable[[Array, Array], tuple[Array, Array]]
"""Points x + past, where a panel begins and how far into it -> the values there, and what rounding leaves unknown."""


_HALF_NODES = [0.991455371120812639, 0.949107912342758525, 0.864864423359769073, 0.741531185599394440]
_HALF_NODES += [0.586087235467691130, 0.405845151377397167, 0.207784955007898468]
_HALF_KRONROD = [0.0229353220105292250, 0.0630920926299785533, 0.104790010322250184, 0.140653259715525919]
_HALF_KRONROD += [0.169004726639267903, 0.190350578064785410, 0.204432940075298892]
_HALF_GAUSS = [0.0, 0.129484966168869693, 0.0, 0.279705391489276668, 0.0, 0.381830050505118945, 0.0]

NODES: Final = np.array([*(-x for x in _HALF_NODES), 0.0, *reversed(_HALF_NODES)])
KRONROD: Final = np.array([*_HALF_KRONROD, 0.209482141084727828, *reversed(_HALF_KRONROD)])
GAUSS: Final = np.array([*_HALF_GAUSS, 0.417959183673469388, *reversed(_HALF_GAUSS)])
_SHARES: Final = 0.5 * (1.0 + NODES)
"""The nodes as shares of a panel."""

_MOST_PANELS: Final = 4096
_NEGLIGIBLE: Final = 50.0
"""Nats below the peak at which an integrand is beneath float64's last digit of the whole."""
_STEEP: Final = 12.0
"""Nats between a panel's middle and its ends that a panel of 15 nodes still sees."""
_FARTHEST: Final = 1e140
"""How far out a slowly falling tail is followed; beyond, it goes on as a power of x."""

_NOISE: Final = 50.0
"""Nats of rounding at the peak beside which its width, some e^-50 to e^50 of its unit, no longer counts."""
FAR: Final = 1e100
"""Where a tail that is still followed falls as a power of x, and nothing else."""


class Integral(NamedTuple):
    """A value and an estimate of its absolute error."""

    value: float
    error: float


class LogIntegral(NamedTuple):
    """The logarithm of a value, and an estimate of its absolute error (of the value's relative error)."""

    log_value: float
    error: float


def integrate(f: Integrand, edges: Array, tolerance: float = 1e-10, rounds: int = 40) -> Integral:
    """Return INT f over [edges[0], edges[-1]], cut first at ``edges`` (ascending).

    ``tolerance`` is relative to INT |f|; after ``rounds`` rounds of halving the best value so far is returned with
    its error. ``f`` is called with arrays [panels, 15] and must return finite values of that shape.
    """

    def exactly(x: Array, past: Array) -> tuple[Array, Array]:
        y = f(x + past)
        return y, np.zeros_like(y)

    return integrate_rounded(exactly, edges, tolerance, rounds)


def integrate_rounded(f: RoundedIntegrand, edges: Array, tolerance: float = 1e-10, rounds: int = 40) -> Integral:
    """Return INT f from an integrand that also tells how far it is rounded, as `integrate` does."""
    left, width = edges[:-1], np.diff(edges)
    kept = kept_error = kept_size = 0.0
    while True:
        parts, sizes, errors, noise = _panels(*f(left[:, None], width[:, None] * _SHARES), 0.5 * width)
        size, error = kept_size + float(sizes.sum()), kept_error + float((errors + noise).sum())
        coarse = errors > np.maximum(tolerance * size / len(edges), noise)
        if error <= tolerance * size or rounds <= 0 or not 0 < 2 * coarse.sum() <= _MOST_PANELS:
            return Integral(kept + float(parts.sum()), error)
        rounds -= 1
        kept, kept_error = kept + float(parts[~coarse].sum()), kept_error + float((errors + noise)[~coarse].sum())
        kept_size += float(sizes[~coarse].sum())
        left, width = left[coarse], 0.5 * width[coarse]
        left, width = np.concatenate([left, left + width]), np.concatenate([width, width])


def _panels(y: Array, own: Array, half: Array) -> tuple[Array, Array, Array, Array]:
    """Return each panel's INT f, INT |f|, error (QUADPACK's: the rules' difference, sharpened by its order), noise."""
    mean = 0.5 * (y @ KRONROD)
    spread = half * (np.abs(y - mean[:, None]) @ KRONROD)
    gap = half * np.abs(y @ KRONROD - y @ GAUSS)
    sizes = half * (np.abs(y) @ KRONROD)
    ratio = np.divide(200.0 * gap, spread, out=np.zeros_like(gap), where=spread > 0.0)
    noise = half * (own @ KRONROD) + 1e-15 * sizes
    return 2.0 * half * mean, sizes, spread * np.minimum(1.0, ratio**1.5), noise


def integrate_log(h: RoundedIntegrand, edges: Array, tolerance: float = 1e-10, rounds: int = 40) -> LogIntegral:
    """Return log INT e^h over [edges[0], edges[-1]]; h may be -inf, and e^h may lie far beyond float64.

    It is scaled by its highest value at an edge, and again where a node turns out to lie 500 higher. Where h itself is
    so large that its last digit is worth more than the peak's width, the peak is the answer.
    """
    at_edges, doubt = h(edges, np.zeros_like(edges))
    highest_edge = int(np.argmax(_below_inf(at_edges)))
    peak = float(_below_inf(at_edges)[highest_edge])
    if doubt[highest_edge] > _NOISE:
        return LogIntegral(peak, float(doubt[highest_edge]))
    while True:
        highest = -inf

        def scaled(x: Array, past: Array, peak: float = peak) -> tuple[Array, Array]:
            nonlocal highest
            values, own = h(x, past)
            highest = max(highest, float(values.max()))
            y = np.exp(np.minimum(values - peak, 700.0)) if isfinite(peak) else np.zeros_like(values)
            return y, np.minimum(own, 1e300) * y

        found = integrate_rounded(scaled, edges, tolerance, rounds)
        if highest <= peak + 500.0:
            break
        peak = highest
    if found.value <= 0.0:
        return LogIntegral(-inf, 0.0)
    return LogIntegral(peak + log(found.value), found.error / found.value)


def _below_inf(h: Array) -> Array:
    """Return h with its poles left out: an edge may stand on an integrable singularity, a node never does."""
    return np.where(h < inf, h, -inf)


def extended(h: Integrand, core: Array, support: tuple[float, float]) -> Array:
    """Return edges that go on from ``core``, doubling in width, to where e^h is negligible or ``support`` ends.

    Negligible: e^h times a panel's width stays e^-50 below its peak from there on.
    """
    lo, hi = support
    span = core[-1] - core[0]
    farthest = int(np.log2(_FARTHEST / max(span, float(np.abs(core).max()))))
    for doublings in (10, 60, max(farthest, 60)):
        growth = 0.5 * span * (2.0 ** np.arange(1, 1 + doublings) - 1.0)
        edges = np.concatenate([core[0] - growth[::-1], core, core[-1] + growth])
        edges = np.concatenate([edges[(edges > lo) & (edges < hi)], [end for end in support if isfinite(end)]])
        edges = np.unique(edges)
        with np.errstate(divide="ignore"):
            weight = _below_inf(h(edges)) + np.log(np.gradient(edges))
        heavy = np.flatnonzero((weight >= weight.max() - _NEGLIGIBLE) & (weight > -inf))
        inner = np.flatnonzero((edges >= core[0]) & (edges <= core[-1]))
        first, last = min([*heavy[:1], *inner[:1]]) - 1, max([*heavy[-1:], *inner[-1:]]) + 1
        if (first >= 0 or isfinite(lo)) and (last < len(edges) or isfinite(hi)):
            break
    return edges[max(first, 0) : last + 1]


def resolved(h: RoundedIntegrand, edges: Array, rounds: int = 64) -> Array:
    """Return edges with panels halved until none that matters rises or falls by more than its nodes can see.

    So a narrow peak between the edges, or a steep flank beside one, is found before anything is integrated.
    """
    left, width = edges[:-1], np.diff(edges)
    found = [edges]
    peak = -inf
    for _ in range(rounds):
        inside = np.stack([np.full_like(width, 1e-12), np.full_like(width, 0.5), np.full_like(width, 1.0 - 1e-12)])
        values, own = h(np.broadcast_to(left, inside.shape), inside * width)
        values = _below_inf(values)
        ends, middle = np.maximum(values[0], values[2]), values[1]
        with np.errstate(divide="ignore"):
            peak = max(peak, float(np.max(values + np.log(width), initial=-inf)))
            matters = (np.maximum(ends, middle) + np.log(width) >= peak - _NEGLIGIBLE) & (peak > -inf)
        with np.errstate(invalid="ignore"):
            steep = np.abs(ends - middle) > _STEEP + 0.1 * np.minimum(own.max(axis=0), 1e300)
        steep &= matters & (left + 0.5 * width > left) & (left + width > left + 0.5 * width)
        if not steep.any():
            break
        left, width = left[steep], 0.5 * width[steep]
        found.append(left + width)
        left, width = np.concatenate([left, left + width]), np.concatenate([width, width])
    return np.unique(np.concatenate(found))


def beyond(f: Integrand, end: float) -> Integral:
    """Return INT f from ``end`` outward (away from 0) for an f that falls there as a power of |x|, above the first.

    f = c |x|^-k leaves |end| f(end) / (k - 1), with k from two points; the error is what a logarithm would change.
    """
    here, before = f(np.array([end, 0.5 * end])).tolist()
    if not 0.0 < here < before:
        return Integral(0.0, 0.0)
    rest = abs(end) * here / max(log(before / here) / log(2.0) - 1.0, 1e-9)
    return Integral(rest, 0.05 * rest)


def sign_changes(f: Integrand, edges: Array) -> Array:
    """Return points, ascending, where f changes sign between neighbouring nodes of the panels: the kinks of |f|.

    Where |f| is least among three neighbours, f is also asked at the vertex of their parabola: it may cross 0 twice.
    """
    half = 0.5 * np.diff(edges)
    t = ((0.5 * (edges[1:] + edges[:-1]))[:, None] + half[:, None] * NODES).ravel()
    y = np.clip(np.nan_to_num(f(t), nan=0.0), -1e100, 1e100)
    for _ in range(3):
        vertex = _vertices(t, y)
        t = np.concatenate([t, vertex])
        y = np.concatenate([y, np.clip(np.nan_to_num(f(vertex), nan=0.0), -1e100, 1e100)])
        t, order = np.unique(t, return_index=True)
        y = y[order]
    at = np.flatnonzero(y[1:] * np.sign(y[:-1]) < 0.0)
    lo, hi, low, high = t[at], t[at + 1], y[at], y[at + 1]
    near, last = 1e-12 * (hi - lo), hi
    for step in range(60):  # Illinois: regula falsi that halves the weight of an end that stays; every fourth halves
        middle = hi - high * (hi - lo) / np.where(high == low, inf, high - low)
        middle = np.where((middle > lo) & (middle < hi) & (step % 4 < 3), middle, 0.5 * (lo + hi))
        if (np.abs(middle - last) <= near).all():
            break
        last = middle
        value = np.clip(f(middle), -1e100, 1e100)
        same = value * np.sign(low) > 0.0
        low, high = np.where(same, value, 0.5 * low), np.where(same, 0.5 * high, value)
        lo, hi = np.where(same, middle, lo), np.where(same, hi, middle)
    return last


def _vertices(t: Array, y: Array) -> Array:
    """Return the vertices of parabolas through three neighbours of one sign, the middle one nearest to 0."""
    left, middle, right = y[:-2], y[1:-1], y[2:]
    dip = (np.abs(middle) <= np.minimum(np.abs(left), np.abs(right))) & (np.sign(left) == np.sign(middle))
    at = np.flatnonzero(dip & (np.sign(right) == np.sign(middle)) & (middle != 0.0)) + 1
    one, other = t[at - 1] - t[at], t[at + 1] - t[at]
    with np.errstate(all="ignore"):  # beside a support's end values are clipped, and a parabola means nothing
        rise, fall = (y[at - 1] - y[at]) / one, (y[at + 1] - y[at]) / other
        bend = (fall - rise) / (other - one)
        move = 0.5 * (one - rise / bend)
        return t[at] + np.where((move > one) & (move < other), move, 0.0)


def integrate_outward(
    f: Integrand, core: Array, support: tuple[float, float], tolerance: float, rounds: int
) -> Integral:
    """Return INT f over the support, from the core outward as far as |f| is not negligible."""

    def log_size(x: Array) -> Array:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.nan_to_num(np.log(np.abs(f(x))), nan=-inf, neginf=-inf, posinf=700.0)

    inside = core[(core >= support[0]) & (core <= support[1])]
    edges = extended(log_size, inside, support)
    with np.errstate(invalid="ignore", over="ignore"):
        return integrate(f, edges, tolerance, rounds)
