"""A snapshot: a run's two networks as they stand at one step, for looking at.

A snapshot is evaluated apart from the run, in any precision and in any thread, and draws its latents from
generators of its own: whoever looks changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from gan_playground.data.planes import Plane
from gan_playground.data.toys import Toy, toy
from gan_playground.engine.run import NOISE, Run
from gan_playground.learners.folded_network import FoldedNetwork, folded
from gan_playground.learners.gan.objectives import Objective, objective
from gan_playground.settings import Settings
from gan_playground.theory.densities import Density

Array = NDArray[np.float64]

OPPONENTS: Final = 64
"""Real samples that each generated one plays against, where a game is played in pairs."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A run at one step: its settings in force, its law, its game, and copies of its networks on the CPU."""

    settings: Settings
    step: int
    toy: Toy
    objective: Objective
    generator: FoldedNetwork
    critic: FoldedNetwork

    def __reduce__(self) -> "tuple[Callable[..., Snapshot], tuple[object, ...]]":
        """Travel between processes as settings and networks: toy and game are functions of the settings."""
        return _arrived, (self.settings, self.step, self.generator, self.critic)

    @cached_property
    def exact_generator(self) -> FoldedNetwork:
        """The generator in float64."""
        return self.generator.double()

    @cached_property
    def exact_critic(self) -> FoldedNetwork:
        """The critic in float64."""
        return self.critic.double()

    @property
    def line(self) -> Density:
        """The data's law on the line."""
        assert self.toy.dim == 1
        return cast(Density, self.toy.density)

    @property
    def plane(self) -> Plane:
        """The data's law in the plane."""
        assert self.toy.dim == 2
        return cast(Plane, self.toy.density)

    def shown(self, n: int, seed: int) -> NDArray[np.float32]:
        """Return `real` as an array that is the same object at every call, so that it need not be sent again."""
        return _shown(self.toy, n, seed)

    def latents(self, n: int, seed: int) -> Tensor:
        """Return ``[n, latent]`` of the run's noise, by ``seed`` alone."""
        return _latents(self.settings.noise, n, self.settings.latent, seed)

    def real(self, n: int, seed: int) -> Tensor:
        """Return ``[n, dim]`` of the data, by ``seed`` alone."""
        return _real(self.toy, n, seed)

    def pull(self, x: Tensor) -> Tensor:
        """Return minus the gradient of the generator's loss by its sample ``[n, dim]``, were it at each of the points.

        Where samples play in pairs it is the mean over `OPPONENTS` real ones, the same every time.
        """
        real_v = self.critic(self.real(OPPONENTS, 0)) if self.objective.pairs else x.new_zeros(1, 1)

        def by_value(v: Tensor) -> Tensor:
            generated = v.expand(-1, len(real_v))
            return self.objective.generator(real_v.T.expand_as(generated), generated)[2].mean(1, keepdim=True)

        return -self.critic.slope(x, by_value)

    def values(self, x: Array) -> Array:
        """Raw critic values in float64: on the line ``[...] -> [...]``, in the plane ``[..., 2] -> [...]``."""
        points = torch.from_numpy(np.ascontiguousarray(x, np.float64)).reshape(-1, self.toy.dim)
        shape = x.shape if self.toy.dim == 1 else x.shape[:-1]
        return self.exact_critic(points).numpy().reshape(shape)

    def curve(self, z: Array) -> tuple[Array, Array]:
        """On the line, of one latent: G(z) and dG/dz, ``[n] -> [n], [n]``, in float64."""
        at = torch.from_numpy(np.ascontiguousarray(z, np.float64))[:, None]
        x, slope = self.exact_generator.along(at, torch.ones_like(at))
        return x[:, 0].numpy(), slope[:, 0].numpy()

    def image(self, z: Array) -> Array:
        """G(z) in float64, ``[n, latent] -> [n, dim]``."""
        return self.exact_generator(torch.from_numpy(np.ascontiguousarray(z, np.float64))).numpy()


def _arrived(settings: Settings, step: int, generator: FoldedNetwork, critic: FoldedNetwork) -> Snapshot:
    return Snapshot(settings, step, toy(settings), objective(settings.objective_name), generator, critic)


@lru_cache(maxsize=64)
def _latents(noise: str, n: int, latent: int, seed: int) -> Tensor:
    return NOISE[noise](n, latent, torch.Generator().manual_seed(seed))


@lru_cache(maxsize=64)
def _real(toy: Toy, n: int, seed: int) -> Tensor:
    return toy.sample(n, torch.Generator().manual_seed(seed))


@lru_cache(maxsize=64)
def _shown(toy: Toy, n: int, seed: int) -> NDArray[np.float32]:
    return _real(toy, n, seed).numpy()


def snapshot(run: Run) -> Snapshot:
    """Copy what is needed to look at ``run``; it may go on at once."""
    generator, critic = run.shapes
    return Snapshot(
        settings=run.now,
        step=run.step,
        toy=run.toy,
        objective=run.objective,
        generator=folded(generator, run.generator_player.parameters, run.generator_player.buffers),
        critic=folded(critic, run.critic_player.parameters, run.critic_player.buffers),
    )
