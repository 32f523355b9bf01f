"""Pages as JSON and Markdown: every kind, in the shape that docs/api.schema.json defines."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from jsonschema import Draft202012Validator

from talks.derived import refresh_search_text
from talks.formats import KINDS
from talks.models import Takeaway, Talk, TalkAddress
from tests import builders as make
from tests.views.rows import log_in_staff, make_base

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "docs" / "api.schema.json").read_text())
PAGES = {
    "home": "/index",
    "conferences": "/conferences",
    "conference": "/conferences/qcon-london-2017",
    "day": "/conferences/qcon-london-2017/day-2",
    "series_list": "/series",
    "series": "/series/qcon-london",
    "talks": "/talks",
    "talk": "/talks/qcon-london-2017/deliver-docker-container-continuously-in-aws",
    "posts": "/posts",
    "post": "/posts/takeaways-from-qcon-london-2017-day-2",
    "writers": "/writers",
    "writer": "/writers/toby-notemaker",
    "speakers": "/speakers",
    "speaker": "/speakers/lisa-guo",
    "tags": "/tags",
    "tag": "/tags/aws+docker",
    "references": "/references",
    "search": "/search",
}


def find_takeaway_page() -> str:
    return f"/t/{Takeaway.objects.get(text__startswith='Docker is not').public_id}"


def test_json_of_every_page_matches_the_documented_schema(client):
    make_base()
    pages = PAGES | {"takeaway": find_takeaway_page()}
    assert set(pages) == KINDS
    for kind, page in pages.items():
        response = client.get(f"{page}.json")
        assert (response.status_code, response["Content-Type"]) == (200, "application/json"), kind
        data = response.json()
        assert data["page_kind"] == kind
        validator = Draft202012Validator({**SCHEMA, "oneOf": [{"$ref": f"#/$defs/{kind}"}]})
        assert [error.message for error in validator.iter_errors(data)] == [], kind


def test_related_tags_of_a_tag_page_have_name_and_address(client):
    make_base()
    expected = [{"name": "AWS", "url": f"{settings.SITE_URL}/tags/aws/"}]
    assert client.get("/tags/docker.json").json()["related"] == expected
    assert f"- Related: [AWS]({settings.SITE_URL}/tags/aws/)\n" in client.get("/tags/docker.md").content.decode()


def test_a_talk_page_is_available_as_json(client):
    talk = make_base()
    data = client.get(f"{PAGES['talk']}.json").json()
    assert data["page_url"] == settings.SITE_URL + talk.get_absolute_url()
    assert [speaker["name"] for speaker in data["speakers"]] == ["Philipp Garbe"]
    assert (data["conference"]["series"], data["conference"]["year"], data["day"]["number"]) == ("QCon London", 2017, 2)
    [note] = data["notes"]
    assert note["post"]["writer"]["name"] == "Toby Notemaker"
    assert [(row["text"], [below["text"] for below in row["takeaways"]]) for row in note["takeaways"]] == [
        ("The state of the cluster is kept for you", []),
        ("There are two load balancers", ["One is newer"]),
        ("Docker is not the whole story", []),
    ]
    assert [row["title"] for row in data["references"]] == ["Deliver Docker Container Continuously in AWS"]


def test_a_talk_page_is_available_as_markdown(client):
    make_base()
    page = client.get(f"{PAGES['talk']}.md")
    ids = list(
        Takeaway.objects.filter(talk__slug__startswith="deliver").order_by("pk").values_list("public_id", flat=True)
    )
    links = [f"[#]({settings.SITE_URL}/t/{public_id}/)" for public_id in ids]
    assert page["Content-Type"] == "text/markdown; charset=utf-8"
    lines = page.content.decode().split("\n")
    assert lines[0] == "# Deliver Docker Container Continuously in AWS – QCon London 2017"
    first = lines.index("## Notes by Toby Notemaker")
    assert lines[first + 4 : first + 8] == [
        f"- The state of the cluster is kept for you {links[0]}",
        f"- There are two load balancers {links[1]}",
        f"  - One is newer {links[2]}",
        f"- Docker is not the whole story {links[3]}",
    ]


def test_json_and_markdown_of_talks_name_recording_and_slides(client):
    make_base()
    url = "https://example.org/recording_(1)"
    Talk.objects.filter(slug__startswith="deliver").update(video_url=url, slides_url="")
    data = client.get(f"{PAGES['talk']}.json").json()
    slides = data["references"][0]["url"]  # which the talk's page calls its slides
    assert (data["video_url"], data["slides_url"]) == (url, slides)
    lines = client.get(f"{PAGES['talk']}.md").content.decode().split("\n")
    told = [line for line in lines if line.startswith(("- Video", "- Slides"))]
    assert told == [f"- Video: <{url}>", f"- Slides: <{slides}>"]


def test_json_of_lists_contains_the_next_pages_address(client):
    day = make.make_day(number=1)
    for number in range(settings.PAGE_SIZE + 1):
        make.make_talk(f"Talk {number:02}", post=make.make_post(f"Post {number}", day=day))
    first = client.get("/talks.json?year=2017").json()
    assert (first["total"], first["page"], first["pages"], len(first["items"])) == (25, 1, 2, 24)
    assert first["next"] == f"{settings.SITE_URL}/talks.json?year=2017&page=2"
    second = client.get(first["next"].removeprefix(settings.SITE_URL)).json()
    assert (second["next"], len(second["items"])) == (None, 1)


def test_redirects_keep_the_requested_json_or_markdown_suffix(client):
    talk = make_base()
    make.make_tag("Kubernetes", aliases=["k8s"])
    TalkAddress.objects.create(talk=talk, conference_slug="old-place", slug="old-name")
    moved = client.get("/talks/old-place/old-name.json")
    crossed = client.get("/tags/docker+aws.md")
    assert (moved.status_code, moved["Location"]) == (301, f"{PAGES['talk']}.json")
    assert (crossed.status_code, crossed["Location"]) == (301, "/tags/aws+docker.md")


def test_other_sites_may_fetch_json_but_not_html(client):
    make_base()
    assert client.get("/talks.json")["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.get("/talks/")


def test_pages_link_to_their_json_and_markdown_with_filters(client):
    make_base()
    html = client.get("/talks/?year=2017").content.decode()
    assert f'<link rel="alternate" type="application/json" href="{settings.SITE_URL}/talks.json?year=2017">' in html
    assert f'<link rel="alternate" type="text/markdown" href="{settings.SITE_URL}/talks.md?year=2017">' in html


def test_markup_in_names_is_escaped_in_markdown(client):
    post = make.make_post("[x](javascript:alert(1)) <b>", day=make.make_day(number=1))
    make.make_talk("*Stars* <script>", post=post, takeaways=["One"])
    text = client.get("/talks.md").content.decode()
    assert r"[\*Stars\* \<script\>](" in text


def test_json_of_a_withdrawn_takeaway_is_404(client):
    talk = make_base()
    takeaway = make.make_takeaway(talk, "Gone", post=talk.sources.get().post, withdrawn=True)
    assert client.get(f"/t/{takeaway.public_id}.json").status_code == 404


def test_search_results_are_available_as_json(client):
    talk = make_base()
    data = client.get("/search.json?q=docker+cluster").json()
    assert (data["query"], data["talks"]["total"], data["next"]) == ("docker cluster", 1, None)
    [item] = data["talks"]["items"]
    assert (item["title"], item["missing"]) == (talk.title, [])
    takeaway = talk.takeaways.get(text__startswith="The state")
    assert item["excerpts"][0] == {
        "id": takeaway.public_id,
        "url": settings.SITE_URL + takeaway.get_absolute_url(),
        "text": "The state of the cluster is kept for you",
        "line": takeaway.line,
    }
    validator = Draft202012Validator({**SCHEMA, "oneOf": [{"$ref": "#/$defs/search"}]})
    for question in ("docker+cluster", "dokcer", "tag:dokcer", "lisa+guo", "nothing+of+this", ""):
        answer = client.get(f"/search.json?q={question}").json()
        assert [error.message for error in validator.iter_errors(answer)] == [], question


def test_search_results_are_available_as_markdown(client):
    talk = make_base()
    text = client.get("/search.md?q=docker+cluster").content.decode()
    takeaway = talk.takeaways.get(text__startswith="The state")
    assert text.split("\n")[0] == "# Search: docker cluster"
    assert f"  - The state of the cluster is kept for you [#]({settings.SITE_URL}/t/{takeaway.public_id}/)" in text
    assert (
        "- Not understood: There is no such tag: kubi." in client.get("/search.md?q=docker+tag:kubi").content.decode()
    )


def test_search_results_link_to_json_markdown_and_feed(client):
    make_base()
    html = client.get("/search/?q=docker").content.decode()
    assert f'href="{settings.SITE_URL}/search.json?q=docker"' in html
    assert (
        f'type="application/atom+xml" title="Search: docker" href="{settings.SITE_URL}/search/feed.atom?q=docker"'
        in html
    )


SECRET = "zyxotron"


def make_secrets() -> None:
    """Make a draft, a private post, a hidden talk and a hidden takeaway beside public notes, all with one word."""
    day = make.make_day(number=2)
    for visibility in ("draft", "private"):
        post = make.make_post(
            f"{SECRET} {visibility}", day=day, visibility=visibility, tags=[SECRET], writer=f"{SECRET} writer"
        )
        make.make_talk(f"{SECRET} {visibility}", post=post, speakers=[f"{SECRET} speaker"], takeaways=[SECRET])
    public = make.make_post("Public", day=day)
    make.make_talk(f"Hidden {SECRET}", post=public, takeaways=[SECRET], hidden=True)
    talk = make.make_talk("Shown", post=public, takeaways=["Plain"])
    Takeaway.objects.filter(pk=make.make_takeaway(talk, f"{SECRET} below", post=public).pk).update(hidden=True)
    refresh_search_text([talk.pk])


@pytest.mark.slow
def test_no_json_markdown_or_feed_shows_hidden_notes():
    make_base()
    make_secrets()
    client = log_in_staff()
    forms = [f"{page}.{suffix}" for page in PAGES.values() for suffix in ("json", "md")]
    forms += ["/search.json?q=shown+draft", "/search.md?q=plain"]
    feeds = [
        "/feed",
        "/tags/docker/feed",
        "/series/qcon-london/feed",
        "/speakers/lisa-guo/feed",
        "/writers/toby-notemaker/feed",
        "/search/feed",
    ]
    machines = ["/sitemap.xml", "/sitemap-talks-1.xml", "/sitemap-tags-1.xml", "/sitemap-posts-1.xml", "/llms.txt"]
    machines += [
        "/sitemap-speakers-1.xml",
        "/sitemap-writers-1.xml",
        "/talks/qcon-london-2017/shown.json",
        "/posts/public.md",
    ]
    for address in [*forms, *(f"{feed}.{suffix}" for feed in feeds for suffix in ("atom", "json")), *machines]:
        response = client.get(address)
        assert response.status_code == 200, address
        assert SECRET not in response.content.decode(), address
    asked = client.get(f"/search.json?q={SECRET}").json()
    assert (asked["talks"]["items"], asked["posts"], asked["direct"], asked["suggestion"]) == ([], [], [], None)
    assert client.get(f"/search/feed.json?q={SECRET}").json()["items"] == []
    hidden = ["/tags/zyxotron.json", "/speakers/zyxotron-speaker/feed.atom", "/writers/zyxotron-writer.md"]
    assert [client.get(address).status_code for address in hidden] == [404, 404, 404]


@pytest.mark.parametrize(
    ("text", "html", "told"),
    [
        ("See [it](b.md)", '<p>See <a href="/2019/b.md" rel="nofollow">it</a></p>', "See [it]({site}/2019/b.md)"),
        ("![A](i/h.png)", '<p><img src="/media/x.png" alt="A"></p>', "![A]({site}/media/x.png)"),
        ("![A](i/h.png) [b](b.md)", '<p>A <a href="/b.md">b</a></p>', "![A](i/h.png) [b](b.md)"),
        ("[a](https://a.example)", '<p><a href="https://a.example">a</a></p>', "[a](https://a.example)"),
    ],
)
def test_relative_links_of_takeaways_are_told_in_full(client, text, html, told):
    talk = make.make_talk("Moss", post=make.make_post("Moss", day=make.make_day()), takeaways=[text])
    talk.takeaways.update(html=html)
    page = client.get(f"{talk.get_absolute_url().rstrip('/')}.md").content.decode()
    assert f"- {told.format(site=settings.SITE_URL)} [#](" in page
