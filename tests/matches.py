"""One and the same match played by the compiled updates and by plain PyTorch."""

import itertools
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from torch import Tensor

from gan_playground.learners.gan import kernel, plain
from gan_playground.learners.gan.game import Game, Player, Rules, lay_out
from gan_playground.learners.gan.objectives import objective
from gan_playground.learners.mlp import MLP
from gan_playground.learners.optimizers import OPTIMIZERS

BATCH, STEPS, WIDTH = 32, 20, 16
EPSILON = {torch.float64: 1e-4, torch.float32: 0.1}
"""For the optimizers: far above what rounding leaves of a gradient that is 0, and a step by 1e-8 would blow up."""
RATES = {"adam": 1e-3, "rmsprop": 1e-3, "sgd": 2e-2}
STATE = ("parameters", "buffers", "first", "second")


def generator(**options: Any) -> MLP:
    return MLP(**{"inputs": 2, "outputs": 2, "width": WIDTH, "depth": 2, "activation": "relu"} | options)


def critic(**options: Any) -> MLP:
    return MLP(**{"inputs": 2, "outputs": 1, "width": WIDTH, "depth": 2, "activation": "leaky-relu"} | options)


@dataclass(frozen=True)
class Case:
    """A match: both shapes and the rules, in float64 or float32."""

    name: str = "gan"
    generator: MLP = field(default_factory=generator)
    critic: MLP = field(default_factory=critic)
    rules: tuple[tuple[str, Any], ...] = ()
    dtype: torch.dtype = torch.float64

    def __str__(self) -> str:
        """What differs from the plainest match, as a test's name."""
        shapes = [
            f"{who}.{key}={value}"
            for who, mlp, plainest in (("G", self.generator, generator()), ("C", self.critic, critic()))
            for key, value in vars(mlp).items()
            if key in MLP.__dataclass_fields__ and value != getattr(plainest, key)
        ]
        return " ".join((self.name, *shapes, *(f"{key}={value}" for key, value in self.rules)))


def case(name: str = "gan", G: MLP | None = None, C: MLP | None = None, **rules: Any) -> Case:
    return Case(name, G or generator(), C or critic(), tuple(rules.items()))


class Twins:
    """A case's two players twice, with what is drawn for them: in a game's arrays, and as tensors of their own."""

    def __init__(self, case: Case, steps: int = STEPS, seed: int = 7) -> None:
        self.rules = Rules(objective(case.name), **dict(case.rules))
        self.rng, self.steps, self.made = torch.Generator().manual_seed(seed), steps, 0
        shapes = case.generator, case.critic
        drawn = [mlp.initialise(self.rng, 0.3) for mlp in shapes]
        drawn = [(parameters.to(case.dtype), buffers.to(case.dtype)) for parameters, buffers in drawn]
        self.start = [parameters.clone() for parameters, _ in drawn]

        def players() -> tuple[Player, Player]:
            generator, critic = (Player.new(parameters.clone(), buffers.clone()) for parameters, buffers in drawn)
            return generator, critic

        self.compiled, self.plain = players(), players()
        self.game: Game = lay_out(shapes, self.compiled, self.rules, BATCH, steps)
        self.match = plain.Match(shapes, self.plain, self.rules, {})
        self.tables = np.zeros((2, steps, 4))
        self.draw()

    def draw(self) -> None:
        """Draw anew, for both."""
        rules, kind = self.rules, self.rules.optimizer
        for name, numbers in self.game.drawn.items():
            if name.endswith("plan"):
                count = self.made * len(numbers) / self.steps + np.arange(1.0, len(numbers) + 1)
                rate = np.full_like(count, RATES[kind])
                _, numbers[:, 1] = OPTIMIZERS[kind].plan(rate, count, rules.beta1, rules.beta2)
                numbers[:, 0] = EPSILON[self.start[0].dtype]
            elif name == "mix":
                numbers[:] = torch.rand(numbers.shape, generator=self.rng).numpy()
            else:
                size, shift = (0.3, 0.0) if name.endswith("jitter") else (1.0, 0.7 * (name == "real"))
                numbers[:] = size * torch.randn(numbers.shape, generator=self.rng).numpy() + shift
        self.share_draws()

    def share_draws(self) -> None:
        """Let the plain match consume what lies in the game's arrays now."""
        drawn = {name: torch.from_numpy(numbers.copy()) for name, numbers in self.game.drawn.items()}
        self.match = self.match._replace(drawn=drawn)

    def play(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Make the steps; returns what both answer. Their numbers are in ``tables``."""
        game, move = self.game, kernel.together if self.rules.together else kernel.alternating
        self.made += self.steps
        fast = move(game.f, game.q, game.n, 0, self.steps, self.tables[0])
        return fast, plain.steps(self.match, 0, self.steps, self.tables[1])

    def meet(self) -> None:
        """Let the plain players stand where the compiled ones do."""
        for (fast, slow), name in itertools.product(zip(self.compiled, self.plain, strict=True), STATE):
            getattr(slow, name).copy_(getattr(fast, name))

    def differences(self) -> dict[str, float]:
        """How far the two lie apart in all that an update changes: parameters over how far the farthest has come."""
        found = {"table": apart(*(torch.from_numpy(table) for table in self.tables))}
        for who, start, fast, slow in zip("GC", self.start, self.compiled, self.plain, strict=True):
            for name in STATE:
                if len(a := getattr(fast, name)):
                    found[f"{who}.{name}"] = apart(a, getattr(slow, name), start if name == "parameters" else None)
        return found


def apart(a: Tensor, b: Tensor, start: Tensor | None = None) -> float:
    """The largest difference over the largest number, or over the largest distance from ``start``."""
    return float((a - b).abs().max() / (b if start is None else b - start).abs().max().clamp(min=1e-30))
