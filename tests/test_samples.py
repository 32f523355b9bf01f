"""The samples, which newcomers see first, are parsed without warnings."""

from pathlib import Path

import pytest

from talks.importing.sources import Folders
from talks.parsing import Severity, parse_post, read_hints

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
POSTS = sorted(SAMPLES.rglob("*.md"))


@pytest.fixture(scope="module")
def parsed():
    hints, faults = read_hints((SAMPLES / "confnotes.toml").read_text())
    assert faults == ()
    folders = Folders()
    return [
        parse_post(path.read_text(), name=folders.name_file(path), hints=hints, folder=folders.read_facts(path))
        for path in POSTS
    ]


def test_samples_are_parsed_without_warnings_and_with_all_records(parsed):
    """With events, speakers and takeaways."""
    assert [(post.name, post.unplaced) for post in parsed if post.unplaced] == []
    assert [(post.name, d) for post in parsed for d in post.diagnostics if d.severity is not Severity.NOTE] == []
    assert [(post.name, talk.title) for post in parsed for talk in post.talks if not talk.speakers] == []
    assert [(post.name, talk.title) for post in parsed for talk in post.talks if not talk.takeaways] == []
    assert [post.name for post in parsed if not post.talks or not post.conference or not post.conference.year] == []


def test_samples_cover_18_series_and_13_years(parsed):
    assert len(parsed) == 29
    assert sum(len(post.talks) for post in parsed) == 67
    assert len({post.conference.series for post in parsed}) == 18
    assert len({post.conference.year for post in parsed}) == 13


def test_every_talk_of_the_samples_has_a_link(parsed):
    assert [(post.name, talk.title) for post in parsed for talk in post.talks if not talk.references] == []


def test_the_sample_posts_of_qcon_are_three_days(parsed):
    days = [post for post in parsed if post.conference.series == "QCon London"]
    assert [(post.days[0].number, len(post.talks)) for post in days] == [(1, 6), (2, 6), (3, 5)]
