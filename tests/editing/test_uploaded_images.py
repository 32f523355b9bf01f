"""Images that an editor gives for a post: they are checked, stored, shown, kept by imports and exports, taken back."""

import pytest

from talks.backup import check_base, export_base, import_base, save_images
from talks.backup.exported_columns import KINDS
from talks.editing import (
    NotCorrectedError,
    add_corrections,
    find_images_of,
    give_images,
    list_doubts,
    list_missing_images,
    make_version,
    match_images,
    switch_correction,
)
from talks.importing import Content, import_posts
from talks.models import Correction, Media, Post, PostMedia, Takeaway
from talks.parsing import Act, make_anchor, read_anchor_lines
from talks.parsing import Correction as Said
from talks.write_back import write_back
from tests.importing.image_files import SVG, make_png

pytestmark = pytest.mark.django_db
TEXT = """---
title: Notes from Acme Conf 2019
---

## First Things by Ann Lee

* One ![a box](img/box.png) and ![b](b/box.png)
* Two ![the hall](</hall of fame.png>)
"""


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def bring_in(text=TEXT):
    [outcome] = import_posts([Content("2019/notes.md", text.encode())]).outcomes
    return outcome


def test_each_image_without_a_file_is_listed_with_its_lines():
    long = "x" * 300
    bring_in(
        f"{TEXT}\nA caption\n![a](c.png)\n\n* Again ![a](img/box.png) and <img src='d.svg'>\n"
        f"* ![]({long}1.png) ![]({long}2.png)\n"
    )
    found = [(image.src, image.lines, image.reason) for image in list_missing_images(Post.objects.get())]
    assert found == [
        ("img/box.png", (7, 13), "no file was found"),
        ("b/box.png", (7,), "no file was found"),
        ("/hall of fame.png", (8,), "no file was found"),
        ("c.png", (11,), "no file was found"),
        ("d.svg", (13,), "no file was found"),
        (f"{long}1.png", (14,), "no file was found"),
        (f"{long}2.png", (14,), "no file was found"),
    ]


def give(src="img/box.png", data=None, **more):
    post = Post.objects.get()
    how = {"made_by": "ann", "version": make_version(post)} | more
    return give_images(post, {src: data or make_png(1)}, **how)[0]


def find_shown():
    """Return the paths of the post's images whose stored files takeaways show."""
    found = PostMedia.objects.filter(withdrawn=False).select_related("media")
    html = " ".join(Takeaway.objects.filter(withdrawn=False).values_list("html", flat=True))
    return sorted(use.path for use in found if f'src="{use.media.get_absolute_url()}"' in html)


def list_addresses():
    return [image.src for image in list_missing_images(Post.objects.get())]


def test_missing_images_of_a_post_are_doubts_with_their_addresses():
    bring_in()
    assert list_addresses() == ["img/box.png", "b/box.png", "/hall of fame.png"]
    doubts = list_doubts("image")
    assert [src for _, src in find_images_of(doubts).values()] == list_addresses()


def test_an_image_an_editor_uploads_is_shown_and_settles_doubts():
    bring_in()
    assert str(give()) == "img/box.png is an image that an editor gave"
    assert (find_shown(), list_addresses()) == (["/2019/img/box.png"], ["b/box.png", "/hall of fame.png"])
    assert (len(list_doubts("image")), check_base()) == (2, [])
    give("/hall of fame.png", make_png(2))
    assert (find_shown(), list_addresses()) == (["/2019/img/box.png", "/hall of fame.png"], ["b/box.png"])


@pytest.mark.parametrize(
    "tag",
    [
        '{% image_custom image="img/box.png" width="50" lightbox %}',
        "{% include image.html src='img/box.png' %}",
        "{% responsive_images img/box.png %}",
        '{{< figure-wide src="img/box.png" >}}',
        "![a box](img/box.png)",
    ],
)
def test_images_right_below_captions_are_takeaways_and_may_be_missing(tag):
    bring_in(f"# Acme Conf 2019\n\n## First Things by Ann Lee\n\n*The box*\n{tag}\n")
    assert list_addresses() == ["img/box.png"]
    give()
    assert (find_shown(), list_addresses()) == (["/2019/img/box.png"], [])
    lines = read_anchor_lines(Post.objects.get().source)
    said = Said(Act.UNITS, make_anchor(lines, 5), make_anchor(lines, 6))
    add_corrections(Post.objects.get(), [said], made_by="ann", version=make_version(Post.objects.get()))
    kinds = list(Takeaway.objects.filter(withdrawn=False).order_by("position").values_list("kind", flat=True))
    assert (kinds, find_shown()) == (["paragraph", "image"], ["/2019/img/box.png"])


def test_an_image_an_editor_uploaded_stays_after_imports():
    bring_in()
    give()
    assert bring_in().outcome == "unchanged"
    assert bring_in(TEXT.replace("* Two", "* Two and more")).outcome == "updated"
    assert (find_shown(), list_addresses()) == (["/2019/img/box.png"], ["b/box.png", "/hall of fame.png"])
    assert check_base() == []


def test_images_editors_uploaded_are_preferred_to_files_found_later(tmp_path):
    (tmp_path / "notes.md").write_text(TEXT)
    import_posts([tmp_path / "notes.md"])
    give()
    (tmp_path / "img").mkdir()
    (tmp_path / "img" / "box.png").write_bytes(make_png(9))
    import_posts([tmp_path / "notes.md"])
    use = PostMedia.objects.get(path="/img/box.png")
    assert (use.media.location.read_bytes(), use.given) == (make_png(1), True)


def test_an_image_an_editor_uploaded_stays_after_write_back(tmp_path):
    (tmp_path / "notes.md").write_text(TEXT)
    import_posts([tmp_path / "notes.md"])
    give()
    Takeaway.objects.filter(text__startswith="Two").update(text="Three")
    write_back()
    assert "* Three" in (tmp_path / "notes.md").read_text()
    assert (find_shown(), check_base()) == (["/img/box.png"], [])


def test_taking_back_a_given_image_makes_it_missing_again():
    bring_in()
    row = give()
    switch_correction(row, active=False, version=make_version(Post.objects.get()))
    assert (find_shown(), len(list_doubts("image")), PostMedia.objects.count()) == ([], 3, 0)
    assert check_base() == []
    row.refresh_from_db()
    switch_correction(row, active=True, version=make_version(Post.objects.get()))
    assert (find_shown(), len(list_doubts("image")), check_base()) == (["/2019/img/box.png"], 2, [])


def test_images_editors_uploaded_that_posts_dropped_are_doubts():
    bring_in()
    give()
    bring_in(TEXT.replace("img/box.png", "img/other.png"))
    [doubt] = list_doubts("correction")
    assert doubt.text.startswith(
        "The correction that “img/box.png” is an image that an editor gave does not fit: the post shows no"
    )
    assert (find_shown(), check_base()) == ([], [])


@pytest.mark.parametrize(
    ("data", "said"),
    [(SVG, "is not shown, by its format"), (b"<b>no</b>", "is no image"), (make_png() * 99, "is larger than 1,000")],
)
def test_a_file_that_imports_would_refuse_is_refused(data, said, settings):
    settings.MEDIA_MAX_BYTES = 1000
    bring_in()
    with pytest.raises(NotCorrectedError, match=said):
        give(data=data)
    assert (Correction.objects.count(), Media.objects.count(), find_shown()) == (0, 0, [])


@pytest.mark.parametrize(("src", "version"), [("c.png", None), ("img/box.png", "other")])
def test_images_for_wrong_addresses_or_changed_posts_are_refused(src, version):
    """An address is wrong if no image is missing there."""
    bring_in()
    with pytest.raises(NotCorrectedError):
        give(src, **({"version": version} if version else {}))
    assert (Correction.objects.count(), PostMedia.objects.count()) == (0, 0)


def test_uploaded_images_are_exported_and_restored(tmp_path, settings):
    bring_in()
    give()
    lines = list(export_base())
    save_images(tmp_path / "saved")
    for kind in reversed(list(KINDS.values())):
        kind.model._base_manager.all().delete()
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    import_base((line.encode() for line in lines), media=tmp_path / "saved")
    assert (list(export_base()), find_shown(), check_base()) == (lines, ["/2019/img/box.png"], [])
    assert bring_in().outcome == "unchanged"


def test_an_image_whose_stored_file_is_lost_is_missing_again():
    bring_in()
    give()
    Media.objects.get().location.unlink()
    bring_in(TEXT.replace("* Two", "* Two and more"))
    assert list_addresses() == ["img/box.png", "b/box.png", "/hall of fame.png"]


def test_uploaded_files_are_matched_with_missing_images_by_name():
    bring_in()
    files = {"Hall of Fame.PNG": b"hall", "cat.png": b"cat"}
    missing = list_missing_images(Post.objects.get())
    assert match_images(missing, files) == ({"/hall of fame.png": b"hall"}, ["cat.png"])
