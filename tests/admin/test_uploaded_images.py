"""The page of a post's images and the list of doubts, in which an editor gives missing images."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from talks.importing import Content, import_posts
from talks.models import Correction, Post, PostMedia
from talks.parsing import Act
from tests.admin.rows import count_queries, log_in, read_history
from tests.editing.test_uploaded_images import TEXT, list_addresses
from tests.importing.image_files import make_png

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
INBOX = "/admin/talks/post/doubts/"


@pytest.fixture(name="address")
def _address(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    import_posts([Content("2019/notes.md", TEXT.encode())])
    return reverse("admin:talks_post_images", args=[Post.objects.get().pk])


@pytest.fixture(name="client")
def _client():
    return log_in("view_post", "change_post")


def make_file(name="a.png", data=None):
    return SimpleUploadedFile(name, make_png() if data is None else data)


def test_missing_images_can_be_added_in_the_list_of_doubts(client, address):
    assert client.get(INBOX).content.count(b'type="file"') == 3
    back = f"{INBOX}?kind=image"
    answer = client.post(address, {"address": "img/box.png", "images": make_file(), "back": back})
    assert (answer.status_code, answer["Location"]) == (302, back)
    assert client.get(back).content.count(b'type="file"') == 2
    assert read_history(Post.objects.get()) == ["Gave 1 image: img/box.png."]


def test_several_uploaded_images_are_matched_by_file_name(client, address):
    files = [make_file("BOX.png"), make_file("hall of fame.png"), make_file("<b>cat.png")]
    answer = client.post(address, {"images": files}, follow=True)
    assert list_addresses() == []
    assert PostMedia.objects.filter(given=True).count() == 3  # two addresses end in box.png
    told = [str(message) for message in answer.context["messages"]]
    assert told[1] == "Called like no missing image: <b>cat.png"
    assert b"<b>cat" not in answer.content


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"address": "img/box.png"},
        {"address": "img/box.png", "images": make_file(data=b"")},
        {"address": "img/box.png", "images": make_file(data=b"<svg>")},
        {"address": "other.png", "images": make_file()},
        {"address": "img/box.png\0", "images": make_file()},
        {"images": make_file("../../etc/passwd")},
        {"address": "img/box.png", "images": make_file(), "version": "old"},
    ],
)
def test_invalid_uploads_of_missing_images_are_refused_with_an_error(client, address, sent):
    for file in (sent[name] for name in sent if name == "images"):
        file.seek(0)
    answer = client.post(address, sent)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert (Correction.objects.count(), PostMedia.objects.count()) == (0, 0)


def test_refusals_of_images_are_told_in_the_list_of_doubts(client, address):
    sent = {"address": "img/box.png", "images": make_file(data=b"<svg>"), "back": INBOX}
    told = [str(message) for message in client.post(address, sent, follow=True).context["messages"]]
    assert told == [
        "The image img/box.png is not shown, by its format. PNG, JPEG, GIF and WebP are taken in.",
    ]


def test_an_oversized_request_is_refused_before_it_is_read(client, address):
    assert client.post(address, {"images": make_file()}, CONTENT_LENGTH="30000000").status_code == 413


def test_an_added_image_is_listed_and_can_be_removed_again(client, address):
    client.post(address, {"address": "img/box.png", "images": make_file()})
    assert Correction.objects.get().act == Act.IMAGE.value
    assert b"given here" in client.get(address).content
    reading = reverse("admin:talks_post_reading", args=[Post.objects.get().pk])
    shown = client.get(reading)
    assert b"img/box.png is an image that an editor gave" in shown.content
    assert b"Add 2 missing images" in shown.content
    client.post(f"{reading}1/", {"version": shown.context["version"]})
    assert (PostMedia.objects.count(), len(list_addresses())) == (0, 3)


def test_more_missing_images_need_no_more_queries(client, address):
    import_posts([Content("one.md", b"# A\n\n![](a.png)")])
    counts = {count_queries(client, f"{INBOX}?kind=image")}
    import_posts([Content(f"{n}.md", f"# A{n}\n\nText {n}\n\n![](a{n}.png)".encode()) for n in range(20)])
    counts.add(count_queries(client, f"{INBOX}?kind=image"))
    assert len(counts) == 1
