"""The best single normal under each divergence: what a linear generator could reach (f-GAN, section 4).

A divergence that punishes missing mass spreads the normal over everything (Pearson, KL); one that punishes misplaced
mass puts it on a mode (reverse KL, Neyman).
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from gan_playground.theory.densities import Mixture
from gan_playground.theory.distances import best_fit
from gan_playground.theory.divergences import DIVERGENCES


class Fit(NamedTuple):
    """The nearest normal: its divergence from p, its mean and its standard deviation."""

    value: float
    mu: float
    sigma: float


FITTED: Final = tuple(key for key, member in DIVERGENCES.items() if member.has_own_fit)
"""The divergences a best normal is searched under."""

PAPERS_MIXTURE: Final = Mixture.parse("0.33*N(-1,0.255)+0.67*N(2,1.415)")
"""Not printed in the paper: five round numbers found from fifteen of its table, which they give to 3e-4."""

PUBLISHED: Final[Mapping[str, Fit]] = {
    "kl": Fit(0.2831, 1.0100, 1.8308),
    "reverse-kl": Fit(0.2480, 1.5782, 1.6319),
    "js": Fit(0.1280, 1.3070, 1.7542),
    "jeffrey": Fit(0.5705, 1.3218, 1.7034),
    "pearson": Fit(0.6457, 0.5737, 1.9274),
}
"""D_f(P||Q_theta*), mu*, sigma* of the f-GAN paper's table (remembered, and confirmed by the mixture found)."""


@lru_cache(maxsize=256)
def nearest_normal(key: str, p: Mixture) -> Fit | None:
    """Return the best normal under the divergence ``key``, None where no normal of a sensible width is near.

    About 0.4 s of one core where it was not asked before.
    """
    try:
        mu, sigma, value = best_fit(DIVERGENCES[key], p)
    except ValueError:  # infinite all over the grid it starts from
        return None
    return Fit(value, mu, sigma)
