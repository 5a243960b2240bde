"""A run: one game that runs, its settings, its state, and the ways to look at it without changing it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from gan_playground.data.toys import Toy, toy
from gan_playground.engine.history import HistoryRecorder
from gan_playground.engine.random_streams import Stream, seeded
from gan_playground.knobs import Value
from gan_playground.learners.backpropagation import ActivationsRecord, forward
from gan_playground.learners.gan.batched_players import Player, Rules, StackShape
from gan_playground.learners.gan.objectives import Objective, objective
from gan_playground.learners.mlp import MLP, Net
from gan_playground.learners.optimizers import OPTIMIZERS
from gan_playground.settings import KNOBS, LIVE, Change, Settings
from gan_playground.words import Note, Refusal

Floats = NDArray[np.float64]
Measure = Callable[["Run"], Mapping[str, float]]

NOISE: Final[Mapping[str, Callable[[int, int, torch.Generator], Tensor]]] = {
    "normal": lambda n, latent, rng: torch.randn(n, latent, generator=rng),
    "uniform": lambda n, latent, rng: torch.rand(n, latent, generator=rng).mul_(2).sub_(1),
}
START: Final = (1.25, 0.6)
"""Where a linear generator begins: its mean this many standard deviations above the data's, its spread this times.

Above, because below the f-GAN mixture stands its narrow bell, where a mode-seeking divergence would stay.
"""


class Seating(Protocol):
    """What holds the state of runs that are stepped together."""

    def leave(self) -> None:
        """Give every run its state back."""
        ...


class Run:
    """One game.

    ``settings`` are the knobs at step 0 with every live change since, so that ``settings.query()`` is the link that
    replays the run; ``now`` are the knobs in force, ``next_change`` is the step of the next recorded change to come.
    ``step`` counts the steps made. ``stopped`` is the sentence for a run that met a number that is not finite: its
    parameters are the last finite ones, and it moves no more. ``measure``, where set, is asked at every row of
    ``history`` for more of its columns. ``table`` holds the state while the run is stepped.
    """

    def __init__(self, settings: Settings, device: torch.device) -> None:
        self.settings, self.now, self.device = settings, settings.at(0), device
        self.step = 0
        self.stopped: Note | None = None
        self.measure: Measure | None = None
        self.history = HistoryRecorder()
        self.toy: Toy = toy(settings)
        self.dim = self.toy.dim
        generator, critic = _generator_shape(settings), _critic_shape(settings)
        rng = seeded(settings.seed, "weights")
        self.generator_player = _player(*generator.initialise(rng), device)
        self.critic_player = _player(*critic.initialise(rng, settings.fourier_sigma), device)
        if generator.depth == 0:
            _start_linear(generator, self.generator_player.parameters, self.toy)
        self.shapes = generator, critic
        self.table: Seating | None = None
        self._streams = _streams(settings, self.toy)
        self._renew()

    def _renew(self) -> None:
        """Take over what follows from the knobs in force."""
        self.objective: Objective = objective(self.now.objective_name)
        self.shape = StackShape(
            device=str(self.device),
            generator=self.shapes[0],
            critic=self.shapes[1],
            batch=self.now.batch,
            update=self.now.update,
            optimizer=self.now.optimizer,
            critic_steps=1 if self.now.update == "single-step" else self.now.critic_steps,
        )
        to_come = (change.step for change in self.settings.changes if change.step > self.step)
        self.next_change = min(to_come, default=None)

    # --- changing -------------------------------------------------------------------------------

    def change(self, key: str, value: object) -> None:
        """Give a live knob a new value from this step on, and record it.

        Raises:
            Refusal: no such knob, one that restarts the run, or a value that cannot train.

        """
        if key in KNOBS and key not in LIVE:
            raise Refusal("errors.knob_restarts", knob=key, name=key, value=value)
        settings = Settings.parse({key: value}, base=replace(self.now, changes=()))
        parsed: Value = getattr(settings, key)
        if parsed == getattr(self.now, key):
            return
        made = [c for c in self.settings.changes if c.step <= self.step and (c.step, c.key) != (self.step, key)]
        to_come = [c for c in self.settings.changes if c.step > self.step]
        if self.step == 0:
            self.settings = replace(self.settings, **{key: parsed}, changes=(*made, *to_come))
        else:
            self.settings = replace(self.settings, changes=(*made, Change(self.step, key, parsed), *to_come))
        self.take_changes()

    def take_changes(self) -> None:
        """Bring the knobs in force up to this step."""
        self.now = self.settings.at(self.step)
        self.leave()
        self._renew()

    def leave(self) -> None:
        """Take the run's state out of the stack it is stepped in, if any."""
        if self.table is not None:
            self.table.leave()

    # --- looking --------------------------------------------------------------------------------

    def latents(self, n: int, seed: int = 0) -> Tensor:
        """``n`` latents ``[n, latent]`` of the run's noise, by ``seed`` alone."""
        return NOISE[self.now.noise](n, self.now.latent, seeded(seed, "looking")).to(self.device)

    def generate(self, z: Tensor) -> Tensor:
        """G(z) ``[n, dim]``."""
        return self._look(self.shapes[0], self.generator_player, z)

    def critic(self, x: Tensor) -> Tensor:
        """The critic's raw value V ``[n]`` at points ``[n, dim]``."""
        return self._look(self.shapes[1], self.critic_player, x)[:, 0]

    def _look(self, mlp: MLP, player: Player, x: Tensor) -> Tensor:
        net = Net(mlp, player.parameters[None], player.buffers[None])
        x = x.to(self.device, player.parameters.dtype)[None]
        return forward(net, x, ActivationsRecord(mlp, 1, x.shape[1], x), learning=False)[0]

    # --- what a table asks of its runs ---------------------------------------------------------

    def draws(self, steps: int, shape: StackShape) -> dict[str, Tensor]:
        """What the next ``steps`` steps consume from each stream, ``[updates, batch, features]``."""
        k, c, g = shape.critic_steps, self.critic_player.count, self.generator_player.count
        wanted = {"real": (c, k), "noise": (c, k)}
        if self.objective.slope_penalty is not None:
            wanted["mix"] = (c, k)
        if self.now.instance_noise:
            wanted["critic jitter"] = (c, k)
        if shape.update == "alternating":
            wanted["generator noise"] = (g, 1)
            if self.now.instance_noise:
                wanted["generator jitter"] = (g, 1)
        drawn = {name: self._streams[name].take(first, each * steps) for name, (first, each) in wanted.items()}
        return {name: x * self.now.instance_noise if "jitter" in name else x for name, x in drawn.items()}

    def plan(self, steps: int, shape: StackShape) -> tuple[Floats, Floats]:
        """The optimizers' plans of critic and generator for the next ``steps`` steps, float64 ``[updates, 2]``.

        Rates fall linearly to 0 at step ``decay``, where that is not 0.
        """
        now, optimizer = self.now, OPTIMIZERS[shape.optimizer]
        t = self.step + np.arange(steps, dtype=np.float64)
        left = np.maximum(0.0, 1.0 - t / now.decay) if now.decay else np.ones(steps)

        def plan(rate: float, done: int, each: int) -> Floats:
            count = done + 1 + np.arange(steps * each, dtype=np.float64)
            return np.stack(optimizer.plan(rate * left.repeat(each), count, now.beta1, now.beta2), 1)

        critic = plan(now.critic_rate, self.critic_player.count, shape.critic_steps)
        return critic, plan(now.generator_rate, self.generator_player.count, 1)

    def rules(self) -> Rules:
        """The run's part in a stack."""
        now = self.now
        return Rules(self.objective, now.r1, now.r2, now.gradient_clip, now.beta1, now.beta2)

    def record(self, newest: Mapping[str, float]) -> None:
        """Leave a row in the history, if one is due at this step."""
        if not self.history.due(self.step):
            return
        row = {"step": float(self.step), **newest}
        if self.shapes[0].depth == 0 and self.dim == 1:
            layout = self.shapes[0].parameters
            row["mu"] = float(layout.view(self.generator_player.parameters, "b0"))
            row["sigma"] = float(layout.view(self.generator_player.parameters, "W0").norm())
        if self.measure is not None:
            row |= self.measure(self)
        self.history.add(row)


# --- what a run begins with ---------------------------------------------------------------------


def _generator_shape(s: Settings) -> MLP:
    depth = 0 if s.generator == "linear" else s.generator_depth
    normed = s.batch_norm and depth > 0
    return MLP(s.latent, s.dim, s.generator_width, depth, s.generator_activation, batch_norm=normed)


def _critic_shape(s: Settings) -> MLP:
    return MLP(
        s.dim, 1, s.critic_width, s.critic_depth, s.critic_activation, s.critic_batch_norm, s.spectral_norm, s.fourier
    )


def _player(parameters: Tensor, buffers: Tensor, device: torch.device) -> Player:
    parameters = parameters.to(device)
    return Player(parameters, buffers.to(device), torch.zeros_like(parameters), torch.zeros_like(parameters))


def _start_linear(mlp: MLP, parameters: Tensor, target: Toy) -> None:
    """Begin beside the data, narrower than it, so that the way is worth watching."""
    sample = target.sample(4096, seeded(0, "start"))
    W, b = mlp.parameters.view(parameters, "W0"), mlp.parameters.view(parameters, "b0")
    b.copy_(sample.mean(0) + START[0] * sample.std(0))
    W.zero_()
    for i in range(max(W.shape)):
        W[i % W.shape[0], i % W.shape[1]] = START[1] * float(sample[:, i % W.shape[1]].std())


def _streams(s: Settings, target: Toy) -> dict[str, Stream]:
    """The run's randomness, one stream a purpose."""

    def noise(n: int, rng: torch.Generator) -> Tensor:
        return NOISE[s.noise](n, s.latent, rng)

    def jitter(n: int, rng: torch.Generator) -> Tensor:
        return torch.randn(n, target.dim, generator=rng)

    purposes = {
        "real": (s.batch, target.sample),
        "noise": (s.batch, noise),
        "generator noise": (s.batch, noise),
        "mix": (s.batch, lambda n, rng: torch.rand(n, 1, generator=rng)),
        "critic jitter": (2 * s.batch, jitter),
        "generator jitter": (s.batch, jitter),
    }
    return {name: Stream(s.seed, name, rows, draw) for name, (rows, draw) in purposes.items()}
