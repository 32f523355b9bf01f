"""Feeds are well-formed, have stable ids, and contain the notes as clean HTML with full addresses."""

from datetime import date
from xml.etree import ElementTree

import pytest
from django.conf import settings

from talks.models import Series, Talk, TalkAddress
from tests import builders as make
from tests.views.rows import count_queries, make_base, make_many

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def read_entries(client, address):
    feed = ElementTree.fromstring(client.get(address).content)
    return feed, feed.findall("a:entry", ATOM)


def test_the_sites_feed_lists_talks_of_the_latest_posts_first(client):
    for number, day in ((1, 3), (2, 9), (3, 6)):
        post = make.make_post(f"Post {number}", day=make.make_day(number=number), published_on=date(2017, 3, day))
        make.make_talk(f"Talk {number}", post=post, takeaways=["One"])
    titles = [item["title"] for item in client.get("/feed.json").json()["items"]]
    assert titles == ["Talk 2 (QCon London 2017)", "Talk 3 (QCon London 2017)", "Talk 1 (QCon London 2017)"]


def test_a_feed_entry_is_a_talk_with_its_takeaways(client):
    talk = make_base()
    [entry] = client.get("/tags/aws/feed.json").json()["items"]
    assert entry["title"] == "Deliver Docker Container Continuously in AWS – Philipp Garbe (QCon London 2017)"
    assert entry["url"] == settings.SITE_URL + talk.get_absolute_url()
    assert (entry["authors"], entry["tags"]) == ([{"name": "Toby Notemaker"}], ["Docker"])
    assert entry["date_published"] == "2017-03-23T00:00:00+00:00"
    first = talk.takeaways.earliest("pk")
    assert entry["content_html"].startswith(
        f"<ul><li>The state of the cluster is kept for you "
        f'<a href="{settings.SITE_URL}{first.get_absolute_url()}">#</a></li>'
    )
    assert "<li>One is newer" in entry["content_html"].split("<li>There are two load balancers")[1]


def test_atom_and_json_feeds_have_the_same_entries(client):
    make_base()
    for path in ("/", "/tags/docker/", "/series/qcon-london/", "/speakers/lisa-guo/", "/writers/toby-notemaker/"):
        items = client.get(f"{path}feed.json").json()["items"]
        _, entries = read_entries(client, f"{path}feed.atom")
        assert [entry.findtext("a:id", "", ATOM) for entry in entries] == [item["id"] for item in items], path
        assert [entry.findtext("a:summary", "", ATOM) for entry in entries] == [item["content_html"] for item in items]


def test_a_search_feed_lists_latest_talks_with_all_words(client):
    make_base()
    feed = client.get("/search/feed.json?q=docker").json()
    assert feed["feed_url"] == f"{settings.SITE_URL}/search/feed.json?q=docker"
    assert feed["home_page_url"] == f"{settings.SITE_URL}/search/?q=docker"
    assert [item["url"] for item in feed["items"]] == [
        row["url"] for row in client.get("/search.json?q=docker&sort=newest").json()["talks"]["items"]
    ]
    _, entries = read_entries(client, "/search/feed.atom?q=docker")
    assert [entry.findtext("a:id", "", ATOM) for entry in entries] == [item["id"] for item in feed["items"]]
    assert client.get("/search/feed.json?q=docker+elephants").json()["items"] == []


def test_an_edited_or_moved_talk_keeps_its_entry_id(client):
    talk = make_base()
    before = client.get("/tags/aws/feed.json").json()["items"][0]["id"]
    TalkAddress.keep_current([talk.pk])
    Talk.objects.filter(pk=talk.pk).update(title="Another title", slug="another", day=make.make_day(number=3))
    assert client.get("/tags/aws/feed.json").json()["items"][0]["id"] == before


def test_feeds_drop_characters_that_xml_does_not_allow(client):
    post = make.make_post("Post", day=make.make_day(number=1))
    make.make_talk("Bells \x07 and ]]> ends", post=post, takeaways=["A ]]> \x0c <b>bold</b>"])
    _, [entry] = read_entries(client, "/feed.atom")
    assert entry.findtext("a:title", "", ATOM) == "Bells  and ]]> ends (QCon London 2017)"


def test_links_within_the_site_become_full_addresses_in_feeds(client):
    post = make.make_post("Post", day=make.make_day(number=1))
    make.make_talk("Talk", post=post, takeaways=["See [the other](/posts/other/)"])
    [item] = client.get("/feed.json").json()["items"]
    assert f'href="{settings.SITE_URL}/posts/other/"' in item["content_html"]


def test_feeds_of_two_tags_redirect_to_slugs_in_alphabetical_order(client):
    make_base()
    response = client.get("/tags/docker+aws/feed.atom")
    assert (response.status_code, response["Location"]) == (301, "/tags/aws+docker/feed.atom")


@pytest.mark.slow
@pytest.mark.any_database
@pytest.mark.parametrize("address", ["/feed.atom", "/tags/docker/feed.json", "/speakers/lisa-guo/feed.atom"])
def test_long_feeds_need_as_many_queries_as_short_ones(address):
    make_many(4)
    few = count_queries(address)
    make_many(12, after=4)
    assert count_queries(address) == few


def test_the_feed_of_a_merged_series_redirects(client):
    make_base()
    Series.objects.filter(slug="qcon-london").update(aliases=["Old QCon"])
    response = client.get("/series/old-qcon/feed.atom")
    assert (response.status_code, response["Location"]) == (301, "/series/qcon-london/feed.atom")
