import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from talks.models import Tag, Talk
from talks.related import find_related, shared_tags
from tests import builders as make
from tests.related.near_talks import load_talk, make_talk, read_beside, read_near, read_related

pytestmark = pytest.mark.django_db


def test_sharing_a_rare_tag_weighs_more_than_a_common_one():
    talk = make_talk("This", notes=[("Here", ["Common", "Rare"])])
    for number in range(6):
        make_talk(f"Common {number}", series="Other", notes=[(f"Common {number}", ["Common"])])
    make_talk("Rare", series="Other", year=2011, notes=[("Rarely", ["Rare"])])
    make_talk("Both", series="Other", year=2012, notes=[("Both of them", ["Common", "Rare"])])
    assert read_beside(talk)["Here"][:2] == ["Both of them", "Rarely"]
    assert read_related(talk)[:2] == [("Both", ["Rare", "Common"]), ("Rare", ["Rare"])]


@pytest.mark.parametrize("fields", [{"hidden": True}, {"withdrawn": True}])
def test_hidden_and_withdrawn_talks_are_not_related(fields):
    talk = make_talk("This", notes=[("Here", ["Docker"])])
    make_talk("Gone", year=2011, notes=[("Gone", ["Docker"])], **fields)
    near = read_near(talk)
    assert (near.talks, near.beside) == ([], {})


def test_drafts_are_related_for_staff_only():
    talk = make_talk("This", notes=[("Here", ["Docker"])])
    post = make.make_post(day=make.make_day(number=1), visibility="draft", key="draft.md")
    draft = make.make_talk("Draft", post=post, tags=["Docker"])
    make.make_takeaway(draft, "In a draft", post=post, tags=["Docker"])
    assert (read_beside(talk), read_related(talk)) == ({}, [])
    assert read_beside(talk, staff=True) == {"Here": ["In a draft"]}
    assert read_related(talk, staff=True) == [("Draft", ["Docker"])]


def test_a_talk_without_tags_has_no_related_talks():
    make_talk("Same conference", notes=[("There", ["Docker"])])
    talk = make_talk("This", notes=[("Here", [])])
    near = read_near(talk)
    assert (near.given, near.talks, near.beside) == ([], [], {})


def test_words_of_the_title_decide_between_equally_related_talks():
    talk = make_talk("Debugging containers", tags=["Docker"])
    make_talk("Debugging again", year=2011, tags=["Docker"])
    make_talk("Anything", year=2012, tags=["Docker"])
    assert [title for title, _ in read_related(talk)] == ["Debugging again", "Anything"]


def test_talks_sharing_title_and_speaker_are_the_same_talk():
    talk = make_talk("Simple Made Easy", speakers=["Rich Hickey"])
    again = make_talk("Simple made easy", series="Strange Loop", year=2011, speakers=["Ann Other", "Rich Hickey"])
    make_talk("Simple Made Easy", series="GOTO", year=2012, speakers=["Somebody Else"])
    make_talk("Simple Made Easy", number=3, speakers=["Rich Hickey"])
    make_talk("Simply Made", series="GOTO", year=2013, speakers=["Rich Hickey"])
    make_talk("Simple Made Easy", series="GOTO", year=2014, speakers=["Rich Hickey"], hidden=True)
    assert [other.pk for other in read_near(talk).given] == [again.pk]
    assert talk.pk in [other.pk for other in read_near(again).given]


def test_only_the_latest_talks_of_common_tags_are_compared(monkeypatch):
    """The latest takeaways too."""
    monkeypatch.setattr(shared_tags, "TAKEAWAYS_A_TAG", 4)
    monkeypatch.setattr(shared_tags, "TALKS_A_TAG", 4)
    for year in range(2000, 2012):
        make_talk(f"In {year}", year=year, notes=[(f"Said in {year}", ["Docker"])])
    tags = [Tag.objects.get().pk]
    assert len(shared_tags.find_near([], tags)) == 4
    assert len(shared_tags.find_near(tags, [])) == 4
    assert len(shared_tags.find_near(tags, tags)) == 8
    talk = Talk.objects.get(title="In 2000")
    assert len(read_related(talk)) == 4


@pytest.mark.any_database
@pytest.mark.parametrize("count", [1, 12])
def test_related_talks_need_a_constant_number_of_queries(count):
    talk = make_talk("This", notes=[(f"Here {n}", ["Docker", f"Tag {n}"]) for n in range(count)])
    for year in range(2000, 2000 + count):
        make_talk(f"In {year}", year=year, notes=[("Said", ["Docker"])], speakers=["A", "B"])
    loaded = load_talk(talk)
    with CaptureQueriesContext(connection) as queries:
        find_related(*loaded, staff=False)
    assert len(queries) == 3
