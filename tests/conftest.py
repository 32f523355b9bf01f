"""Settings and fixtures for all tests. `tests.builders` creates rows."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import client
from django.test.client import store_rendered_templates
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.unmigrated import MIGRATION_MODULES

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus"
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup", "django_db_reset_sequences"}

hypothesis_settings.register_profile(
    "ci", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.register_profile("fuzz", max_examples=5_000, deadline=None, print_blob=True)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


LIMITS_OF_TIME = (
    "talks.importing.batch_size._SECONDS",
    "talks.importing.batch_size._LONGEST_SECONDS",
    "talks.importing.sources.pandoc.MOST_SECONDS",
    "talks.management.commands.import_posts._SECONDS_BETWEEN_LINES",
    "talks.search.engine.LONGEST_SECONDS",
)


def pytest_configure() -> None:
    """Make the creation of tables, the middleware of static files and the tests' clients faster."""
    settings.MIGRATION_MODULES = MIGRATION_MODULES
    settings.WHITENOISE_AUTOREFRESH = True  # else each test's client lists all static files
    client.store_rendered_templates = _store_pages  # type: ignore[attr-defined]


def _store_pages(store: dict[str, Any], signal: Any, sender: Any, template: Any, context: Any, **others: Any) -> None:
    """Keep the context of the page's own template for `response.context`, but not of each that it includes."""
    if not store and not (template.name or "").startswith("django/forms/"):
        store_rendered_templates(store, signal, sender, template, context, **others)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark tests that use the database, and skip those for another database than the present one."""
    others = {"postgresql"} if connection.vendor == "sqlite" else {"sqlite", "any_database"}
    foreign = {item for item in items if any(item.get_closest_marker(vendor) for vendor in others)}
    if foreign:
        config.hook.pytest_deselected(items=list(foreign))
        items[:] = [item for item in items if item not in foreign]
    for item in items:
        if item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")
    # A slow test that begins last would keep one process busy while the others are done.
    items.sort(key=lambda item: not item.get_closest_marker("slow"))


def pytest_collection_finish() -> None:
    """Spare the garbage collector what lives as long as the run: modules, models and tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print a clear message if the browser tests could not run."""
    if any("Chromium is missing" in str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])):
        terminalreporter.section("CHROMIUM IS MISSING: no page was tested in a browser", red=True, bold=True)


@pytest.fixture(scope="session", autouse=True)
def _settings_of_tests(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep test images apart from real ones, and use a fast password hasher."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    settings.PAGES_KEPT = False  # the version of the base moves once a transaction, and a test is one
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def _no_limits_of_time() -> Iterator[None]:
    """Raise all limits in seconds, lest a test depend on the machine's speed; tests of a limit set it themselves."""
    with pytest.MonkeyPatch.context() as patch:
        for limit in LIMITS_OF_TIME:
            patch.setattr(limit, 3_600.0)
        yield


@pytest.fixture(scope="module")
def shared_rows(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Keep the rows that other fixtures of the module make: each test finds them as they were made.

    All tests of the module then run within one transaction, so none may be of the kind that commits.
    """
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around._from_testcase = True  # type: ignore[attr-defined]
        around.__enter__()
        try:
            yield
        finally:
            transaction.set_rollback(True)
            around.__exit__(None, None, None)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of real posts, which only some machines have beside the project."""
    if not CORPUS.is_dir():
        pytest.skip("the corpus is absent")
    return CORPUS


@pytest.fixture
def write(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    """Return a function that writes a post below a folder with a `confnotes.toml`, so that its path is its key.

    The folder has the same path in each test and is empty at first, so that rows can be kept for a path.
    """
    folder = tmp_path_factory.getbasetemp() / "notes"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "confnotes.toml").touch()

    def write_post(name: str, text: str) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return path

    return write_post
