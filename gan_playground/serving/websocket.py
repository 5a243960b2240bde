"""One socket: whose page opened it, what it says next, and how it is parted from."""

import contextlib
import ipaddress
import json
import os
from dataclasses import dataclass

from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket, WebSocketDisconnect

from gan_playground.serving import protocol
from gan_playground.words import Note, Refusal, unsaid

FORBIDDEN, LATE, ELSEWHERE, FAST = 4403, 4408, 4409, 4429
TOO_LONG, NOT_TEXT, NOT_READ = 1009, 1003, 1008
"""Close codes: the page's own, then the protocol's."""


def same_origin(socket: WebSocket, on_space: bool) -> bool:
    """Whether the page that opens the socket is this server's own; browsers don't check that for sockets.

    A client that names no origin is no browser, and has no other site's visitor to act for.
    """
    origin = socket.headers.get("origin")
    if origin is None:
        return True
    hosts = {socket.headers.get("host", "").lower()}
    if on_space:
        hosts.add(os.environ.get("SPACE_HOST", "").lower())
    scheme, _, host = origin.partition("://")
    return scheme in ("http", "https") and host.lower() in hosts - {""}


def address(socket: HTTPConnection, on_space: bool) -> str:
    """The visitor's address: the socket's own, or on a Space the one its proxy forwards."""
    peer = socket.client.host if socket.client is not None else ""
    if not on_space:
        return peer
    forwarded = socket.headers.get("x-forwarded-for", "").split(",")[0].strip()
    try:
        return str(ipaddress.ip_address(forwarded))
    except ValueError:
        return peer


@dataclass(eq=False, slots=True)
class UnreadableError(Exception):
    """A message that ends the connection, with the sentence and the close code."""

    why: Note | Refusal
    code: int


async def text(socket: WebSocket) -> str:
    """The next text message."""
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1005))
    said = message.get("text")
    if said is None:
        raise UnreadableError(Note("protocol.not_text"), NOT_TEXT)
    if len(said) > protocol.MAX_BYTES:
        raise UnreadableError(Note("protocol.too_long", {"length": len(said), "limit": protocol.MAX_BYTES}), TOO_LONG)
    return said


async def part(socket: WebSocket, why: Note | Refusal, code: int) -> None:
    """Say good-bye and close."""
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        await socket.send_text(json.dumps({"bye": unsaid(why)}, ensure_ascii=False))
        await socket.close(code)
