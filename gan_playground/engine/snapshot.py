"""Still: a run's two networks as they stand at one step, for looking at.

A snapshot is evaluated apart from the run, in any precision and in any thread, and draws its latents from
generators of its own: whoever looks changes nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import elu_, leaky_relu_

from gan_playground.data.planes import Plane
from gan_playground.data.toys import Toy, toy
from gan_playground.engine.run import NOISE, Run
from gan_playground.learners.gan.batched_players import Player
from gan_playground.learners.gan.objectives import Objective, objective
from gan_playground.learners.mlp import LEAK, MLP, TINY, Layout
from gan_playground.settings import Settings
from gan_playground.theory.densities import Density

Array = NDArray[np.float64]

ROWS: Final = 1024
"""Points that a network is evaluated at together."""

OPPONENTS: Final = 64


@dataclass(frozen=True, slots=True)
class ActivationFunction:
    """An activation s, applied in place, and its slope s'(a) read off the output h = s(a)."""

    apply: Callable[[Tensor], Tensor]
    slope: Callable[[Tensor], Tensor]


ACTIVATION_FUNCTIONS: Final[Mapping[str, ActivationFunction]] = {
    "relu": ActivationFunction(torch.relu_, lambda h: (h > 0).to(h)),
    "leaky-relu": ActivationFunction(lambda a: leaky_relu_(a, LEAK), lambda h: torch.where(h > 0, 1.0, LEAK).to(h)),
    "elu": ActivationFunction(elu_, lambda h: torch.where(h > 0, 1.0, h + 1)),
    "tanh": ActivationFunction(torch.tanh_, lambda h: 1 - h * h),
}


@dataclass(frozen=True, eq=False)
class FoldedNetwork:
    """A multilayer perceptron with nothing but products: normalisations are folded into its weights.

    ``layers`` are (W ``[in, out]``, b ``[out]``); ``frequencies`` ``[inputs, k]`` or None puts sin and cos of
    x F beside x.
    """

    layers: tuple[tuple[Tensor, Tensor], ...]
    activation: str
    frequencies: Tensor | None

    def __reduce__(self) -> "tuple[Callable[..., FoldedNetwork], tuple[object, ...]]":
        """Travel between processes as plain arrays: tensors would bring along the whole rows they are views of."""
        layers = [(W.numpy(), b.numpy()) for W, b in self.layers]
        return _plain_of, (layers, self.activation, None if self.frequencies is None else self.frequencies.numpy())

    @property
    def bend(self) -> ActivationFunction:
        """The activation's functions."""
        return ACTIVATION_FUNCTIONS[self.activation]

    def __call__(self, x: Tensor) -> Tensor:
        """Return the outputs at ``x``: ``[n, inputs] -> [n, outputs]``, in the network's precision."""
        if len(x) > ROWS:  # what fits the cache takes half the time
            return torch.cat([self(part) for part in x.split(ROWS)])
        h = self._fed(x)
        for W, b in self.layers[:-1]:
            h = self.bend.apply(torch.addmm(b, h, W))
        W, b = self.layers[-1]
        return torch.addmm(b, h, W)

    def _fed(self, x: Tensor) -> Tensor:
        """What the first layer is fed at ``x``."""
        if self.frequencies is None:
            return x
        angle = x @ self.frequencies
        return torch.cat((x, torch.sin(angle), torch.cos(angle)), -1)

    def slope(self, x: Tensor, by_output: Callable[[Tensor], Tensor] = torch.ones_like) -> Tensor:
        """Return the gradient ``[n, inputs]`` by each point of a function of its outputs ``[n, outputs]``.

        ``by_output`` maps the outputs to that function's derivative by them; by default it is their sum's.
        """
        fed = [self._fed(x)]
        for W, b in self.layers[:-1]:
            fed.append(self.bend.apply(torch.addmm(b, fed[-1], W)))
        W, b = self.layers[-1]
        d = by_output(torch.addmm(b, fed[-1], W)) @ W.T
        for (W, _), h in zip(self.layers[-2::-1], fed[:0:-1], strict=True):
            d = (d * self.bend.slope(h)) @ W.T
        if self.frequencies is None:
            return d
        n, k = self.frequencies.shape
        sin, cos = fed[0][:, n : n + k], fed[0][:, n + k :]
        return d[:, :n] + (d[:, n : n + k] * cos - d[:, n + k :] * sin) @ self.frequencies.T

    def along(self, x: Tensor, direction: Tensor) -> tuple[Tensor, Tensor]:
        """Return the outputs ``[n, outputs]`` and their derivatives along ``direction`` ``[n, inputs]``."""
        assert self.frequencies is None, "only generators are differentiated, and they have no Fourier features"
        h, d = x, direction
        for W, b in self.layers[:-1]:
            h = self.bend.apply(torch.addmm(b, h, W))
            d = (d @ W).mul_(self.bend.slope(h))
        W, b = self.layers[-1]
        return torch.addmm(b, h, W), d @ W

    def double(self) -> "FoldedNetwork":
        """Return the same network in float64."""
        layers = tuple((W.double(), b.double()) for W, b in self.layers)
        return FoldedNetwork(layers, self.activation, None if self.frequencies is None else self.frequencies.double())


def _plain_of(layers: Sequence[tuple[Array, Array]], activation: str, frequencies: Array | None) -> FoldedNetwork:
    pairs = tuple((torch.from_numpy(W), torch.from_numpy(b)) for W, b in layers)
    return FoldedNetwork(pairs, activation, None if frequencies is None else torch.from_numpy(frequencies))


def folded(mlp: MLP, player: Player) -> FoldedNetwork:
    """Fold a player's normalisations (batch norm by its running statistics) into weights of their own.

    Spectral: W / (u W w). Batch: gain (x W - m) / sqrt(v + eps) + b = x (W s) + (b - m s), s = gain / sqrt(v + eps).
    """
    learned, kept = player.parameters.detach().cpu().clone(), player.buffers.detach().cpu().clone()
    layers = []
    for layer in range(mlp.depth + 1):
        W, b = _part(mlp.parameters, learned, f"W{layer}"), _part(mlp.parameters, learned, f"b{layer}")[0]
        if mlp.spectral_norm:
            u, w = (_part(mlp.buffers, kept, f"{name}{layer}") for name in "uw")
            W = W / (u @ W @ w + 1e-12)
        if mlp.batch_norm and layer < mlp.depth:
            gain = _part(mlp.parameters, learned, f"g{layer}")[0]
            mean, variance = (_part(mlp.buffers, kept, f"{name}{layer}")[0] for name in "mv")
            scale = gain * torch.rsqrt(variance + TINY)
            W, b = W * scale, b - mean * scale
        layers.append((W, b))
    frequencies = _part(mlp.buffers, kept, "F") if mlp.frequencies else None
    return FoldedNetwork(tuple(layers), mlp.activation, frequencies)


def _part(layout: Layout, flat: Tensor, name: str) -> Tensor:
    """One named tensor of a flat row, as a view."""
    start, stop, shape = layout.places[name]
    return flat[start:stop].view(shape)


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
        generator=folded(generator, run.generator_player),
        critic=folded(critic, run.critic_player),
    )
