"""The socket from outside, in the ordinary course: what a visitor sees and what the buttons do."""

import threading
import time
from collections.abc import Iterator

import pytest
from live_house import LIMIT, House, until
from spoken import spoken

from gan_playground.settings import Settings
from gan_playground.words import say


@pytest.fixture
def house() -> Iterator[House]:
    with House(seats=40) as made:
        yield made


def test_a_visitor_is_welcomed_shown_the_start_and_can_play(house):
    client = house.client("?seed=7")
    welcome = client.next("welcome")
    assert welcome["settings"]["seed"] == 7
    assert (welcome["status"], welcome["step"], welcome["query"]) == ("paused", 0, "?seed=7")
    assert client.draw(1) == [0]
    assert client.do("play")["status"] == "running"
    steps = client.draw(10)
    assert [0, *steps] == sorted({0, *steps})
    assert client.do("pause")["status"] == "paused"
    at = client.do("pause")["step"]
    while client.frames[-1] != at:
        client.draw(1)
    assert house.rests(house.small.runs[0]) == client.do("pause")["step"] == at


def test_readings_are_taken_anew_for_a_run_that_stands_still(house):
    client = house.client()
    client.next("welcome")
    client.draw(1)
    client.do("play")
    client.draw(4)
    assert house.small.fresh[0]
    assert house.small.fresh.count(False) >= 3
    client.do("pause")
    until(lambda: house.small.fresh[-1])


def test_step_reset_and_new_seed(house):
    client = house.client("?seed=7")
    client.next("welcome")
    assert client.do("step", player="critic")["step"] == 1
    assert client.do("step")["step"] == 2
    assert house.small.runs[-1].updates == ["critic", "both"]
    state = client.do("reset")
    assert (state["step"], state["restarts"], state["settings"]["seed"]) == (0, True, 7)
    state = client.do("new-seed")
    assert state["settings"]["seed"] != 7
    assert f"seed={state['settings']['seed']}" in state["query"]


def test_a_restart_keeps_the_seed_and_goes_on_playing(house):
    client = house.client("?seed=7")
    client.next("welcome")
    client.do("play")
    client.draw_past(0)
    client.send({"set": {"data": "25-gaussians", "generator_width": 128}})
    state = client.next("state")
    assert state["restarts"]
    assert state["status"] == "running"
    assert state["settings"]["seed"] == 7
    assert house.small.runs[-1].settings.data == "25-gaussians"
    assert client.draw_past(0) <= house.small.runs[-1].step


def test_live_knobs_go_to_the_run_and_into_the_link(house):
    client = house.client()
    client.next("welcome")
    client.do("play")
    client.draw_past(0)
    client.send({"set": {"critic_rate": 0.01}})
    state = client.next("state")
    ((step, key, value),) = house.small.runs[-1].changed
    assert (key, value) == ("critic_rate", 0.01)
    assert step > 0
    assert not state["restarts"]
    assert state["query"] == f"?changes={step}:critic_rate=0.01"
    assert Settings.from_query(state["query"]).changes[0].step == step


def test_a_change_before_the_first_step_belongs_to_the_start(house):
    client = house.client()
    client.next("welcome")
    client.send({"set": {"critic_rate": 0.01}})
    assert client.next("state")["query"] == "?critic_rate=0.01"


def test_a_link_replays_its_changes_and_the_controls_follow(house):
    query = "?seed=3&changes=5:critic_rate=0.01,40:r1=0.5,40:objective=hinge"
    client = house.client(query)
    welcome = client.next("welcome")
    assert (welcome["query"], welcome["settings"]["objective"]) == (query, Settings().objective)
    client.send({"speed": 60})
    client.next("state")
    client.do("play")
    state = client.next("state")
    assert (state["settings"]["critic_rate"], state["settings"]["objective"]) == (0.01, Settings().objective)
    assert state["step"] >= 5
    state = client.next("state")
    assert (state["settings"]["r1"], state["settings"]["objective"]) == (0.5, "hinge")
    assert state["query"] == query
    assert client.do("reset")["query"] == query  # the same experiment again


def test_a_player_moved_alone_is_in_no_link_and_the_page_says_so(house):
    client = house.client("?seed=3")
    client.next("welcome")
    assert client.do("step")["warnings"] == []
    state = client.do("step", player="critic")
    assert state["query"] == "?seed=3"
    assert [spoken(warning) for warning in state["warnings"]] == [say("notes.link_does_not_replay")]
    assert client.do("reset")["warnings"] == []


def test_after_a_change_by_hand_reset_begins_with_the_knobs_as_they_stand(house):
    client = house.client("?changes=1:r1=0.5")
    client.next("welcome")
    client.do("play")
    client.draw_past(0)
    client.send({"set": {"critic_rate": 0.01}})
    while client.next("state")["settings"]["critic_rate"] != 0.01:
        pass
    assert client.do("reset")["query"] == "?critic_rate=0.01&r1=0.5"


def test_speed_is_a_cap(house):
    client = house.client()
    client.next("welcome")
    client.send({"speed": 10})
    assert client.next("state")["speed"] == 10
    began = time.monotonic()
    client.do("play")
    client.draw_past(8)
    step = client.do("pause")["step"]
    assert step <= 10 * (time.monotonic() - began) + 2
    client.send({"speed": "full"})
    assert client.next("state")["speed"] == "full"


def test_a_burst_of_settings_makes_one_run_and_loses_none(house):
    """A slider dragged fast: what piles up is carried out as one."""
    client = house.client()
    client.next("welcome")
    gate = threading.Event()
    house.live.scheduler.submit(lambda: gate.wait(LIMIT))
    for width in (16, 32, 128, 256):
        client.send({"set": {"generator_width": width}})
    until(lambda: len(next(iter(house.live.sessions.values()))._inbox) == 4)
    gate.set()
    assert client.next("state")["settings"]["generator_width"] == 256
    assert len(house.small.runs) == 2
