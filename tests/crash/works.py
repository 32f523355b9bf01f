"""The work that is disturbed: importing, writing back, removing; and the messages of a base that refuses writes."""

import contextlib
import os
import shutil

from django.core.management import CommandError, call_command
from django.db import connection

from tests.crash.killing import Work
from tests.crash.posts import write_posts
from tests.crash.sites import BrokenError, Site, fork

# Modules that import models are imported inside functions, once Django is set up.

FIRST, SECOND = 3, 6  # posts in the base, and posts after the import that is disturbed
# What makes a base or connection take no more. On PostgreSQL no setting fills the disk: a trigger says what the
# server says then, with its code, in the midst of a post or when its transaction ends.
_FILL = """
    CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
    CREATE CONSTRAINT TRIGGER fill AFTER INSERT ON talks_takeaway {when} FOR EACH ROW EXECUTE FUNCTION fill()
"""
REFUSALS = {
    "sqlite": ["PRAGMA max_page_count=1", "PRAGMA query_only=ON"],
    "postgresql": [
        _FILL.format(when="NOT DEFERRABLE"),
        _FILL.format(when="DEFERRABLE INITIALLY DEFERRED"),
        "SET default_transaction_read_only=on",
    ],
}
EDITED = 3  # posts with edits to write back
REMOVED = 2


def prepare(site: Site) -> list[Work]:
    """Store the states from which work starts. All work runs once here, so that forked processes have loaded it.

    Batches have two posts on machines of any speed, so that work is also killed between batches.
    """
    from talks.importing import batch_size

    batch_size._MOST_POSTS, batch_size._SECONDS = 2, 3_600.0
    replace_posts(site, FIRST, edited=False)
    run_import(site)
    replace_posts(site, SECOND, edited=True)
    site.keep("first")
    run_import(site)
    site.keep("second")
    edit_rows(site)
    site.keep("edited")
    write_edits()
    site.look()

    def do_import() -> None:
        run_import(site)

    def remove() -> None:
        remove_some(site)

    return [
        Work("import", "first", do_import, [[do_import]]),
        Work("write-back", "edited", write_edits, [[write_edits], [do_import, write_edits]]),
        Work("removal", "second", remove, [[remove]]),
    ]


def replace_posts(site: Site, count: int, *, edited: bool) -> None:
    """Replace the posts in the folder by these."""
    shutil.rmtree(site.notes)
    write_posts(site.notes, count, edited=edited)


def run_import(site: Site) -> None:
    """Import the posts; fail unless all are imported."""
    from talks.importing import import_posts

    if import_posts([site.notes]).refused:
        raise BrokenError("posts were refused")


def edit_rows(site: Site) -> None:
    """Edit some rows of several kinds, as the admin would."""
    from talks.backup import rebuild_base
    from talks.models import Post, TaggedPost, Takeaway, Talk
    from tests import builders as make

    for post in Post.objects.order_by("key")[:EDITED]:
        talk, other, third = Talk.objects.filter(sources__post=post).order_by("position")
        talk.title = f"{talk.title} once more"
        talk.save()
        unit = Takeaway.objects.filter(talk=other).order_by("position")[2]
        unit.text = f"Somebody said {unit.text} better"
        unit.save()
        make.make_takeaway(third, "Nobody wrote this down", post=None)
        TaggedPost.objects.create(content_object=post, tag=make.make_tag("Hindsight"))
    rebuild_base()


def write_edits() -> None:
    """Write back; fail if an edit is refused."""
    from talks.write_back import write_back

    report = write_back()
    if report.refused:
        raise BrokenError(f"not written: {report}")


def remove_some(site: Site) -> None:
    """Remove the first posts, unless they were removed already."""
    from talks.importing import NotFoundError, remove_posts

    with contextlib.suppress(NotFoundError):
        remove_posts([site.notes / f"{number:02}.md" for number in range(REMOVED)])


def collide(site: Site, work: Work) -> None:
    """Run the work twice at once: both must succeed, with the same result as one run."""
    site.renew(work.start)
    pids = [fork(work.do) for _ in range(2)]
    ends = [os.waitpid(pid, 0)[1] for pid in pids]
    if any(ends) or site.look() != work.states[-1]:
        raise BrokenError(f"two of {work.name} at once broke something")


def refuse_writes(site: Site, work: Work, refusal: str) -> str:
    """Return the message of an import into a base that refuses writes, and check that its content stays the same.

    `refusal` are statements that make the base or the connection refuse writes.
    """
    place = site.folder / "said"
    site.renew(work.start)

    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(refusal)
        try:
            call_command("import_posts", str(site.notes), verbosity=0)
            place.write_text("")
        except CommandError as error:
            place.write_text(f"{error.returncode}: {error}")

    site.demand(run)
    if site.look() not in work.states:
        raise BrokenError("a refused import left something half done")
    return place.read_text()
