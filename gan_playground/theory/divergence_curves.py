"""What a picture of the f-divergence family needs: its four functions on fixed axes, and where a divergence comes from.

D_f(P||Q) = INT q f(p/q) dx,     T* = f'(p/q)     (Nowozin, Cseke, Tomioka 2016, eq. 1 and 5).
"""

from dataclasses import dataclass
from math import inf, isfinite
from typing import Final

import numpy as np
import torch

from gan_playground.theory.densities import Array, Mixture, log_ratio
from gan_playground.theory.divergences import Divergence
from gan_playground.theory.f_divergence import optimal_critic

U: Final = np.linspace(0.0, 4.0, 241)[1:]
T: Final = np.linspace(-4.0, 4.0, 321)
V: Final = np.linspace(-4.0, 4.0, 161)


@dataclass(frozen=True, slots=True)
class Profile:
    """f and f' on `U` [240], f* on `T` [321] (inf outside its domain), g_f on `V` [161]."""

    f: Array
    slope: Array
    conjugate: Array
    activation: Array


def profile(divergence: Divergence) -> Profile:
    """Return the four functions of a divergence on the axes of its pictures."""
    u, t, v = (torch.from_numpy(axis) for axis in (U, T, V))
    with torch.no_grad():
        maps = ((divergence.f, u), (divergence.f_prime, u), (divergence.conjugate, t), (divergence.activation, v))
        return Profile(*(np.asarray(function(at).numpy(), np.float64) for function, at in maps))


@dataclass(frozen=True, slots=True)
class Along:
    """The integrand q f(p/q) and the best critic T* = f'(p/q) at points x [n]."""

    integrand: Array
    critic: Array


def along(divergence: Divergence, p: Mixture, q: Mixture, x: Array) -> Along:
    """Return where the divergence comes from, as q excess + f(1) q + f'(1) (p - q), so that no tail loses its digits.

    Infinite where it is beyond float64; where both laws are 0 the integrand is, and the critic is nan.
    """
    r = log_ratio(p, q, x)
    r = np.where(np.isnan(r), 0.0, r)
    at_p, at_q = np.exp(p.log_density(x)), np.exp(q.log_density(x))
    with np.errstate(over="ignore"):
        beyond = np.exp(q.log_density(x) + divergence.log_excess(r))
    integrand = beyond + divergence.at_one * at_q + divergence.slope_at_one * (at_p - at_q)
    return Along(integrand, optimal_critic(divergence, p, q, x))


def window(p: Mixture, q: Mixture) -> tuple[float, float]:
    """Return the ends of an axis that shows both: 3.5 widths of every component, rounded outward."""
    ends = [(part.centre - 3.5 * part.scale, part.centre + 3.5 * part.scale) for law in (p, q) for part in law.parts]
    low, high = min(end[0] for end in ends), max(end[1] for end in ends)
    unit = 10.0 ** np.floor(np.log10(high - low))
    step = unit / 10.0 if (high - low) / unit < 2.0 else unit / 2.0 if (high - low) / unit < 6.0 else unit
    return float(np.floor(low / step) * step), float(np.ceil(high / step) * step)


def interval(divergence: Divergence) -> tuple[str, str]:
    """Return where f* is finite, as plain text and as LaTeX: all numbers, or t below (up to) an end."""
    domain = divergence.domain
    end = f"{domain.hi:.4g}"
    latex = "\\log 2" if abs(domain.hi - np.log(2.0)) < 1e-12 else end
    if isfinite(domain.lo):
        return f"{domain.lo:.4g} <= t <= {end}", rf"{domain.lo:.4g} \le t \le {latex}"
    if domain.hi == inf:
        return "every t", r"t \in \real"
    sign, symbol = ("<=", r"\le") if domain.hi_closed else ("<", r"\lt")
    return f"t {sign} {end}", rf"t {symbol} {latex}"
