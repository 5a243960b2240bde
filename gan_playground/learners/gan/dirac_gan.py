"""The Dirac-GAN (Mescheder, Geiger, Nowozin 2018): the smallest game that tells the objectives apart.

Data is one point at 0, the generator one point at theta, and the critic a line V(x) = psi x, so that the critic's
value of the data is 0 and of the generated point psi theta. The games are `objectives`, as they are trained.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import inf
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from gan_playground.learners.gan.objectives import Objective, Penalty, objective, zero_centred
from gan_playground.theory.quadratic_games import Order

Array = NDArray[np.float64]

LONGEST: Final = 1e3
"""A path ends where it is farther from 0 than this."""


_NOTHING: Final = torch.zeros((), dtype=torch.float64)
"""The critic's value of the data, V(0)."""


@dataclass(frozen=True, slots=True)
class Dirac:
    """One game of two numbers (theta, psi): its objective, by the grammar of objectives, and the weight of R1."""

    name: str
    r1: float = 0.0

    @property
    def objective(self) -> Objective:
        """The game."""
        return objective(self.name)

    @property
    def clip(self) -> float:
        """What |psi| is kept below; inf where nothing is clipped."""
        return self.objective.clip

    def pull(self, theta: Array, psi: Array) -> tuple[Array, Array]:
        """Where each player goes, (theta', psi') ``[...]`` each: minus the gradient of its own loss.

        The critic's: -dL/dv theta of the generated point, less the penalties on |grad V| = |psi|. The generator's:
        -dL/dv psi.
        """
        t, s = torch.as_tensor(theta), torch.as_tensor(psi)
        return self._generators(t, s).numpy(), self._critics(t, s).numpy()

    def _generators(self, theta: Tensor, psi: Tensor) -> Tensor:
        v = theta * psi
        return -self.objective.generator(_NOTHING, v)[2] * psi

    def _critics(self, theta: Tensor, psi: Tensor) -> Tensor:
        game, v = self.objective, theta * psi
        uphill = -game.critic(_NOTHING, v)[2] * theta
        if game.slope_penalty is not None:
            uphill = uphill - _down(game.slope_penalty, psi, game.penalty_weight)
        return uphill - _down(zero_centred, psi, self.r1) if self.r1 else uphill

    def field(self, theta: Array, psi: Array) -> Array:
        """The vector field ``[len(psi), len(theta), 2]`` over a grid; what a clip forbids is 0 in psi."""
        across, up = np.meshgrid(theta, psi)
        way = np.stack(self.pull(across, up), -1)
        outward = (np.abs(up) >= self.clip) & (way[..., 1] * up > 0)
        way[..., 1][outward] = 0.0
        return way

    def path(self, start: tuple[float, float], order: Order, rate: float, steps: int) -> Array:
        """The points ``[at most steps + 1, 2]`` from ``start`` on; alternating moves the critic first.

        The clip acts after each of the critic's steps, as in WGAN's algorithm 1.
        """
        theta, psi = (torch.tensor(value, dtype=torch.float64) for value in start)
        points = [start]
        with torch.inference_mode():
            for _ in range(steps):
                moved = (psi + rate * self._critics(theta, psi)).clamp(-self.clip, self.clip)
                theta = theta + rate * self._generators(theta, moved if order == "alternating" else psi)
                psi = moved
                points.append((float(theta), float(psi)))
                if not abs(points[-1][0]) + abs(points[-1][1]) < LONGEST:
                    break
        return np.array(points)


def _down(penalty: Penalty, psi: Tensor, weight: float) -> Tensor:
    """A penalty's gradient by psi, stretch * psi."""
    return penalty(psi.square(), torch.tensor(weight, dtype=psi.dtype))[1] * psi


DIRAC_GANS: Final = {
    "gan": Dirac("gan:exact"),
    "non-saturating": Dirac("gan:practical"),
    "wgan": Dirac("wgan(1)"),
    "wgan-gp": Dirac("wgan-gp(0.3)"),
    "r1": Dirac("gan:practical", r1=0.5),
}
"""The games of the panel, by name."""


@lru_cache(maxsize=64)
def orbit(game: Dirac, start: tuple[float, float], order: Order, rate: float, steps: int) -> Array:
    """Return `Dirac.path`, remembered."""
    return game.path(start, order, rate, steps)


def settles(path: Array, within: float = 1e-2) -> bool:
    """Tell whether a path ends at the equilibrium (0, 0), to within a share of where it began."""
    start, end = (float(np.hypot(*path[i])) for i in (0, -1))
    return end < within * start and end < inf
