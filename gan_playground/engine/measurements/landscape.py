"""The landscape a linear generator moves in: the exact divergence of every bell, and the best one."""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from gan_playground.engine.snapshot import Array
from gan_playground.frames import Floats
from gan_playground.theory.best_normals import best_fit
from gan_playground.theory.densities import Density, affine
from gan_playground.theory.divergences import Divergence, from_zero
from gan_playground.theory.f_divergence import divergence_between

COLUMNS: Final = 29
ROWS: Final = 25


@dataclass(frozen=True, eq=False)
class Landscape:
    """D_f(P || law of mu + sigma z): ``value`` ``[sigma, mu]``, inf where it is infinite, and its least point.

    ``best`` is (mu, sigma, D_f), None where every law of this noise is infinitely far; ``divergence`` names D_f.
    """

    divergence: str
    mu: Array
    sigma: Array
    value: Array
    best: tuple[float, float, float] | None

    def levels(self, count: int = 9) -> Floats:
        """Levels of its contours, least + 2^k b, b the power of 2 next to a quarter of the least value; none of inf."""
        least = float(np.fmin.reduce(self.value, None, initial=np.inf if self.best is None else self.best[2]))
        if math.isinf(least):
            return np.empty(0)
        base = 2.0 ** round(math.log2(max(abs(least), 1e-3) / 4))
        return least + base * 2.0 ** np.arange(count)


@lru_cache(maxsize=64)
def landscape(divergence: Divergence, data: Density, noise: str) -> Landscape:
    """Return the landscape of this divergence around the data, each value by quadrature to about 1e-4; seconds."""
    centre, spread = _centre_and_spread(data)
    mu = centre + spread * np.linspace(-2.4, 2.4, COLUMNS)
    sigma = spread * np.geomspace(0.14, 2.2, ROWS)
    latent = "normal" if noise == "normal" else "uniform"
    drawn = from_zero(divergence)
    value = np.array([[_at(drawn, data, m, s, latent) for m in mu] for s in sigma])
    if not np.isfinite(value).any():
        return Landscape(divergence.label, mu, sigma, value, None)
    if noise == "normal":
        return Landscape(divergence.label, mu, sigma, value, _best_normal(drawn, data))
    return Landscape(divergence.label, mu, sigma, value, _best(drawn, data, mu, sigma, value))


def _centre_and_spread(data: Density) -> tuple[float, float]:
    """Return the mean and the sd, or the median and half of the middle 68 % where a heavy tail leaves none."""
    if math.isfinite(data.mean) and math.isfinite(data.sd):
        return data.mean, data.sd
    low, middle, high = data.quantile(np.array([0.16, 0.5, 0.84])).tolist()
    return middle, 0.5 * (high - low)


def _best_normal(divergence: Divergence, data: Density) -> tuple[float, float, float] | None:
    """Return the best fit; None where no normal of a sensible width is near."""
    try:
        return best_fit(divergence, data)
    except ValueError:
        return None


def _at(divergence: Divergence, data: Density, mu: float, sigma: float, latent: str) -> float:
    law = affine(float(mu), float(sigma), "normal" if latent == "normal" else "uniform")
    return divergence_between(divergence, data, law, 1e-4, 1).value


def _best(divergence: Divergence, data: Density, mu: Array, sigma: Array, value: Array) -> tuple[float, float, float]:
    """Descend from the least point of the grid."""
    from scipy.optimize import minimize

    row, column = np.unravel_index(np.argmin(value), value.shape)

    def cost(theta: Array) -> float:
        return divergence_between(divergence, data, affine(theta[0], math.exp(theta[1]), "uniform"), 1e-8, 8).value

    found = minimize(cost, [mu[column], math.log(sigma[row])], method="Nelder-Mead", options={"maxiter": 300})
    return float(found.x[0]), math.exp(found.x[1]), float(found.fun)
