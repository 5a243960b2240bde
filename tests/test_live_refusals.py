"""The socket from outside, with bad messages and strangers: each gets its sentence, and nobody else notices."""

import contextlib
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from live_house import House
from spoken import spoken
from starlette.datastructures import Headers
from websockets.exceptions import ConnectionClosed, InvalidStatus

from gan_playground.serving.websocket import address, same_origin
from gan_playground.settings import Settings


@pytest.fixture
def house() -> Iterator[House]:
    with House(seats=40) as made:
        yield made


BAD = [
    '{"set": {"critic_rate": NaN}}',
    '{"set": {"critic_rate": Infinity}}',
    '{"set": {"critic_rate": 1e999}}',
    '{"set": {"critic_rate": null}}',
    '{"set": {"critic_rate": [0.1]}}',
    '{"set": {"critic_rate": {"x": 1}}}',
    '{"set": {"critic_rate": true}}',
    '{"set": {"critic_rate": "abc"}}',
    '{"set": {"critic_rate": 99}}',
    '{"set": {"batch": 100000}}',
    '{"set": {"batch": 128.5}}',
    '{"set": {"seed": ' + "9" * 4000 + "}}",
    '{"set": {"seed": -1}}',
    '{"set": {"data": "mnist"}}',
    '{"set": {"data": ["ring", "line"]}}',
    '{"set": {"objective": "wgan(1e9)"}}',
    '{"set": {"objective": "__import__"}}',
    '{"set": {"mixture": "1*N(0,0)"}}',
    '{"set": {"batch_norm": {"x": 1}}}',
    '{"set": {"nope": 1}}',
    '{"set": {"__class__": 1}}',
    '{"set": {"changes": "1:r1=1"}}',
    '{"set": {"critic_rate": 0.01, "critic_width": 63}}',
    '{"set": {}}',
    '{"set": 3}',
    '{"speed": 0}',
    '{"speed": -1}',
    '{"speed": true}',
    '{"speed": NaN}',
    '{"speed": "fast"}',
    '{"speed": 1e9}',
    '{"do": "dance"}',
    '{"do": "step", "player": "audience"}',
    '{"do": ["play"]}',
    '{"do": "play", "set": {}}',
    '{"hidden": "yes"}',
    '{"rest": 1}',
    '{"hidden": true, "rest": true}',
    '{"hello": {"query": "", "token": "", "lang": "en"}}',
    "{}",
    "[]",
    "null",
    "3",
    '"a"',
    "play",
    "",
    "{",
    "[" * 4000,
    '{"set":' * 500,
    '{"a": 1, "a": 2}',
    "\x00",
]


@pytest.mark.parametrize("message", BAD, ids=[text[:32] for text in BAD])
def test_a_bad_message_is_refused_in_both_languages_and_the_run_goes_on(shared, message):
    _, client = shared
    before = dict(client.last["settings"])
    client.send(message)
    refused = client.next("refused")
    assert set(refused) == {"key", "values", "knob"}
    assert spoken(refused) != spoken(refused, "ko")
    assert "Traceback" not in spoken(refused)
    assert len(spoken(refused)) < 1500
    state = client.do("pause")
    assert state["settings"] == before


@pytest.fixture(scope="module")
def shared() -> Iterator[tuple[House, Any]]:
    with House(seats=4) as made:
        client: Any = made.client()
        client.last = client.next("welcome")
        yield made, client


def test_the_refused_value_and_its_knob_are_named(shared):
    _, client = shared
    client.send({"set": {"critic_rate": 99}})
    refused = client.next("refused")
    assert refused["knob"] == "critic_rate"
    assert "99" in spoken(refused)
    assert "99" in spoken(refused, "ko")


def test_nothing_of_a_half_bad_setting_is_taken(shared):
    _, client = shared
    client.send({"set": {"critic_rate": 0.05, "r1": -3}})
    assert client.next("refused")["knob"] == "r1"
    assert client.do("pause")["settings"]["critic_rate"] == Settings().critic_rate


def test_a_bad_link_is_refused_and_the_defaults_open(house):
    client = house.client("?data=mnist&seed=3")
    assert "mnist" in spoken(client.next("refused"))
    assert client.next("welcome")["query"] == ""


@pytest.mark.parametrize(
    ("first", "code"),
    [
        ('{"do": "play"}', 1008),
        ("a", 1008),
        ("x" * 5000, 1009),
        (b"\x00\x01", 1003),
        ('{"hello": {"query": 3, "token": "", "lang": "en"}}', 1008),
        ('{"hello": null}', 1008),
    ],
)
def test_a_socket_that_does_not_greet_is_told_so_and_closed(shared, first, code):
    house, _ = shared
    client = house.client(greet=False)
    client.link.send(first)
    bye = client.next("bye")
    assert spoken(bye)
    assert spoken(bye, "ko")
    assert client.closed() == code


@pytest.mark.parametrize(("message", "code"), [("x" * 5000, 1009), (b"\x00" * 10, 1003)])
def test_long_and_binary_messages_end_the_socket_and_park_the_run(house, message, code):
    client = house.client()
    token = client.next("welcome")["token"]
    client.do("play")
    client.draw_past(0)
    client.link.send(message)
    assert spoken(client.next("bye"))
    assert client.closed() == code
    back = house.client(token=token)
    assert back.next("welcome")["step"] > 0


def test_a_flood_of_messages_ends_the_socket(house):
    client = house.client()
    client.next("welcome")
    with contextlib.suppress(ConnectionClosed):
        for _ in range(2000):
            client.send("a")
    assert client.closed() == 4429


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://evil.example:80", "http://127.0.0.1", "file://", ""]
)
def test_another_sites_page_is_turned_away_at_the_handshake(shared, origin):
    house, _ = shared
    with pytest.raises(InvalidStatus) as turned:
        house.client(origin=origin)
    assert turned.value.response.status_code == 403


def test_the_servers_own_page_may_come_in(house):
    client = house.client(origin=f"http://127.0.0.1:{house.port}")
    assert client.next("welcome")["token"]


def test_too_many_sockets_from_one_address_are_turned_away_in_a_sentence(house):
    house.live._doors.burst = 3
    clients = [house.client() for _ in range(3)]
    for client in clients:
        client.next("welcome")
    refused = house.client(greet=False)
    assert "wait a minute" in spoken(refused.next("bye"))
    assert refused.closed() == 4429


def opening(**headers: str) -> Any:
    named = Headers({name.replace("_", "-"): value for name, value in headers.items()})
    return SimpleNamespace(headers=named, client=SimpleNamespace(host="10.0.0.9"))


@pytest.mark.parametrize(
    ("origin", "host", "on_space", "own"),
    [
        (None, "playground.example", False, True),
        ("http://playground.example", "playground.example", False, True),
        ("https://Playground.example:8443", "playground.example:8443", False, True),
        ("https://playground.example", "playground.example:8443", False, False),
        ("https://playground.example.evil.example", "playground.example", False, False),
        ("http://", "", False, False),
        ("null", "playground.example", False, False),
        ("https://me-gan.hf.space", "10.1.2.3:7860", False, False),
        ("https://me-gan.hf.space", "10.1.2.3:7860", True, True),
        ("https://evil.hf.space", "10.1.2.3:7860", True, False),
    ],
)
def test_a_page_is_the_servers_own_by_its_host(monkeypatch, origin, host, on_space, own):
    monkeypatch.setenv("SPACE_HOST", "me-gan.hf.space")
    headers = {"host": host} | ({} if origin is None else {"origin": origin})
    assert same_origin(opening(**headers), on_space) is own


@pytest.mark.parametrize(
    ("forwarded", "on_space", "expected"),
    [
        ("203.0.113.7, 10.0.0.1", True, "203.0.113.7"),
        ("2001:db8::1", True, "2001:db8::1"),
        ("203.0.113.7", False, "10.0.0.9"),  # anyone may write the header where no proxy does
        ("", True, "10.0.0.9"),
        ("x" * 5000, True, "10.0.0.9"),
    ],
)
def test_a_forwarded_address_counts_on_a_space_alone(forwarded, on_space, expected):
    assert address(opening(x_forwarded_for=forwarded), on_space) == expected
