"""What a critic's loss says of the distance, shift by shift: trained estimates of N(0, 1) against N(theta, 1).

One critic a shift, each trained alone against laws that stand still, read off by quadrature. Beside them the truth:
W1 = theta, and the Jensen-Shannon divergence (Arjovsky et al. 2017, figures 3 and 4, on Gaussians).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from gan_playground.data.fixed_pairs import line, shifted_normals
from gan_playground.engine.critic_only_training import Array, CriticRecipe, Critics
from gan_playground.learners.mlp import MLP
from gan_playground.theory.shifted_laws import shifted_distance

SHIFTS: Final = (0.0, 0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0)
NET: Final = MLP(1, 1, width=64, depth=2, activation="leaky-relu")
STEPS: Final = 1500
SEEN: Final = 1e-6
"""A critic's slope is looked at where p + q is at least this."""


def jensen_shannon(v: Array, p: Array, q: Array) -> float:
    """Return 1/2 L + log 2, L = E_P log D + E_Q log(1 - D), D = sigmoid(v): at most the divergence `jsd`."""
    return float(np.log(2.0) - 0.5 * (np.logaddexp(0.0, -v) @ p + np.logaddexp(0.0, v) @ q))


def difference(v: Array, p: Array, q: Array) -> float:
    """Return E_P f - E_Q f."""
    return float(v @ p - v @ q)


@dataclass(frozen=True, slots=True)
class Estimator:
    """A game whose critic estimates a distance; ``by_slope`` where only estimate / Lipschitz constant is comparable."""

    game: str
    recipe: CriticRecipe
    read: Callable[[Array, Array, Array], float]
    truth: str
    by_slope: bool


ESTIMATORS: Final[Mapping[str, Estimator]] = {
    "gan": Estimator("gan:exact", CriticRecipe(256, 2e-3, decay=STEPS), jensen_shannon, "jsd", by_slope=False),
    "wgan-gp": Estimator("wgan-gp(10)", CriticRecipe(256, 2e-3, decay=STEPS), difference, "w1", by_slope=True),
    "wgan": Estimator("wgan(0.01)", CriticRecipe(256, 1e-3, "rmsprop", decay=STEPS), difference, "w1", by_slope=True),
}


@dataclass(frozen=True, slots=True)
class Read:
    """Estimates along the shifts ``[n]``, the largest slope of each critic, and the truth.

    ``bound`` is a lower bound of the truth: the estimate, divided by the largest slope where that is what it takes.
    """

    estimate: Array
    slope: Array
    bound: Array
    truth: Array


class Estimates:
    """The critics of one estimator, one a shift; ``seed`` says everything that is drawn."""

    def __init__(self, name: str, seed: int = 0, shifts: Sequence[float] = SHIFTS) -> None:
        self.estimator, self.shifts = ESTIMATORS[name], tuple(shifts)
        games = [self.estimator.game] * len(self.shifts)
        self.critics = Critics(NET, games, shifted_normals(self.shifts), self.estimator.recipe, seed)

    def read(self) -> Read:
        """Read every critic off, by quadrature."""
        estimates, slopes = [], []
        for row, shift in enumerate(self.shifts):
            x, p, q = line(shift)
            v, gradient = self.critics.look(row, x[:, None])
            seen = (p + q) > SEEN * (x[1] - x[0])
            estimates.append(self.estimator.read(v, p, q))
            slopes.append(float(np.abs(gradient[seen, 0]).max()))
        estimate, slope = np.array(estimates), np.array(slopes)
        bound = estimate / np.maximum(slope, 1e-30) if self.estimator.by_slope else estimate
        return Read(
            estimate, slope, bound, shifted_distance("gaussians", self.estimator.truth, np.array(self.shifts)).value
        )


def penalised(shift: Array, weight: float) -> Array:
    """Return theta (1 + theta / (2 lambda)): what a penalty of weight lambda makes of W1 = theta.

    max over s of s theta - lambda (s - 1)^2 is at the slope s = 1 + theta / (2 lambda); the estimate is s theta.
    """
    return shift * (1.0 + shift / (2.0 * weight))
