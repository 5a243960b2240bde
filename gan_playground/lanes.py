"""Lanes: games that run. Lanes of one shape are stacked and stepped together, whatever they play.

A lane's trajectory is a function of its settings alone, to the bit, in any company and in bites of any size. Looking
at a lane changes nothing.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from gan_playground.data.toys import Toy, toy
from gan_playground.descents import DESCENTS
from gan_playground.dynamics import Batch, Draw, alternating, critic_move, generator_move, single_step
from gan_playground.models.mlp import MLP, Net, Tape, backward, forward
from gan_playground.objectives import Objective, objective
from gan_playground.settings import KNOBS, LIVE, Change, Settings, Value
from gan_playground.stacks import QUANTITIES, Player, Rules, Shape, Stack
from gan_playground.streams import BLOCK, Stream, seeded
from gan_playground.tracks import Track
from gan_playground.words import Note, Refusal

Floats = NDArray[np.float64]
Measure = Callable[["Lane"], Mapping[str, float]]

NOISE: Final[Mapping[str, Callable[[int, int, torch.Generator], Tensor]]] = {
    "normal": lambda n, latent, rng: torch.randn(n, latent, generator=rng),
    "uniform": lambda n, latent, rng: torch.rand(n, latent, generator=rng).mul_(2).sub_(1),
}
START: Final = (-1.75, 0.4)
"""Where a linear generator begins: its mean this many standard deviations from the data's, its spread this times."""


class Lane:
    """One game.

    ``settings`` are the knobs at step 0 with every live change since, so that ``settings.query()`` is the link that
    replays the run; ``now`` are the knobs in force, ``next_change`` the step of the next recorded change to come. ``step`` counts the steps made. ``stopped`` is the sentence for a
    lane that met a number that is not finite: its parameters are the last finite ones, and it moves no more.
    ``measure``, where set, is asked at every row of ``track`` for more of its columns.
    """

    def __init__(self, settings: Settings, device: torch.device) -> None:
        self.settings, self.now, self.device = settings, settings.at(0), device
        self.step = 0
        self.stopped: Note | None = None
        self.measure: Measure | None = None
        self.track = Track()
        self.toy: Toy = toy(settings)
        self.dim = self.toy.dim
        generator, critic = _generator_shape(settings), _critic_shape(settings)
        rng = seeded(settings.seed, "weights")
        self.generator_player = _player(*generator.initialise(rng), device)
        self.critic_player = _player(*critic.initialise(rng, settings.fourier_sigma), device)
        if generator.depth == 0:
            _start_linear(generator, self.generator_player.parameters, self.toy)
        self.shapes = generator, critic
        self.table: Table | None = None
        self._streams = _streams(settings, self.toy)
        self._renew()

    def _renew(self) -> None:
        """Take over what follows from the knobs in force."""
        self.objective: Objective = objective(self.now.objective_name)
        self.shape = Shape(
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

    # --- sitting at a table ---------------------------------------------------------------------

    def sit(self, table: "Table", row: int) -> None:
        """Let the lane's state be one row of a stack."""
        stack = table.stack
        self.generator_player = stack.generator.player(row, self.generator_player.count)
        self.critic_player = stack.critic.player(row, self.critic_player.count)
        self.table = table

    def leave(self) -> None:
        """Break up the table the lane sits at, if any."""
        if self.table is not None:
            self.table.leave()

    def stand(self, table: "Table") -> None:
        """Take the lane's state onto storage of its own, if it still sits at this table."""
        if self.table is table:
            self.generator_player, self.critic_player = self.generator_player.own(), self.critic_player.own()
            self.table = None

    # --- looking --------------------------------------------------------------------------------

    def latents(self, n: int, seed: int = 0) -> Tensor:
        """``n`` latents ``[n, latent]`` of the lane's noise, by ``seed`` alone."""
        return NOISE[self.now.noise](n, self.now.latent, seeded(seed, "looking")).to(self.device)

    def generate(self, z: Tensor) -> Tensor:
        """G(z) ``[n, dim]``."""
        return self._look(self.shapes[0], self.generator_player, z)[0]

    def critic(self, x: Tensor) -> Tensor:
        """The critic's raw value V ``[n]`` at points ``[n, dim]``."""
        return self._look(self.shapes[1], self.critic_player, x)[0][:, 0]

    def slope(self, x: Tensor) -> Tensor:
        """grad V ``[n, dim]`` at points ``[n, dim]``."""
        _, net, tape = self._look(self.shapes[1], self.critic_player, x)
        return _input_gradient(net, tape, torch.ones_like(tape.out))

    def pull(self, x: Tensor) -> Tensor:
        """Where the generator's loss wants its samples at ``[n, dim]`` to go: minus the loss's gradient at each, [n, dim].

        Where samples play in pairs it is the mean over 64 real opponents, the same ones every time.
        """
        v, net, tape = self._look(self.shapes[1], self.critic_player, x)
        real_v = torch.zeros(1, device=self.device)
        if self.objective.pairs:
            real_v = self.critic(self.toy.sample(64, seeded(0, "opponents")).to(self.device))
        generated = v.expand(-1, len(real_v)).contiguous()
        _, _, by_generated = self.objective.generator(real_v.expand_as(generated).contiguous(), generated)
        return -_input_gradient(net, tape, by_generated.mean(1, keepdim=True)[None])

    def _look(self, mlp: MLP, player: Player, x: Tensor) -> tuple[Tensor, Net, Tape]:
        net = Net(mlp, player.parameters[None], player.buffers[None])
        x = x.to(self.device, player.parameters.dtype)[None]
        tape = Tape(mlp, 1, x.shape[1], x)
        return forward(net, x, tape, learning=False)[0], net, tape

    # --- what a table asks of its lanes ---------------------------------------------------------

    def draws(self, steps: int, shape: Shape) -> dict[str, Tensor]:
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

    def plan(self, steps: int, shape: Shape) -> tuple[Floats, Floats]:
        """The descents of the critic and the generator for the next ``steps`` steps, float64 ``[updates, 2]``.

        Rates fall linearly to 0 at step ``decay``, where that is not 0.
        """
        now, descent = self.now, DESCENTS[shape.optimizer]
        t = self.step + np.arange(steps, dtype=np.float64)
        left = np.maximum(0.0, 1.0 - t / now.decay) if now.decay else np.ones(steps)

        def plan(rate: float, done: int, each: int) -> Floats:
            count = done + 1 + np.arange(steps * each, dtype=np.float64)
            return np.stack(descent.plan(rate * left.repeat(each), count, now.beta1, now.beta2), 1)

        critic = plan(now.critic_rate, self.critic_player.count, shape.critic_steps)
        return critic, plan(now.generator_rate, self.generator_player.count, 1)

    def rules(self) -> Rules:
        """The lane's part in a stack."""
        now = self.now
        return Rules(self.objective, now.r1, now.r2, now.gradient_clip, now.beta1, now.beta2)

    def record(self, newest: Mapping[str, float]) -> None:
        """Leave a row in the track, if one is due at this step."""
        if not self.track.due(self.step):
            return
        row = {"step": float(self.step), **newest}
        if self.shapes[0].depth == 0 and self.dim == 1:
            layout = self.shapes[0].parameters
            row["mu"] = float(layout.view(self.generator_player.parameters, "b0"))
            row["sigma"] = float(layout.view(self.generator_player.parameters, "W0").norm())
        if self.measure is not None:
            row |= self.measure(self)
        self.track.add(row)


class Table:
    """Lanes of one shape seated at one stack, with the randomness and the rates of the next steps laid out.

    While seated, a lane's players are views of the stack: always current, and nothing is copied between steps.
    """

    def __init__(self, lanes: Iterable[Lane], shape: Shape) -> None:
        self.lanes = sorted(lanes, key=lambda lane: lane.rules().order)
        self.shape = shape
        self.stack = Stack(
            shape,
            [lane.generator_player for lane in self.lanes],
            [lane.critic_player for lane in self.lanes],
            [lane.rules() for lane in self.lanes],
        )
        for row, lane in enumerate(self.lanes):
            lane.leave()
            lane.sit(self, row)
        self._draws: list[Draw] = []

    def leave(self) -> None:
        """Give every lane its state on storage of its own."""
        for lane in self.lanes:
            lane.stand(self)

    def draw(self) -> Draw:
        """What the next step consumes."""
        if not self._draws:
            self._draws = lay_out(self.lanes, self.shape, max(1, BLOCK // self.shape.critic_steps))[::-1]
        return self._draws.pop()

    def step(self) -> None:
        """Make one step of every lane."""
        move = single_step if self.shape.update == "single-step" else alternating
        move(self.stack, self.draw())
        newest = self.stack.stats.T.tolist()
        for row, lane in enumerate(self.lanes):
            if row not in self.stack.broken:
                lane.step += 1
                lane.critic_player.count += self.shape.critic_steps
                lane.generator_player.count += 1
                lane.record(dict(zip(QUANTITIES, newest[row], strict=True)))
        self.stop_broken()

    def stop_broken(self) -> None:
        """Stop the lanes that met a number that is not finite, and end the table if there are any."""
        if not self.stack.broken:
            return
        for row, quantity in self.stack.broken.items():
            lane = self.lanes[row]
            lane.stopped = Note(f"notes.stopped_{quantity}", {"step": lane.step + 1})
        self.leave()


def lay_out(lanes: Sequence[Lane], shape: Shape, steps: int) -> list[Draw]:
    """What the next ``steps`` steps of these lanes consume, stacked."""
    device, k = lanes[0].device, shape.critic_steps
    drawn = [lane.draws(steps, shape) for lane in lanes]
    plans = [torch.tensor(np.stack(plans, 2), dtype=torch.float32, device=device)[..., None]
             for plans in zip(*(lane.plan(steps, shape) for lane in lanes), strict=True)]  # fmt: skip

    def stream(name: str) -> Tensor | None:
        """One stream of all lanes ``[updates, L, rows, features]``, 0 for a lane that does not use it."""
        like = next((own[name] for own in drawn if name in own), None)
        if like is None:
            return None
        return torch.stack([own.get(name, torch.zeros_like(like)) for own in drawn], 1).to(device)

    names = ("real", "mix", "critic jitter", "noise", "generator noise", "generator jitter")
    real, mix, critic_jitter, noise, generator_noise, generator_jitter = map(stream, names)
    assert real is not None
    assert noise is not None
    batches = [
        Batch(real[i], None if mix is None else mix[i], None if critic_jitter is None else critic_jitter[i], plan)
        for i, plan in enumerate(plans[0].unbind())
    ]
    latents = noise.unflatten(0, (steps, k)).transpose(1, 2).flatten(2, 3)
    if generator_noise is not None:
        latents = torch.cat((latents, generator_noise), 2)
    return [
        Draw(
            noise=latents[i],
            batches=batches[i * k : (i + 1) * k],
            jitter=None if generator_jitter is None else generator_jitter[i],
            plan=plan,
        )
        for i, plan in enumerate(plans[1].unbind())
    ]


# --- the engine's doors --------------------------------------------------------------------------


def create(settings: Settings, device: str = "auto") -> Lane:
    """Return a lane at step 0; ``device`` is cpu, cuda or auto (CUDA where there is one).

    Raises:
        Refusal: settings that cannot train, or a device that is not there.
    """
    return Lane(settings, find_device(device))


def find_device(name: str) -> torch.device:
    """Return the device of this name, ``auto`` being CUDA where there is one.

    Raises:
        Refusal: no such device here.
    """
    known = {"cpu": "cpu", "auto": "cuda" if torch.cuda.is_available() else "cpu"}
    if torch.cuda.is_available():
        known["cuda"] = "cuda"
    if name not in known:
        raise Refusal("errors.device", value=name, names=", ".join(sorted(known)))
    return torch.device(known[name])


def cohort(lane: Lane) -> Hashable:
    """What lanes must have in common to be stepped together."""
    return lane.shape


def advance(lanes: Sequence[Lane], steps: int) -> None:
    """Make ``steps`` steps of every lane that has not stopped; lanes of one cohort are stepped together.

    Recorded changes still to come are made at their steps.
    """
    goals = {lane: lane.step + steps for lane in lanes}
    while running := [lane for lane in goals if lane.stopped is None and lane.step < goals[lane]]:
        cohorts: dict[Hashable, list[Lane]] = {}
        for lane in running:
            if lane.next_change is not None and lane.next_change <= lane.step:
                lane.take_changes()
            if not len(lane.track):
                lane.record({})
            cohorts.setdefault(cohort(lane), []).append(lane)
        for together in cohorts.values():
            halts = [goals[lane] - lane.step for lane in together]
            halts += [lane.next_change - lane.step for lane in together if lane.next_change is not None]
            table = seat(together)
            for _ in range(min(halts)):
                table.step()
                if table.stack.broken:
                    break


def seat(lanes: Sequence[Lane]) -> Table:
    """The table these lanes sit at, a new one unless they alone sit at it already."""
    table = lanes[0].table
    if table is not None and len(table.lanes) == len(lanes) and all(lane.table is table for lane in lanes):
        return table
    return Table(lanes, lanes[0].shape)


def single_update(lane: Lane, player: Literal["critic", "generator", "both"]) -> None:
    """Make one update of one player, or a whole step; only a whole step is counted in ``step``."""
    if player == "both":
        return advance([lane], 1)
    if lane.stopped is not None:
        return None
    shape = replace(lane.shape, update="alternating", critic_steps=1)
    table = Table([lane], shape)
    draw, stack = table.draw(), table.stack
    fake = forward(stack.generator.net, draw.noise, stack.generated)
    if player == "critic":
        critic_move(stack, draw.batches[0], fake[:, : shape.batch])
        lane.critic_player.count += not stack.broken
    else:
        generator_move(stack, draw, draw.batches[0].real)
        lane.generator_player.count += not stack.broken
    table.stop_broken()
    table.leave()


# --- what a lane begins with ---------------------------------------------------------------------


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
    """The lane's randomness, one stream a purpose."""

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


def _input_gradient(net: Net, tape: Tape, cotangent: Tensor) -> Tensor:
    pulled = backward(net, tape, cotangent, to_input=True)
    assert pulled is not None
    return pulled[0]
