"""The page as a user starts it, in a process of its own, and a browser to open it with."""

import json
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright import sync_api

from benchmarks.classroom import WITNESS, served
from gan_playground.serving.routes import WEB

LIMIT = 120.0
"""Seconds after which something will not come any more: a busy machine is slow, not wrong."""

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page, started in a folder that has nothing to do with it."""
    with served(folder=tmp_path_factory.mktemp("elsewhere")) as (address, _):
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    installed = next((path for name in CHROMIUMS if (path := shutil.which(name))), None)
    with sync_api.sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=installed, args=["--no-sandbox"])
        except sync_api.Error as error:
            pytest.fail(f"No Chromium is to be had here: {str(error).splitlines()[0]}", pytrace=False)
        yield browser
        browser.close()


class Coverage:
    """What a page runs of its scripts, for `benchmarks.script_coverage`: where ``SCRIPT_COVERAGE`` names a folder."""

    def __init__(self, page: Any, site: str) -> None:
        self.folder, self.site = os.environ.get("SCRIPT_COVERAGE"), site
        if self.folder:
            self.session = page.context.new_cdp_session(page)
            self.session.send("Profiler.enable")
            self.session.send("Profiler.startPreciseCoverage", {"callCount": False, "detailed": True})

    def write(self) -> None:
        if not self.folder:
            return
        counted = self.session.send("Profiler.takePreciseCoverage")["result"]
        root = f"{self.site}/playground/"
        ours = [
            {**script, "url": (WEB / script["url"].removeprefix(root)).as_uri()}
            for script in counted
            if script["url"].startswith(root)
        ]
        Path(self.folder, f"{uuid.uuid4()}.json").write_text(json.dumps({"result": ours}), encoding="utf-8")


@pytest.fixture(scope="session")
def browsers(chromium: Any) -> Iterator[Any]:
    """Browser contexts by their options, each kept for all tests: what a page has fetched once is not fetched again."""
    kept: dict[str, Any] = {}

    def context(**options: Any) -> Any:
        wanted = {"viewport": {"width": 1440, "height": 900}, "locale": "en-GB"} | options
        if repr(wanted) not in kept:
            kept[repr(wanted)] = chromium.new_context(**wanted)
        return kept[repr(wanted)]

    yield context
    for each in kept.values():
        each.close()


class Visitor:
    """One page; complaints and requests elsewhere are gathered."""

    def __init__(self, context: Any, site: str) -> None:
        self.site = site
        self.page = context.new_page()
        self.page.set_default_timeout(1000 * LIMIT)
        self.page.add_init_script(WITNESS)
        self.coverage = Coverage(self.page, site)
        self.complaints: list[str] = []
        self.page.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self._asked(request.url))

    def _asked(self, url: str) -> None:
        if not url.startswith((self.site, "data:", "blob:")):
            self.complaints.append(f"asked another server: {url}")

    def open(self, query: str = "") -> "Visitor":
        self.page.goto(f"{self.site}/{query}")
        self.wait("window.witness.drawn > 0")
        return self

    def wait(self, holds: str) -> None:
        self.page.wait_for_function(holds)

    @property
    def step(self) -> int:
        return self.page.evaluate("window.witness.step")

    @property
    def drawn(self) -> int:
        return self.page.evaluate("window.witness.drawn")

    def press(self, do: str) -> None:
        self.page.locator(f".transport [data-do={do}]").first.click()

    def draws(self, more: int) -> None:
        """Wait for so many pictures more."""
        self.wait(f"window.witness.drawn >= {self.drawn + more}")

    def pause(self) -> int:
        """Press the button of a playing run, and wait for the picture of the step where it stands."""
        self.press("toggle")
        self.wait("window.witness.told?.status === 'paused' && window.witness.step === window.witness.told.step")
        return self.step

    def play(self) -> None:
        self.press("toggle")
        self.wait("window.witness.step > 0")


@pytest.fixture
def visit(browsers: Any, site: str) -> Iterator[Any]:
    """Opens visitors; at the end none of them may have complained."""
    visitors: list[Visitor] = []

    def come(**options: Any) -> Visitor:
        visitors.append(Visitor(browsers(**options), site))
        return visitors[-1]

    yield come
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    for visitor in visitors:
        visitor.coverage.write()
        if visitor.page.url.startswith(site):
            visitor.page.evaluate("localStorage.clear()")  # what one visitor chose is not the next one's choice
        visitor.page.close()
    assert complaints == []
