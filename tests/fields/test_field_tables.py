"""What is in a table of fields is not repeated elsewhere."""

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
# What readers get of recordings and slides: buttons of the talk's page, the same in its JSON, marks in lists, roles of
# references, searches.
SHOWN = {
    "talks/derived/reference_addresses.py",
    "talks/derived/search_text.py",
    "talks/formats/page_data.py",
    "talks/templatetags/talks_in_lists.py",
    "talks/views/talks_and_posts.py",
}


@pytest.mark.parametrize("name", ["video_url", "slides_url"])
def test_only_listed_modules_name_a_talks_recording_or_slides(name):
    """A new text of a talk need only be named in `STORED_AND_READ`: all else follows from record and table."""
    assert name in [each.name for each in TALK.details]
    modules = [path for path in ROOT.glob("talks/**/*.py") if "migrations" not in path.parts]
    naming = {path for path in modules if name in path.read_text(encoding="utf-8")}
    named = {path.relative_to(ROOT).as_posix() for path in naming}
    assert named - SHOWN == STORED_AND_READ
