"""A server that really listens, with a small engine behind it, and raw clients of its socket."""

import contextlib
import json
import socket
import threading
import time
from dataclasses import dataclass, field, replace
from typing import Any, Self

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from gan_playground.serving.admission import Limits
from gan_playground.serving.live import Live
from gan_playground.serving.seats import Seat
from gan_playground.serving.session import Engine
from gan_playground.settings import Change, Settings

LIMIT = 60.0
"""Seconds after which something will not come any more: a busy machine is slow, not wrong."""


@dataclass(eq=False)
class Run:
    settings: Settings
    step: int = 0
    stopped: object | None = None
    changed: list[tuple[int, str, Any]] = field(default_factory=list)
    updates: list[str] = field(default_factory=list)

    @property
    def now(self) -> Settings:
        return self.settings.at(self.step)

    def change(self, key: str, value: Any) -> None:
        self.changed.append((self.step, key, value))
        if self.step == 0:
            self.settings = replace(self.settings, **{key: value})
        else:
            made = [change for change in self.settings.changes if change.step <= self.step]
            self.settings = replace(self.settings, changes=(*made, Change(self.step, key, value)))


class SmallEngine:
    """Counts steps at half a millisecond each; remembers every run it made."""

    def __init__(self):
        self.runs: list[Run] = []
        self.fresh: list[bool] = []

    def look(self, run, fresh):
        self.fresh.append(fresh)
        return run.step

    def create(self, settings):
        self.runs.append(Run(settings))
        return self.runs[-1]

    def advance(self, work):
        outcomes = []
        for run, steps in work:
            time.sleep(0.0005 * steps)
            if run.settings.seed == 666 and run.step > 20:
                outcomes.append(MemoryError("no more"))
                continue
            run.step += steps
            outcomes.append(0.0005 * steps)
        return outcomes

    def update(self, run, player):
        run.updates.append(player)
        run.step += 1

    def engine(self):
        return Engine(
            create=self.create,
            advance=self.advance,
            update=self.update,
            look=self.look,
            paint=lambda *look: (str(look[-1]).encode(), 0.001),
        )


class Clock:
    """Real seconds, and as many more as a test adds."""

    def __init__(self):
        self.added = 0.0

    def __call__(self):
        return time.monotonic() + self.added


class House:
    """A started server with its address, its engine and its clock."""

    def __init__(self, **limits):
        self.small, self.clock, self.clients = SmallEngine(), Clock(), contextlib.ExitStack()
        self.live = Live(
            self.small.engine(),
            limits=Limits(**limits),
            clock=self.clock,
        )
        self.live.start()
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        self.port = listener.getsockname()[1]
        app = Starlette(routes=[WebSocketRoute("/live", self.live.serve)])
        self.server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws_ping_interval=None))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [listener]}, daemon=True)
        self.thread.start()
        until(lambda: self.server.started)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clients.close()
        self.server.should_exit = True
        self.live.scheduler.close()
        self.thread.join(LIMIT)

    @property
    def seats(self) -> int:
        return len(self.live.scheduler.seats)

    def seat_of(self, run: Run) -> Seat[Run]:
        return next(seat for seat in self.live.scheduler.seats if seat.run is run)

    def rests(self, run: Run) -> int:
        """While another visitor's run makes ten pictures, this one does not move; the step it stands at."""
        at = self.live.scheduler.ask(lambda: run.step, LIMIT)
        other = self.client()
        other.next("welcome")
        other.do("play")
        other.draw(10)
        other.link.close()
        assert run.step == at
        return at

    def client(self, query="", token="", lang="en", *, greet=True, **options) -> "Client":
        link = connect(f"ws://127.0.0.1:{self.port}/live", compression=None, close_timeout=1, **options)
        client = Client(self.clients.enter_context(link))
        if greet:
            client.send({"hello": {"query": query, "token": token, "lang": lang}})
        return client


class Client:
    """One raw viewer; draws every frame at once unless told not to."""

    def __init__(self, link: ClientConnection):
        self.link, self.draws = link, True
        self.frames: list[int] = []

    def send(self, message) -> None:
        self.link.send(message if isinstance(message, str) else json.dumps(message))

    def hear(self, within=LIMIT) -> Any:
        """The next message: a text's value, or of a frame, which is drawn, its step."""
        message = self.link.recv(timeout=within)
        if isinstance(message, str):
            return json.loads(message)
        self.frames.append(int(message))
        if self.draws:
            with contextlib.suppress(ConnectionClosed):  # what came before the end is still to be read
                self.send("a")
        return self.frames[-1]

    def next(self, key: str) -> Any:
        """What the next text message with ``key`` says there; what comes before it is heard."""
        end = time.monotonic() + LIMIT
        while True:
            heard = self.hear(max(0.001, end - time.monotonic()))
            if isinstance(heard, dict) and key in heard:
                return heard[key]

    def draw(self, count: int) -> list[int]:
        """Draw so many frames; their steps."""
        first = len(self.frames)
        while len(self.frames) < first + count:
            self.hear()
        return self.frames[first:]

    def draw_past(self, step: int) -> int:
        """Draw until a frame shows a later step than this one."""
        while self.draw(1)[0] <= step:
            pass
        return self.frames[-1]

    def do(self, name, **more) -> Any:
        self.send({"do": name, **more})
        return self.next("state")

    def closed(self, within=LIMIT) -> int:
        """Wait for the server to close; the code."""
        with contextlib.suppress(ConnectionClosed):
            while True:
                self.link.recv(timeout=within)
        return self.link.protocol.close_code or 0


def until(holds, within=LIMIT):
    end = time.monotonic() + within
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.01)
