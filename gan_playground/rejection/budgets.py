"""Two more rules from log-ratio to chance: the budgeted optimum, and a chain's move."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from gan_playground.parsing import Real
from gan_playground.rejection.bars import BurnIn
from gan_playground.rejection.ratio import Floats, known
from gan_playground.words import Refusal

BUDGET: Final = 0.5
"""The share of samples that OBRS keeps where none is named: 1/K of K = 2."""


SHARES: Final = Real(0.0, 1.0, above=True, says="rejection.budget")


@dataclass(frozen=True, slots=True)
class Budget:
    """OBRS: a(x) = min(1, c r(x) / M), with c >= 1 such that the burn-in's mean acceptance is 1/K.

    Verine et al. 2023, theorem 1: of all acceptance functions with that mean, the one nearest to p in any
    f-divergence. ``exact`` where 1/K is below what exact rejection accepts: c is 1 then, since a smaller c would only
    throw away samples that have p's law already.
    """

    maximum: float
    log_c: float
    exact: bool = False

    def chance(self, log_ratio: ArrayLike) -> Floats:
        """Return the chance of being kept of samples with log-ratios ``[...]``.

        Raises:
            Refusal: a log-ratio is NaN.

        """
        log_ratio = known(log_ratio)
        if self.log_c == np.inf:
            return (log_ratio > -np.inf).astype(np.float64)
        return np.exp(np.minimum(np.minimum(log_ratio - self.maximum, 0.0) + self.log_c, 0.0))

    def capped(self, log_ratio: ArrayLike) -> int:
        """Return how many of the log-ratios lie above M, and so count as M."""
        return int(np.count_nonzero(known(log_ratio) > self.maximum))


def budget(burn: BurnIn, share: float = BUDGET) -> Budget:
    """Return OBRS at mean acceptance ``share`` = 1/K over the burn-in, in closed form.

    With the log-ratios sorted downwards and the k largest kept always, k + c sum of the other r_i / M = n/K; the one
    k for which c r_k >= M >= c r_(k+1) is the solution. c is infinite where even keeping every sample with p > 0
    falls short of ``share``.

    Raises:
        Refusal: ``share`` is not in (0, 1].

    """
    share = SHARES.parse("budget", share, literal=True)
    d = np.sort(np.minimum(burn.log_ratio - burn.maximum, 0.0))[::-1]
    n = len(d)
    if np.exp(d).mean() >= share:
        return Budget(burn.maximum, 0.0, exact=True)
    if np.count_nonzero(d > -np.inf) <= n * share:
        return Budget(burn.maximum, np.inf)
    # log of the sum of all from the k-th on, smallest first so that nothing is lost
    rest = np.logaddexp.accumulate(d[::-1])[::-1]
    k = np.arange(n)
    with np.errstate(divide="ignore"):
        log_c = np.log(np.maximum(n * share - k, 0.0)) - rest
    fits = log_c + d <= 0  # the k-th largest is not above 1, so exactly those before it are
    return Budget(burn.maximum, float(log_c[np.argmax(fits)]))


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """MH: the chance that a chain in equilibrium moves to x, E_{s ~ p} min(1, r(x) / r(s)).

    ``states`` float64 ``[n]`` are the log-ratios of held-out real samples, sorted: the law the chain is meant to have.
    """

    states: Floats
    maximum: float

    def chance(self, log_ratio: ArrayLike) -> Floats:
        """Return the chance of being moved to for samples with log-ratios ``[...]``.

        Raises:
            Refusal: a log-ratio is NaN.

        """
        log_ratio = known(log_ratio)
        below = np.searchsorted(self.states, log_ratio, side="right")
        above = np.append(np.logaddexp.accumulate(-self.states[::-1])[::-1], -np.inf)
        with np.errstate(invalid="ignore"):
            climbing = np.where(below < len(self.states), np.exp(np.minimum(log_ratio, 1e300) + above[below]), 0.0)
        return (below + climbing) / len(self.states)

    def capped(self, log_ratio: ArrayLike) -> int:
        """Return 0: a chain knows no M."""
        return 0 * known(log_ratio).size

    @classmethod
    def of(cls, real: ArrayLike, maximum: float) -> "Moves":
        """Return the rule for chains whose equilibrium has the log-ratios ``real`` ``[n]``; infinite ones left out.

        Raises:
            Refusal: one is NaN, or none is finite.

        """
        values = known(real).ravel()
        finite = np.sort(values[np.isfinite(values)])
        if not finite.size:
            raise Refusal("rejection.no_finite_ratio", n=values.size)
        return cls(finite, maximum)


def effective_size(log_ratio: ArrayLike) -> float:
    """Return (sum r)^2 / (n sum r^2): the share of the samples that weighing by r leaves, in (0, 1]."""
    values = known(log_ratio).ravel()
    return float(np.exp(2 * np.logaddexp.reduce(values) - np.logaddexp.reduce(2 * values)) / values.size)
