"""Everything that the docs mention exists."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from talks.parsing import NO_HINTS

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
TEXT = "\n".join(page.read_text() for page in PAGES)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_in_docs_point_to_existing_files(path):
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text())
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_docs_list_exactly_the_existing_settings():
    read = set(re.findall(r'read_\w+\("([A-Z_]+)"', (ROOT / "confnotes" / "settings.py").read_text()))
    rows = re.findall(r"^\| (`.+?) \|", (ROOT / "docs" / "settings.md").read_text(), re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)} == read


def test_writing_posts_md_has_exactly_the_keys_of_hints():
    text = (ROOT / "docs" / "writing-posts.md").read_text()
    section = text[text.index("## Settling it") : text.index("## Limits")]
    keys = {row.split("`")[1] for row in section.splitlines() if row.startswith("| `")}
    assert keys == {*NO_HINTS.__slots__} - {"usual_certainty"}  # the site's setting


def test_commands_named_in_docs_exist():
    assert set(re.findall(r"manage\.py ([a-z_]+)", TEXT)) <= set(get_commands())


def test_make_targets_named_in_docs_exist():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"(?:^    |`)make ([a-z-]+)", TEXT, re.MULTILINE)) <= targets


def test_docker_sets_only_variables_that_settings_read():
    compose = (ROOT / "docker-compose.yml").read_text()
    app = compose[compose.index("environment:") : compose.index("services:")]
    known = set(re.findall(r'read_\w+\("([A-Z_]+)"', (ROOT / "confnotes" / "settings.py").read_text()))
    assert set(re.findall(r"^    ([A-Z_]+):", app, re.MULTILINE)) - {"PGPASSWORD"} <= known
