"""Answers to programs: sitemaps, robots.txt, the search description, structured data."""

import json
import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.conf import settings

from talks.views import robots_and_sitemaps
from tests import builders as make
from tests.views.rows import make_base

pytestmark = pytest.mark.django_db

REQUIRED = {
    "WebSite": {"name", "url"},
    "Event": {"name", "url", "startDate"},
    "Person": {"name", "url"},
    "CreativeWork": {"name", "url", "author", "datePublished"},
}


def read_addresses(client, path):
    return [node.text for node in ElementTree.fromstring(client.get(path).content).iter() if node.tag.endswith("loc")]


def test_sitemaps_list_each_page_of_a_row_once(client):
    """Each talk, conference, series, speaker, tag, post and writer."""
    make_base()
    maps = read_addresses(client, "/sitemap.xml")
    assert maps == [f"{settings.SITE_URL}/sitemap-{kind}-1.xml" for kind in robots_and_sitemaps._KINDS]
    found = [address for path in maps for address in read_addresses(client, path.removeprefix(settings.SITE_URL))]
    assert len(found) == len(set(found)) == 3 + 2 + 2 + 2 + 3 + 2 + 2
    assert {client.get(address.removeprefix(settings.SITE_URL)).status_code for address in found} == {200}


def test_many_addresses_fill_several_sitemaps(client, monkeypatch):
    make_base()
    monkeypatch.setattr(robots_and_sitemaps, "ADDRESSES_A_SITEMAP", 2)
    assert len(read_addresses(client, "/sitemap-talks-1.xml")) == 2
    assert len(read_addresses(client, "/sitemap-talks-2.xml")) == 1
    absent = ["/sitemap-talks-3.xml", "/sitemap-talks-0.xml", "/sitemap-others-1.xml"]
    assert [client.get(path).status_code for path in absent] == [404, 404, 404]


def test_robots_txt_names_the_sitemap(client):
    assert client.get("/robots.txt").content.decode().split("\n")[-2] == f"Sitemap: {settings.SITE_URL}/sitemap.xml"


def test_browsers_get_a_search_description(client):
    root = ElementTree.fromstring(client.get("/opensearch.xml").content)
    assert root[-1].attrib["template"] == f"{settings.SITE_URL}/search/?q={{searchTerms}}"


def test_pages_have_the_structured_data_schema_org_requires(client):
    make_base()
    make.make_conference("KubeCon", 2019).days.update(date=date(2019, 5, 21))
    pages = {
        "/": "WebSite",
        "/conferences/qcon-london-2017/": "Event",
        "/conferences/kubecon-2019/": "Event",
        "/conferences/qcon-london-2017/day-2/": "Event",
        "/speakers/lisa-guo/": "Person",
        "/talks/qcon-london-2017/deliver-docker-container-continuously-in-aws/": "CreativeWork",
    }
    for path, kind in pages.items():
        [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', client.get(path).content.decode())
        data = json.loads(text)
        assert (data["@context"], data["@type"]) == ("https://schema.org", kind), path
        assert {name for name in REQUIRED[kind] if not data.get(name)} == set(), path


def test_markup_in_names_cannot_end_the_structured_data_element(client):
    post = make.make_post("Post", day=make.make_day(number=1))
    talk = make.make_talk("</script><script>alert(1)\u2028&", post=post)
    html = client.get(talk.get_absolute_url()).content.decode()
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert json.loads(text)["about"]["name"] == talk.title
    assert re.findall("[<>&\u2028]", text) == []
