"""The load part of the bench: the page started as a user starts it, then one viewer, then thirty at once.

Viewers here are raw sockets that acknowledge every frame at once; what a browser draws is measured
by `one_page`, where one is at hand. Server and viewers share the machine's cores.
"""

import asyncio
import json
import math
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from websockets.asyncio.client import ClientConnection, connect

APP: Final = Path(__file__).parent.parent / "app.py"
WARM_UP: Final = 2.0
"""Seconds of playing before anything is counted."""


PRESSING: Final = 5
"""Viewers that press buttons meanwhile."""

WITNESS: Final = """
window.witness = { drawn: 0, moved: 0, step: -1, told: null };
const Socket = window.WebSocket;
window.WebSocket = class extends Socket {
  constructor(...given) {
    super(...given);
    this.steps = [];
    this.addEventListener("message", ({ data }) => {
      if (typeof data === "string") {
        window.witness.told = JSON.parse(data).state ?? window.witness.told;
        return;
      }
      const length = new DataView(data).getUint32(4, true);
      this.steps.push(JSON.parse(new TextDecoder().decode(new Uint8Array(data, 8, length))).step);
    });
  }
  send(message) {
    super.send(message);
    if (message !== "a") return;
    const step = this.steps.shift();
    window.witness.drawn += 1;
    window.witness.moved += step !== window.witness.step;
    window.witness.step = step;
  }
};
"""
"""Put into a page before its own scripts: counts frames as they are acknowledged, which is after drawing, and keeps
the last state that was told."""


@contextmanager
def served(
    most: int = 40,
    command: Sequence[str] = (sys.executable, str(APP)),
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[tuple[str, float]]:
    """Start the page in a process of its own, in ``folder``; yield its address and the seconds until it answered."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    variables = os.environ | {
        "GRADIO_SERVER_PORT": str(port),
        "GRADIO_SERVER_NAME": "127.0.0.1",
        "GAN_PLAYGROUND_MAX_RUNS": str(most),
        **(environment or {}),
    }
    began = time.perf_counter()
    process = subprocess.Popen(command, env=variables, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            if process.poll() is not None or time.perf_counter() - began > 300:
                raise RuntimeError(f"app.py did not serve {address}: start it by hand to see why")
            with suppress(OSError), urllib.request.urlopen(address, timeout=10) as answer:
                answer.read()
                break
            time.sleep(0.05)
        yield address, time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(20)


@dataclass(slots=True)
class Watched:
    """What one viewer saw: the steps of its frames with their times, bytes, and how long a button took."""

    frames: list[tuple[float, int]] = field(default_factory=list)
    received: int = 0
    first_frame: float = 0.0
    first_moving: float = 0.0
    answers: list[float] = field(default_factory=list)

    def redraws(self) -> float:
        """Frames a second whose step differs from the one before."""
        changes = sum(a[1] != b[1] for a, b in zip(self.frames, self.frames[1:], strict=False))
        return changes / (self.frames[-1][0] - self.frames[0][0]) if changes else 0.0

    def steps(self) -> float:
        """Steps a second between the first and the last frame."""
        if len(self.frames) < 2:
            return 0.0
        (start, first), (end, last) = self.frames[0], self.frames[-1]
        return (last - first) / (end - start)


def frame_step(message: bytes) -> int:
    """The step of a packed frame."""
    length = int.from_bytes(message[4:8], "little")
    return json.loads(message[8 : 8 + length])["step"]


async def watch(url: str, query: str, seconds: float, press: float | None) -> Watched:
    """Open, press Play, draw for so long; press Pause and a little later Play, ``press`` seconds in, if at all."""
    seen = Watched()
    async with connect(url, compression=None, max_size=None) as link:
        opened = time.perf_counter()
        await link.send(json.dumps({"hello": {"query": query, "token": "", "lang": "en"}}))
        while not isinstance(await link.recv(), bytes):
            pass
        await link.send("a")
        seen.first_frame = time.perf_counter() - opened
        await link.send('{"do": "play"}')
        pressed = time.perf_counter()
        presses = iter(() if press is None else (pressed + WARM_UP + press, pressed + WARM_UP + press + 0.5))
        at, button, asked = next(presses, math.inf), "pause", 0.0
        end = pressed + WARM_UP + seconds
        while (now := time.perf_counter()) < end:
            if now >= at:
                await link.send(json.dumps({"do": button}))
                asked, at, button = now, next(presses, math.inf), "play"
            message = await _receive(link, min(at, end) - now)
            now = time.perf_counter()
            if isinstance(message, bytes):
                await link.send("a")
                seen.received += len(message)
                step = frame_step(message)
                seen.first_moving = seen.first_moving or (now - pressed if step else 0.0)
                if now >= pressed + WARM_UP:
                    seen.frames.append((now, step))
            elif message is not None and asked and "state" in json.loads(message):
                seen.answers.append(now - asked)
                asked = 0.0
    return seen


async def _receive(link: ClientConnection, within: float) -> str | bytes | None:
    try:
        async with asyncio.timeout(max(0.0, within)):
            return await link.recv()
    except TimeoutError:
        return None


async def crowd(address: str, viewers: int, query: str, seconds: float) -> dict[str, Any]:
    """So many viewers at once, each with its own seed; figures over all of them."""
    url = address.replace("http", "ws", 1) + "/live"
    watching = (
        watch(url, f"{query}&seed={number}", seconds, 0.8 * seconds * number / PRESSING if number < PRESSING else None)
        for number in range(viewers)
    )
    seen = await asyncio.gather(*watching)
    answers = [answer for each in seen for answer in each.answers]
    return {
        "viewers": viewers,
        "redraws_per_s_least": min(each.redraws() for each in seen),
        "redraws_per_s_median": statistics.median(each.redraws() for each in seen),
        "run_steps_per_s": sum(each.steps() for each in seen),
        "steps_per_s_least": min(each.steps() for each in seen),
        "first_frame_s": max(each.first_frame for each in seen),
        "play_to_first_step_s": max(each.first_moving for each in seen),
        "button_s_median": statistics.median(answers),
        "button_s_most": max(answers),
        "bytes_per_frame": sum(each.received for each in seen) / max(1, sum(len(each.frames) for each in seen)),
    }


def one_page(address: str, query: str, seconds: float) -> dict[str, Any] | None:
    """The page itself in a headless Chromium: redraws whose step differs, and steps, a second; None without one."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    path = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), None)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        except Exception:  # no browser is at hand
            return None
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script(WITNESS)
        page.goto(address + "/" + query)
        page.wait_for_function("window.witness.drawn > 0", timeout=60_000)
        began = time.perf_counter()
        page.locator(".transport .main[data-do=toggle]").click()
        page.wait_for_function("window.witness.step > 0", timeout=60_000)
        first = time.perf_counter() - began
        page.wait_for_timeout(1000 * WARM_UP)
        read = "[performance.now(), window.witness.moved, window.witness.step]"
        before = page.evaluate(read)
        page.wait_for_timeout(1000 * seconds)
        after = page.evaluate(read)
        browser.close()
    lasted = (after[0] - before[0]) / 1000
    return {
        "redraws_per_s": (after[1] - before[1]) / lasted,
        "steps_per_s": (after[2] - before[2]) / lasted,
        "play_to_first_step_s": first,
    }


def run_classroom(seconds: float = 8.0) -> dict[str, Any]:
    """Start the page; figures of one raw viewer, one page, and thirty raw viewers.

    8 Gaussians, perceptrons of 2x64 on both sides; batch 256 alone, 128 among thirty.
    """
    with served() as (address, answered):
        alone = asyncio.run(crowd(address, 1, "?data=8-gaussians&batch=256", seconds))
        page = one_page(address, "?data=8-gaussians&batch=256", seconds)
        thirty = asyncio.run(crowd(address, 30, "?data=8-gaussians&batch=128", seconds))
    return {"page_answers_s": answered, "one_viewer": alone, "one_page": page, "thirty_viewers": thirty}


if __name__ == "__main__":
    print(json.dumps(run_classroom(), indent=1))
