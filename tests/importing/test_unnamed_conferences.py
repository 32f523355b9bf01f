"""Posts without an event have an unnamed conference, which no list shows, until somebody names it."""

import pytest
from django.core.management import call_command

from talks.backup import check_base
from talks.importing import import_posts
from talks.models import Conference, EditorTouch, Post, Series, Takeaway, Talk, TalkAddress
from talks.write_back import write_back
from tests.admin.rows import log_in

pytestmark = pytest.mark.django_db

TUESDAY = "# Thoughts of a Tuesday\n\n## Growing Tomatoes with Una Verde\n* Water Docker early in the morning\n"
FRIDAY = TUESDAY.replace("Tuesday", "Friday").replace("early in the morning", "late in the evening")
NAMED = "---\nconference: GardenConf 2019\n---\n"


def see() -> tuple[set[int], set[str]]:
    talks = Talk.objects.filter(withdrawn=False)
    notes = Takeaway.objects.filter(withdrawn=False)
    return set(talks.values_list("pk", flat=True)), set(notes.values_list("public_id", flat=True))


def test_an_unnamed_conference_has_neither_series_nor_name(write):
    report = import_posts([write("a.md", TUESDAY)])
    conference = Conference.objects.get()
    assert (conference.series, conference.year, str(conference)) == (None, None, "no conference named")
    created = [report.totals[noun]["created"] for noun in ("conferences", "days", "talks")]
    assert (Series.objects.count(), created) == (0, [0, 0, 1])
    assert list(Conference.objects.visible()) == []
    assert check_base() == []


@pytest.mark.parametrize("now", ["", "date: 2024-05-06\nconference: GardenConf 2019", "date: 2024-01-02"])
def test_talks_that_left_a_post_stay_sound_when_it_changes(write, now):
    """They do so where the post gets another date, none, or an event."""
    beans = "\n## Growing Beans with Ann Lee\n* Give them poles\n"
    for front, text in (("date: 2024-05-06", TUESDAY + beans), ("date: 2024-05-06", TUESDAY), (now, TUESDAY)):
        import_posts([write("a.md", f"---\n{front}\n---\n{text}")])
        assert check_base() == []
    assert list(Talk.objects.order_by("title").values_list("withdrawn", flat=True)) == [True, False]


def test_talks_without_event_come_after_others_latest_first(write):
    import_posts([write("a.md", f"---\ndate: 2023-05-06\n---\n{TUESDAY}")])
    import_posts([write("b.md", "---\ndate: 2024-05-06\n---\n" + FRIDAY.replace("Tomatoes", "Beans"))])
    import_posts([write("c.md", FRIDAY.replace("Friday", "Monday").replace("Tomatoes", "Peas"))])
    import_posts([write("d.md", NAMED + FRIDAY.replace("Friday", "Sunday").replace("Tomatoes", "Figs"))])
    assert [talk.title for talk in Talk.objects.newest_first()] == [
        "Growing Figs",
        "Growing Beans",
        "Growing Tomatoes",
        "Growing Peas",
    ]


def test_two_posts_without_an_event_never_share_a_talk(write):
    paths = [write("a.md", TUESDAY), write("b.md", FRIDAY)]
    planned = import_posts(paths, dry_run=True)
    done = import_posts(paths)
    assert planned.totals == done.totals
    assert (Talk.objects.count(), Conference.objects.count()) == (2, 2)
    assert {post.outcome for post in import_posts(paths).outcomes} == {"unchanged"}


def test_pages_of_talks_without_event_say_no_conference_named(write, client):
    import_posts([write("a.md", TUESDAY)])
    talk, conference, post = Talk.objects.get(), Conference.objects.get(), Post.objects.get()
    assert client.get(f"/conferences/{conference.slug}/").headers["location"] == post.get_absolute_url()
    assert client.get(f"/conferences/{conference.slug}/day-2/").headers["location"] == post.get_absolute_url()
    for address in (talk.get_absolute_url(), post.get_absolute_url(), "/talks/", "/posts/"):
        page = client.get(address).text
        assert "no conference named" in page.lower(), address
        assert f"/conferences/{conference.slug}/" not in page
        assert 'href="/talks/?conference=none"' in page
    for address in ("/conferences/", "/series/"):
        assert "Tuesday" not in client.get(address).text
    assert (0, "conference") in [row[:2] for row in client.get("/").context["numbers"]]
    assert "Growing Tomatoes" in client.get("/tags/docker/").text


def test_lists_link_to_posts_of_talks_without_event(write, client):
    """Unless the titles of post and talk are equal."""
    import_posts([write("a.md", TUESDAY)])
    post = Post.objects.get()
    link = f'<a href="{post.get_absolute_url()}"><bdi>{post.title}</bdi></a>'
    pages = ["/tags/docker/", "/speakers/una-verde/", "/search/?q=tomatoes"]
    assert [(link in (page := client.get(address).text), "no conference" in page) for address in pages] == [
        (True, False)
    ] * 3
    assert "no conference" not in client.get("/").text
    Talk.objects.update(title=post.title)
    assert not [address for address in pages if link in client.get(address).text]
    Post.objects.update(visibility="draft")
    assert link not in client.get("/tags/docker/").text


def test_other_pages_with_talks_without_event_name_no_event(write, client, capsys):
    linked = TUESDAY + "* See [Growing Tomatoes](https://example.org/t)\n"
    import_posts([write("a.md", linked), write("b.md", NAMED + FRIDAY)])
    unnamed, named = (Talk.objects.get(conference__series__isnull=none) for none in (True, False))
    given = f'Also given at <a href="{unnamed.get_absolute_url()}">an event that is not named</a>'
    assert given in client.get(named.get_absolute_url()).text
    here = client.get(unnamed.get_absolute_url()).text.partition('<p class="here">')[2].partition("</p>")[0]
    assert ("Una Verde" in here, "no conference" in here) == (True, False)
    references = client.get("/references/").text
    assert f'<li><a href="{unnamed.get_absolute_url()}"><bdi>Growing Tomatoes</bdi></a></li>' in references
    call_command("search_notes", "tomatoes", "early")
    assert "Una Verde, Thoughts of a Tuesday\n" in capsys.readouterr().out
    takeaway = Takeaway.objects.filter(talk=unnamed).first()
    Takeaway.objects.filter(pk=takeaway.pk).update(withdrawn=True)
    gone = log_in("view_takeaway").get(takeaway.get_absolute_url())
    assert (gone.status_code, "Growing Tomatoes" in gone.text) == (410, True)
    assert not [page for page in (references, gone.text) if "no conference named" in page]


def test_the_list_says_no_talk_noted_but_omits_missing_events(write, client):
    import_posts([write("a.md", "# Thoughts of a Tuesday\n\nIt rained.\n")])
    page = client.get("/posts/").text
    assert ("no talk noted" in page, "no conference named" in page) == (True, False)


def test_talks_without_an_event_are_listed_by_post_date(write, client):
    dated = "---\ntitle: Thoughts of {0}\ndate: {0}\n---\n## Moss of {0} with Una Verde\n* Note {0}\n"
    dates = ["2018-05-05", "2020-01-01", "2019-03-03"]
    import_posts([write(f"{date}.md", dated.format(date)) for date in dates])
    import_posts([write("g.md", NAMED + TUESDAY)])
    page = client.get("/talks/?conference=none")
    assert [talk.title for talk in page.context["page"]] == [f"Moss of {date}" for date in sorted(dates, reverse=True)]
    assert "<time" not in page.text
    assert client.get("/talks/").context["page"][0].title == "Growing Tomatoes"


@pytest.mark.parametrize("first", [False, True])
def test_talks_and_permalinks_stay_when_posts_gain_or_lose_events(write, client, first):
    texts = [TUESDAY, NAMED + TUESDAY]
    before, after = texts[::-1] if first else texts
    import_posts([write("a.md", before)])
    rows, old = see(), Talk.objects.get().get_absolute_url()
    slug = Conference.objects.get().slug
    import_posts([write("a.md", after)])
    assert see() == rows
    talk = Talk.objects.select_related("conference__series").get()
    assert (str(talk.conference), Conference.objects.count()) == (
        "no conference named" if first else "GardenConf 2019", 1,
    )  # fmt: skip
    assert client.get(old).headers["location"] == talk.get_absolute_url()
    if not first:
        assert client.get(f"/conferences/{slug}/").headers["location"] == "/conferences/gardenconf-2019/"
    assert Series.objects.count() == int(not first)
    assert check_base() == []


def test_events_that_editors_gave_stay_when_posts_name_them_too(write):
    path = write("a.md", TUESDAY)
    import_posts([path])
    conference, rows = Conference.objects.get(), see()
    conference.series, conference.year = Series.objects.create(name="GardenConf"), 2019
    conference.save()
    EditorTouch.record([conference], "series")
    path.write_text(f"{TUESDAY}* One more\n")
    import_posts([path])
    assert str(Post.objects.get().conference) == "GardenConf 2019"
    path.write_text(f"{NAMED}{TUESDAY}* One more\n")
    import_posts([path])
    assert Conference.objects.get() == conference
    assert rows[0] == see()[0]


def test_edits_of_talks_without_event_are_written_back(write):
    path = write("a.md", TUESDAY)
    import_posts([path])
    note = Takeaway.objects.get()
    note.text = "Water Docker late"
    note.save()
    assert not write_back().refused
    assert "* Water Docker late\n" in path.read_text()
    assert {post.outcome for post in import_posts([path]).outcomes} == {"unchanged"}
    assert (Takeaway.objects.get().text, Conference.objects.count(), TalkAddress.objects.count()) == (note.text, 1, 0)
