import pytest

from tests.related.near_talks import make_talk, read_beside, read_near

pytestmark = pytest.mark.django_db


def test_related_takeaways_of_other_days_come_first():
    talk = make_talk("This", notes=[("Here", ["Docker", "Kafka"])])
    make_talk("Same day", notes=[("Said the same day", ["Docker", "Kafka"])])
    make_talk("Other day", number=3, notes=[("Said on day 3", ["Docker"])])
    make_talk("Other year", year=2016, notes=[("Said in 2016", ["Docker"])])
    assert read_beside(talk) == {"Here": ["Said in 2016", "Said on day 3", "Said the same day"]}


def test_at_most_three_related_takeaways_of_different_talks_are_chosen():
    talk = make_talk("This", notes=[("Here", ["Docker"])])
    for year in range(2010, 2016):
        make_talk(f"In {year}", year=year, notes=[(f"{part} of {year}", ["Docker"]) for part in ("One", "Two")])
    [beside] = read_near(talk).beside.values()
    assert len(beside) == len({row.talk.pk for row in beside}) == 3


def test_no_takeaway_is_related_to_two_on_one_page():
    talk = make_talk("This", notes=[("First", ["Docker"]), ("Second", ["Kafka"])])
    for year in range(2010, 2016):
        make_talk(f"In {year}", year=year, notes=[(f"Said in {year}", ["Docker", "Kafka"])])
    first, second = read_beside(talk).values()
    assert (len(first), len(second), set(first) & set(second)) == (3, 3, set())


def test_the_most_similarly_worded_related_takeaway_comes_first():
    talk = make_talk("This", notes=[("Containers need health checks", ["Docker"])])
    make_talk("A", year=2011, notes=[("A health check for containers", ["Docker"])])
    make_talk("B", year=2012, notes=[("Something different entirely", ["Docker"])])
    assert read_beside(talk)["Containers need health checks"][0] == "A health check for containers"
