"""Admission, on a clock of its own: seats, the line, parking, limits, rates."""

import pytest

from gan_playground.serving.admission import Admission, Bucket, Doorkeeper, Limits, seats, seats_by
from gan_playground.words import Refusal


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


def admission(clock, **limits) -> Admission:
    return Admission(clock, Limits(**limits))


def test_tokens_are_long_unlike_and_the_servers_own(clock):
    house = admission(clock, seats=50)
    tokens = {house.enter().token for _ in range(50)}
    assert len(tokens) == 50
    assert min(map(len, tokens)) >= 43


@pytest.mark.parametrize("token", ["guess", "x" * 43, "\x00", "a" * 4000])
def test_an_unknown_token_opens_nothing_and_is_not_adopted(clock, token):
    house = admission(clock)
    other = house.enter()
    visit = house.enter(token)
    assert visit is not other
    assert visit.token not in (token, other.token)


def test_a_token_comes_back_to_its_visit_only_while_it_is_parked(clock):
    house = admission(clock)
    visit = house.enter()
    house.leave(visit)
    clock.now += 89
    assert not house.sweep().ended
    assert house.enter(visit.token) is visit
    clock.now += 1000
    assert not house.sweep().ended  # it is here again
    house.leave(visit)
    clock.now += 91
    assert [ending.visit for ending in house.sweep().ended] == [visit]
    assert house.seated == 0
    assert house.enter(visit.token) is not visit


def test_a_hidden_tab_is_parked_and_freed_like_a_closed_one(clock):
    house = admission(clock)
    visit = house.enter()
    house.hide(visit, True)
    clock.now += 60
    house.hide(visit, True)  # said twice: the time counts from the first
    clock.now += 31
    (ending,) = house.sweep().ended
    assert ending.visit is visit
    assert "90 s" in ending.why.say("en")


def test_a_tab_that_comes_back_into_sight_stays(clock):
    house = admission(clock)
    visit = house.enter()
    house.hide(visit, True)
    clock.now += 89
    house.hide(visit, False)
    clock.now += 89
    assert not house.sweep().ended


def test_the_line_keeps_its_order_and_its_places_move_up(clock):
    house = admission(clock, seats=2)
    inside = [house.enter() for _ in range(2)]
    line = [house.enter() for _ in range(3)]
    assert [house.place(visit) for visit in inside + line] == [0, 0, 1, 2, 3]
    house.free(inside[0])
    swept = house.sweep()
    assert swept.admitted == (line[0],)
    assert swept.moved
    assert [house.place(visit) for visit in line] == [0, 1, 2]
    assert not house.sweep().moved


def test_nobody_overtakes_the_line(clock):
    house = admission(clock, seats=1)
    first, waiting = house.enter(), house.enter()
    house.free(first)
    late = house.enter()
    assert late.state == "waiting"
    assert house.sweep().admitted == (waiting,)
    assert house.place(late) == 1


def test_one_who_left_the_line_holds_nobody_up_and_may_return_for_ten_seconds(clock):
    house = admission(clock, seats=1)
    first, gone, next_one = house.enter(), house.enter(), house.enter()
    house.leave(gone)
    house.free(first)
    assert house.sweep().admitted == (next_one,)
    clock.now += 9
    assert house.enter(gone.token) is gone
    house.leave(gone)
    clock.now += 11
    assert [ending.visit for ending in house.sweep().ended] == [gone]
    assert house.waiting == 0


def test_a_returning_first_in_line_is_seated_at_once_where_there_is_a_seat(clock):
    house = admission(clock, seats=1)
    first, away = house.enter(), house.enter()
    house.leave(away)
    house.free(first)
    assert house.sweep().admitted == ()
    assert house.enter(away.token).state == "seated"


def test_the_line_has_an_end_and_says_so(clock):
    house = admission(clock, seats=1, waiting=2)
    for _ in range(3):
        house.enter()
    with pytest.raises(Refusal, match="2 people wait"):
        house.enter()


def test_an_idle_seat_is_given_up_only_while_others_wait(clock):
    house = admission(clock, seats=1)
    visit = house.enter()
    clock.now += 600
    assert not house.sweep().ended
    waiting = house.enter()
    (ending,) = house.sweep().ended
    assert ending.visit is visit
    assert house.sweep().admitted == ()
    assert waiting.state == "seated"


def test_watching_a_run_that_plays_is_not_idle(clock):
    house = admission(clock, seats=1)
    visit = house.enter()
    house.enter()
    visit.playing = True
    clock.now += 600
    assert not house.sweep().ended
    house.touch(visit)
    visit.playing = False
    clock.now += 119
    assert not house.sweep().ended
    clock.now += 2
    assert len(house.sweep().ended) == 1


def test_a_run_ends_after_half_an_hour_while_others_wait_however_it_is_touched(clock):
    house = admission(clock, seats=1)
    visit = house.enter()
    house.enter()
    visit.playing = True
    for _ in range(29):
        clock.now += 60
        house.touch(visit)
        assert not house.sweep().ended
    clock.now += 61
    house.touch(visit)
    (ending,) = house.sweep().ended
    assert "30 min" in ending.why.say("en")


def test_a_run_nobody_touches_ends_after_half_an_hour(clock):
    house = admission(clock)
    visit = house.enter()
    visit.playing = True
    clock.now += 1799
    assert not house.sweep().ended
    clock.now += 2
    assert [ending.visit for ending in house.sweep().ended] == [visit]


def test_seats_follow_cores_and_memory():
    assert seats_by(2, 8 * 2**30) == 32
    assert seats_by(64, 2**40) == 128
    assert seats_by(2, 2**30) == 16
    assert seats_by(1, 0) == 2


@pytest.mark.parametrize("text", ["0", "-1", "1e3", "nan", "1001", "9" * 400, "١", "seven"])
def test_a_wrong_number_of_runs_is_refused_in_a_sentence(monkeypatch, text):
    monkeypatch.setenv("GAN_PLAYGROUND_MAX_RUNS", text)
    with pytest.raises(Refusal, match="1 to 1000"):
        seats()
    monkeypatch.delenv("GAN_PLAYGROUND_MAX_RUNS")
    with pytest.raises(Refusal, match="1 to 1000"):
        seats(text)


def test_the_number_of_runs_can_be_set(monkeypatch):
    monkeypatch.setenv("GAN_PLAYGROUND_MAX_RUNS", "7")
    assert seats() == 7
    assert seats("9") == 9
    monkeypatch.delenv("GAN_PLAYGROUND_MAX_RUNS")
    assert 2 <= seats() <= 128


def test_a_bucket_lets_a_burst_through_and_then_its_rate(clock):
    bucket = Bucket(clock, rate=2.0, burst=5.0)
    assert [bucket.take() for _ in range(6)] == [True] * 5 + [False]
    clock.now += 1
    assert [bucket.take() for _ in range(3)] == [True, True, False]
    clock.now += 1e6
    assert sum(bucket.take() for _ in range(100)) == 5


def test_a_class_behind_one_address_gets_in_and_a_flood_does_not(clock):
    doors = Doorkeeper(clock)
    assert all(doors.admits("10.0.0.1") for _ in range(60))
    assert not doors.admits("10.0.0.1")
    assert doors.admits("10.0.0.2")


def test_addresses_are_forgotten_and_never_pile_up(clock):
    doors = Doorkeeper(clock, most=10)
    for number in range(1000):
        assert doors.admits(f"10.0.{number // 256}.{number % 256}")
    assert len(doors._buckets) <= 10
    clock.now += 3600
    doors.admits("10.1.0.1")
    assert list(doors._buckets) == ["10.1.0.1"]
