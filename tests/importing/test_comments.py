"""Comments in posts never reach readers, on no page and by no search."""

import pytest
from django.test import Client

from talks import backup
from talks.importing import import_posts
from talks.models import Media, Post, Takeaway
from tests.importing.image_files import make_png
from tests.views.rows import log_in_staff

pytestmark = pytest.mark.django_db

SECRET = "zyxotron"
POST = """\
---
title: "GlassConf 2021 – Day 1" # zyxotron in YAML
tags: [glass]
---
<!-- zyxotron above all -->
What I heard. %%zyxotron in the intro%%

## Gardens of glass %%zyxotron in a title%% – Ann Lee <!-- zyxotron behind a name -->
* Glass is sand
* Ask Bob %%zyxotron in a point%% about sand
* <!-- zyxotron as a point -->
* It [breaks](https://example.org/breaks) %%[zyxotron](https://example.org/zyxotron) ![](zyxotron.png)%%

> Sand %%zyxotron in a quote%% is old

%%
zyxotron in a block

## A talk of zyxotron – Zyxotron Zed
%%

## Bridges of wood – Bob Roy
* Wood bends
<!--
zyxotron amid a list -->
* Wood burns

[//]: # (zyxotron as a definition)

See you next year. <!-- never closed: zyxotron
## Another talk of zyxotron – Zyxotron Zed
"""


@pytest.fixture
def post(tmp_path):
    (tmp_path / "confnotes.toml").touch()
    (tmp_path / "zyxotron.png").write_bytes(make_png())
    path = tmp_path / "day-1.md"
    path.write_text(POST, encoding="utf-8")
    import_posts([path])
    return Post.objects.get()


def follow_links(client: Client) -> dict[str, str]:
    """Return all pages that are linked, directly or not, from the home page, the feeds and the sitemap."""
    pages: dict[str, str] = {}
    waiting = ["/", "/posts/", "/references/", "/search/?q=glass", f"/search/?q={SECRET}", "/sitemap.xml"]
    while waiting:
        address = waiting.pop()
        if address in pages:
            continue
        answer = client.get(address)
        if address.endswith("/") and len(address) > 1:
            waiting += [f"{address[:-1]}.json", f"{address[:-1]}.md"]
        pages[address] = body = b"".join(answer).decode("utf-8", "replace")
        found = body.replace("http://testserver", "").split('href="/')[1:]
        waiting += [
            "/" + link.split('"')[0].replace("&amp;", "&").split("#")[0] for link in found if "static" not in link
        ]
    return pages


@pytest.mark.slow
@pytest.mark.any_database
def test_no_page_shows_a_comment(post, client):
    pages = follow_links(client)
    assert len(pages) > 12
    said = {address for address, body in pages.items() if SECRET in body.casefold().replace(f"q={SECRET}", "")}
    assert said <= {f"/search/?q={SECRET}"}


def test_only_the_source_column_contains_comments(post):
    assert [text for text in Takeaway.objects.values_list("text", flat=True) if SECRET in text] == []
    assert [name for name in ("intro", "outro", "intro_html", "outro_html") if SECRET in getattr(post, name)] == []
    assert SECRET in post.source
    assert Media.objects.count() == 0


def test_text_around_comments_is_parsed_as_without_comments(post):
    talks = {source.talk.title: source for source in post.sources.select_related("talk")}
    assert list(talks) == ["Gardens of glass", "Bridges of wood"]
    texts = [row.text for row in Takeaway.objects.filter(talk=talks["Gardens of glass"].talk).order_by("position")]
    assert texts == ["Glass is sand", "Ask Bob about sand", "It [breaks](https://example.org/breaks)", "Sand is old"]
    assert [row.text for row in talks["Bridges of wood"].talk.takeaways.order_by("position")] == [
        "Wood bends",
        "Wood burns",
    ]
    assert backup.check_base() == []


def test_staff_see_no_comment_on_the_page_of_a_post(post):
    staff = log_in_staff()
    assert SECRET not in staff.get(post.get_absolute_url()).content.decode()
