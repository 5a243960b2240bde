"""The socket: frames out as binary, acknowledgements and commands in as text, sentences for what is refused.

One `Live` serves all sockets of one event loop. A visitor comes in by a greeting, waits in the line
while every seat is taken, and then owns one `Session`. The stepping thread hands states, refusals and
pictures over to the loop; of pictures the newest wins, so none ever queue.
"""

import asyncio
import contextlib
import logging
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from starlette.websockets import WebSocket, WebSocketDisconnect

from gan_playground.parsing import quoted
from gan_playground.serving import protocol
from gan_playground.serving.admission import Admission, Bucket, Doorkeeper, Limits
from gan_playground.serving.connection import Connection, Outbox
from gan_playground.serving.scheduler import Scheduler
from gan_playground.serving.seats import Pace
from gan_playground.serving.session import Changeable, Engine, Picture, Session, State, Told, refused
from gan_playground.serving.slow_metrics import SlowMetricsWorker
from gan_playground.serving.websocket import (
    ELSEWHERE,
    FAST,
    FORBIDDEN,
    LATE,
    NOT_READ,
    UnreadableError,
    address,
    part,
    same_origin,
    text,
)
from gan_playground.settings import Settings
from gan_playground.words import Note, Refusal

log = logging.getLogger(__name__)

L = TypeVar("L", bound=Changeable)

GREETING_WITHIN: Final = 10.0
"""Seconds a socket may stay silent before its greeting."""

SWEEP_EVERY: Final = 0.5
MESSAGES_A_SECOND: Final = 120.0
MOST_SOCKETS: Final = 512
MOST_UNREAD: Final = 200


@dataclass(eq=False, slots=True)
class Live(Generic[L]):
    """Every socket, visit and session of the page, on one stepping thread."""

    engine: Engine[L]
    limits: Limits = field(default_factory=Limits)
    pace: Pace = field(default_factory=Pace)
    clock: Callable[[], float] = time.monotonic
    on_space: bool = field(default_factory=lambda: bool(os.environ.get("SPACE_ID")))
    admission: Admission = field(init=False)
    scheduler: Scheduler[L] = field(init=False)
    connections: dict[str, Connection[L]] = field(default_factory=dict)
    sessions: dict[str, Session[L]] = field(default_factory=dict)
    _doors: Doorkeeper = field(init=False)
    _painter: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "painting"))
    _sockets: int = 0
    _sweeper: asyncio.Task[None] | None = None

    def __post_init__(self) -> None:
        self.admission = Admission(self.clock, self.limits)
        self.scheduler = Scheduler(self.engine.advance, self.engine.cores, self.engine.ready, pace=self.pace)
        self._doors = Doorkeeper(self.clock)

    def start(self) -> None:
        """Start the stepping thread, which first makes the engine ready, and the worker of slow measurements."""
        self.scheduler.start(self.engine.prepare)
        if self.engine.slow_metrics is not None:
            SlowMetricsWorker(self.engine.slow_metrics, self.scheduler).start()

    # --- one socket -----------------------------------------------------------------------------

    async def serve(self, socket: WebSocket) -> None:
        """Serve one socket from its handshake to its end."""
        if not same_origin(socket, self.on_space):
            await socket.close(FORBIDDEN)
            return
        await socket.accept()
        if self._sockets >= MOST_SOCKETS or not self._doors.admits(address(socket, self.on_space)):
            await part(socket, Note("admission.doors"), FAST)
            return
        self._sockets += 1
        try:
            connection = await self._greet(socket)
            if connection is not None:
                await self._attend(connection)
        except (WebSocketDisconnect, RuntimeError):  # the browser went away, or a send met a closed socket
            pass
        finally:
            self._sockets -= 1

    async def _greet(self, socket: WebSocket) -> Connection[L] | None:
        """Hear the greeting and find the visit it belongs to."""
        try:
            async with asyncio.timeout(GREETING_WITHIN):
                hello = protocol.parse(await text(socket))
            if not isinstance(hello, protocol.Hello):
                raise Refusal("protocol.hello_first", example=protocol.GREETING)
            visit = self.admission.enter(hello.token)
        except TimeoutError:
            await part(socket, Refusal("protocol.hello_first", example=protocol.GREETING), LATE)
            return None
        except UnreadableError as unreadable:
            await part(socket, unreadable.why, unreadable.code)
            return None
        except Refusal as refusal:
            await part(socket, refusal, FAST if refusal.key == "admission.line_full" else NOT_READ)
            return None
        other = self.connections.get(visit.token)
        if other is not None:
            other.session = None
            other.outbox.part(Note("admission.elsewhere"), ELSEWHERE)
        connection: Connection[L] = Connection(socket, visit, hello.query, Outbox())
        self.connections[visit.token] = connection
        self._watch()
        if visit.state == "seated":
            self._come_in(connection)
        else:
            self._tell_places()
        return connection

    async def _attend(self, connection: Connection[L]) -> None:
        """Read and write until either ends, then park the session."""
        tasks = [asyncio.create_task(work(connection)) for work in (self._read, self._write, self._picture)]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._park(connection)

    def _park(self, connection: Connection[L]) -> None:
        """Let the visit's session rest, unless another socket has taken it over."""
        visit = connection.visit
        if self.connections.get(visit.token) is not connection:
            return
        del self.connections[visit.token]
        self.admission.leave(visit)
        session = self.sessions.get(visit.token)
        if session is not None:
            self.scheduler.submit(lambda: session.show_to(False))

    # --- coming in ------------------------------------------------------------------------------

    def _come_in(self, connection: Connection[L]) -> None:
        """Give a seated visit its session: the parked one if the link is still the same, else a new one."""
        visit, outbox = connection.visit, connection.outbox
        if connection.place:
            connection.place = 0
            outbox.say({"line": {"place": 0}})
        try:
            wanted = Settings.from_query(connection.query)
        except Refusal as refusal:
            outbox.say({"refused": refused(refusal)})
            wanted = Settings()
        session = self.sessions.get(visit.token)
        if session is None:
            session = Session(engine=self.engine, scheduler=self.scheduler)
            self.sessions[visit.token] = session
        loop = asyncio.get_running_loop()

        def hand_over(told: Told) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has closed
                loop.call_soon_threadsafe(self._hear, connection, told)

        self.scheduler.submit(lambda: session.welcome(wanted, hand_over))
        connection.session = session
        if connection.hidden or connection.resting:
            self._look_away(connection)

    def _hear(self, connection: Connection[L], told: Told) -> None:
        """Take what the stepping thread has to tell this connection."""
        outbox = connection.outbox
        match told:
            case Picture():
                if outbox.picture is not None:
                    self._refund(connection)
                outbox.picture = told
                outbox.unpainted.set()
            case Refusal():
                outbox.say({"refused": refused(told)})
            case State():
                if told.restarts and outbox.picture is not None:
                    outbox.picture = None
                    self._refund(connection)
                connection.visit.playing = told.status == "running"
                if connection.greeted:
                    outbox.say({"state": told.message()})
                else:
                    connection.greeted = True
                    outbox.say({"welcome": {"token": connection.visit.token, **told.message()}})

    def _refund(self, connection: Connection[L]) -> None:
        """Give back the credit of a picture that a newer one has replaced unsent."""
        session = connection.session
        if session is not None:
            self.scheduler.submit(session.refund)

    # --- reading and writing --------------------------------------------------------------------

    async def _read(self, connection: Connection[L]) -> None:
        bucket = Bucket(self.clock, MESSAGES_A_SECOND, 2 * MESSAGES_A_SECOND)
        while True:
            try:
                said = await text(connection.socket)
                if not bucket.take():
                    raise UnreadableError(Note("protocol.too_fast", {"rate": round(MESSAGES_A_SECOND)}), FAST)
                self._obey(connection, protocol.parse(said))
                if len(connection.outbox.texts) > MOST_UNREAD:
                    return  # a browser that asks and never listens
            except Refusal as refusal:
                connection.outbox.say({"refused": refused(refusal)})
            except UnreadableError as unreadable:
                connection.outbox.part(unreadable.why, unreadable.code)
                await asyncio.Event().wait()  # the writer says good-bye and ends the connection

    def _obey(self, connection: Connection[L], message: protocol.Message) -> None:
        """Carry one message out, or pass it to the stepping thread.

        Raises:
            Refusal: a command from one that still waits, or a second greeting.

        """
        session = connection.session
        match message:
            case protocol.Hello():
                raise Refusal("protocol.no_command", value=quoted("hello"), names=protocol.COMMANDS)
            case protocol.Hidden(hidden):
                connection.hidden = hidden
                self._look_away(connection)
            case protocol.Rest(rest):
                connection.resting = rest
                self._look_away(connection)
            case protocol.Ack():
                if session is not None:
                    self.scheduler.submit(session.acknowledge)
            case _ if session is None:
                raise Refusal("admission.waiting", place=self.admission.place(connection.visit))
            case _:
                self.admission.touch(connection.visit)
                session.post(message)

    def _look_away(self, connection: Connection[L]) -> None:
        """What is out of sight costs nothing; a hidden page's session is parked as if it had been closed."""
        session = connection.session
        if session is not None:
            self.admission.hide(connection.visit, connection.hidden)
            visible = not (connection.hidden or connection.resting)
            self.scheduler.submit(lambda: session.show_to(visible))

    async def _write(self, connection: Connection[L]) -> None:
        """Send what is said, as it comes."""
        outbox = connection.outbox
        while True:
            await outbox.stir.wait()
            outbox.stir.clear()
            async with outbox.sending:
                await connection.say_all()
            if outbox.bye is not None:
                why, code = outbox.bye
                await part(connection.socket, why, code)
                return

    async def _picture(self, connection: Connection[L]) -> None:
        """Have the newest look painted and packed beside the loop, and send it after what was said before it."""
        outbox, loop = connection.outbox, asyncio.get_running_loop()
        while True:
            await outbox.unpainted.wait()
            outbox.unpainted.clear()
            picture, outbox.picture = outbox.picture, None
            session = connection.session
            if picture is None or session is None:
                continue
            try:
                painted = await loop.run_in_executor(self._painter, self._paint, connection.viewer, picture)
            except Exception as error:  # a painter never raises: the session stops, the others go on
                self._fail(session, error)
                continue
            async with outbox.sending:
                await connection.say_all()
                if picture.life == session.life:
                    await connection.socket.send_bytes(painted)
                else:  # the session has begun again meanwhile
                    self._refund(connection)

    def _paint(self, viewer: str, picture: Picture) -> bytes:
        painted, took = self.engine.paint(viewer, picture.life, picture.look)
        self.scheduler.submit(lambda: self.scheduler.painted(took))
        return painted

    def _fail(self, session: Session[L], error: Exception) -> None:
        self.scheduler.submit(lambda: self.scheduler.fail(session.seat, error))

    # --- the clock ------------------------------------------------------------------------------

    def _watch(self) -> None:
        """Have somebody look at the clock as long as there are visits."""
        if self._sweeper is None or self._sweeper.done():
            self._sweeper = asyncio.create_task(self._sweep_on())

    async def _sweep_on(self) -> None:
        while self.admission.seated or self.admission.waiting:
            await asyncio.sleep(SWEEP_EVERY)
            try:
                self.sweep()
            except Exception:  # one visit that can't be ended must not keep the others in for ever
                log.exception("a sweep failed")

    def sweep(self) -> None:
        """End what has run out, and let the line move up."""
        swept = self.admission.sweep()
        for ending in swept.ended:
            token = ending.visit.token
            session = self.sessions.pop(token, None)
            if session is not None:
                self.scheduler.submit(session.close)
            connection = self.connections.pop(token, None)
            if connection is not None:
                connection.outbox.part(ending.why, LATE)
        for visit in swept.admitted:
            connection = self.connections.get(visit.token)
            if connection is not None:
                self._come_in(connection)
        if swept.moved:
            self._tell_places()

    def _tell_places(self) -> None:
        """Tell those in the line their place where it has changed."""
        for connection in self.connections.values():
            if connection.visit.state == "waiting":
                place = self.admission.place(connection.visit)
                if place != connection.place:
                    connection.place = place
                    connection.outbox.say({"line": {"place": place}})
