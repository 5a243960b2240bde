"""Lanes that run together: those of one shape are stacked and stepped at once, whatever they play.

A lane's trajectory is a function of its settings alone, to the bit, in any company and in bites of any size.
"""

import os
from collections.abc import Hashable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal

import numpy as np
import torch
from torch import Tensor

from gan_playground.engine.random_streams import BLOCK
from gan_playground.engine.run import Lane
from gan_playground.learners.gan.batched_players import QUANTITIES, Shape, Stack
from gan_playground.learners.gan.updates import Batch, Draw, alternating, critic_move, generator_move, single_step
from gan_playground.learners.mlp import forward
from gan_playground.settings import Settings
from gan_playground.words import Note, Refusal

__all__ = ["Lane", "advance", "cohort", "create", "find_device", "single_update"]

SHARE: Final = 6
"""Fewer lanes than this are not worth a thread of their own."""
THREADS: Final = max(1, min(4, os.cpu_count() or 1))
"""Threads that step at once, the caller's among them."""


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
            lane.generator_player = self.stack.generator.player(row, lane.generator_player.count)
            lane.critic_player = self.stack.critic.player(row, lane.critic_player.count)
            lane.table = self
        self._draws: list[Draw] = []

    def leave(self) -> None:
        """Give every lane its state on storage of its own."""
        for lane in self.lanes:
            if lane.table is self:
                lane.generator_player, lane.critic_player = lane.generator_player.own(), lane.critic_player.own()
                lane.table = None

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
    critic_plans, generator_plans = (
        torch.tensor(np.stack(plans, 2), dtype=torch.float32, device=device)[..., None]
        for plans in zip(*(lane.plan(steps, shape) for lane in lanes), strict=True)
    )

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
        Batch(
            real[i],
            None if mix is None else mix[i],
            None if critic_jitter is None else critic_jitter[i],
            (epsilon, size),
        )
        for i, (epsilon, size) in enumerate(critic_plans)
    ]
    latents = noise.unflatten(0, (steps, k)).transpose(1, 2).flatten(2, 3)
    if generator_noise is not None:
        latents = torch.cat((latents, generator_noise), 2)
    return [
        Draw(
            noise=latents[i],
            batches=batches[i * k : (i + 1) * k],
            jitter=None if generator_jitter is None else generator_jitter[i],
            plan=(epsilon, size),
        )
        for i, (epsilon, size) in enumerate(generator_plans)
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


@torch.inference_mode()  # every operation is quicker without a graph's bookkeeping: a sixth of a lone lane's step
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
            own, *others = [(seat(lanes), min(halts)) for lanes in dealt(together)]
            elsewhere = [_stepping().submit(walk, *work) for work in others]
            try:
                walk(*own)
            finally:
                wait(elsewhere)  # whatever happens here, nobody steps on behind the caller's back
            for work in elsewhere:
                work.result()


@torch.inference_mode()  # each thread has a mode of its own
def walk(table: Table, steps: int) -> None:
    """Make so many steps at one table, or as many as it takes for a lane to break."""
    for _ in range(steps):
        table.step()
        if table.stack.broken:
            return


def dealt(lanes: Sequence[Lane]) -> list[Sequence[Lane]]:
    """Deal a crowd out to threads in runs of `SHARE` lanes or more, where operations keep to one thread themselves.

    Two threads of large operations bear other work beside them; operations split in two wait for each other.
    """
    on_cpu = lanes[0].device.type == "cpu" and torch.get_num_threads() == 1
    parts = min(len(lanes) // SHARE, THREADS) if on_cpu else 1
    bounds = [len(lanes) * part // max(1, parts) for part in range(max(1, parts) + 1)]
    return [lanes[start:stop] for start, stop in pairwise(bounds)]


@lru_cache(maxsize=1)
def _stepping() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(THREADS - 1, thread_name_prefix="stepping")


def seat(lanes: Sequence[Lane]) -> Table:
    """The table these lanes sit at, a new one unless they alone sit at it already."""
    table = lanes[0].table
    if isinstance(table, Table) and len(table.lanes) == len(lanes) and all(lane.table is table for lane in lanes):
        return table
    return Table(lanes, lanes[0].shape)


@torch.inference_mode()
def single_update(lane: Lane, player: Literal["critic", "generator", "both"]) -> None:
    """Make one update of one player, or a whole step; only a whole step is counted in ``step``."""
    if player == "both" or lane.stopped is not None:
        advance([lane], 1)
        return
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
