"""A run: one game that runs, its settings, its state, and the ways to look at it without changing it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from gan_playground.data.toys import Toy, toy
from gan_playground.engine.history import HistoryRecorder
from gan_playground.engine.random_streams import BLOCK, Stream, seeded
from gan_playground.knobs import Value
from gan_playground.learners.folded_network import FoldedNetwork, folded
from gan_playground.learners.gan import kernel, plain
from gan_playground.learners.gan.game import Game, Player, Rules, lay_out
from gan_playground.learners.gan.objectives import Objective, objective
from gan_playground.learners.mlp import MLP
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


class Run:
    """One game.

    ``settings`` are the knobs at step 0 with every live change since, so that ``settings.query()`` is the link that
    replays the run; ``now`` are the knobs in force, ``next_change`` is the step of the next recorded change to come.
    ``step`` counts the steps made. ``stopped`` is the sentence for a run that met a number that is not finite: its
    parameters are the last finite ones, and it moves no more. ``measure``, where set, is asked for more columns at
    the rows of ``history`` that ``measured`` names by their step. ``compiled`` says which updates it makes (the plain
    ones elsewhere than on a CPU); ``layouts`` counts how often it was laid out for them: a number that a slider moves
    lays out nothing.
    """

    def __init__(self, settings: Settings, device: torch.device) -> None:
        self.settings, self.now, self.device = settings, settings.at(0), device
        self.step = 0
        self.stopped: Note | None = None
        self.measure: Measure | None = None
        self.measured: Callable[[int], bool] = lambda _: True
        self.history = HistoryRecorder()
        self.toy: Toy = toy(settings)
        self.dim = self.toy.dim
        generator, critic = _generator_shape(settings), _critic_shape(settings)
        rng = seeded(settings.seed, "weights")
        self.generator_player = Player.new(*generator.initialise(rng), device)
        self.critic_player = Player.new(*critic.initialise(rng, settings.fourier_sigma), device)
        if generator.depth == 0:
            _start_linear(generator, self.generator_player.parameters, self.toy)
        self.shapes = generator, critic
        self.compiled, self.layouts = device.type == "cpu", 0
        self._game: Game | None = None
        self._drawn: Mapping[str, Tensor] = {}
        self._drawn_at: tuple[Rules, int] | None = None
        self._streams = _streams(settings, self.toy)
        self._renew()

    def _renew(self) -> None:
        """Take over what follows from the knobs in force."""
        self.objective: Objective = objective(self.now.objective_name)
        to_come = (change.step for change in self.settings.changes if change.step > self.step)
        self.next_change = min(to_come, default=None)

    @property
    def rules(self) -> Rules:
        """What is played now."""
        now, together = self.now, self.now.update == "single-step"
        return Rules(
            objective=self.objective,
            r1=now.r1,
            r2=now.r2,
            gradient_clip=now.gradient_clip,
            beta1=now.beta1,
            beta2=now.beta2,
            optimizer=now.optimizer,
            critic_steps=1 if together else now.critic_steps,
            together=together,
            jitter=now.instance_noise > 0,
        )

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
        self.now, self._drawn_at = self.settings.at(self.step), None
        self._renew()

    # --- looking --------------------------------------------------------------------------------

    def latents(self, n: int, seed: int = 0) -> Tensor:
        """``n`` latents ``[n, latent]`` of the run's noise, by ``seed`` alone."""
        return NOISE[self.now.noise](n, self.now.latent, seeded(seed, "looking")).to(self.device)

    def generate(self, z: Tensor) -> Tensor:
        """G(z) ``[n, dim]``."""
        return self._folded(self.shapes[0], self.generator_player)(z.cpu())

    def critic(self, x: Tensor) -> Tensor:
        """The critic's raw value V ``[n]`` at points ``[n, dim]``."""
        return self._folded(self.shapes[1], self.critic_player)(x.cpu().float())[:, 0]

    def _folded(self, mlp: MLP, player: Player) -> FoldedNetwork:
        return folded(mlp, player.parameters, player.buffers)

    # --- stepping -------------------------------------------------------------------------------

    def advance(self, steps: int) -> None:
        """Make so many steps, or as many as it takes to meet a number that is not finite."""
        goal = self.step + steps
        while self.stopped is None and self.step < goal:
            if self.next_change is not None and self.next_change <= self.step:
                self.take_changes()
            if not len(self.history):
                self._record({})
            self._bite(goal if self.next_change is None else min(goal, self.next_change))

    def _bite(self, goal: int) -> None:
        """Make some steps towards ``goal``: up to the next row that has to be measured, or to the end of a block."""
        rules = self.rules
        first = self._draw(rules)
        most = min(goal - self.step, self._block_steps(rules) - first)
        halts = (count for count in range(1, most) if self._measures(self.step + count))
        count, table = next(halts, most), np.zeros((most, len(kernel.QUANTITIES)))
        made, broken = self._move(rules, first, count, table)
        for newest in table[:made]:
            self.step += 1
            self.critic_player.count += rules.critic_steps
            self.generator_player.count += 1
            self._record(dict(zip(kernel.QUANTITIES, newest.tolist(), strict=True)))
        if broken != kernel.ALL_WELL:
            self._stop(broken)

    def _move(self, rules: Rules, first: int, count: int, table: Floats) -> tuple[int, int]:
        """Make ``count`` steps of the state alone: the compiled ones on a CPU, the plain ones elsewhere."""
        if self._game is None or not self.compiled:
            return self._plainly(rules, plain.steps, first, count, table)
        steps = kernel.together if rules.together else kernel.alternating
        return steps(self._game.f, self._game.q, self._game.n, first, count, table)

    def update(self, player: Literal["critic", "generator"]) -> None:
        """Make one update of one player; ``step`` stays."""
        rules = replace(self.rules, critic_steps=1, together=False)
        self._drawn_at = None  # a player that moves alone leaves the order of what was drawn
        self._draw(rules)
        if self._game is None or not self.compiled:
            moves = {"critic": plain.critic_update, "generator": plain.generator_update}
            _, broken = self._plainly(rules, moves[player], 0)
        else:
            compiled = {"critic": kernel.critic_update, "generator": kernel.generator_update}
            broken = compiled[player](self._game.f, self._game.q, self._game.n, 0)
        self._drawn_at = None
        if broken != kernel.ALL_WELL:
            self._stop(broken)
        elif player == "critic":
            self.critic_player.count += 1
        else:
            self.generator_player.count += 1

    def _plainly(self, rules: Rules, move: Callable[..., Any], *rest: object) -> Any:
        """Make a move of `plain`, which wants a graph."""
        with torch.enable_grad():
            return move(plain.Match(self.shapes, self._players, rules, self._drawn), *rest)

    # --- what steps consume ---------------------------------------------------------------------

    def _block_steps(self, rules: Rules) -> int:
        return max(1, BLOCK // rules.critic_steps)

    def _draw(self, rules: Rules) -> int:
        """Have what the next step consumes at hand; return its place in the block that was drawn."""
        steps, done = self._block_steps(rules), self.generator_player.count
        if self._drawn_at is not None and self._drawn_at[0] == rules and done < self._drawn_at[1] + steps:
            return done - self._drawn_at[1]
        drawn = self._draws(rules, steps)
        if self.compiled:
            self._fill(rules, drawn)
        else:
            self._drawn = {name: x.to(self.device) for name, x in drawn.items()}
        self._drawn_at = rules, done
        return 0

    def _fill(self, rules: Rules, drawn: Mapping[str, Tensor]) -> None:
        """Lay the run out as the compiled updates take it, unless it is, and what was drawn in it."""
        if self._game is None or not self._game.keeps(rules):
            self._game = lay_out(self.shapes, self._players, rules, self.now.batch, self._block_steps(rules))
            self.layouts += 1
        self._game.renew(rules)
        for name, x in drawn.items():
            self._game.drawn[name][:] = x.numpy()

    @property
    def _players(self) -> tuple[Player, Player]:
        return self.generator_player, self.critic_player

    def _stop(self, broken: int) -> None:
        self.stopped = Note(f"notes.stopped_{kernel.QUANTITIES[broken]}", {"step": self.step + 1})

    def _draws(self, rules: Rules, steps: int) -> dict[str, Tensor]:
        """What the next ``steps`` steps consume, by the names of `game.Places`, ``[updates, rows, features]``."""
        k, c, g = rules.critic_steps, self.critic_player.count, self.generator_player.count
        wanted = {"real": (c, k), "noise": (c, k)}
        if rules.objective.slope_penalty is not None:
            wanted["mix"] = (c, k)
        if rules.jitter:
            wanted["critic_jitter"] = (c, k)
        if not rules.together:
            wanted["generator_noise"] = (g, 1)
            if rules.jitter:
                wanted["generator_jitter"] = (g, 1)
        drawn = {name: self._streams[name].take(first, each * steps) for name, (first, each) in wanted.items()}
        drawn = {name: x * self.now.instance_noise if "jitter" in name else x for name, x in drawn.items()}
        plans = zip(("critic_plan", "generator_plan"), self._plan(rules, steps), strict=True)
        return drawn | {name: torch.from_numpy(plan) for name, plan in plans}

    def _plan(self, rules: Rules, steps: int) -> tuple[Floats, Floats]:
        """The optimizers' plans of critic and generator for the next ``steps`` steps, float64 ``[updates, 2]``.

        Rates fall linearly to 0 at step ``decay``, where that is not 0.
        """
        now, optimizer = self.now, OPTIMIZERS[rules.optimizer]
        t = self.step + np.arange(steps, dtype=np.float64)
        left = np.maximum(0.0, 1.0 - t / now.decay) if now.decay else np.ones(steps)

        def plan(rate: float, done: int, each: int) -> Floats:
            count = done + 1 + np.arange(steps * each, dtype=np.float64)
            return np.stack(optimizer.plan(rate * left.repeat(each), count, now.beta1, now.beta2), 1)

        critic = plan(now.critic_rate, self.critic_player.count, rules.critic_steps)
        return critic, plan(now.generator_rate, self.generator_player.count, 1)

    # --- the history ----------------------------------------------------------------------------

    @property
    def _is_a_line(self) -> bool:
        return self.shapes[0].depth == 0 and self.dim == 1

    def _measures(self, step: int) -> bool:
        """Whether the row of this step, if there is one, tells more than the updates do."""
        measured = self.measure is not None and self.measured(step)
        return self.history.due(step) and (measured or self._is_a_line)

    def _record(self, newest: Mapping[str, float]) -> None:
        """Leave a row in the history, if one is due at this step."""
        if not self.history.due(self.step):
            return
        row = {"step": float(self.step), **newest}
        if self._is_a_line:
            layout = self.shapes[0].parameters
            row["mu"] = float(layout.view(self.generator_player.parameters, "b0"))
            row["sigma"] = float(layout.view(self.generator_player.parameters, "W0").norm())
        if self.measure is not None and self.measured(self.step):
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
        "generator_noise": (s.batch, noise),
        "mix": (s.batch, lambda n, rng: torch.rand(n, 1, generator=rng)),
        "critic_jitter": (2 * s.batch, jitter),
        "generator_jitter": (s.batch, jitter),
    }
    return {name: Stream(s.seed, name, rows, draw) for name, (rows, draw) in purposes.items()}
