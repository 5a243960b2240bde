"""One visitor's socket while it is open, and what waits to be sent on it."""

import asyncio
import json
import secrets
from collections import deque
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from starlette.websockets import WebSocket

from gan_playground.serving.admission import Visit
from gan_playground.serving.messages import FromServer
from gan_playground.serving.session import Changeable, Picture, Session
from gan_playground.words import Note, Refusal

L = TypeVar("L", bound=Changeable)


@dataclass(eq=False, slots=True)
class Outbox:
    """What waits to be sent on one socket: texts in order, and at most one picture."""

    texts: deque[FromServer] = field(default_factory=deque)
    picture: Picture | None = None
    bye: tuple[Note | Refusal, int] | None = None
    stir: asyncio.Event = field(default_factory=asyncio.Event)
    unpainted: asyncio.Event = field(default_factory=asyncio.Event)
    sending: asyncio.Lock = field(default_factory=asyncio.Lock)

    def say(self, message: FromServer) -> None:
        """Send ``message`` after those that wait."""
        self.texts.append(message)
        self.stir.set()

    def part(self, why: Note | Refusal, code: int) -> None:
        """Say good-bye and close, after what waits."""
        self.bye = self.bye or (why, code)
        self.stir.set()


@dataclass(eq=False, slots=True)
class Connection(Generic[L]):
    """One visitor's socket, while it is open."""

    socket: WebSocket
    visit: Visit
    query: str
    outbox: Outbox
    hidden: bool = False
    resting: bool = False
    session: Session[L] | None = None
    place: int = 0
    greeted: bool = False
    viewer: str = field(default_factory=lambda: secrets.token_hex(8))

    async def say_all(self) -> None:
        """Send the texts that wait, in their order."""
        while self.outbox.texts:
            await self.socket.send_text(json.dumps(self.outbox.texts.popleft(), ensure_ascii=False))
