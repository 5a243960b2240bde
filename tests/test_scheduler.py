"""The stepping thread's laws, on a clock that moves only when something is done."""

import threading
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

import pytest

from gan_playground.serving.scheduler import Scheduler
from gan_playground.serving.seats import CREDITS, MAX_CREDITS, Pace, Seat


@dataclass(eq=False)
class Run:
    """A run that counts; ``cost`` is in seconds a step of its whole group."""

    shape: Hashable = "mlp"
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
    calls: list[tuple[frozenset[int], int]] = field(default_factory=list)
    scheduler: Scheduler = field(init=False)

    def __post_init__(self):
        self.scheduler = Scheduler(advance=self.advance, cohort=lambda run: run.shape, clock=lambda: self.now)

    def advance(self, runs: Sequence[Run], steps: int) -> None:
        assert len({run.shape for run in runs}) == 1
        assert steps > 0
        self.now += runs[0].cost * steps
        if any(run.fails for run in runs):
            raise ArithmeticError("boom")
        self.calls.append((frozenset(map(id, runs)), steps))
        for run in runs:
            run.step += steps
            if run.breaks_at is not None and run.step >= run.breaks_at:
                run.step, run.stopped = run.breaks_at, "not finite"

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


@pytest.mark.parametrize(("frame_cost", "pictures"), [(0.001, 20.0), (0.003, 20.0), (0.0064, 12.5), (0.008, 10.0)])
def test_one_viewer_gets_20_pictures_a_second_or_a_twelfth_of_the_time(frame_cost, pictures):
    world = World(frame_cost=frame_cost)
    viewer = world.viewer()
    world.run(10)
    assert len(viewer.frames) / 10 == pytest.approx(pictures, rel=0.12)
    steps = [step for _, step in viewer.frames]
    assert steps == sorted(set(steps))
    assert 0.9 * 10_000 <= viewer.run.step <= 10_000


def test_what_a_picture_takes_elsewhere_counts_too(monkeypatch):
    """Looks are quick, and each is painted beside the stepping in 8 ms."""
    world = World(frame_cost=0.0002)
    viewers = [world.viewer(Run(cost=0.01)) for _ in range(30)]
    for viewer in viewers:
        shown = viewer.show
        monkeypatch.setattr(viewer, "show", lambda shown=shown: (shown(), world.scheduler.painted(0.008)))
    world.run(20)
    for viewer in viewers:
        assert len(viewer.frames) / 20 == pytest.approx(1 / world.scheduler.pace.slowest, rel=0.15)


@pytest.mark.parametrize("frame_cost", [0.003, 0.006, 0.009])
def test_thirty_viewers_get_two_pictures_a_second_each_and_equal_steps(frame_cost):
    world = World(frame_cost=frame_cost)
    viewers = [world.viewer(Run(cost=0.01)) for _ in range(30)]
    world.run(20)
    assert min(len(viewer.frames) for viewer in viewers) >= 2 * 20
    assert len({viewer.run.step for viewer in viewers}) == 1
    # Pictures may take seven tenths of the thread at most.
    assert viewers[0].run.step >= 0.25 * 20 / 0.01


def test_a_cohort_steps_together_and_cohorts_never_mix():
    world = World()
    first, second = Run("a"), Run("a")
    for run in (first, second, Run("b")):
        world.viewer(run)
    world.run(1)
    assert {runs for runs, _ in world.calls if id(first) in runs} == {frozenset({id(first), id(second)})}
    assert first.step == second.step > 0


def test_time_is_shared_by_viewers_not_by_cohorts():
    """Nine viewers of one shape get nine tenths of the thread, one odd shape its tenth, however dear its step."""
    world = World(frame_cost=1e-6)
    many = [world.viewer(Run("mlp", cost=0.002)) for _ in range(9)]
    odd = world.viewer(Run("odd", cost=0.05))
    world.run(60)
    share = odd.run.step * 0.05 / 60
    assert 0.08 <= share <= 0.12
    assert 0.85 <= many[0].run.step * 0.002 / 60 <= 0.92


def test_one_who_wakes_has_no_claim_on_the_time_before():
    world = World(frame_cost=1e-6)
    early = world.viewer(Run("a"))
    world.run(30)
    before = early.run.step
    late = world.viewer(Run("b"))
    world.run(1)
    assert early.run.step - before >= 400
    assert late.run.step >= 400


@pytest.mark.parametrize("cap", [1.0, 10.0, 60.0])
def test_a_cap_on_steps_a_second_is_kept(cap):
    world = World()
    capped, free = world.viewer(cap=cap), world.viewer()
    world.run(20)
    assert capped.run.step == pytest.approx(20 * cap, abs=2)
    assert free.run.step > 10_000


def test_a_cap_does_not_make_up_for_lost_time():
    world = World()
    capped = world.viewer(cap=10.0)
    world.run(1)
    capped.seat.playing = False
    world.run(50)
    before = capped.run.step
    capped.seat.playing = True
    world.run(1)
    assert capped.run.step - before <= 12


def test_capped_runs_of_one_shape_step_together():
    world = World()
    viewers = [world.viewer(cap=10.0) for _ in range(5)]
    world.run(0.33)
    world.calls.clear()
    world.run(5)
    assert {len(runs) for runs, _ in world.calls} == {5}
    assert len({viewer.run.step for viewer in viewers}) == 1


@pytest.mark.parametrize("rest", ["paused", "hidden", "undrawn"])
def test_whoever_rests_costs_nothing_within_two_seconds(rest):
    world = World()
    viewer = world.viewer()
    world.run(1)
    if rest == "paused":
        viewer.seat.playing = False
    elif rest == "hidden":
        viewer.seat.visible = False
    else:
        viewer.draws = False
    world.run(2)
    at, calls = viewer.run.step, len(world.calls)
    frames = len(viewer.frames)
    world.run(100)
    assert (viewer.run.step, len(world.calls), len(viewer.frames)) == (at, calls, frames)
    assert world.scheduler.round().wait is None


def test_a_slow_browser_does_not_slow_its_training():
    """Credits limit pictures; steps go on while the last picture was drawn a moment ago."""
    world = World()
    viewer = world.viewer(draws=False)
    acknowledged = 0
    for _ in range(40):
        world.run(0.25)
        acknowledged += 1
        viewer.seat.acknowledge(world.now)
    assert viewer.run.step >= 0.9 * 10_000
    assert len(viewer.frames) <= acknowledged + CREDITS


def test_credits_are_capped():
    world = World()
    viewer = world.viewer(playing=False)
    for _ in range(100):
        viewer.seat.acknowledge(world.now)
    assert viewer.seat.credit == MAX_CREDITS


def test_pictures_are_made_only_of_new_steps_unless_asked_for():
    world = World()
    viewer = world.viewer(playing=False)
    world.run(1)
    assert len(viewer.frames) == 1
    viewer.seat.refresh()
    world.run(1)
    assert len(viewer.frames) == 2


def test_a_command_waits_for_one_slice_or_one_picture_at_most():
    """Thirty viewers of ten shapes, dear pictures, a button pressed at the worst of moments, every time."""
    world = World(frame_cost=0.008)
    waits: list[float] = []

    def press() -> None:
        pressed = world.now
        world.scheduler.submit(lambda: waits.append(world.now - pressed))

    def advance(runs, steps, plain=world.advance):
        press()
        plain(runs, steps)

    world.scheduler.advance = advance
    for shape in range(10):
        for _ in range(3):
            viewer = world.viewer(Run(shape, cost=0.015))

            def show(plain=viewer.show):
                press()
                plain()

            viewer.show = show
    world.run(10)
    assert len(waits) > 500
    assert max(waits) <= Pace().slice + 0.008


def test_commands_run_between_pictures():
    world = World(frame_cost=0.1)
    viewers = [world.viewer(playing=False) for _ in range(5)]
    heard: list[int] = []
    first = viewers[0]
    plain = first.show

    def show():
        plain()
        world.scheduler.submit(lambda: heard.append(sum(len(viewer.frames) for viewer in viewers)))

    first.show = show
    while len(viewers[-1].frames) == 0:
        world.scheduler.round()
    assert heard == [1]


def test_acknowledgements_do_not_take_pictures_away():
    """Viewers whose acknowledgements come as commands, late, have as many pictures as those at once."""
    world = World(frame_cost=0.006)
    viewers = [world.viewer(Run(cost=0.05), draws=False) for _ in range(30)]
    for viewer in viewers:
        plain = viewer.show

        def show(viewer=viewer, plain=plain):
            plain()
            world.scheduler.submit(lambda: viewer.seat.acknowledge(world.now))

        viewer.show = show
    world.run(20)
    assert min(len(viewer.frames) for viewer in viewers) >= 2 * 20


def test_a_picture_of_one_who_has_just_left_is_not_made():
    world = World(frame_cost=0.1)
    first, last = world.viewer(playing=False), world.viewer(playing=False)
    plain = first.show

    def show():
        plain()
        world.scheduler.submit(lambda: world.scheduler.seats.pop(last.seat))

    first.show = show
    world.run(1)
    assert (len(first.frames), len(last.frames)) == (1, 0)


def test_a_failing_run_stops_alone_with_its_error():
    world = World()
    good, bad = world.viewer(), world.viewer(Run(fails=True))
    world.run(2)
    assert [type(error) for error in bad.errors] == [ArithmeticError]
    assert bad.seat.stopped == "stopped"
    assert not bad.seat.playing
    assert good.run.step > 1000
    assert good.seat.stopped is None


def test_a_failing_picture_stops_that_run_and_no_other():
    world = World()
    good, bad = world.viewer(), world.viewer()
    bad.show_fails = True
    world.run(2)
    assert [type(error) for error in bad.errors] == [RuntimeError]
    assert len(good.frames) > 20


def test_a_run_that_stops_itself_is_told_of_and_shown_once_more():
    world = World()
    viewer, other = world.viewer(Run(breaks_at=812)), world.viewer()
    world.run(5)
    assert viewer.errors == [None]
    assert viewer.run.step == viewer.frames[-1][1] == 812
    assert other.run.step > 2000


def test_a_failing_command_ends_nothing():
    world = World()
    viewer = world.viewer()
    world.scheduler.submit(lambda: 1 / 0)
    world.run(1)
    assert viewer.run.step > 500


def test_slices_aim_at_the_pace():
    world = World(frame_cost=1e-6)
    world.viewer(Run(cost=0.0005))
    world.run(3)
    steps = [count for _, count in world.calls[10:]]
    assert max(steps) * 0.0005 == pytest.approx(Pace().slice, rel=0.1)


def test_the_thread_steps_and_closes():
    run = Run()

    def advance(runs, steps):
        for each in runs:
            each.step += steps

    class Quiet:
        def show(self): ...
        def ended(self, error): ...

    scheduler = Scheduler(advance=advance, cohort=lambda _: "mlp")
    scheduler.start()
    seat = Seat(run=run, viewer=Quiet(), playing=True)
    done = threading.Event()

    def join():
        scheduler.seats[seat] = None

    def check():
        if run.step > 100:
            done.set()
        else:
            scheduler.submit(check)

    scheduler.submit(join)
    scheduler.submit(check)
    assert done.wait(5)
    assert scheduler.ask(lambda: run.step) > 100
    with pytest.raises(ZeroDivisionError):
        scheduler.ask(lambda: 1 / 0)
    scheduler.close()
    at = run.step
    scheduler.submit(lambda: done.clear())
    assert done.is_set()
    assert run.step == at
