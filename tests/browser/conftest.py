"""A page in the system's Chromium. The test fails at its end where the browser had anything to complain about.

@pytest.mark.parametrize("width", [390, 1280])
def test_home(page, live_server, width, find_barriers): ...

A click, key or script returns before its effect is there: a test waits for the effect by `expect` before it reads
the page's address, its elements or rows.
"""

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, Playwright, Request, expect

# Playwright runs an event loop in the main thread, and Django would refuse to touch the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
]
LONGEST_WAIT = 60_000  # milliseconds: on a busy machine a page takes many times longer than usual
RULES_ON_COLOURS = ("color-contrast", "link-in-text-block")
SETTLED = "Promise.allSettled(document.getAnimations().map(animation => animation.finished))"

COUNT_SHOWN_ONLY_HERE = """() => {
    const shown = [...document.body.querySelectorAll("*")].filter(element => element.checkVisibility());
    window.shownOnlyHere = shown.filter(element => !window.shownBefore?.has(element));
    window.shownBefore = new Set(shown);
    return window.shownOnlyHere.length; }"""

expect.set_options(timeout=LONGEST_WAIT)
answering = threading.Lock()
"""Held while a request is answered, and between two tests."""
answering.acquire()


class OrderlyServer(ThreadedWSGIServer):
    """Answers one request at a time, since all threads share one connection to SQLite; ends after its threads."""

    daemon_threads = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clients: set[socket.socket] = set()

    def set_app(self, app: Callable[..., Any]) -> None:
        def answer(*request: Any) -> Any:
            with answering:
                return app(*request)

        super().set_app(answer)

    def process_request(self, request: socket.socket, client_address: Any) -> None:
        self.clients.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket) -> None:
        self.clients.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        for client in self.clients.copy():
            with suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)  # else its thread waits for one more request
        super().server_close()


LiveServerThread.server_class = OrderlyServer


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this folder as browser tests."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(playwright: Playwright) -> dict[str, object]:
    """Return where Chromium is and how to start it; without one the tests are skipped."""
    own = Path(playwright.chromium.executable_path)
    found = next(filter(None, map(shutil.which, CHROMIUM)), str(own) if own.exists() else None)
    if not found:
        pytest.skip("Chromium is missing")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {"executable_path": found, "args": QUIET + ["--no-sandbox"] * root}


@pytest.fixture
def width() -> int:
    """The width of the window, in pixels."""
    return 1280


@pytest.fixture(autouse=True)
def _answers(transactional_db: None) -> Iterator[None]:
    """Answer requests only while a test runs: a page that a test left must not query tables that are being emptied."""
    answering.release()
    yield
    answering.acquire()


@pytest.fixture(scope="session")
def used_page(browser: Browser) -> Iterator[Page]:
    """The page that the tests share, since the first page of a context takes longer than most tests."""
    with browser.new_context() as context:
        yield context.new_page()


@pytest.fixture(scope="session")
def used_page_without_scripts(browser: Browser) -> Iterator[Page]:
    with browser.new_context(java_script_enabled=False) as context:
        yield context.new_page()


def forget(page: Page) -> None:
    """Leave the browser as if it had never opened a page: nothing of a test may reach the next one."""
    for other in page.context.pages:
        if other is not page:
            other.close()
    page.unroute_all()
    page.goto("about:blank")
    page.context.clear_cookies()
    browser = page.context.new_cdp_session(page)
    browser.send("Network.clearBrowserCache")
    browser.send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
    browser.detach()


def tell_failure(request: Request) -> list[str]:
    """Return a message about the failed request in a list; an empty list if the reader left the page meanwhile."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"failed: {request.url} {request.failure}"]


@contextmanager
def watch(page: Page, width: int) -> Iterator[Page]:
    """Set the page's width; fail at the end if its console has messages or a request failed."""
    complaints: list[str] = []
    listeners: dict[Any, Callable[[Any], None]] = {
        "console": lambda message: complaints.append(f"console: {message.text}"),
        "pageerror": lambda error: complaints.append(f"error: {error}"),
        "requestfailed": lambda request: complaints.extend(tell_failure(request)),
        "response": lambda answer: complaints.extend([f"{answer.status}: {answer.url}"] * (answer.status >= 400)),
    }
    page.set_default_timeout(LONGEST_WAIT)
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme="light", media="screen")
    for event, listener in listeners.items():
        page.on(event, listener)
    yield page
    for event, listener in listeners.items():
        page.remove_listener(event, listener)
    assert complaints == []


@pytest.fixture
def page(used_page: Page, width: int) -> Iterator[Page]:
    """A browser page; the test fails if its console has messages or a request fails."""
    try:
        with watch(used_page, width) as page:
            yield page
    finally:
        forget(used_page)


@pytest.fixture
def page_without_scripts(used_page_without_scripts: Page) -> Iterator[Page]:
    try:
        with watch(used_page_without_scripts, 1280) as page:
            yield page
    finally:
        forget(used_page_without_scripts)


@pytest.fixture
def find_barriers() -> Callable[..., list[str]]:
    """Return a function that lists the accessibility faults of a page, by all rules or these, or of a part of it."""

    def find(page: Page, rules: Sequence[str] = (), part: str = "document") -> list[str]:
        page.wait_for_load_state()  # a click returns when its page begins to load, before there is an element in it
        page.evaluate(SETTLED)  # a colour that is still fading has less contrast than it will have
        if not page.evaluate("'axe' in window"):
            page.evaluate(Axe().axe_script)
        options = {"resultTypes": ["violations"], "preload": False, **({"runOnly": list(rules)} if rules else {})}
        found = page.evaluate(f"options => axe.run({part}, options).then(results => results.violations)", options)
        return [f"{v['id']}: {v['help']}: {node['html']}" for v in found for node in v["nodes"]]

    return find


@pytest.fixture
def find_barriers_in_both_schemes(find_barriers: Callable[..., list[str]]) -> Callable[[Page], dict[str, list[str]]]:
    """Return a function that lists the faults of a page in light and dark; it leaves the page in light."""

    def find(page: Page) -> dict[str, list[str]]:
        found = {}
        for scheme, rules in (("dark", RULES_ON_COLOURS), ("light", ())):
            page.emulate_media(color_scheme=scheme)
            found[scheme] = find_barriers(page, rules)
        return {scheme: faults for scheme, faults in found.items() if faults}

    return find


@pytest.fixture
def find_barriers_everywhere(find_barriers: Callable[..., list[str]]) -> Callable[[Page], dict[str, list[str]]]:
    """Return a function that lists the faults of a page on wide and narrow screens, in light and dark.

    What is shown on a wide screen has the same colours on a narrow one, where only what is not is looked at in dark.
    """

    def find(page: Page) -> dict[str, list[str]]:
        found = {}
        for width, part in ((1280, "document"), (320, "{include: shownOnlyHere}")):
            page.set_viewport_size({"width": width, "height": 844})
            faults = find_barriers(page)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                faults.append("too wide")
            found[f"{width} light"] = faults
            if page.evaluate(COUNT_SHOWN_ONLY_HERE):
                page.emulate_media(color_scheme="dark")
                found[f"{width} dark"] = find_barriers(page, RULES_ON_COLOURS, part)
                page.emulate_media(color_scheme="light")
        for width in (1024, 1080, 1120) if page.locator(".beside").count() else ():  # the margin opens between these
            page.set_viewport_size({"width": width, "height": 844})
            found[f"{width}"] = ["too wide"] if page.evaluate("document.documentElement.scrollWidth") > width else []
        return {state: faults for state, faults in found.items() if faults}

    return find
