"""What is in a table of fields is not repeated elsewhere."""

import re
from pathlib import Path

import pytest

from talks.fields import TALK

ROOT = Path(__file__).resolve().parents[2]
STORED_AND_READ = {
    "talks/fields/field_tables.py",
    "talks/models/talks.py",
    "talks/parsing/records.py",
    "talks/parsing/talks/assembly.py",
}
# What readers get of recordings and slides beyond the talk's own page: marks in lists, roles of references, searches.
SHOWN = {
    "talks/derived/reference_addresses.py",
    "talks/derived/search_text.py",
    "talks/templatetags/talks_in_lists.py",
    "talks/views/talks_and_posts.py",
}


@pytest.mark.parametrize("name", [each.name for each in TALK.details])
def test_only_parser_model_and_table_name_texts_of_talks(name):
    """Modules beside these need not name them."""
    modules = [path for path in ROOT.glob("talks/**/*.py") if "migrations" not in path.parts]
    naming = {path for path in modules if re.search(rf"\b(?:talk__)?{name}\b", path.read_text(encoding="utf-8"))}
    named = {path.relative_to(ROOT).as_posix() for path in naming}
    assert named >= STORED_AND_READ
    assert named <= STORED_AND_READ | SHOWN
