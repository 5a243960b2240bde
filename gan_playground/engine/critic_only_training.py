"""Critics alone: trained to their best against samplers that stand still, many at once.

A critic is a row of a stack, as in `runs`, but no generator moves: what the figures of the papers show of a critic
"trained to optimality" (Arjovsky et al. 2017, figure 2; Gulrajani et al. 2017, figure 1).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from gan_playground.engine.random_streams import seeded
from gan_playground.learners.backpropagation import ActivationsRecord, forward
from gan_playground.learners.gan.batched_players import Player, Rules, Stack, StackShape
from gan_playground.learners.gan.objectives import Objective, objective
from gan_playground.learners.gan.penalty_gradients import slopes
from gan_playground.learners.gan.updates import Batch, critic_move
from gan_playground.learners.mlp import MLP, Net
from gan_playground.learners.optimizers import OPTIMIZERS

Array = NDArray[np.float64]

Pair = Callable[[int, torch.Generator], tuple[Tensor, Tensor]]
"""Draws real and generated samples, float32 ``[rows or 1, n, dim]`` each: one batch for all critics, or one each."""

Start = Literal["torch", "he"]
"""Weights begin uniform in ±1/sqrt(fan in), or as in the authors' toy: He-uniform, the last layer Glorot, biases 0."""

CHUNK: Final = 4096
"""Points that are looked at together."""


@dataclass(frozen=True, slots=True)
class CriticRecipe:
    """How critics are trained: batch, optimizer, and its rate, which falls linearly to 0 at step ``decay``, if any."""

    batch: int = 256
    rate: float = 1e-3
    optimizer: str = "adam"
    beta1: float = 0.5
    beta2: float = 0.9
    decay: int = 0

    def rates(self, first: int, steps: int) -> Array:
        """The rates of steps ``first`` to ``first + steps - 1``."""
        t = first + np.arange(steps, dtype=np.float64)
        return self.rate * (np.maximum(0.0, 1.0 - t / self.decay) if self.decay else np.ones(steps))


class Critics:
    """Critics of one shape, one for each of the ``games``, in their order; ``seed`` says everything that is drawn.

    ``step`` counts the steps made; ``broken`` are the rows that met a number that is not finite, and stand still.
    """

    def __init__(
        self, mlp: MLP, games: Sequence[str], pair: Pair, recipe: CriticRecipe, seed: int = 0, start: Start = "torch"
    ) -> None:
        self.games: list[Objective] = [objective(name) for name in games]
        rules = [Rules(game, 0.0, 0.0, 0.0, recipe.beta1, recipe.beta2) for game in self.games]
        self.order = sorted(range(len(games)), key=lambda row: rules[row].order)
        self.mlp, self.pair, self.recipe, self.seed, self.step = mlp, pair, recipe, seed, 0
        idle = MLP(1, mlp.inputs, depth=0)
        shape = StackShape("cpu", idle, mlp, recipe.batch, "alternating", recipe.optimizer, 1)
        # Every critic begins with the same weights, so that what differs at the end is the game.
        parameters, buffers = mlp.initialise(seeded(seed, "critics"))
        if start == "he":
            _begin_as_he(mlp, parameters)
        critics = [_player(parameters, buffers) for _ in games]
        generators = [_player(*idle.initialise(seeded(seed, "idle"))) for _ in games]
        self._stack = Stack(shape, generators, critics, [rules[row] for row in self.order])
        self._place = np.argsort(self.order)

    @property
    def broken(self) -> list[int]:
        """Rows that stand still."""
        return [self.order[place] for place in self._stack.broken]

    @torch.inference_mode()
    def advance(self, steps: int) -> None:
        """Make so many steps of every critic; batch i depends on the seed and i alone."""
        L, recipe = len(self.games), self.recipe
        optimizer = OPTIMIZERS[recipe.optimizer]
        count = self.step + 1 + np.arange(steps, dtype=np.float64)
        plans = zip(*optimizer.plan(recipe.rates(self.step, steps), count, recipe.beta1, recipe.beta2), strict=True)
        for epsilon, size in plans:
            real, fake = self.draw(self.step)
            mix = torch.rand(1, recipe.batch, 1, generator=seeded(self.seed, "mix", self.step)).expand(L, -1, -1)
            plan = (torch.full((L, 1), float(epsilon)), torch.full((L, 1), float(size)))
            critic_move(self._stack, Batch(real, mix, None, plan), fake)
            self.step += 1

    def draw(self, index: int, n: int | None = None) -> tuple[Tensor, Tensor]:
        """Batch ``index`` of the stacked critics, in the stack's order: real and generated ``[rows, n, dim]``."""
        rows = len(self.games)
        drawn = self.pair(n or self.recipe.batch, seeded(self.seed, "pair", index))
        order = torch.tensor(self.order)
        real, fake = (side.expand(rows, -1, -1).index_select(0, order) for side in drawn)
        return real, fake

    # --- looking ------------------------------------------------------------------------------------

    def net(self, row: int) -> Net:
        """One critic, alone."""
        critic, place = self._stack.critic, int(self._place[row])
        return Net(self.mlp, critic.parameters[place : place + 1], critic.buffers[place : place + 1])

    @torch.inference_mode()
    def look(self, row: int, x: Array) -> tuple[Array, Array]:
        """Return V ``[n]`` and grad V ``[n, dim]`` of one critic at points ``[n, dim]``."""
        net, values, gradients = self.net(row), [], []
        for part in np.array_split(np.asarray(x, np.float32), max(1, -(-len(x) // CHUNK))):
            points = torch.from_numpy(np.ascontiguousarray(part))[None]
            activations = ActivationsRecord(self.mlp, 1, points.shape[1], points)
            values.append(forward(net, points, activations, learning=False)[0, :, 0].clone())
            gradients.append(slopes(net, activations)[0][0])
        return torch.cat(values).double().numpy(), torch.cat(gradients).double().numpy()

    def slope(self, row: int, x: Array) -> Array:
        """Return |grad V| ``[n]`` of one critic."""
        return np.linalg.norm(self.look(row, x)[1], axis=1)

    @torch.inference_mode()
    def layer_norms(self, row: int, x: Tensor, y: Tensor) -> Array:
        """Return |d loss / d a_l| for each layer l = 1 .. depth + 1, of the game's loss on real x and generated y.

        a_l is what layer l puts out before its activation, ``[n, features]``; the norm is over the whole batch.
        """
        net, game = self.net(row), self.games[row]
        both = torch.cat((x, y), 0)[None]
        activations = ActivationsRecord(self.mlp, 1, both.shape[1], both)
        v = forward(net, both, activations, learning=False)[0, :, 0].double()
        _, by_real, by_fake = game.critic(v[: len(x)], v[len(x) :])
        cotangent = torch.cat((by_real / len(x), by_fake / len(y))).float()[None, :, None]
        norms = [float(cotangent.norm())]
        d = cotangent
        for layer in range(self.mlp.depth, 0, -1):
            d = net.activation.pull(torch.matmul(d, net.turned[layer]), activations.h[layer])
            norms.append(float(d.double().norm()))
        return np.array(norms[::-1])

    def weights(self, row: int) -> Array:
        """Return every weight (not the biases) of one critic, flat."""
        return torch.cat([W.flatten() for W in self.net(row).raw]).double().numpy()


def grid(half: float, side: int) -> tuple[Array, Array]:
    """Return the axis ``[side]`` from -half to half, and the points ``[side^2, 2]`` of its grid, rows upward."""
    axis = np.linspace(-half, half, side)
    across, up = np.meshgrid(axis, axis)
    return axis, np.stack([across.ravel(), up.ravel()], 1)


def _player(parameters: Tensor, buffers: Tensor) -> Player:
    return Player(parameters, buffers, torch.zeros_like(parameters), torch.zeros_like(parameters))


def _begin_as_he(mlp: MLP, parameters: Tensor) -> None:
    """Stretch weights uniform in ±1/sqrt(fan in) to He's ±sqrt(6 / fan in), the last to Glorot's, and clear biases."""
    for layer, (fan_in, fan_out) in enumerate(zip(mlp.widths, mlp.widths[1:], strict=False)):
        bound = sqrt(6 / fan_in) if layer < mlp.depth else sqrt(6 / (fan_in + fan_out))
        mlp.parameters.view(parameters, f"W{layer}").mul_(bound * sqrt(fan_in))
        mlp.parameters.view(parameters, f"b{layer}").zero_()
