"""Importing the seed post creates exactly the expected rows."""

from pathlib import Path

import pytest

from talks.backup import check_base
from talks.importing import import_posts
from talks.models import Post, Tag, Takeaway, Talk

TWIN = Path(__file__).resolve().parent.parent / "posts" / "qcon-twin.md"
TAGS = {
    *("Amazon", "Architecture", "Conference", "Containers", "Data Science", "Deep Learning", "Docker", "ECS", "Erlang"),
    *("Instagram", "Kubernetes", "QCon London 2017"),
}
pytestmark = pytest.mark.django_db


def test_the_seed_post_is_imported_with_all_rows():
    import_posts([TWIN])
    post = Post.objects.get()
    talks = list(Talk.objects.order_by("position"))
    assert str(post.conference) == "QCon London 2017"
    assert {tag.name for tag in Tag.objects.of_row(post)} == TAGS
    assert [talk.takeaways.filter(parent=None).count() for talk in talks] == [13, 4, 15, 16, 11, 12]
    assert [talk.takeaways.exclude(parent=None).count() for talk in talks] == [3, 0, 3, 0, 2, 3]
    assert [talk.citations.count() for talk in talks] == [1, 4, 8, 7, 4, 3]
    assert str(talks[1].appearances.get()) == "Luke Marsden (Weaveworks)"
    of_talks = [{tag.name for tag in Tag.objects.of_row(talk)} & TAGS for talk in talks]
    assert of_talks[0] >= {"Docker", "ECS", "Amazon"}
    assert (of_talks[3] & {"Erlang"}, of_talks[5] & {"Deep Learning"}) == ({"Erlang"}, {"Deep Learning"})
    assert not any("Conference" in tags for tags in of_talks)
    assert not Takeaway.objects.filter(withdrawn=True).exists()
    assert check_base() == []
