"""Runs that run: each steps alone, over arrays of its own, and threads take runs.

A run's trajectory is a function of its settings alone, to the bit, in any company and in bites of any size.
"""

import os
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from functools import lru_cache
from typing import Final, Literal

import torch

from gan_playground.engine.run import Run
from gan_playground.settings import Settings
from gan_playground.words import Refusal

__all__ = ["THREADS", "Run", "advance", "advance_each", "create", "find_device", "single_update"]

MOST_THREADS: Final = 4
THREADS: Final = max(1, min(MOST_THREADS, os.cpu_count() or 1))
"""Threads that step at once, the caller's among them."""


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


def advance(runs: Sequence[Run], steps: int, threads: int = THREADS) -> None:
    """Make ``steps`` steps of every run that has not stopped; recorded changes still to come are made at their steps.

    ``threads`` take runs, the caller's among them.

    >>> from gan_playground import create, recommended
    >>> runs = [create(recommended("8-gaussians", name), "cpu") for name in ("kl", "wgan-gp")]
    >>> advance(runs, 5)
    >>> [run.step for run in runs]
    [5, 5]
    """
    for outcome in advance_each([(run, steps) for run in runs], threads):
        if isinstance(outcome, Exception):
            raise outcome


def advance_each(work: Sequence[tuple[Run, int]], threads: int = THREADS) -> list[float | Exception]:
    """Make so many steps of each run; return the seconds each took, or what was raised instead, when all are done."""
    waiting = deque(enumerate(work))
    outcomes: list[float | Exception] = [0.0] * len(work)

    def take() -> None:
        while waiting:
            try:
                place, (run, steps) = waiting.popleft()
            except IndexError:  # another thread was quicker
                return
            began = time.perf_counter()
            try:
                with torch.no_grad():  # each thread has a mode of its own
                    run.advance(steps)
                outcomes[place] = time.perf_counter() - began
            except Exception as error:
                outcomes[place] = error

    others = [_stepping().submit(take) for _ in range(min(len(work), threads) - 1)]
    take()
    wait(others)  # whatever happens here, nobody steps on behind the caller's back
    return outcomes


@lru_cache(maxsize=1)
def _stepping() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(MOST_THREADS - 1, thread_name_prefix="stepping")  # made as they are wanted


@torch.no_grad()
def single_update(run: Run, player: Literal["critic", "generator", "both"]) -> None:
    """Make one update of one player, or a whole step; only a whole step is counted in ``step``."""
    if player == "both" or run.stopped is not None:
        advance([run], 1)
    else:
        run.update(player)
