"""The socket from outside, by many visitors: who owns which run, who rests, who waits, who leaves."""

import json
from collections.abc import Iterator

import pytest
from live_house import House, until
from spoken import spoken

from gan_playground.serving.seats import CREDITS


@pytest.fixture
def house() -> Iterator[House]:
    with House(seats=40) as made:
        yield made


@pytest.fixture
def small_house() -> Iterator[House]:
    with House(seats=1) as made:
        yield made


def test_an_unknown_token_gets_a_run_of_its_own(house):
    first = house.client("?seed=1")
    token = first.next("welcome")["token"]
    second = house.client("?seed=2", token=token[:-1] + ("A" if token[-1] != "A" else "B"))
    welcome = second.next("welcome")
    assert welcome["token"] != token
    assert welcome["settings"]["seed"] == 2
    assert first.do("pause")["settings"]["seed"] == 1


def test_a_second_socket_with_the_token_takes_the_run_over(house):
    first = house.client()
    token = first.next("welcome")["token"]
    first.do("play")
    first.draw_past(0)
    second = house.client(token=token)
    welcome = second.next("welcome")
    assert welcome["status"] == "running"
    assert welcome["step"] > 0
    assert "another tab" in spoken(first.next("bye"))
    assert first.closed() == 4409
    until(lambda: house.live._sockets == 1)
    second.draw_past(welcome["step"])  # the first one's end did not park it
    assert house.seats == 1


def test_a_closed_tab_stops_costing_and_comes_back_by_its_token(house):
    client = house.client("?seed=5")
    token = client.next("welcome")["token"]
    client.do("play")
    client.draw_past(0)
    client.link.close()
    (run,) = house.small.runs
    until(lambda: not house.seat_of(run).visible)
    at = house.rests(run)
    back = house.client("?seed=5", token=token)
    welcome = back.next("welcome")
    assert welcome["status"] == "running"
    assert welcome["step"] == at
    back.draw_past(at)


def test_another_link_in_the_same_tab_begins_anew(house):
    client = house.client("?seed=5")
    token = client.next("welcome")["token"]
    client.do("play")
    client.draw_past(0)
    client.link.close()
    back = house.client("?seed=6", token=token)
    welcome = back.next("welcome")
    assert (welcome["settings"]["seed"], welcome["step"], welcome["status"]) == (6, 0, "paused")
    assert house.seats == 1


def test_a_hidden_tab_stops_and_is_freed_after_ninety(house):
    client = house.client()
    client.next("welcome")
    client.do("play")
    client.draw_past(0)
    (run,) = house.small.runs
    client.send({"hidden": True})
    until(lambda: not house.seat_of(run).visible)
    at = house.rests(run)
    client.send({"hidden": False})
    client.draw_past(at)
    client.send({"hidden": True})
    until(lambda: not house.seat_of(run).visible)
    house.clock.added += 91
    assert "out of sight" in spoken(client.next("bye"))
    assert client.closed() == 4408
    until(lambda: house.seats == 0)


def test_a_run_behind_another_tab_of_the_page_rests_and_stays(house):
    client = house.client()
    client.next("welcome")
    client.do("play")
    client.draw_past(0)
    (run,) = house.small.runs
    client.send({"rest": True})
    until(lambda: not house.seat_of(run).visible)
    at = house.rests(run)
    hidden = house.client()
    hidden.next("welcome")
    hidden.send({"hidden": True})
    until(lambda: not house.seat_of(house.small.runs[-1]).visible)
    house.clock.added += 200
    assert hidden.next("bye")  # the sweep that freed the hidden one has passed
    client.send({"rest": False})
    client.draw_past(at)


def test_a_browser_that_draws_nothing_stops(house):
    client = house.client()
    client.draws = False
    client.next("welcome")
    client.do("play")
    (run,) = house.small.runs
    until(lambda: house.seat_of(run).credit == 0)
    assert house.rests(run) > 0
    client.do("pause")
    assert len(client.frames) == CREDITS


def test_the_seats_fill_and_the_line_moves_up(small_house):
    house = small_house
    inside = house.client()
    inside.next("welcome")
    second, third = house.client(), house.client("?seed=9")
    assert second.next("line") == {"place": 1}
    assert third.next("line") == {"place": 2}
    second.send({"do": "play"})
    assert "number 1" in spoken(second.next("refused"))
    inside.link.close()
    until(lambda: len(house.live.connections) == 2)
    house.clock.added += 91
    assert second.next("line") == {"place": 0}
    assert second.next("welcome")["status"] == "paused"
    assert third.next("line") == {"place": 1}
    second.link.close()
    until(lambda: len(house.live.connections) == 1)
    house.clock.added += 91
    assert third.next("line") == {"place": 0}
    assert third.next("welcome")["settings"]["seed"] == 9


def test_thirty_closed_sockets_leave_no_run_after_parking(house):
    clients = [house.client(f"?seed={number}") for number in range(30)]
    for client in clients:
        client.next("welcome")
        client.send({"do": "play"})
    until(lambda: house.seats == 30)
    for client in clients:
        client.link.close()
    until(lambda: not house.live.connections)
    assert house.seats == 30  # parked
    house.clock.added += 91
    until(lambda: house.seats == 0)
    assert not house.live.sessions
    assert house.live.admission.seated == 0
    until(lambda: house.live._sockets == 0)


def test_a_run_that_fails_stops_alone_with_a_sentence_and_reset_heals_it(house):
    good, bad = house.client("?seed=1"), house.client("?seed=666")
    good.next("welcome")
    bad.next("welcome")
    good.do("play")
    bad.do("play")
    state = bad.next("state")
    assert state["status"] == "stopped"
    assert "MemoryError" in spoken(state["stopped"])
    bad.send({"do": "play"})
    assert "Reset" in spoken(bad.next("refused"))
    state = bad.do("new-seed")
    assert state["status"] == "paused"
    good.draw_past(21)


def test_buttons_answer_while_thirty_play(house):
    """The way of a command under load; how long it takes on a real engine is for the bench to say."""
    clients = [house.client() for _ in range(30)]
    for client in clients:
        client.next("welcome")
        client.do("play")
    for client in clients[:5]:
        assert client.do("pause")["status"] == "paused"
        assert client.do("play")["status"] == "running"


def test_no_message_names_a_path_or_a_line_of_code(house):
    client = house.client("?seed=666")
    client.next("welcome")
    client.do("play")
    text = json.dumps(client.next("state"))
    assert "Traceback" not in text
    assert ".py" not in text
    assert "no more" not in text  # what an exception says is for the log alone
