"""
Whole journeys in a real browser, over real HTTP, against `jalon serve` as its users start it.

No test client here and no database access: what a journey needs, it does through the pages or the shell.
"""

from __future__ import annotations

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tools.browser import find

FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--no-first-run",
]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fresh_database_url() -> str:
    """A new database on the PostgreSQL of this run, or nothing where the run is on SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return ""
    import psycopg

    name = f"journey_{secrets.token_hex(6)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@dataclass
class Server:
    """A running `jalon serve` with its own data folder."""

    port: int
    data_dir: Path
    environ: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "jalon.cli.main", "serve"], env=self.environ, stdout=log, stderr=log
            )
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise AssertionError(f"the server stopped:\n{self.log.read_text(errors='replace')[-4000:]}")
            try:
                with urllib.request.urlopen(f"{self.url}/robots.txt", timeout=2):
                    return
            except (URLError, OSError):
                time.sleep(0.2)
        raise AssertionError(f"the server did not answer:\n{self.log.read_text(errors='replace')[-4000:]}")

    def kill(self) -> None:
        """As a power cut does."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(20)

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(20)

    def jalon(self, *args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run a `jalon` command beside the server, with the same settings."""
        return subprocess.run(
            [sys.executable, "-m", "jalon.cli.main", *args],
            env=self.environ,
            input=stdin,
            capture_output=True,
            timeout=120,
        )


def make_server(folder: Path, **environ: str) -> Server:
    """A server that is ready to start, in *folder*."""
    port = free_port()
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("JALON_", "DATABASE_URL"))
    }
    clean |= {"JALON_DATA_DIR": str(folder / "var"), "PORT": str(port), "PYTHONUNBUFFERED": "1", **environ}
    if database := fresh_database_url():
        clean["DATABASE_URL"] = database
    return Server(port=port, data_dir=folder / "var", environ=clean, log=folder / "serve.log")


@pytest.fixture(scope="session")
def demo_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`make run`'s server: demonstration data loaded."""
    server = make_server(tmp_path_factory.mktemp("demo"), JALON_DEMO="1")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def empty_server(tmp_path: Path) -> Iterator[Server]:
    """A server with nothing in it."""
    server = make_server(tmp_path)
    server.start()
    yield server
    server.stop()


# One module at a time: a synchronous Playwright holds an event loop in which Django's ORM refuses to work.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium; skips by name where none could be had."""
    path = find()
    if path is None:
        pytest.skip("no Chromium on this machine and none could be installed")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@dataclass
class Watched:
    """A browser context that remembers what a page should never do."""

    context: BrowserContext
    problems: list[str] = field(default_factory=list)

    def page(self) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda message: self._console(message.type, message.text))
        page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        page.on("request", lambda request: self._request(request.url))
        return page

    def _console(self, kind: str, text: str) -> None:
        # The browser logs every 4xx answer as an error; those are looked at where they are expected.
        if kind == "error" and not text.startswith("Failed to load resource"):
            self.problems.append(f"console: {text}")

    def _request(self, url: str) -> None:
        if not re.match(r"(http://localhost:\d+/|data:|blob:|about:)", url):
            self.problems.append(f"third-party request: {url}")


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Pages of fresh visitors: `visitor(width=360, dark=True)`. Fails on script or policy errors."""
    opened: list[Watched] = []

    def open_page(
        *, width: int = 1280, dark: bool = False, javascript: bool = True, language: str = "fr-FR"
    ) -> Page:
        watched = Watched(
            browser.new_context(
                viewport={"width": width, "height": 800},
                color_scheme="dark" if dark else "light",
                java_script_enabled=javascript,
                locale=language,
                accept_downloads=True,
            )
        )
        opened.append(watched)
        return watched.page()

    yield open_page
    problems = [problem for watched in opened for problem in watched.problems]
    for watched in opened:
        watched.context.close()
    assert problems == []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All journeys run in one process, one after the other: the server and the browser are theirs."""
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.fspath).parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("journeys"))
