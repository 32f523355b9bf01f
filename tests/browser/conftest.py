"""A page in the system's Chromium. The test fails at its end where the browser had anything to complain about.

@pytest.mark.parametrize("width", [390, 1280])
def test_home(page, live_server, width, find_barriers): ...
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Playwright, Request

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


@pytest.fixture
def scheme() -> str:
    """The reader's colour scheme: light or dark."""
    return "light"


def tell_failure(request: Request) -> list[str]:
    """Return the failed request; nothing if the reader only left the page before it had loaded."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"failed: {request.url} {request.failure}"]


@pytest.fixture
def page(page: Page, width: int, scheme: str) -> Iterator[Page]:
    """A page whose console stays empty and whose requests all succeed."""
    complaints: list[str] = []
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme)
    page.on("console", lambda message: complaints.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    page.on("requestfailed", lambda request: complaints.extend(tell_failure(request)))
    page.on(
        "response", lambda answer: complaints.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else 0
    )
    yield page
    assert complaints == []


@pytest.fixture
def find_barriers() -> Callable[[Page], list[str]]:
    """Return a function that lists the accessibility faults of a page."""

    def find(page: Page) -> list[str]:
        page.wait_for_load_state()  # a click returns when its page begins to load, before there is an element in it
        found = Axe().run(page).response["violations"]
        return [f"{v['id']}: {v['help']}: {node['html']}" for v in found for node in v["nodes"]]

    return find
