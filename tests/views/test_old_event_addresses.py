"""Addresses of conferences and series whose posts went elsewhere lead to where these are now."""

import pytest

from talks.backup import check_base
from talks.editing import apply_correction, merge_series
from talks.importing import Content, import_posts
from talks.models import Conference, Post, PostAlias, Series
from talks.parsing import Act, Correction
from tests.admin.rows import log_in, read_errors, read_form

pytestmark = pytest.mark.django_db
POST = "---\ntitle: Report\nconference: {}\n---\nI went to an event, and it rained on both of the days.\n"
OLD = ("/conferences/qcon-2019/", "/series/qcon/")
NEW = ["/conferences/qcon-shanghai-2019/", "/series/qcon-shanghai/"]


def bring_in(event="QCon 2019", name="a.md"):
    text = POST.format(event) + f"So says {name}.\n"  # equal texts would be one post
    import_posts([Content(name, text.encode())])


def rename(series="QCon Shanghai", year="2019"):
    hint = Correction(Act.POST, post=(("series", series), ("year", year)))
    apply_correction(list(Post.objects.all()), hint, made_by="ann")


def follow(client, addresses=OLD):
    return [client.get(address).headers.get("location") for address in addresses]


def test_addresses_of_talkless_conferences_redirect_after_editors_rename_them(client):
    bring_in()
    assert [client.get(address).status_code for address in OLD] == [200, 200]
    rename()
    assert follow(client) == NEW
    assert [client.get(address).status_code for address in OLD] == [302, 302]  # a later post may come back to them
    assert client.get("/conferences/qcon-2019/day-1/").headers["location"] == NEW[0]
    assert check_base() == []


def test_the_feed_of_a_series_whose_posts_went_elsewhere_redirects(client):
    bring_in()
    rename()
    feed = client.get("/series/qcon/feed.atom")
    assert (feed.status_code, feed.headers["location"]) == (302, "/series/qcon-shanghai/feed.atom")


def test_feeds_of_series_whose_posts_name_no_event_are_404(client):
    bring_in()
    import_posts([Content("a.md", POST.replace("conference: {}\n", "").encode())])
    assert client.get("/series/qcon/").status_code == 302
    assert client.get("/series/qcon/feed.atom").status_code == 404


def test_addresses_of_talkless_conferences_redirect_after_posts_rename_them(client):
    bring_in()
    bring_in("QCon Shanghai 2019")
    bring_in("QCon Shanghai 2019")
    assert follow(client) == NEW
    bring_in("QCon Beijing 2019")
    assert follow(client, [*OLD, *NEW]) == ["/conferences/qcon-beijing-2019/", "/series/qcon-beijing/"] * 2


def test_addresses_of_unnamed_conferences_redirect_after_posts_name_events(client):
    import_posts([Content("a.md", POST.replace("conference: {}\n", "").encode())])
    slug = Conference.objects.get().slug
    bring_in()
    assert follow(client, [f"/conferences/{slug}/"]) == [OLD[0]]


def test_conference_addresses_redirect_to_posts_that_name_no_event_now(client):
    bring_in()
    import_posts([Content("a.md", POST.replace("conference: {}\n", "").encode())])
    assert follow(client) == [Post.objects.get().get_absolute_url()] * 2


def test_conference_addresses_redirect_to_where_their_last_posts_went(client):
    bring_in()
    bring_in(name="b.md")
    bring_in("QCon Beijing 2019", name="b.md")
    assert [client.get(address).status_code for address in OLD] == [200, 200]
    bring_in("QCon Shanghai 2019")
    assert follow(client) == NEW


def test_posts_that_leave_a_conference_together_store_its_address_once(client):
    bring_in()
    bring_in(name="b.md")
    rename()
    assert follow(client) == NEW
    assert PostAlias.objects.count() == 2


def test_addresses_of_talkless_conferences_redirect_after_series_merge(client):
    bring_in()
    bring_in("QCon Shanghai 2019", name="b.md")
    merge_series(Series.objects.get(name="QCon Shanghai"), [Series.objects.get(name="QCon")])
    assert follow(client) == NEW


def test_posts_with_former_conferences_addresses_can_be_saved():
    """In the admin."""
    bring_in()
    rename()
    client, page = log_in(superuser=True), f"/admin/talks/post/{Post.objects.get().pk}/change/"
    assert read_errors(client.post(page, read_form(client, page) | {"title": "Another"})) == []
    assert Post.objects.get().title == "Another"
