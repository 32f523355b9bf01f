"""A takeaway that an editor wrote and that the post later contains too is one takeaway, not two."""

from pathlib import Path

import pytest

from talks import backup
from talks.importing import import_posts
from talks.models import Takeaway, Talk
from tests import builders
from tests.importing.conftest import DAY_1, dump

pytestmark = pytest.mark.django_db

MANUAL = "* More of it is in [the manual](https://docs.docker.com/build/)\n"


@pytest.fixture
def post(write) -> Path:
    path = write("day-1.md", DAY_1)
    import_posts([path])
    return path


def write_here(text: str, *, talk: str = "boxes-on-ships", **where: Takeaway) -> Takeaway:
    return builders.make_takeaway(Talk.objects.get(slug=talk), text, **where)


def list_notes(talk: str) -> list[tuple[str, str, str | None, str | None]]:
    rows = Takeaway.objects.filter(talk__slug=talk, withdrawn=False).order_by("post", "position")
    return list(rows.values_list("public_id", "text", "post__key", "parent__text"))


def test_an_editors_takeaway_copied_into_the_post_keeps_its_permalink(post):
    first = write_here("Sign what you ship")
    below = write_here("and check the signature", parent=first)
    before = list_notes("boxes-on-ships")
    post.write_text(DAY_1.replace(MANUAL, f"{MANUAL}* Sign what\n  you ship\n  * and check the signature\n"))
    [outcome] = import_posts([post], dry_run=True).outcomes
    assert outcome.changes == (
        "  talk: Boxes on Ships",
        "    ~ Sign what you ship (written here; the post says it now)",
        "    ~ and check the signature (written here; the post says it now)",
    )
    import_posts([post])
    assert list_notes("boxes-on-ships") == [
        *[row for row in before if row[2]],
        (first.public_id, "Sign what you ship", "day-1.md", None),
        (below.public_id, "and check the signature", "day-1.md", "Sign what you ship"),
    ]
    assert backup.check_base() == []
    settled = dump()
    assert import_posts([post]).outcomes[0].outcome == "unchanged"
    assert dump() == settled


def test_hidden_takeaways_of_editors_stay_hidden_when_posts_contain_them(post):
    Takeaway.objects.filter(pk=write_here("Sign what you ship").pk).update(hidden=True)
    post.write_text(DAY_1.replace(MANUAL, f"{MANUAL}* Sign what you ship\n"))
    import_posts([post])
    assert Takeaway.objects.values("hidden", "post__key").get(text="Sign what you ship") == {
        "hidden": True,
        "post__key": "day-1.md",
    }


def test_editors_takeaways_stay_unless_posts_add_their_text(post):
    """In the same talk."""
    written = [
        write_here("Sign what you ship"),
        write_here("Layers are cached and shared between builds"),  # the post's own takeaway says this
        write_here("Labels are the glue between all of its parts"),  # another talk of the post does
    ]
    post.write_text(DAY_1.replace(MANUAL, f"{MANUAL}* Sign everything you ship\n"))
    import_posts([post])
    assert [Takeaway.objects.get(pk=row.pk).post for row in written] == [None, None, None]
    assert Takeaway.objects.filter(text="Sign everything you ship", post__key="day-1.md").count() == 1
    assert backup.check_base() == []


def test_post_text_adopts_only_one_of_equal_takeaways_by_editors(post):
    first, second = (write_here("Sign what you ship") for _ in range(2))
    post.write_text(DAY_1.replace(MANUAL, f"{MANUAL}* Sign what you ship\n"))
    import_posts([post])
    assert [row.post_id is None for row in (Takeaway.objects.get(pk=first.pk), Takeaway.objects.get(pk=second.pk))] == [
        False,
        True,
    ]
