"""Images in the admin: a post lists its own, and edited takeaways still show them."""

import pytest
from django.urls import reverse

from talks.models import Media, PostMedia, Takeaway
from tests import builders as make
from tests.admin.rows import log_in, read_form

pytestmark = pytest.mark.django_db

DIGEST = "ab" * 32


@pytest.fixture
def post():
    """A post that shows one image, and once showed another."""
    post = make.make_post(key="2017/day-2.md")
    for path, digest, withdrawn in (("/2017/cat.png", DIGEST, False), ("/2017/<dog>.png", "cd" * 32, True)):
        media = Media.objects.create(digest=digest, format="png", size=2048)
        PostMedia.objects.create(post=post, media=media, path=path, alt="A <b>cat</b>", withdrawn=withdrawn)
    return post


def test_the_admin_page_of_a_post_lists_its_images(post):
    page = log_in(superuser=True).get(reverse("admin:talks_post_change", args=[post.pk])).content.decode()
    words = "2.0\N{NO-BREAK SPACE}KB: <bdi>A &lt;b&gt;cat&lt;/b&gt;</bdi>"
    assert f'<li><a href="/media/{DIGEST}.png"><bdi>/2017/cat.png</bdi></a>, {words}</li>' in page
    assert f"<bdi>/2017/&lt;dog&gt;.png</bdi></a>, {words} (withdrawn)</li>" in page


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("See ![a cat](cat.png)", f'See <img alt="a cat" loading="lazy" src="/media/{DIGEST}.png">'),
        ("See ![a cow](cow.png)", 'See <abbr title="An image that is not among the notes">a cow</abbr>'),
    ],
)
def test_an_edited_takeaway_shows_the_images_of_its_post(post, text, html):
    takeaway = make.make_takeaway(make.make_talk(post=post), "See", post=post)
    client, address = log_in(superuser=True), reverse("admin:talks_takeaway_change", args=[takeaway.pk])
    client.post(address, {**read_form(client, address), "text": text})
    assert Takeaway.objects.values_list("text", "html").get() == (text, html)
