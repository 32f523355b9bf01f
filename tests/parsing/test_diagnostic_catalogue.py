"""Every kind of diagnostic is used, gets the values that it needs, and is documented."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from talks.parsing import Diagnostic, Severity
from talks.parsing import diagnostic_catalogue as catalogue
from talks.parsing.diagnostic_catalogue import CatalogueEntry

ROOT = Path(__file__).parents[2]
ENTRIES = {name: entry for name, entry in vars(catalogue).items() if isinstance(entry, CatalogueEntry)}
# The values of `{what}` in the codes of these entries.
SUBJECTS = {
    "TEXT_UNQUOTED": ["title", "tag", "alias"],
    "TEXT_TOO_LONG": ["title", "tag", "alias", "author", "slug", "url", "language"],
    "LIST_IS_MAP": ["tag", "alias"],
    "ITEMS_NOT_TEXT": ["tag", "alias"],
    "TOO_MANY_ITEMS": ["tag", "alias"],
}


@cache
def list_nodes() -> list[ast.AST]:
    """Return the syntax tree's nodes of the whole program."""
    paths = sorted((ROOT / "talks").rglob("*.py"))
    return [node for path in paths for node in ast.walk(ast.parse(path.read_text("utf-8")))]


def find_name(node: ast.AST) -> str:
    """Return the name of the catalogue's entry that this node uses, or ""."""
    taken = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "catalogue"
    return node.attr if taken else ""


def find_values(*texts: str) -> Iterator[str]:
    """Return the names of the values that the entry's texts need."""
    for text in texts:
        for _, name, form, _ in Formatter().parse(text):
            if name:
                yield name
                yield from find_values(form or "")


@pytest.mark.slow
def test_every_diagnostic_of_the_catalogue_is_used():
    assert {find_name(node) for node in list_nodes()} - {""} == ENTRIES.keys()


def test_each_diagnostic_gets_exactly_the_values_it_needs():
    wrong = []
    for node in list_nodes():
        asked = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "at"
        if asked and (name := find_name(node.func.value)):
            needed = {*find_values(ENTRIES[name].code, ENTRIES[name].message, ENTRIES[name].hint)}
            given = {str(keyword.arg) for keyword in node.keywords} - {"column"}
            wrong += [(name, needed, given)] if needed != given else []
    assert wrong == []


def test_diagnostics_are_made_by_the_catalogue_alone():
    made = [
        node for node in list_nodes() if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Diagnostic"
    ]
    assert len(made) == 1


def test_codes_of_diagnostics_are_documented_with_their_severities():
    text = (ROOT / "docs" / "writing-posts.md").read_text(encoding="utf-8")
    section = text[text.index("## What confnotes may say") :]
    rows = [row.split("|") for row in section.splitlines() if row.startswith("| `")]
    documented = [
        (code, severity)
        for row in rows
        for code in re.findall(r"`([a-z0-9-]+)`", row[1])
        for severity in row[2].split(",")
    ]
    made = {
        (entry.code.format(what=what), entry.severity.value)
        for name, entry in ENTRIES.items()
        for what in SUBJECTS.get(name, [""])
    }
    assert sorted((code, severity.strip()) for code, severity in documented) == sorted(made)


@pytest.mark.parametrize(
    ("count", "message"),
    [
        (1, "Removed 1 control or invisible character, the first one here."),
        (2, "Removed 2 control or invisible characters, the first one here."),
    ],
)
def test_diagnostics_use_singular_and_plural_words(count, message):
    assert catalogue.CONTROL_CHARACTERS.at(3, count=count).message == message


def test_braces_in_values_of_diagnostics_are_not_expanded():
    assert catalogue.NO_YEAR.at(1, series="{x} | {") == Diagnostic(
        Severity.NOTE,
        "no-year",
        1,
        "The post does not say the year of {x} | {.",
        "Write it into the title, or as `year` in a `confnotes:` block.",
    )


def test_long_titles_in_messages_are_cut_behind_a_word():
    title = "A talk about the way in which all of the words of a title came to be told in messages"
    shown = "A talk about the way in which all of the words of a title came to be told in"
    told = catalogue.TALK_WITHOUT_NOTES.at(1, title=title)
    assert told.message == f"There are no notes of “{shown}…”."
    assert catalogue.TALK_WITHOUT_NOTES.at(1, title="Short").message == "There are no notes of “Short”."
