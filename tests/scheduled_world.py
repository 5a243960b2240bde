"""A clock that moves only when something is done, an engine that moves it, and viewers of its runs."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from gan_playground.serving.scheduler import Scheduler
from gan_playground.serving.seats import Seat


@dataclass(eq=False)
class Run:
    """A run that counts; ``cost`` is in seconds a step."""

    cost: float = 0.001
    step: int = 0
    stopped: object | None = None
    fails: bool = False
    breaks_at: int | None = None


@dataclass(eq=False)
class World:
    """A clock, an engine that moves it, and viewers that draw after ``delay`` seconds."""

    now: float = 100.0
    frame_cost: float = 0.004
    cores: int = 1
    calls: list[list[tuple[Run, int]]] = field(default_factory=list)
    scheduler: Scheduler = field(init=False)

    def __post_init__(self):
        self.scheduler = Scheduler(advance=self.advance, cores=self.cores, clock=lambda: self.now)

    def advance(self, work: Sequence[tuple[Run, int]]) -> list[float | Exception]:
        """Step runs at once, each on a core of its own."""
        assert 0 < len(work) <= self.cores
        self.calls.append(list(work))
        self.now += max(run.cost * steps for run, steps in work)
        return [self.stepped(run, steps) for run, steps in work]

    @staticmethod
    def stepped(run: Run, steps: int) -> float | Exception:
        assert steps > 0
        if run.fails:
            return ArithmeticError("boom")
        run.step += steps
        if run.breaks_at is not None and run.step >= run.breaks_at:
            run.step, run.stopped = run.breaks_at, "not finite"
        return run.cost * steps

    def viewer(self, run: Run | None = None, *, playing=True, draws=True, cap: float | None = None) -> "Viewer":
        return Viewer(self, run or Run(), playing=playing, draws=draws, cap=cap)

    def run(self, seconds: float) -> None:
        end = self.now + seconds
        while self.now < end:
            wait = self.scheduler.round().wait
            self.now = end if wait is None else min(end, self.now + wait)


class Viewer:
    def __init__(self, world: World, run: Run, *, playing: bool, draws: bool, cap: float | None):
        self.world, self.run, self.draws = world, run, draws
        self.frames: list[tuple[float, int]] = []
        self.errors: list[Exception | None] = []
        self.show_fails = False
        self.seat = Seat(run=run, viewer=self, playing=playing, cap=cap)
        world.scheduler.seats[self.seat] = None

    def show(self):
        self.world.now += self.world.frame_cost
        if self.show_fails:
            raise RuntimeError("no picture")
        self.frames.append((self.world.now, self.run.step))
        if self.draws:
            self.seat.acknowledge(self.world.now)

    def ended(self, error):
        self.errors.append(error)
        return "stopped" if error else None
