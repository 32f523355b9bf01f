"""A dry run prints exactly what a run then does."""

import pytest

from talks.importing import import_posts, render_text
from talks.models import Takeaway, Talk
from tests.importing.conftest import DAY_1

pytestmark = pytest.mark.django_db

EDITED = (
    DAY_1.replace("ought to be small ones", "ought to be tiny ones")
    .replace("* Layers are cached and shared between builds\n  * The order of the lines decides how well\n", "")
    .replace("## Herding Cats", "## Herding Big Cats")
    .replace("* Labels are the glue between all of its parts\n", "* Nobody has said this before\n")
    .replace("* A cluster repairs itself while you sleep\n", "")
    + "* A cluster repairs itself while you sleep\n"
)


def test_a_dry_run_reports_changes_of_posts_like_a_diff(write):
    path = write("day-1.md", DAY_1)
    import_posts([path])
    Takeaway.objects.filter(text__startswith="More of it").update(text="By hand", html="By hand")
    path.write_text(EDITED)
    report = import_posts([path], dry_run=True)
    assert list(report.outcomes[0].changes) == [
        "  talk: Boxes on Ships",
        "    - Docker images ought to be small ones",
        "    + Docker images ought to be tiny ones",
        "    = By hand (edited here; the post says: More of it is in [the manual](https://docs.docker.com/build/))",
        "    - Layers are cached and shared between builds",
        "    - The order of the lines decides how well",
        "- talk: Herding Cats",
        "+ talk: Herding Big Cats",
        "    + Nobody has said this before",
        "    > A cluster repairs itself while you sleep",
        "    - Labels are the glue between all of its parts",
    ]
    assert "    > A cluster" in render_text(report)
    done = import_posts([path])
    assert (done.totals, done.outcomes) == (report.totals, report.outcomes)
    assert import_posts([path], dry_run=True).outcomes[0].changes == ()


def test_a_dry_run_shows_new_posts_and_conflicts(write):
    path = write("day-1.md", DAY_1)
    changes = import_posts([path], dry_run=True).outcomes[0].changes
    assert changes[:2] == ("+ post: Notes from Testing Days 2019, day 1", "+ tag: Baking")
    import_posts([path])
    Takeaway.objects.filter(text__startswith="Docker").update(text="By hand")
    path.write_text(DAY_1.replace("small ones", "tiny ones"))
    assert import_posts([path], dry_run=True).outcomes[0].changes == (
        "! text: By hand (edited here; the post now says: Docker images ought to be tiny ones)",
    )


def test_a_dry_run_shows_a_conflict_about_a_title_once(write):
    path = write("day-1.md", DAY_1)
    import_posts([path])
    Talk.objects.filter(title="Herding Cats").update(title="Cats")
    path.write_text(DAY_1.replace("## Herding Cats", "## Herding Big Cats"))
    assert import_posts([path], dry_run=True).outcomes[0].changes == (
        "! title: Cats (edited here; the post now says: Herding Big Cats)",
    )


def test_a_dry_run_names_the_talk_whose_speakers_changed(write):
    path = write("day-1.md", DAY_1)
    import_posts([path])
    path.write_text(DAY_1.replace("small ones", "tiny ones").replace("with Carl Dent", "with Ann Lee"))
    assert import_posts([path], dry_run=True).outcomes[0].changes == (
        "  talk: Boxes on Ships",
        "    - Docker images ought to be small ones",
        "    + Docker images ought to be tiny ones",
        "  talk: Herding Cats",
        "    ~ speakers: Ann Lee",
    )


def test_a_dry_run_says_from_where_a_post_moved(write):
    path = write("day-1.md", DAY_1)
    import_posts([path.parent])
    (path.parent / "2019").mkdir()
    path.rename(path.parent / "2019" / "first-day.md")
    (outcome,) = import_posts([path.parent], dry_run=True).outcomes
    assert (outcome.outcome, outcome.changes) == ("updated", ("> post, moved from day-1.md",))
