"""The real engine, bound to what a session asks of it: runs, and the looks at them."""

import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import torch

from gan_playground.engine.compile_updates import compile_updates
from gan_playground.engine.engine import THREADS, advance, advance_each, find_device, single_update
from gan_playground.engine.measurements.history_rows import create
from gan_playground.engine.measurements.look import Look, look
from gan_playground.engine.measurements.slow_metrics import SlowMetrics, keep, slow_metrics
from gan_playground.engine.run import Run
from gan_playground.engine.snapshot import Snapshot, snapshot
from gan_playground.serving.frame_encoder import paint
from gan_playground.serving.scheduler import LOOK_AGAIN, Scheduler
from gan_playground.serving.session import Engine
from gan_playground.serving.slow_metrics import SlowMetricsTask
from gan_playground.serving.worker_process import WorkerProcess
from gan_playground.settings import Settings
from gan_playground.words import Refusal

BITE: Final = 0.01
"""Seconds of the stepping thread that a guest takes at a time."""

GUEST_LIMIT: Final = 120.0
"""Seconds that a guest's steps may take in all, waiting included."""


def torch_engine(device: str = "auto") -> Engine[Run]:
    """Runs stepped on ``device``: cpu, cuda, or auto for CUDA where there is one.

    Raises:
        Refusal: a device that is not there.

    """
    find_device(device)
    torch.set_num_threads(1)  # one stepping thread serves best (see the scheduler), however torch was loaded

    def make(settings: Settings) -> Run:
        return create(settings, device)

    def glance(run: Run, fresh: bool) -> Look:
        return look(run, fresh=fresh)

    painter = WorkerProcess()
    painter.start()  # it loads while the page does

    def painted(viewer: str, life: int, looked: Look) -> tuple[bytes, float]:
        """Paint in a process of its own; where that has died, in the next one, which sends the whole picture."""
        try:
            return painter(paint, viewer, life, looked)
        except ChildProcessError:
            return painter(paint, viewer, life, looked)

    compiled = threading.Event()

    def prepare() -> None:
        """Leave the other cores to others, and go once through what a first visitor would wait for.

        Two threads inside an operation collapse when the cores are shared.
        """
        torch.set_num_threads(1)
        threading.Thread(target=compile_updates, args=(compiled.set,), name="compiling", daemon=True).start()
        paint("", 0, look(make(Settings())))

    worker = WorkerProcess(nice=5)

    def measure(seen: Snapshot) -> SlowMetrics:
        """Survey in a process of its own: slow metrics beside the stepping thread took a quarter of its steps."""
        return worker(slow_metrics, seen)

    def prepare_slow_metrics() -> None:
        """Have the process ready before the first visitor waits for it."""
        measure(snapshot(make(Settings())))

    return Engine(
        create=make,
        advance=advance_each,
        cores=THREADS,
        ready=compiled.is_set,
        update=single_update,
        look=glance,
        paint=painted,
        prepare=prepare,
        slow_metrics=SlowMetricsTask(snapshot=snapshot, measure=measure, keep=keep, prepare=prepare_slow_metrics),
    )


def as_guest(scheduler: Scheduler[Run]) -> Callable[[Sequence[Run], int], None]:
    """An `advance` for runs without a seat: on the one stepping thread, a bite between two slices of the seated.

    It raises a Refusal once its steps have taken too long.
    """
    began = time.monotonic()

    def bite(runs: Sequence[Run], most: int) -> int:
        until, made = time.perf_counter() + BITE, 0
        while made < most and (not made or time.perf_counter() < until):
            advance(runs, 1)
            made += 1
        return made

    def move(runs: Sequence[Run], steps: int) -> None:
        made = 0
        while not scheduler.ready():
            time.sleep(LOOK_AGAIN)
        while made < steps:
            if time.monotonic() - began > GUEST_LIMIT:
                raise Refusal("session.too_slow", seconds=round(GUEST_LIMIT), step=runs[0].step)
            made += scheduler.ask(partial(bite, runs, steps - made))

    return move
