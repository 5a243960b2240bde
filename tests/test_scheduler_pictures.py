"""Whose picture is due, and that a button waits for one slice or one picture at most, on the same clock."""

import pytest
from scheduled_world import Run, World

from gan_playground.serving.seats import CREDITS, MAX_CREDITS, Pace


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
    viewers = [world.viewer(Run(cost=0.01 / 30)) for _ in range(30)]
    for viewer in viewers:
        shown = viewer.show
        monkeypatch.setattr(viewer, "show", lambda shown=shown: (shown(), world.scheduler.painted(0.008)))
    world.run(20)
    for viewer in viewers:
        assert len(viewer.frames) / 20 == pytest.approx(1 / world.scheduler.pace.slowest, rel=0.15)


@pytest.mark.parametrize("frame_cost", [0.003, 0.006, 0.009])
def test_thirty_viewers_get_two_pictures_a_second_each_and_equal_steps(frame_cost):
    world = World(frame_cost=frame_cost)
    viewers = [world.viewer(Run(cost=0.01 / 30)) for _ in range(30)]
    world.run(20)
    assert min(len(viewer.frames) for viewer in viewers) >= 2 * 20
    steps = [viewer.run.step for viewer in viewers]
    assert max(steps) - min(steps) <= Pace().slice / viewers[0].run.cost
    # Pictures may take seven tenths of the thread at most.
    assert viewers[0].run.step >= 0.25 * 20 / 0.01


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
    """Thirty viewers, dear pictures, a button pressed at the worst of moments, every time."""
    world = World(frame_cost=0.008)
    waits: list[float] = []

    def press() -> None:
        pressed = world.now
        world.scheduler.submit(lambda: waits.append(world.now - pressed))

    def advance(work, plain=world.advance):
        press()
        return plain(work)

    world.scheduler.advance = advance
    for _ in range(30):
        viewer = world.viewer(Run(cost=0.015))

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
    viewers = [world.viewer(Run(cost=0.05 / 30), draws=False) for _ in range(30)]
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


def test_a_failing_picture_stops_that_run_and_no_other():
    world = World()
    good, bad = world.viewer(), world.viewer()
    bad.show_fails = True
    world.run(2)
    assert [type(error) for error in bad.errors] == [RuntimeError]
    assert len(good.frames) > 20
