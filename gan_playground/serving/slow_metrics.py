"""The one worker thread: what takes too long for a picture is measured beside the stepping, in turn.

The stepping thread takes a snapshot of the run that has waited longest, the worker measures it, and
the stepping thread keeps the result. Between two measurements the worker rests, so that training
never starves however many watch: their turns come less often instead.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Generic
from weakref import WeakKeyDictionary

from gan_playground.serving.scheduler import Scheduler
from gan_playground.serving.seats import L, Seat

log = logging.getLogger(__name__)

LOOK_EVERY: Final = 0.1
"""Seconds after which an idle worker asks again."""


@dataclass(frozen=True, slots=True)
class SlowMetricsTask(Generic[L]):
    """A slow measurement in three parts, of which only the second may be slow.

    ``snapshot(run)`` and ``keep(run, result)`` are called by the stepping thread, ``measure(snapshot)``
    by the worker; a snapshot shares nothing with the run. ``prepare()`` is called by the worker first.
    """

    snapshot: Callable[[L], Any]
    measure: Callable[[Any], Any]
    keep: Callable[[L, Any], None]
    prepare: Callable[[], object] = lambda: None


@dataclass(frozen=True, slots=True)
class Job(Generic[L]):
    """One snapshot to be measured, and whose it is."""

    seat: Seat[L]
    run: L
    snapshot: Any


@dataclass(slots=True)
class SlowMetricsWorker(Generic[L]):
    """Measures runs in turn: each about every ``every`` seconds, busy for about ``share`` of the time.

    Where more than ``crowd`` are watched it is busy half as much: they need the cores to train.
    """

    slow_metrics: SlowMetricsTask[L]
    scheduler: Scheduler[L]
    every: float = 3.0
    share: float = 0.3
    crowd: int = 8
    clock: Callable[[], float] = time.perf_counter
    _last: "WeakKeyDictionary[L, tuple[float, int]]" = field(default_factory=WeakKeyDictionary)
    _closed: threading.Event = field(default_factory=threading.Event)

    def choose(self) -> Job[L] | None:
        """Take a snapshot of the run whose turn it is: on screen, moved on since, and measured longest ago."""
        now = self.clock()
        waiting: list[tuple[float, Seat[L]]] = []
        for seat in self.scheduler.seats:
            at, step = self._last.get(seat.run, (0.0, -1))
            if seat.visible and seat.stopped is None and seat.run.step != step and now - at >= self.every:
                waiting.append((at, seat))
        if not waiting:
            return None
        seat = min(waiting, key=lambda pair: pair[0])[1]
        self._last[seat.run] = (now, seat.run.step)
        return Job(seat, seat.run, self.slow_metrics.snapshot(seat.run))

    def keep(self, job: Job[L], result: Any) -> None:
        """Give the result to the run, and have it shown."""
        self.slow_metrics.keep(job.run, result)
        if job.seat.run is job.run:
            job.seat.changed = True

    def work(self) -> float:
        """Measure one run, if one waits; return the seconds to rest."""
        try:
            job = self.scheduler.ask(self.choose)
        except Exception:
            log.exception("a snapshot failed")
            return LOOK_EVERY
        if job is None:
            return LOOK_EVERY
        began = self.clock()
        try:
            result = self.slow_metrics.measure(job.snapshot)
        except Exception:  # a measurement that fails is missing on the chart; the run goes on
            log.exception("a slow measurement failed")
        else:
            self.scheduler.submit(lambda: self.keep(job, result))
        took = self.clock() - began
        watched = sum(seat.active for seat in list(self.scheduler.seats))
        share = self.share / 2 if watched > self.crowd else self.share
        return min(self.every, took * (1 / share - 1))

    def start(self) -> None:
        """Start the worker. The scheduler must be running."""

        def loop() -> None:
            try:
                self.slow_metrics.prepare()
            except Exception:
                log.exception("the worker was not made ready")
            while not self._closed.wait(self.work()):
                pass

        threading.Thread(target=loop, name="surveying", daemon=True).start()

    def close(self) -> None:
        """End the worker after its measurement."""
        self._closed.set()
