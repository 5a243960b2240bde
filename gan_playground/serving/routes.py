"""What the server serves beside Gradio's own: the live socket, the page's scripts, and a few headers."""

import os
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from pathlib import Path
from typing import Any, Final

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from gan_playground.serving.admission import Doorkeeper
from gan_playground.serving.websocket import address
from gan_playground.words import FILES, say

WEB: Final = Path(__file__).parent.parent / "web"
ASKED_A_SECOND: Final = 120.0
"""Questions that one address may put to the tabs' functions: thirty students with a finger on a slider."""
SMALL: Final = 1000
"""Bytes below which an answer is not worth compressing: it fits a packet or so."""
SPACE_FRAMES: Final = "https://huggingface.co https://*.hf.space"


def routes(serve: Callable[[WebSocket], Awaitable[None]]) -> list[BaseRoute]:
    """The socket at ``/live`` and the page's own files under ``/playground``, its words among them."""
    return [
        WebSocketRoute("/live", serve),
        Mount("/playground/words", Catalogues()),
        Mount("/playground", Files(directory=WEB)),
    ]


class Files(StaticFiles):
    """The page's scripts: kept by the browser, and asked after each time by their ETag.

    Scripts import one another by plain names, so a browser must never mix yesterday's with today's.
    """

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """A file, or 304 where the browser has it."""
        response = super().file_response(*args, **kwargs)
        response.headers["cache-control"] = "no-cache"
        return response


class Catalogues(Files):
    """The words of each language, ``ko.json`` for Korean."""

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """The catalogue's file; none for a language that the product does not speak."""
        file = FILES.get(path.removesuffix(".json"))
        return (str(file), file.stat()) if file else ("", None)


def headers(on_space: bool) -> Mapping[str, str]:
    """Headers of every answer: nothing but this server's own files, and no frame but a Space's.

    Gradio starts its page from inline scripts and builds templates with ``new Function``.
    """
    policy = {
        "default-src": "'self'",
        "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": f"'self' {SPACE_FRAMES}" if on_space else "'self'",
    }
    return {
        "content-security-policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
    }


class Headed:
    """Adds headers to every answer that does not set them itself."""

    def __init__(self, app: ASGIApp, added: Mapping[str, str]) -> None:
        self.app = app
        self.added = [(name.encode(), value.encode()) for name, value in added.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers to the answer's start."""

        async def add(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                own = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(pair for pair in self.added if pair[0] not in own)]
            await send(message)

        await self.app(scope, receive, add if scope["type"] == "http" else send)


class Metered:
    """Lets each address ask the tabs' functions so often, a class behind one address included; beyond it says 429."""

    def __init__(self, app: ASGIApp, on_space: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self.app, self.on_space = app, on_space
        self.doors = Doorkeeper(clock, rate=ASKED_A_SECOND, burst=10 * ASKED_A_SECOND)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or turn it away."""
        asks = scope["type"] == "http" and scope["path"].rstrip("/").endswith("/component_server")
        if asks and not self.doors.admits(address(HTTPConnection(scope), self.on_space)):
            await Response(say("admission.doors"), 429)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def middleware() -> list[Middleware]:
    """What every request passes through.

    Gradio compresses what has a file's ending alone: the page itself and answers to the tabs went out plain.
    Pictures and event streams are left as they are.
    """
    on_space = bool(os.environ.get("SPACE_ID"))
    return [
        Middleware(Headed, added=headers(on_space)),
        Middleware(GZipMiddleware, minimum_size=SMALL, compresslevel=6),
        Middleware(Metered, on_space=on_space),
    ]
