"""A rebuild corrects wrong rows and leaves right ones alone."""

import pytest
from django.db import connection

from talks.backup import check_base, rebuild_base
from talks.models import Post, SearchDocument, TaggedTakeaway, TagListing, TagPair, Takeaway, Talk
from tests.builders import make_post, make_talk

pytestmark = pytest.mark.django_db

NOTHING = {
    "takeaways rendered": 0,
    "posts rendered": 0,
    "talks with other mentions": 0,
    "talks listed or counted elsewhere": 0,
    "counts of tags": 0,
    "references shown otherwise": 0,
    "talks and posts found by other words": 0,
}


@pytest.fixture(autouse=True)
def base():
    make_talk("First", post=make_post(intro="*Hello*"), takeaways=["Docker", "Two"], tags=["By Hand"])
    make_talk("Second", takeaways=["Three"])
    rebuild_base()


def test_a_rebuild_leaves_a_sound_base_alone():
    assert check_base() == []
    assert rebuild_base() == NOTHING


@pytest.mark.slow
@pytest.mark.parametrize(
    ("break_it", "changed"),
    [
        (lambda: Takeaway.objects.filter(text="Two").update(html="x"), {"takeaways rendered": 1}),
        (lambda: Post.objects.update(intro_html="x", outro_html="x"), {"posts rendered": 1}),
        (lambda: TaggedTakeaway.objects.all().delete(), {"talks with other mentions": 1}),
        (lambda: SearchDocument.objects.all().delete(), {"talks and posts found by other words": 3}),
        (
            lambda: Takeaway.objects.filter(text="Three").update(text="*Rust*"),
            {
                "takeaways rendered": 1,
                "talks with other mentions": 1,
                "talks listed or counted elsewhere": 1,
                "talks and posts found by other words": 1,
            },
        ),
        (lambda: Talk.objects.update(audience=0), {"talks listed or counted elsewhere": 2}),
        (lambda: TagPair.objects.all().delete(), {"counts of tags": 3}),
        (lambda: TagListing.objects.all().delete(), {"talks listed or counted elsewhere": 1, "counts of tags": 3}),
    ],
)
def test_wrong_rows_are_rebuilt_and_counted(break_it, changed):
    break_it()
    assert rebuild_base() == NOTHING | changed
    assert check_base() == []
    assert rebuild_base() == NOTHING


def test_rebuilds_store_null_for_html_that_is_only_text():
    Takeaway.objects.filter(text="Three").update(html="<b>Three</b>")
    rebuild_base()
    with connection.cursor() as cursor:
        cursor.execute("SELECT html FROM talks_takeaway WHERE text = 'Three'")
        assert cursor.fetchone() == (None,)
    assert Takeaway.objects.get(text="Three").html == "Three"
