"""The stepping thread's laws, on a clock that moves only when something is done."""

import threading

import pytest
from scheduled_world import Run, World

from gan_playground.serving.scheduler import Scheduler
from gan_playground.serving.seats import Pace, Seat


def test_as_many_runs_step_at_once_as_there_are_cores():
    world = World(cores=2)
    runs = [Run() for _ in range(3)]
    for run in runs:
        world.viewer(run)
    world.run(2)
    assert {len(work) for work in world.calls[1:]} == {2}
    assert max(run.step for run in runs) - min(run.step for run in runs) <= 2 * Pace().slice / runs[0].cost


@pytest.mark.parametrize("cores", [1, 2])
def test_time_is_shared_by_viewers_however_dear_their_steps(cores):
    """Nine viewers of cheap steps and one of dear ones have a tenth of the cores each."""
    world = World(frame_cost=1e-6, cores=cores)
    many = [world.viewer(Run(cost=0.002)) for _ in range(9)]
    dear = world.viewer(Run(cost=0.05))
    world.run(60)
    assert 0.08 * cores <= dear.run.step * 0.05 / 60 <= 0.12 * cores
    for each in many:
        assert 0.08 * cores <= each.run.step * 0.002 / 60 <= 0.12 * cores


def test_one_who_wakes_has_no_claim_on_the_time_before():
    world = World(frame_cost=1e-6)
    early = world.viewer(Run())
    world.run(30)
    before = early.run.step
    late = world.viewer(Run())
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


def test_capped_runs_keep_step():
    world = World()
    viewers = [world.viewer(cap=10.0) for _ in range(5)]
    world.run(5.33)
    assert max(each.run.step for each in viewers) - min(each.run.step for each in viewers) <= 1


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


def test_a_failing_run_stops_alone_with_its_error():
    world = World()
    good, bad = world.viewer(), world.viewer(Run(fails=True))
    world.run(2)
    assert [type(error) for error in bad.errors] == [ArithmeticError]
    assert bad.seat.stopped == "stopped"
    assert not bad.seat.playing
    assert good.run.step > 1000
    assert good.seat.stopped is None


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
    steps = [count for work in world.calls[10:] for _, count in work]
    assert max(steps) * 0.0005 == pytest.approx(Pace().slice, rel=0.1)


def test_the_thread_steps_and_closes():
    run = Run()

    def advance(work):
        for each, steps in work:
            each.step += steps
        return [0.0001 * steps for _, steps in work]

    class Quiet:
        def show(self): ...
        def ended(self, error): ...

    scheduler = Scheduler(advance=advance)
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
    assert done.wait(60)
    assert scheduler.ask(lambda: run.step) > 100
    with pytest.raises(ZeroDivisionError):
        scheduler.ask(lambda: 1 / 0)
    scheduler.close()
    at = run.step
    scheduler.submit(lambda: done.clear())
    assert done.is_set()
    assert run.step == at


def test_nobody_steps_before_the_engine_is_ready_and_everybody_is_shown_when_it_is():
    world = World()
    ready = threading.Event()
    world.scheduler.ready = ready.is_set
    viewer = world.viewer()
    world.run(2)
    assert (viewer.run.step, len(viewer.frames)) == (0, 1)
    ready.set()
    world.run(1)
    assert viewer.run.step > 500
    assert viewer.frames[1][1] <= viewer.run.step
