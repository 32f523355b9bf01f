import re
from html import unescape

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from tests import builders as make
from tests.views.rows import count_queries, log_in_staff, make_base, make_many

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

LISTS = [
    "/", "/talks/", "/conferences/", "/series/", "/speakers/", "/tags/", "/references/", "/posts/", "/writers/",
]  # fmt: skip
SINGLES = [
    "/conferences/qcon-london-2017/",
    "/conferences/qcon-london-2017/day-2/",
    "/conferences/kubecon-2019/",
    "/series/qcon-london/",
    "/talks/qcon-london-2017/deliver-docker-container-continuously-in-aws/",
    "/posts/takeaways-from-qcon-london-2017-day-2/",
    "/writers/toby-notemaker/",
    "/speakers/lisa-guo/",
    "/tags/docker/",
    "/tags/aws+docker/",
    "/search/",
    "/search/?q=docker",
]
MANY = [
    *LISTS,
    "/speakers/?order=count",
    "/tags/?order=count&letter=t",
    "/talks/?tag=docker&series=qcon-london&year=2017",
    "/posts/?series=qcon-london",
    "/conferences/qcon-london-2017/",
    "/conferences/qcon-london-2017/day-1/",
    "/series/qcon-london/",
    "/talks/qcon-london-2017/talk-00/",
    "/posts/post-00/",
    "/speakers/lisa-guo/",
    "/writers/writer-00/",
    "/tags/docker/",
    "/tags/docker+tag-00/",
    "/search/?q=docker",
]


def test_every_page_has_title_canonical_url_and_navigation(client):
    make_base()
    for address in LISTS + SINGLES:
        response = client.get(address)
        html = response.content.decode()
        assert response.status_code == 200, address
        assert re.findall(r"<title>(.+?)</title>", html), address
        assert re.findall(r'<meta name="description" content="(.+?)">', html), address
        canonical = re.findall(r'<link rel="canonical" href="(.*?)">', html)
        assert [unescape(link) for link in canonical] == [settings.SITE_URL + address], address
        assert html.count("<h1") == 1, address
        assert '<html lang="en-GB">' in html
        assert html.count('action="/search/"') == 1, address


def test_no_page_has_inline_styles_scripts_or_foreign_files(client):
    make_base()
    for address in LISTS + SINGLES:
        html = client.get(address).content.decode()
        html = re.sub(r'<script type="application/ld\+json">[^<]*</script>', "", html)  # data, which no browser runs
        assert (
            re.findall(r"<script(?! src=\"/static/[^\"]+\" defer></script>)|<style|\sstyle=|\son\w+=|javascript:", html)
            == []
        ), address
        external = re.findall(r'(?:src|<link[^>]*href)="(https?://[^"]*)"', html.replace(settings.SITE_URL, ""))
        assert external == [], address


def test_every_list_page_opens_without_rows(client):
    assert {address: client.get(address).status_code for address in LISTS} == dict.fromkeys(LISTS, 200)


def test_public_pages_set_no_cookie_and_vary_by_cookie(client):
    make_base()
    for address in LISTS + SINGLES:
        response = client.get(address)
        assert response.cookies == {}
        assert response["Vary"] == "Cookie"
        assert "Cache-Control" not in response


def test_pages_for_staff_are_not_cached_by_proxies():
    make_base()
    assert log_in_staff().get("/")["Cache-Control"] == "private, no-store"


def test_a_stale_session_cookie_causes_no_error(client):
    client.cookies["sessionid"] = "nobody-has-this-one"
    assert client.get("/talks/").status_code == 200


def test_an_unchanged_page_is_answered_with_304(client):
    make_base()
    for address in LISTS + SINGLES:
        tag = client.get(address)["ETag"]
        assert client.get(address, headers={"if-none-match": tag}).status_code == 304, address


def test_head_requests_answer_like_get_without_the_body(client):
    make_base()
    for address in LISTS + SINGLES:
        assert (client.head(address).status_code, client.head(address).content) == (200, b""), address


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_public_pages_refuse_requests_other_than_get_and_head(client, method):
    make_base()
    for address in [*LISTS, *SINGLES, "/nowhere", "/robots.txt", "/favicon.ico", "/t/0000000000/"]:
        assert getattr(client, method)(address).status_code == 405, address


def test_pages_ignore_unknown_parameters(client):
    make_base()
    plain = client.get("/talks/").content
    assert client.get("/talks/?utm_source=x&next=//evil.example&series=&year=").content == plain
    assert client.get("/talks/", headers={"x-forwarded-host": "evil.example"}).content == plain


def test_an_invalid_page_number_shows_the_nearest_page(client):
    with make.derive_once():
        for number in range(30):
            make.make_talk(f"Talk {number:02}")
    pages = ["0", "-1", "abc", "9e999", "", "1.5", "１", "²", "\x00", "--1", "1" * 5000]
    numbers = {page: client.get("/talks/", {"page": page}).context["page"].number for page in pages}
    assert numbers == dict.fromkeys(pages, 1) | {"1" * 5000: 2}


def test_a_page_number_beyond_the_end_shows_the_last_page(client):
    with make.derive_once():
        for number in range(30):
            make.make_talk(f"Talk {number:02}")
    response = client.get("/talks/?page=7")
    assert response.context["page"].number == 2
    assert f'href="{settings.SITE_URL}/talks/?page=2"' in response.content.decode()


def test_links_to_other_pages_of_a_list_keep_its_filters(client):
    with make.derive_once():
        for number in range(60):
            make.make_talk(f"Talk {number:02}")
    html = client.get("/talks/?series=qcon-london&page=2&utm=1").content.decode()
    pager = html.partition('<nav class="pager"')[2].partition("</nav>")[0]
    assert [unescape(link) for link in re.findall(r'href="(.*?)"', pager)] == [
        "?series=qcon-london&page=1",
        "?series=qcon-london&page=1",
        "?series=qcon-london&page=3",
        "?series=qcon-london&page=3",
    ]


def count_all() -> dict[str, int]:
    """Count the queries of each page, after a search has loaded the changed documents of the index."""
    Client().get("/search/?q=docker")
    return {address: count_queries(address) for address in MANY}


@pytest.mark.slow
def test_lists_need_as_many_queries_for_fifty_rows_as_ten():
    make_many(10)
    few = count_all()
    make_many(50, after=10)
    assert count_all() == few
    most = {address: 25 if "/search/" in address else 15 for address in few}  # a question looks in all kinds of names
    assert {address: count for address, count in few.items() if count > most[address]} == {}


def test_markup_in_texts_is_escaped_on_every_page(client):
    hostile = "<script>alert(1)</script>{{7*7}} %s &lt;b&gt; \"x\" 'y'"
    post = make.make_post(hostile, writer=hostile, key="x.md", tags=[hostile])
    talk = make.make_talk(hostile, post=post, speakers=[hostile], tags=[hostile], takeaways=[hostile])
    make.make_citation(talk, "https://example.org/", title=hostile)
    tag = talk.tagged.get().tag
    for address in [
        *LISTS,
        talk.get_absolute_url(),
        post.get_absolute_url(),
        tag.get_absolute_url(),
        talk.speakers.get().get_absolute_url(),
        post.writer.get_absolute_url(),
        talk.day.get_absolute_url(),
        "/search/?q=%3Cscript%3Ealert(1)%3C/script%3E",
        "/%3Cscript%3Ealert(1)%3C/script%3E",
    ]:
        html = Client().get(address).content.decode()
        assert "<script>" not in html, address
    html = client.get(talk.get_absolute_url()).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}} %s &amp;lt;b&amp;gt;" in html


def test_pages_shared_on_social_media_have_a_picture(client):
    make_base()
    html = client.get("/talks/").content.decode()
    [image] = re.findall(r'<meta property="og:image" content="(.*?)">', html)
    assert image == f"{settings.SITE_URL}/static/share.png"
    assert finders.find("share.png")
