"""Pairs of laws that stand still: data in the plane against itself plus unit noise, as in WGAN-GP's figure 1.

The authors hold the "generator" at real data plus N(0, I), in the units of `gan_toy.py`: 8 Gaussians of sd .0141 on a
circle of radius 1.414, 25 of sd .0177 on a grid of .707, and the Swiss roll (Gulrajani et al. 2017, section 4.1). Both
densities are known, so that log p/q is exact.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import hypot, pi, sqrt
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from gan_playground.data.planes import Blobs, Plane, Ridge
from gan_playground.data.toys import TOYS

Array = NDArray[np.float64]

NOISE: Final = 1.0
"""Standard deviation of what is added to the data."""


@dataclass(frozen=True, eq=False)
class FixedPair:
    """Data p and what stands against it, q = p * N(0, I).

    ``ends`` ``[2, k, 2]`` are k pairs of neighbours on the data, between which a critic should dip; ``half`` is half
    the window's side.
    """

    key: str
    p: Plane
    q: Plane
    ends: Array
    half: float

    def pair(self, n: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """Draw real and generated samples, float32 ``[1, n, 2]`` each: generated i is real i plus noise."""
        real = self.p.sample(n, generator)
        return real[None], (real + NOISE * torch.randn(n, 2, generator=generator))[None]

    def log_ratio(self, x: Array) -> Array:
        """Return log p/q ``[...]`` at points ``[..., 2]``."""
        return self.p.log_density(x) - self.q.log_density(x)

    @property
    def middles(self) -> Array:
        """The points ``[k, 2]`` midway between neighbours."""
        return self.ends.mean(0)

    def dip(self, critic: Callable[[Array], Array], slope: float) -> float:
        """How far a critic falls from the data to the middle between neighbours, as a share of what its slope allows.

        1 for a critic of that slope that falls all the way from both ends; 0 for one that sees no gap.
        """
        a, b = (critic(end) for end in self.ends)
        reach = np.linalg.norm(self.ends[0] - self.ends[1], axis=1) / 2
        return float(np.mean(((a + b) / 2 - critic(self.middles)) / (reach * slope)))


def _blobs(key: str, centres: Array, sd: float, half: float) -> FixedPair:
    """Equal bells; neighbours are the centres nearest to one another."""
    gap = np.linalg.norm(centres[:, None] - centres[None], axis=2)
    nearest = gap[gap > 0].min()
    i, j = np.nonzero(np.triu((gap > 0) & (gap < 1.01 * nearest)))
    ends = np.stack([centres[i], centres[j]])
    return FixedPair(key, Blobs(centres, sd), Blobs(centres, hypot(sd, NOISE)), ends, half)


def _eight() -> FixedPair:
    turn = np.arange(8) * pi / 4
    centres = sqrt(2.0) * np.stack([np.cos(turn), np.sin(turn)], 1)
    return _blobs("8-gaussians", centres, 0.02 / sqrt(2.0), 2.6)


def _twenty_five() -> FixedPair:
    law = TOYS["25-gaussians"].build(0.0, "").density
    assert isinstance(law, Blobs)
    return _blobs("25-gaussians", law.centres, law.sd, 2.6)


def _swiss_roll() -> FixedPair:
    """Neighbours are the points of the inner arm and those of the outer arm at the same angle."""
    law = TOYS["swiss-roll"].build(0.0, "").density
    assert isinstance(law, Ridge)
    u = torch.linspace(0.0, 1 / 3, 41, dtype=torch.float64)
    ends = np.stack([law.curve(part).numpy() for part in (u, u + 2 / 3)])
    return FixedPair("swiss-roll", law, replace(law, sd=hypot(law.sd, NOISE)), ends, 2.6)


PAIRS: Final[Mapping[str, FixedPair]] = {pair.key: pair for pair in (_eight(), _twenty_five(), _swiss_roll())}
"""The pairs of the figure, by name."""


# --- on the line ---------------------------------------------------------------------------------


def shifted_normals(shifts: Sequence[float]) -> Callable[[int, torch.Generator], tuple[Tensor, Tensor]]:
    """Return a sampler of N(0, 1) ``[1, n, 1]`` against N(theta, 1) ``[rows, n, 1]``, one row a shift."""
    theta = torch.tensor(list(shifts), dtype=torch.float32)[:, None, None]

    def pair(n: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        return torch.randn(1, n, 1, generator=generator), torch.randn(1, n, 1, generator=generator) + theta

    return pair


def line(shift: float, reach: float = 9.0, cells: int = 4000) -> tuple[Array, Array, Array]:
    """Return points x ``[n]`` and the weights of N(0, 1) and N(shift, 1) on them, by the trapezoidal rule."""
    x = np.linspace(-reach, shift + reach, cells + 1)
    p, q = (np.exp(-0.5 * np.square(x - mean)) / sqrt(2 * pi) * (x[1] - x[0]) for mean in (0.0, shift))
    return x, p, q
