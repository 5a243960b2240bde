"""Critics alone: trained to their best against samplers that stand still, many at once.

No generator moves, and what is generated is drawn: what the figures of the papers show of a critic "trained to
optimality" (Arjovsky et al. 2017, figure 2; Gulrajani et al. 2017, figure 1).
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
from gan_playground.learners.folded_network import FoldedNetwork, folded
from gan_playground.learners.gan import kernel
from gan_playground.learners.gan.game import Player, Rules, lay_out
from gan_playground.learners.gan.objectives import Objective, objective
from gan_playground.learners.mlp import MLP
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
        self.mlp, self.pair, self.recipe, self.seed, self.step = mlp, pair, recipe, seed, 0
        self.broken: list[int] = []
        # Every critic begins with the same weights, so that what differs at the end is the game.
        parameters, buffers = mlp.initialise(seeded(seed, "critics"))
        if start == "he":
            _begin_as_he(mlp, parameters)
        self.players = [Player.new(parameters, buffers) for _ in games]
        rules = [Rules(game, 0.0, 0.0, 0.0, recipe.beta1, recipe.beta2, recipe.optimizer) for game in self.games]
        self._games = [
            lay_out((None, mlp), (None, player), each, recipe.batch, 1)
            for player, each in zip(self.players, rules, strict=True)
        ]

    @torch.inference_mode()
    def advance(self, steps: int) -> None:
        """Make so many steps of every critic; batch i depends on the seed and i alone."""
        recipe, optimizer = self.recipe, OPTIMIZERS[self.recipe.optimizer]
        count = self.step + 1 + np.arange(steps, dtype=np.float64)
        plans = np.stack(optimizer.plan(recipe.rates(self.step, steps), count, recipe.beta1, recipe.beta2), 1)
        for plan in plans:
            real, fake = (side.numpy() for side in self.draw(self.step))
            mix = torch.rand(recipe.batch, 1, generator=seeded(self.seed, "mix", self.step)).numpy()
            for row, game in enumerate(self._games):
                if row in self.broken:
                    continue
                game.drawn["real"][0], game.drawn["noise"][0] = real[row], fake[row]
                game.drawn["mix"][:] = mix
                game.drawn["critic_plan"][0] = plan
                if kernel.critic_update(game.f, game.q, game.n, 0) != kernel.ALL_WELL:
                    self.broken.append(row)
            self.step += 1

    def draw(self, index: int, n: int | None = None) -> tuple[Tensor, Tensor]:
        """Batch ``index`` of the critics, in their order: real and generated ``[rows, n, dim]``."""
        drawn = self.pair(n or self.recipe.batch, seeded(self.seed, "pair", index))
        real, fake = (side.expand(len(self.games), -1, -1) for side in drawn)
        return real, fake

    # --- looking ------------------------------------------------------------------------------------

    def network(self, row: int) -> FoldedNetwork:
        """One critic, alone."""
        return folded(self.mlp, self.players[row].parameters, self.players[row].buffers)

    @torch.inference_mode()
    def look(self, row: int, x: Array) -> tuple[Array, Array]:
        """Return V ``[n]`` and grad V ``[n, dim]`` of one critic at points ``[n, dim]``."""
        network, values, gradients = self.network(row), [], []
        for part in np.array_split(np.asarray(x, np.float32), max(1, -(-len(x) // CHUNK))):
            points = torch.from_numpy(np.ascontiguousarray(part))
            values.append(network(points)[:, 0])
            gradients.append(network.slope(points))
        return torch.cat(values).double().numpy(), torch.cat(gradients).double().numpy()

    def slope(self, row: int, x: Array) -> Array:
        """Return |grad V| ``[n]`` of one critic."""
        return np.linalg.norm(self.look(row, x)[1], axis=1)

    def layer_norms(self, row: int, x: Tensor, y: Tensor) -> Array:
        """Return |d loss / d a_l| for each layer l = 1 .. depth + 1, of the game's loss on real x and generated y.

        a_l is what layer l puts out before its activation, ``[n, features]``; the norm is over the whole batch.
        """
        network, game = self.network(row), self.games[row]
        outputs = network.outputs(torch.cat((x, y), 0).requires_grad_())
        v = outputs[-1][:, 0].detach().double()
        _, by_real, by_fake = game.critic(v[: len(x)], v[len(x) :])
        cotangent = torch.cat((by_real / len(x), by_fake / len(y))).float()[:, None]
        norms = [d.double().norm() for d in torch.autograd.grad(outputs[-1], outputs, cotangent)]
        return torch.stack(norms).numpy()

    def weights(self, row: int) -> Array:
        """Return every weight (not the biases) of one critic, flat."""
        return torch.cat([W.flatten() for W, _ in self.network(row).layers]).double().numpy()


def grid(half: float, side: int) -> tuple[Array, Array]:
    """Return the axis ``[side]`` from -half to half, and the points ``[side^2, 2]`` of its grid, rows upward."""
    axis = np.linspace(-half, half, side)
    across, up = np.meshgrid(axis, axis)
    return axis, np.stack([across.ravel(), up.ravel()], 1)


def _begin_as_he(mlp: MLP, parameters: Tensor) -> None:
    """Stretch weights uniform in ±1/sqrt(fan in) to He's ±sqrt(6 / fan in), the last to Glorot's, and clear biases."""
    for layer, (fan_in, fan_out) in enumerate(zip(mlp.widths, mlp.widths[1:], strict=False)):
        bound = sqrt(6 / fan_in) if layer < mlp.depth else sqrt(6 / (fan_in + fan_out))
        mlp.parameters.view(parameters, f"W{layer}").mul_(bound * sqrt(fan_in))
        mlp.parameters.view(parameters, f"b{layer}").zero_()
