import hashlib
from contextlib import closing

import pytest

from talks.models import Media, Post, PostMedia
from tests.builders import make_post
from tests.importing.image_files import make_png

pytestmark = pytest.mark.django_db

DATA = make_png()
DIGEST = hashlib.sha256(DATA).hexdigest()
URL = f"/media/{DIGEST}.png"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """An image that no post shows yet."""
    settings.MEDIA_ROOT = tmp_path
    media = Media.objects.create(digest=DIGEST, format="png", size=len(DATA))
    media.location.parent.mkdir(parents=True)
    media.location.write_bytes(DATA)
    return media


@pytest.fixture
def post(media) -> Post:
    """A public post that shows the image."""
    post = make_post()
    PostMedia.objects.create(post=post, media=media, path="/a.png")
    return post


def get(client, url=URL, **headers):
    response = client.get(url, headers=headers)
    return response.status_code, b"".join(response) if response.streaming else b""


def test_an_image_is_served_with_type_and_strict_security_policy(client, post):
    response = client.get(URL)
    assert b"".join(response) == DATA
    names = ["Content-Type", "Content-Length", "X-Content-Type-Options", "Content-Security-Policy", "ETag"]
    assert {name: response.headers[name] for name in names} == {
        "Content-Type": "image/png",
        "Content-Length": str(len(DATA)),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "ETag": f'"{DIGEST}"',
    }
    assert set(response.headers["Cache-Control"].split(", ")) == {"public", "max-age=31536000", "immutable"}
    assert (response.cookies, response.headers.get("Vary")) == ({}, None)


def test_a_cached_image_is_answered_with_304(client, post):
    response = client.get(URL, headers={"if-none-match": f'"{DIGEST}"'})
    assert (response.status_code, response.content) == (304, b"")
    assert get(client, **{"if-none-match": '"another"'}) == (200, DATA)


def test_image_addresses_allow_get_and_head_only(client, post):
    response = client.head(URL)
    assert (response.status_code, response.content, response.headers["Content-Length"]) == (200, b"", str(len(DATA)))
    assert client.post(URL).status_code == 405


def test_an_image_that_no_post_shows_is_404(client, admin_client):
    assert (get(client)[0], get(admin_client)[0]) == (404, 404)


@pytest.mark.parametrize("visibility", ["draft", "private"])
def test_images_of_drafts_are_served_to_staff_only(client, admin_client, post, visibility):
    Post.objects.update(visibility=visibility)
    assert (get(client)[0], get(admin_client)) == (404, (200, DATA))
    with closing(admin_client.get(URL)) as response:
        assert set(response.headers["Cache-Control"].split(", ")) == {"private", "no-store"}


def test_an_image_is_public_if_any_post_showing_it_is(client, post, media):
    PostMedia.objects.create(post=make_post("Draft", visibility="draft"), media=media, path="/a.png")
    assert get(client) == (200, DATA)


def test_images_withdrawn_or_of_withdrawn_posts_are_not_served(client, admin_client, post):
    PostMedia.objects.update(withdrawn=True)
    assert (get(client)[0], get(admin_client)[0]) == (404, 404)
    PostMedia.objects.update(withdrawn=False)
    Post.objects.update(withdrawn=True)
    assert (get(client)[0], get(admin_client)[0]) == (404, 404)


def test_a_missing_image_file_is_404(client, post, media):
    media.location.unlink()
    assert (get(client)[0], client.head(URL).status_code) == (404, 404)


@pytest.mark.parametrize(
    "url",
    [
        f"/media/{DIGEST}.gif",
        f"/media/{DIGEST}",
        f"/media/{'0' * 64}.png",
        f"/media/{DIGEST.upper()}.png",
        f"/media/{DIGEST[:2]}/{DIGEST}.png",
        f"/media/{DIGEST}.png/x",
        "/media/",
        "/media/../confnotes.sqlite3",
    ],
)
def test_unknown_image_addresses_are_404(client, post, url):
    assert get(client, url)[0] == 404
