"""The bar of exact rejection and of DRS: a frozen pair (M, gamma), found in a burn-in.

Azadi et al., ICLR 2019, section 3 and algorithm 1. The ratio enters as the log-ratio D~(x) = log p(x)/q(x); for a
GAN's critic that is its logit, for an f-GAN's critic the divergence's own ``log_ratio(v)``.

What is shown uses one frozen pair: M is the largest log-ratio of a burn-in (or its 99.9th percentile), gamma a
percentile of F over the same burn-in. A later sample above M is capped at it, d = min(D~ - M, 0), and counted.
"""

from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit

from gan_playground.parsing import Real
from gan_playground.rejection.ratio import Floats, known, log1mexp
from gan_playground.words import Refusal

Cap = Literal["max", "99.9"]
"""What M is: the largest log-ratio of the burn-in, or its 99.9th percentile."""

BURN_IN: Final = 10_000
"""Samples of the burn-in, as in the paper."""

EPSILON: Final = 1e-14
"""Keeps log(1 - exp(d - epsilon)) finite at d = 0, and stands inside that exponential only."""

PERCENTILE: Final = 80.0
"""The percentile of F that the paper sets gamma to on images."""


PERCENTILES: Final = Real(0.0, 100.0, says="rejection.percentile")
"""How strict a bar may be. (0.8 is the 0.8th percentile, not the 80th.)"""


def shifted_logit(d: ArrayLike, epsilon: float = EPSILON) -> Floats:
    """Return F + gamma = d - log(1 - exp(d - epsilon)), the logit of the chance before gamma, for d <= 0.

    At epsilon = 0 its sigmoid is exp(d) = p/(M q), exact rejection. It increases in d, from -inf at d = -inf to
    -log(epsilon) at d = 0.
    """
    d = np.asarray(d, np.float64)
    return d - log1mexp(d - epsilon)


@dataclass(frozen=True, slots=True)
class Bar:
    """The frozen pair: ``maximum`` M and ``gamma``, with the epsilon they were found at."""

    maximum: float
    gamma: float
    epsilon: float = EPSILON

    def chance(self, log_ratio: ArrayLike) -> Floats:
        """Return the chance of being kept, sigmoid(F), of samples with log-ratios ``[...]``.

        F(x) = d - log(1 - exp(d - epsilon)) - gamma, d = min(D~(x) - M, 0). A log-ratio of -inf (p = 0) is never kept
        and +inf is capped like any other above M.

        Raises:
            Refusal: a log-ratio is NaN.

        """
        log_ratio = known(log_ratio)
        logit = shifted_logit(np.minimum(log_ratio - self.maximum, 0.0), self.epsilon)
        # gamma is -inf where a whole percentile of the burn-in has p = 0: then -inf - gamma would be NaN
        return expit(np.where(np.isneginf(logit), -np.inf, logit - self.gamma if np.isfinite(self.gamma) else np.inf))

    def capped(self, log_ratio: ArrayLike) -> int:
        """Return how many of the log-ratios lie above M, and so count as M."""
        return int(np.count_nonzero(known(log_ratio) > self.maximum))


@dataclass(frozen=True, slots=True, eq=False)
class BurnIn:
    """The log-ratios float64 ``[n]`` of the generator's own samples, and ``maximum`` M, which they share."""

    log_ratio: Floats
    maximum: float

    def gamma(self, percentile: float) -> float:
        """Return F's ``percentile`` over the burn-in: one of its samples, which is then kept half the time.

        At -inf (a whole percentile of p = 0) there is no such sample.
        """
        logit = shifted_logit(np.minimum(self.log_ratio - self.maximum, 0.0))
        return float(np.percentile(logit, percentile, method="inverted_cdf"))

    def bar(self, percentile: float = PERCENTILE) -> Bar:
        """Freeze the pair at ``percentile``, 0 (keep nearly all) to 100 (keep nearly none).

        Raises:
            Refusal: ``percentile`` is not a number from 0 to 100.

        """
        return Bar(self.maximum, self.gamma(PERCENTILES.parse("percentile", percentile, literal=True)))

    def exact(self) -> Bar:
        """Freeze the pair of exact rejection sampling, p/(M q): gamma = 0 and epsilon = 0."""
        return Bar(self.maximum, 0.0, 0.0)

    def raised(self, maximum: float) -> "BurnIn":
        """Return the same burn-in under a larger M, from which every bar is found anew."""
        return replace(self, maximum=max(self.maximum, maximum))


def burn_in(log_ratio: ArrayLike, cap: Cap = "max") -> BurnIn:
    """Return the burn-in of these log-ratios ``[n]``; M is the largest finite one, or their 99.9th percentile.

    Raises:
        Refusal: one is NaN, or none is finite.

    """
    values = known(log_ratio).ravel()
    finite = values[np.isfinite(values)]
    if not finite.size:
        raise Refusal("rejection.no_finite_ratio", n=values.size)
    top = finite.max() if cap == "max" else np.percentile(finite, 99.9, method="inverted_cdf")
    return BurnIn(values, float(top))


def kept(chance: ArrayLike, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Draw which samples are kept: u <= chance, u uniform on (0, 1], one for each sample; chance 0 is never kept."""
    chance = np.asarray(chance, np.float64)
    return 1.0 - rng.random(chance.shape) <= chance
