"""Posts whose files are gone, and posts that moved."""

import pytest

from talks.backup import check_base
from talks.importing import import_posts, render_text, undo_run
from talks.models import Conference, Day, ImportRun, Post, Series, Takeaway, Talk
from tests.importing.conftest import DAY_1, dump

pytestmark = pytest.mark.django_db

OTHER = """\
---
title: Elsewhere 2020
confnotes:
  talk_level: 2
---
## Sailing with Eve Fox
* Wind is free of charge
"""


def test_a_post_missing_in_its_given_folder_is_withdrawn(write, client):
    path, other = write("day-1.md", DAY_1), write("other.md", OTHER)
    import_posts([path.parent])
    address = Takeaway.objects.filter(post__key="day-1.md").first().get_absolute_url()
    path.unlink()
    before = dump()
    assert import_posts([other]).gone == ()
    assert import_posts([path.parent], dry_run=True).gone == (str(path),)
    assert dump() == before
    report = import_posts([path.parent])
    assert (report.gone, report.totals["posts"]["withdrawn"], report.totals["takeaways"]["withdrawn"]) == (
        (str(path),),
        1,
        7,
    )
    assert list(Talk.objects.visible().values_list("title", flat=True)) == ["Sailing"]
    assert client.get(address).status_code == 410
    assert check_base() == []
    assert import_posts([path.parent]).gone == ()
    path.write_text(DAY_1)
    import_posts([path.parent])
    assert client.get(address).status_code == 302
    assert check_base() == []


def test_an_excluded_post_is_withdrawn_until_the_line_goes(write, client):
    path, other = write("day-1.md", DAY_1), write("other.md", OTHER)
    import_posts([path.parent])
    address = Takeaway.objects.filter(post__key="day-1.md").first().get_absolute_url()
    hints = write("confnotes.toml", 'exclude = ["day-1.md"]\n')
    before = dump()
    planned = import_posts([path.parent], dry_run=True)
    assert (planned.gone, planned.excluded, dump()) == ((), (str(path),), before)
    report = import_posts([path.parent])
    assert (report.excluded, report.totals["posts"]["withdrawn"]) == ((str(path),), 1)
    assert "excluded in confnotes.toml; what came from it is withdrawn" in render_text(report)
    assert (client.get(address).status_code, check_base()) == (410, [])
    assert import_posts([path.parent]).excluded == ()
    import_posts([path])
    assert client.get(address).status_code == 302
    assert import_posts([path.parent]).excluded == (str(path),)
    hints.unlink()
    import_posts([other.parent])
    assert (client.get(address).status_code, check_base()) == (302, [])


def test_excluding_every_post_of_a_folder_withdraws_all(write):
    path = write("day-1.md", DAY_1)
    import_posts([path.parent])
    write("confnotes.toml", 'exclude = ["*"]\n')
    assert import_posts([path.parent]).excluded == (str(path),)


def test_an_excluded_post_does_not_stand_in_a_copys_way(write):
    path = write("day-1.md", DAY_1)
    import_posts([path.parent])
    ids = set(Takeaway.objects.values_list("public_id", flat=True))
    write("confnotes.toml", 'exclude = ["day-1.md"]\n')
    write("first-day.md", DAY_1)
    report = import_posts([path.parent])
    assert ([post.outcome for post in report.outcomes], report.excluded) == (["updated"], ())
    assert set(Takeaway.objects.filter(withdrawn=False).values_list("public_id", flat=True)) == ids


def test_posts_beside_an_excluded_one_are_read_as_anew(write):
    """What the folder says does not depend on what was imported from it before."""
    files = [write(f"2019/{name}.md", f"# {name} by Ann Lee\n\n* It is {name}\n") for name in ("Moss", "Stone")]
    out = write("2019/diary.md", "# GardenConf 2019\n\n## Sand – Bob Roy\n\n* It is dry\n")
    folder = out.parent.parent
    import_posts([folder])
    write("confnotes.toml", 'exclude = ["diary.md"]\n')

    def tell():
        rows = Post.objects.filter(withdrawn=False).order_by("path")
        return [(row.path, row.digest, str(row.conference)) for row in rows]

    import_posts([folder])
    old = tell()
    Post.objects.all().delete()
    import_posts([folder])
    assert [path for path, *_ in old] == sorted(map(str, files))
    assert tell() == old


def test_an_empty_folder_withdraws_no_posts(write):
    path = write("2019/day-1.md", DAY_1)
    import_posts([path.parent])
    path.unlink()
    assert import_posts([path.parent]).gone == ()
    assert Post.objects.get().withdrawn is False


def test_a_moved_post_is_not_withdrawn(write):
    path = write("day-1.md", DAY_1)
    import_posts([path.parent])
    ids = set(Takeaway.objects.values_list("public_id", flat=True))
    path.rename(path.with_name("first-day.md"))
    assert import_posts([path.parent], dry_run=True).gone == ()
    assert import_posts([path.parent]).gone == ()
    assert set(Takeaway.objects.values_list("public_id", flat=True)) == ids


def test_posts_are_recognised_after_their_files_were_renamed_and_edited(write):
    path = write("day-1.md", DAY_1)
    import_posts([path.parent])
    ids = set(Takeaway.objects.values_list("public_id", flat=True))
    path.unlink()
    write("first-day.md", DAY_1.replace("small ones", "tiny ones"))
    assert import_posts([path.parent]).gone == ()
    assert Post.objects.count() == 1
    assert set(Takeaway.objects.values_list("public_id", flat=True)) == ids
    assert check_base() == []


def test_short_posts_renamed_and_edited_are_recognised(write):
    short = "# Moss\n\n* shade\n* water\n* stones\n* cold\n"
    path = write("moss.md", short)
    other = write("soil.md", "# Soil\n\n* sand\n* water\n* stones\n* worms\n")
    import_posts([path.parent])
    before = dict(Post.objects.values_list("key", "pk"))
    path.unlink()
    other.unlink()
    write("about-moss.md", short.replace("cold", "frost"))
    write("clay.md", "# Clay\n\n* heavy\n* water\n* stones\n* worms\n")
    import_posts([path.parent])
    after = dict(Post.objects.values_list("key", "pk"))
    assert after["about-moss.md"] == before["moss.md"]
    assert after["clay.md"] not in before.values()
    assert check_base() == []


def test_an_event_that_its_last_post_left_is_deleted(write):
    path = write("day-1.md", DAY_1)
    import_posts([path])
    path.write_text(DAY_1.replace("series: Testing Days", "series: Checking Days"))
    import_posts([path])
    assert list(Series.objects.values_list("name", flat=True)) == ["Checking Days"]
    assert (Conference.objects.count(), Day.objects.count()) == (1, 1)
    assert check_base() == []


def test_series_with_aliases_stay_after_their_last_post_left(write):
    path = write("day-1.md", DAY_1)
    import_posts([path])
    Series.objects.update(aliases=["TD"])
    path.write_text(DAY_1.replace("series: Testing Days", "series: Checking Days"))
    import_posts([path])
    assert set(Series.objects.values_list("name", flat=True)) == {"Testing Days", "Checking Days"}
    assert Conference.objects.count() == 1


def test_importing_single_files_withdraws_no_other_posts(write):
    path, other = write("day-1.md", DAY_1), write("other.md", OTHER)
    import_posts([path.parent])
    path.unlink()
    assert import_posts([path.parent], only={str(other)}).gone == ()
    assert Post.objects.get(key="day-1.md").withdrawn is False
    assert import_posts([path.parent]).gone == (str(path),)


def test_talks_of_deleted_files_show_another_posts_title_and_speakers(write):
    post = OTHER.replace("title: Elsewhere 2020", "title: Elsewhere 2020\ndate: 2020-01-01")
    first = write("a.md", post.replace("Sailing with Eve Fox", "Sailing for all by Lisa Guo"))
    write(
        "b.md",
        post.replace("-01-01", "-02-01").replace("Sailing with Eve Fox", "Sailing for All by Lisa Guo and Ann Lee"),
    )

    def tell():
        talk = Talk.objects.get()
        return talk.title, list(talk.appearances.order_by("position").values_list("speaker__name", flat=True))

    import_posts([first.parent])
    assert tell() == ("Sailing for all", ["Lisa Guo"])
    text = first.read_text()
    first.unlink()
    import_posts([first.parent])
    assert (tell(), check_base()) == (("Sailing for All", ["Lisa Guo", "Ann Lee"]), [])
    first.write_text(text)
    import_posts([first.parent])
    assert (tell(), check_base()) == (("Sailing for all", ["Lisa Guo"]), [])
    first.unlink()
    import_posts([first.parent])
    undo_run(ImportRun.objects.latest("pk").pk)
    assert (tell(), check_base()) == (("Sailing for all", ["Lisa Guo"]), [])
