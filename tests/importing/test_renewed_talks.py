"""An import of a changed post renews derived data of the talks that changed, and of no others."""

import pytest

from talks import derived
from talks.backup import check_base
from talks.derived import renew
from talks.importing import import_posts
from talks.importing.store import plan_writer as writing
from talks.models import Talk
from tests.importing.conftest import DAY_1, bring_in_day_1

pytestmark = pytest.mark.django_db

BOXES, CATS = "Boxes on Ships", "Herding Cats"
OF_CATS = "* Labels are the glue between all of its parts\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "touched"),
    [
        ("ought to be small", "should be small", [BOXES]),
        ("* Layers are cached and shared between builds\n", "", [BOXES]),
        ("while you sleep\n", "while you sleep\n* Java is new here\n", [CATS]),
        (OF_CATS, "", [CATS]),
        ("Herding Cats with", "Herding Dogs with", ["Herding Dogs"]),
        ("Carl Dent", "Carl Fox", [CATS]),
        ("Two talks and a lot of coffee.", "Two talks.\n\nAnd a lot of coffee.", []),
        ("author: Ann Writer", "author: Bea Writer", [BOXES, CATS]),
        ("day 1\n", "the first day\n", [BOXES, CATS]),
        ("Kubernetes, Baking", "Kubernetes, Java", [BOXES, CATS]),
        ("date: 2019-05-02", "date: 2019-05-03", [BOXES, CATS]),
        ("author: Ann Writer", "draft: true", [BOXES, CATS]),
    ],
)
def test_imports_renew_derived_data_only_of_talks_that_changed(write, monkeypatch, old, new, touched):
    bring_in_day_1(write("day-1.md", DAY_1))
    asked = []
    monkeypatch.setattr(writing, "renew", lambda talks, *others: (asked.extend(talks), renew(talks, *others)))
    assert old in DAY_1
    import_posts([write("day-1.md", DAY_1.replace(old, new, 1))])
    titles = dict(Talk.objects.values_list("pk", "title"))
    assert [titles[pk] for pk in dict.fromkeys(asked)] == touched
    assert (list(derived.find_stale_mentions()), derived.find_stale_search_text(), check_base()) == ([], [], [])


def test_moving_takeaways_renews_derived_data_of_their_former_talk_too(write):
    bring_in_day_1(write("day-1.md", DAY_1))
    moved = DAY_1.replace(OF_CATS, "").replace("* Docker images", f"{OF_CATS}* Docker images")
    import_posts([write("day-1.md", moved)])
    assert (list(derived.find_stale_mentions()), derived.find_stale_search_text(), check_base()) == ([], [], [])
