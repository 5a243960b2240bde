"""The worker of slow measurements: turns, rest, and failures that cost only their own reading."""

from collections import Counter
from dataclasses import dataclass, field

import pytest

from gan_playground.serving.scheduler import Scheduler
from gan_playground.serving.seats import Seat
from gan_playground.serving.slow_metrics import LOOK_EVERY, SlowMetricsTask, SlowMetricsWorker


@dataclass(eq=False)
class Run:
    step: int = 0
    stopped: object | None = None
    kept: list[int] = field(default_factory=list)
    fails: bool = False


class Quiet:
    def show(self): ...
    def ended(self, error): ...


class AtOnce(Scheduler[Run]):
    """A scheduler whose thread is always free."""

    def submit(self, command):
        command()


class AtOnceWorker:
    """A worker whose measurements are made at once, on a clock that its measuring moves."""

    def __init__(self, runs: int, cost=0.1):
        self.now, self.cost = 100.0, cost
        self.scheduler = AtOnce(advance=lambda _: [], clock=lambda: self.now)
        self.seats = [Seat(run=Run(), viewer=Quiet()) for _ in range(runs)]
        self.scheduler.seats = dict.fromkeys(self.seats)
        for seat in self.seats:
            seat.active = True
        slow_metrics: SlowMetricsTask[Run] = SlowMetricsTask(
            snapshot=self.snapshot,
            measure=self.measure,
            keep=lambda run, result: run.kept.append(result),
        )
        self.slow_metrics_worker = SlowMetricsWorker(slow_metrics, self.scheduler, clock=lambda: self.now)

    def snapshot(self, run):
        if run.step > 1_000_000:
            raise LookupError
        return run.step, run.fails

    def measure(self, snapshot):
        self.now += self.cost
        step, fails = snapshot
        if fails:
            raise ZeroDivisionError
        return step

    def run(self, seconds: float) -> float:
        """Work and rest for so long while every run moves on; the share of the time spent measuring."""
        end, busy = self.now + seconds, 0.0
        while self.now < end:
            began = self.now
            rest = self.slow_metrics_worker.work()
            busy += self.now - began
            self.now += rest
            for seat in self.seats:
                seat.run.step += 1
        return busy / seconds


def test_one_run_is_measured_about_every_three_seconds():
    bench = AtOnceWorker(1)
    bench.run(60)
    assert 17 <= len(bench.seats[0].run.kept) <= 20


def test_thirty_runs_take_turns_and_the_worker_rests():
    bench = AtOnceWorker(30)
    assert bench.run(240) == pytest.approx(0.15, abs=0.01)
    counts = Counter(len(seat.run.kept) for seat in bench.seats)
    assert max(counts) - min(counts) <= 1
    assert min(counts) >= 11
    assert AtOnceWorker(5).run(120) == pytest.approx(0.16, abs=0.02)  # five readings of 0.1 s every 3 s


def test_a_run_that_stands_still_or_is_out_of_sight_is_not_measured_again():
    bench = AtOnceWorker(3)
    snapshot, hidden, going = bench.seats
    bench.run(1)
    hidden.visible = False
    before = [len(seat.run.kept) for seat in bench.seats]
    for _ in range(200):
        snapshot.run.step = -5
        going.run.step += 1
        bench.now += bench.slow_metrics_worker.work()
    after = [len(seat.run.kept) for seat in bench.seats]
    assert after[0] - before[0] <= 1
    assert after[1] == before[1]
    assert after[2] - before[2] >= 5


def test_a_result_asks_for_a_picture_unless_the_run_began_again():
    bench = AtOnceWorker(1)
    (seat,) = bench.seats
    seat.changed = False
    job = bench.slow_metrics_worker.choose()
    assert job is not None
    bench.slow_metrics_worker.keep(job, 1)
    assert seat.changed
    seat.changed, old = False, seat.run
    seat.run = Run()
    bench.slow_metrics_worker.keep(job, 2)
    assert not seat.changed
    assert (old.kept, seat.run.kept) == ([1, 2], [])


def test_a_failing_measurement_costs_only_its_own_reading():
    bench = AtOnceWorker(2)
    bad, good = bench.seats
    bad.run.fails = True
    bench.run(30)
    assert not bad.run.kept
    assert len(good.run.kept) >= 8


def test_with_nothing_to_do_it_asks_again_soon():
    assert AtOnceWorker(0).slow_metrics_worker.work() == LOOK_EVERY


def test_a_failing_snapshot_does_not_hang_the_worker():
    bench = AtOnceWorker(2)
    bad, good = bench.seats
    bad.run.step = 2_000_000
    bench.run(30)
    assert not bad.run.kept
    assert len(good.run.kept) >= 8
