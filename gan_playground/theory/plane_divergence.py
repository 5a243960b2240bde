"""Divergences between typed mixtures in the plane: cells cut by every bell, quartered where two rules differ.

D_f(P||Q) = f(1) + INT max(p, q) e^g dx,   g(log p/q) = log excess - max(log p/q, 0).
"""

from math import exp, inf, log
from sys import float_info
from typing import Final

import numpy as np

from gan_playground.theory.densities import Array
from gan_playground.theory.densities.plane_mixture import PlaneMixture
from gan_playground.theory.divergences import Divergence
from gan_playground.theory.exact import Exact
from gan_playground.words import Note

_SPREAD: Final = np.array([-9.5, -6.0, -3.5, -1.5, 0.0, 1.5, 3.5, 6.0, 9.5])
"""Where a bell cuts each axis, in its standard deviations there."""
_SKIRT: Final = np.array([-45.0, -27.0, -16.0, 16.0, 27.0, 45.0])
"""Where a narrow bell cuts it as well: p/q still fades there, on its scale."""
_FINE, _COARSE = (np.polynomial.legendre.leggauss(n) for n in (10, 7))
_DIRECTIONS: Final = np.stack([np.cos(t := np.linspace(0.0, np.pi, 721)), np.sin(t)], axis=1)
_CELLS_AT_ONCE: Final = 1024
_MOST_CELLS: Final = 12_000


def plane_divergence_between(
    divergence: Divergence, p: PlaneMixture, q: PlaneMixture, tolerance: float = 1e-7, rounds: int = 7
) -> Exact:
    """Return D_f(P||Q); its error is the sum of what two rules differ by on every cell.

    Infinite where along some direction the heavier law's tail, to the power that f gives it, outweighs the other's.
    """
    growth = divergence.growth
    for upper, lower, order, why in ((p, q, growth.up, "notes.of_heavy_p"), (q, p, growth.down, "notes.of_heavy_q")):
        if order > 0.0 and not _integrable(upper, lower, order):
            return Exact(inf, inf, 0.0, Note(why))
    x_cuts, y_cuts = (_cuts(divergence, p, q, axis) for axis in (0, 1))
    x, y = (part.ravel() for part in np.meshgrid(x_cuts[:-1], y_cuts[:-1]))
    width, height = (part.ravel() for part in np.meshgrid(np.diff(x_cuts), np.diff(y_cuts)))
    peak = float(np.max(_log_integrand(divergence, p, q, np.stack([x + width / 2, y + height / 2], axis=-1))))
    peak = peak if peak > -inf else 0.0  # every middle is where p = q
    kept = kept_error = 0.0
    while True:
        fine, coarse = _sums(divergence, p, q, (x, y, width, height), peak)
        gap = np.abs(fine - coarse)
        total, error = kept + float(fine.sum()), kept_error + float(gap.sum())
        rough = gap > tolerance * total / len(x_cuts) / len(y_cuts)
        if error <= tolerance * total or rounds <= 0 or not 0 < 4 * rough.sum() <= _MOST_CELLS:
            break
        rounds -= 1
        kept, kept_error = kept + float(fine[~rough].sum()), kept_error + float(gap[~rough].sum())
        width, height = 0.5 * width[rough], 0.5 * height[rough]
        x, y = x[rough], y[rough]
        x, y = np.concatenate([x, x + width, x, x + width]), np.concatenate([y, y, y + height, y + height])
        width, height = np.tile(width, 4), np.tile(height, 4)
    if total <= 0.0:
        return Exact(divergence.at_one, -inf, 0.0)
    log_value, relative = peak + log(total), error / total + 1e-13
    if divergence.at_one:
        value = divergence.at_one + exp(log_value)
        return Exact(value, float("nan"), relative * exp(log_value) / abs(value) if value else relative)
    return Exact(exp(log_value) if log_value < log(float_info.max) else inf, log_value, relative)


def _log_integrand(divergence: Divergence, p: PlaneMixture, q: PlaneMixture, x: Array) -> Array:
    log_p, log_q = p.log_density(x), q.log_density(x)
    return np.maximum(log_p, log_q) + divergence.scaled_excess(log_p - log_q)


def _sums(
    divergence: Divergence, p: PlaneMixture, q: PlaneMixture, cells: tuple[Array, Array, Array, Array], peak: float
) -> tuple[Array, Array]:
    """Return the integral over each cell (corner, width, height) by the fine and by the coarse rule, over e^peak."""
    found = [np.empty(len(cells[0])), np.empty(len(cells[0]))]
    for start in range(0, len(cells[0]), _CELLS_AT_ONCE):
        x, y, width, height = (part[start : start + _CELLS_AT_ONCE, None, None] for part in cells)
        for rule, (nodes, weights) in enumerate((_FINE, _COARSE)):
            share = 0.5 * (1.0 + nodes)
            points = np.broadcast_arrays(x + width * share[:, None], y + height * share)
            values = np.exp(np.minimum(_log_integrand(divergence, p, q, np.stack(points, axis=-1)) - peak, 700.0))
            sums = np.einsum("cij,i,j->c", values, 0.5 * weights, 0.5 * weights)
            found[rule][start : start + len(x)] = sums * width[:, 0, 0] * height[:, 0, 0]
    return found[0], found[1]


def _cuts(divergence: Divergence, p: PlaneMixture, q: PlaneMixture, axis: int) -> Array:
    """Return where the bells of both laws, and those of p^(1+a)/q^a and back, cut an axis."""
    centres = [law.means[:, axis] for law in (p, q)]
    sds = [np.sqrt(law.covariances[:, axis, axis]) for law in (p, q)]
    for upper, lower, order in ((p, q, divergence.growth.up), (q, p, divergence.growth.down)):
        if order > 0.0:
            precision = (1.0 + order) * upper.precisions[:, None] - order * lower.precisions
            bell = np.linalg.eigvalsh(precision).min(axis=-1) > 0.0
            one, other = (np.einsum("kij,kj->ki", law.precisions, law.means) for law in (upper, lower))
            weighted = ((1.0 + order) * one[:, None] - order * other)[bell]
            spread = np.linalg.inv(precision[bell])
            centres.append(np.einsum("kij,kj->ki", spread, weighted)[:, axis])
            sds.append(np.sqrt(spread[:, axis, axis]))
    middle, sd = np.concatenate(centres)[:, None], np.concatenate(sds)[:, None]
    narrow = sd[:, 0] < 0.2 * sd.max()
    cuts = np.concatenate([(middle + sd * _SPREAD).ravel(), (middle[narrow] + sd[narrow] * _SKIRT).ravel()])
    cuts = np.unique(cuts)
    apart = np.diff(cuts, prepend=-inf) > 0.1 * sd.min()  # cuts that all but coincide would only multiply cells
    return cuts[apart]


def _integrable(upper: PlaneMixture, lower: PlaneMixture, order: float) -> bool:
    """Tell whether upper^(1 + order) / lower^order falls along every direction, by the heaviest bell of each there."""
    heavy, light = (
        np.einsum("di,kij,dj->dk", _DIRECTIONS, law.precisions, _DIRECTIONS).min(axis=1) for law in (upper, lower)
    )
    return bool(((1.0 + order) * heavy - order * light > 1e-12 * heavy).all())
