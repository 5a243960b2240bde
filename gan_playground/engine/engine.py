"""Runs that run together: those of one shape are stacked and stepped at once, whatever they play.

A run's trajectory is a function of its settings alone, to the bit, in any company and in bites of any size.
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
from gan_playground.engine.run import Run
from gan_playground.learners.backpropagation import forward
from gan_playground.learners.gan.batched_players import QUANTITIES, Stack, StackShape
from gan_playground.learners.gan.updates import Batch, Draw, alternating, critic_move, generator_move, single_step
from gan_playground.settings import Settings
from gan_playground.words import Note, Refusal

__all__ = ["Run", "advance", "cohort", "create", "find_device", "single_update"]

SHARE: Final = 6
"""Fewer runs than this are not worth a thread of their own."""
THREADS: Final = max(1, min(4, os.cpu_count() or 1))
"""Threads that step at once, the caller's among them."""


class Table:
    """Runs of one shape seated at one stack, with the randomness and the rates of the next steps laid out.

    While seated, a run's players are views of the stack: always current, and nothing is copied between steps.
    """

    def __init__(self, runs: Iterable[Run], shape: StackShape) -> None:
        self.runs = sorted(runs, key=lambda run: run.rules().order)
        self.shape = shape
        self.stack = Stack(
            shape,
            [run.generator_player for run in self.runs],
            [run.critic_player for run in self.runs],
            [run.rules() for run in self.runs],
        )
        for row, run in enumerate(self.runs):
            run.leave()
            run.generator_player = self.stack.generator.player(row, run.generator_player.count)
            run.critic_player = self.stack.critic.player(row, run.critic_player.count)
            run.table = self
        self._draws: list[Draw] = []

    def leave(self) -> None:
        """Give every run its state on storage of its own."""
        for run in self.runs:
            if run.table is self:
                run.generator_player, run.critic_player = run.generator_player.own(), run.critic_player.own()
                run.table = None

    def draw(self) -> Draw:
        """What the next step consumes."""
        if not self._draws:
            self._draws = lay_out(self.runs, self.shape, max(1, BLOCK // self.shape.critic_steps))[::-1]
        return self._draws.pop()

    def step(self) -> None:
        """Make one step of every run."""
        move = single_step if self.shape.update == "single-step" else alternating
        move(self.stack, self.draw())
        newest = self.stack.stats.T.tolist()
        for row, run in enumerate(self.runs):
            if row not in self.stack.broken:
                run.step += 1
                run.critic_player.count += self.shape.critic_steps
                run.generator_player.count += 1
                run.record(dict(zip(QUANTITIES, newest[row], strict=True)))
        self.stop_broken()

    def stop_broken(self) -> None:
        """Stop the runs that met a number that is not finite, and end the table if there are any."""
        if not self.stack.broken:
            return
        for row, quantity in self.stack.broken.items():
            run = self.runs[row]
            run.stopped = Note(f"notes.stopped_{quantity}", {"step": run.step + 1})
        self.leave()


def lay_out(runs: Sequence[Run], shape: StackShape, steps: int) -> list[Draw]:
    """What the next ``steps`` steps of these runs consume, stacked."""
    device, k = runs[0].device, shape.critic_steps
    drawn = [run.draws(steps, shape) for run in runs]
    critic_plans, generator_plans = (
        torch.tensor(np.stack(plans, 2), dtype=torch.float32, device=device)[..., None]
        for plans in zip(*(run.plan(steps, shape) for run in runs), strict=True)
    )

    def stream(name: str) -> Tensor | None:
        """One stream of all runs ``[updates, L, rows, features]``, 0 for a run that does not use it."""
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


# --- what others call --------------------------------------------------------------------------


def create(settings: Settings, device: str = "auto") -> Run:
    """Return a run at step 0; ``device`` is cpu, cuda or auto (CUDA where there is one).

    Raises:
        Refusal: settings that cannot train, or a device that is not there.

    """
    return Run(settings, find_device(device))


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


def cohort(run: Run) -> Hashable:
    """What runs must have in common to be stepped together."""
    return run.shape


@torch.inference_mode()  # every operation is quicker without a graph's bookkeeping: a sixth of a lone run's step
def advance(runs: Sequence[Run], steps: int) -> None:
    """Make ``steps`` steps of every run that has not stopped; runs of one cohort are stepped together.

    Recorded changes still to come are made at their steps.

    >>> from gan_playground import create, recommended
    >>> runs = [create(recommended("8-gaussians", name), "cpu") for name in ("kl", "wgan-gp")]
    >>> advance(runs, 5)
    >>> [run.step for run in runs]
    [5, 5]
    """
    goals = {run: run.step + steps for run in runs}
    while running := [run for run in goals if run.stopped is None and run.step < goals[run]]:
        cohorts: dict[Hashable, list[Run]] = {}
        for run in running:
            if run.next_change is not None and run.next_change <= run.step:
                run.take_changes()
            if not len(run.history):
                run.record({})
            cohorts.setdefault(cohort(run), []).append(run)
        for together in cohorts.values():
            halts = [goals[run] - run.step for run in together]
            halts += [run.next_change - run.step for run in together if run.next_change is not None]
            own, *others = [(seat(runs), min(halts)) for runs in dealt(together)]
            elsewhere = [_stepping().submit(walk, *work) for work in others]
            try:
                walk(*own)
            finally:
                wait(elsewhere)  # whatever happens here, nobody steps on behind the caller's back
            for work in elsewhere:
                work.result()


@torch.inference_mode()  # each thread has a mode of its own
def walk(table: Table, steps: int) -> None:
    """Make so many steps at one table, or as many as it takes for a run to break."""
    for _ in range(steps):
        table.step()
        if table.stack.broken:
            return


def dealt(runs: Sequence[Run]) -> list[Sequence[Run]]:
    """Deal a crowd out to threads in runs of `SHARE` runs or more, where operations keep to one thread themselves.

    Two threads of large operations bear other work beside them; operations split in two wait for each other.
    """
    on_cpu = runs[0].device.type == "cpu" and torch.get_num_threads() == 1
    parts = min(len(runs) // SHARE, THREADS) if on_cpu else 1
    bounds = [len(runs) * part // max(1, parts) for part in range(max(1, parts) + 1)]
    return [runs[start:stop] for start, stop in pairwise(bounds)]


@lru_cache(maxsize=1)
def _stepping() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(THREADS - 1, thread_name_prefix="stepping")


def seat(runs: Sequence[Run]) -> Table:
    """The table these runs sit at, a new one unless they alone sit at it already."""
    table = runs[0].table
    if isinstance(table, Table) and len(table.runs) == len(runs) and all(run.table is table for run in runs):
        return table
    return Table(runs, runs[0].shape)


@torch.inference_mode()
def single_update(run: Run, player: Literal["critic", "generator", "both"]) -> None:
    """Make one update of one player, or a whole step; only a whole step is counted in ``step``."""
    if player == "both" or run.stopped is not None:
        advance([run], 1)
        return
    shape = replace(run.shape, update="alternating", critic_steps=1)
    table = Table([run], shape)
    draw, stack = table.draw(), table.stack
    fake = forward(stack.generator.net, draw.noise, stack.generated)
    if player == "critic":
        critic_move(stack, draw.batches[0], fake[:, : shape.batch])
        run.critic_player.count += not stack.broken
    else:
        generator_move(stack, draw, draw.batches[0].real)
        run.generator_player.count += not stack.broken
    table.stop_broken()
    table.leave()
