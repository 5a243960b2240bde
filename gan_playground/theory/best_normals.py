"""The best single normal under each divergence: what a linear generator could reach (f-GAN, section 4).

A divergence that punishes missing mass spreads the normal over everything (Pearson, KL); one that punishes misplaced
mass puts it on a mode (reverse KL, Neyman).
"""

from collections.abc import Mapping
from functools import lru_cache
from math import exp, inf
from typing import Final, NamedTuple

import numpy as np

from gan_playground.theory.densities import Array, Density, Mixture, normal
from gan_playground.theory.divergences import DIVERGENCES, Divergence
from gan_playground.theory.f_divergence import divergence_between


class BestNormal(NamedTuple):
    """The normal N(mu, sigma^2) nearest to a law p, and the divergence D_f(P||N(mu, sigma^2))."""

    mu: float
    sigma: float
    value: float


FITTED: Final = tuple(key for key, member in DIVERGENCES.items() if member.has_own_fit)
"""The divergences a best normal is searched under."""

PAPERS_MIXTURE: Final = Mixture.parse("0.33*N(-1,0.255)+0.67*N(2,1.415)")
"""Not printed in the paper: five round numbers found from fifteen of its table, which they give to 3e-4."""

PUBLISHED: Final[Mapping[str, BestNormal]] = {
    "kl": BestNormal(1.0100, 1.8308, 0.2831),
    "reverse-kl": BestNormal(1.5782, 1.6319, 0.2480),
    "js": BestNormal(1.3070, 1.7542, 0.1280),
    "jeffrey": BestNormal(1.3218, 1.7034, 0.5705),
    "pearson": BestNormal(0.5737, 1.9274, 0.6457),
}
"""mu*, sigma* and D_f(P||Q_theta*) of the f-GAN paper's table (remembered, and confirmed by the mixture found)."""


@lru_cache(maxsize=64)
def best_fit(divergence: Divergence, p: Density) -> BestNormal:
    """Return the normal nearest to p: what a linear generator can reach.

    A coarse grid over p's quantiles and widths, then Nelder-Mead from its two best local minima, to about 1e-5 of
    sigma.

    Raises:
        ValueError: the divergence is infinite all over that grid.

    """
    from scipy.optimize import minimize

    def cost(theta: Array, rounds: int = 6) -> float:
        found = divergence_between(divergence, p, normal(float(theta[0]), exp(float(theta[1]))), 1e-8, rounds)
        return found.value if divergence.at_one else found.log_value

    low, high = p.quantile(np.array([0.02, 0.98]))
    means, log_sds = np.linspace(low, high, 9), np.log((high - low) * np.geomspace(0.03, 0.6, 7))
    grid = np.array([[cost(np.array([mean, log_sd]), 0) for log_sd in log_sds] for mean in means])
    around = np.pad(grid, 1, constant_values=inf)
    neighbours = [around[1 + i : 10 + i, 1 + j : 8 + j] for i in (-1, 0, 1) for j in (-1, 0, 1)]
    minima = np.argwhere(np.isfinite(grid) & (grid <= np.minimum.reduce(neighbours)))
    starts = sorted(minima.tolist(), key=lambda at: grid[at[0], at[1]])[:2]
    step = np.array([[0.0, 0.0], [0.5 * (means[1] - means[0]), 0.0], [0.0, 0.5 * (log_sds[1] - log_sds[0])]])
    found = [
        minimize(
            cost,
            start := np.array([means[i], log_sds[j]]),
            method="Nelder-Mead",
            options={"xatol": 1e-5, "fatol": 1e-11, "initial_simplex": start + step},
        )
        for i, j in starts
    ]
    mu, log_sigma = min(found, key=lambda r: float(r.fun)).x
    least = divergence_between(divergence, p, normal(float(mu), exp(log_sigma))).value
    return BestNormal(float(mu), exp(float(log_sigma)), least)


@lru_cache(maxsize=256)
def nearest_normal(key: str, p: Mixture) -> BestNormal | None:
    """Return the best normal under the divergence ``key``, None where no normal of a sensible width is near.

    About 0.4 s of one core where it was not asked before.
    """
    try:
        return best_fit(DIVERGENCES[key], p)
    except ValueError:
        return None
