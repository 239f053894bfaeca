"""One browser for the run, one server with the project's own data, and a watch over what pages ask and break.

A missing browser is a failure in CI; elsewhere these tests are skipped and say so.
Pictures are kept in the folder that VERRE_TEST_PICTURES names, else with the run's temporary files.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from api.pages.assets import built
from tests.browser import network_log
from tests.product.conftest import Server, build, start, stop

expect.set_options(timeout=20_000)  # milliseconds: the machine may be busy with the other half of the tests
DEADLINE = "3"
"""Seconds after which the server of these tests stops a query."""


def program() -> str:
    """Where Chromium is."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    lacking = "Chromium is not installed (Debian: apt-get install chromium)" if not found else ""
    if not built("sparql.js"):
        lacking = "web/ is not built: make test builds it, and so does python web/build.py"
    if lacking:
        if os.environ.get("CI"):
            pytest.fail(lacking)
        pytest.skip(lacking)
    return str(found)


@dataclass
class Watch:
    """What a page did that it must not do.

    Attributes:
        home: the host that it may ask.
        strays: addresses of other hosts that it asked for.
        faults: violations of the Content-Security-Policy and errors of scripts.
        asked: every address, in order.
    """

    home: str
    strays: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Watches every page of a context."""
        context.on("request", lambda request: self.note(request.url))
        context.on("weberror", lambda error: self.broke(str(error.error)))
        context.on(
            "console",
            lambda said: self.broke(said.text) if "Content Security Policy" in said.text else None,
        )

    def broke(self, text: str) -> None:
        """One thing that no page may do."""
        self.faults.append(text)
        network_log.fault()

    def note(self, url: str) -> None:
        """One request."""
        self.asked.append(url)
        parts = urlsplit(url)
        ours = parts.scheme in ("data", "blob") or parts.netloc == self.home
        network_log.note(url, ours=ours)
        if not ours:
            self.strays.append(url)

    def clean(self) -> None:
        """Fails where something happened that must not."""
        assert self.strays == []
        assert self.faults == []


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium without a window; gone before other tests run, whose event loop Playwright's would be in the way of."""
    path = program()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The project's own data, with a deadline that a test can wait for."""
    home = tmp_path_factory.mktemp("browser")
    build(home)
    running = start(home, query_timeout=DEADLINE)
    yield running
    stop(running)


@pytest.fixture
def context(browser: Browser, site: Server) -> Iterator[BrowserContext]:
    """A reader of English with nothing remembered; a test changes what it needs."""
    made = browser.new_context(locale="en-GB", base_url=site.url, viewport={"width": 1280, "height": 900})
    made.set_default_timeout(20_000)
    yield made
    made.close()


@pytest.fixture
def watch(context: BrowserContext, site: Server) -> Iterator[Watch]:
    """The watch over `context`; what it saw is judged when the test is over."""
    made = Watch(urlsplit(site.url).netloc)
    made.over(context)
    yield made
    made.clean()


@pytest.fixture
def page(context: BrowserContext, watch: Watch) -> Page:
    """An empty page, watched."""
    assert not watch.asked
    return context.new_page()


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures are kept."""
    named = os.environ.get("VERRE_TEST_PICTURES")
    folder = Path(named) if named else tmp_path_factory.mktemp("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
