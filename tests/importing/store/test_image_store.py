"""Images from the folder of the notes into the media store and onto pages."""

import errno
import os
from pathlib import Path

import pytest

from talks.backup import check_base, export_base
from talks.importing import Content, import_posts
from talks.importing.store import image_store
from talks.models import Media, Post, PostMedia, Takeaway
from tests.importing.conftest import dump
from tests.importing.image_files import SVG, make_png

pytestmark = pytest.mark.django_db

MISSING = '<abbr title="An image that is not among the notes">'
POST = """\
---
title: Notes from Testing Days 2019
confnotes: {series: Testing Days, year: 2019, talk_level: 2}
---
It began well. ![The hall](hall.png)

## Boxes on Ships with Ada Brown
* A box is a box ![a box](/img/box.png)

![The harbour at night](hall.png)

* No box is empty

## Herding Cats with Carl Dent
* A cluster repairs itself while you sleep
"""


@pytest.fixture
def store(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def notes(write, store) -> Path:
    """A folder with a post and two images beside it."""
    folder = write("a.md", POST).parent
    (folder / "img").mkdir()
    (folder / "img" / "box.png").write_bytes(make_png(1))
    (folder / "hall.png").write_bytes(make_png(2))
    return folder


def tell(report):
    (outcome,) = report.outcomes
    return outcome.outcome, [said["code"] for said in outcome.diagnostics]


def list_store(store):
    return sorted(str(path.relative_to(store)) for path in store.rglob("*") if path.is_file())


def find_url(path):
    return PostMedia.objects.get(path=path).media.get_absolute_url()


def read_html():
    return list(Takeaway.objects.filter(withdrawn=False).order_by("line").values_list("kind", "html"))


def test_imported_images_are_stored_and_shown(notes, store):
    assert tell(import_posts([notes])) == ("created", [])
    assert list(PostMedia.objects.values_list("path", "alt", "withdrawn")) == [
        ("/hall.png", "The hall", False),
        ("/img/box.png", "a box", False),
    ]
    assert list_store(store) == sorted(f"{m.digest[:2]}/{m.digest}.png" for m in Media.objects.all())
    assert {media.location.read_bytes() for media in Media.objects.all()} == {make_png(1), make_png(2)}
    assert {media.location.stat().st_mode & 0o777 for media in Media.objects.all()} == {0o644}
    box, hall = find_url("/img/box.png"), find_url("/hall.png")
    assert read_html()[0] == ("point", f'A box is a box <img alt="a box" loading="lazy" src="{box}">')
    figure = f'<figure><img alt="The harbour at night" loading="lazy" src="{hall}">'
    figure += "<figcaption>The harbour at night</figcaption>\n</figure>"
    assert read_html()[1] == ("image", figure)
    assert Post.objects.get().intro_html == f'<p>It began well. <img alt="The hall" loading="lazy" src="{hall}"></p>'
    assert check_base() == []


def test_a_second_run_stores_no_images(notes, store):
    import_posts([notes])
    before, files = dump(), [(path, path.stat().st_mtime_ns) for path in store.rglob("*")]
    assert tell(import_posts([notes])) == ("unchanged", [])
    assert (dump(), [(path, path.stat().st_mtime_ns) for path in store.rglob("*")]) == (before, files)


def test_a_dry_run_stores_no_images(notes, store):
    before = dump()
    assert tell(import_posts([notes], dry_run=True)) == ("created", [])
    assert (dump(), store.exists()) == (before, False)


def test_a_changed_image_of_an_unchanged_post_is_stored(notes, store):
    import_posts([notes])
    ids = set(Takeaway.objects.values_list("public_id", flat=True))
    (notes / "img" / "box.png").write_bytes(make_png(3))
    assert tell(import_posts([notes])) == ("updated", [])
    assert PostMedia.objects.get(path="/img/box.png").media.location.read_bytes() == make_png(3)
    assert find_url("/img/box.png") in read_html()[0][1]
    assert set(Takeaway.objects.values_list("public_id", flat=True)) == ids
    assert check_base() == []
    assert tell(import_posts([notes])) == ("unchanged", [])


def test_an_image_added_after_its_post_is_stored(notes):
    (notes / "hall.png").rename(notes / "later.png")
    assert tell(import_posts([notes])) == ("created", ["image-missing"])
    assert Post.objects.get().intro_html == f"<p>It began well. {MISSING}The hall</abbr></p>"
    (notes / "later.png").rename(notes / "hall.png")
    assert tell(import_posts([notes])) == ("updated", [])
    assert find_url("/hall.png") in Post.objects.get().intro_html
    assert check_base() == []


def test_a_stored_image_stays_after_its_file_is_deleted(notes):
    import_posts([notes])
    before = read_html()
    (notes / "hall.png").unlink()
    (notes / "a.md").write_text(POST + "* One more\n")
    assert tell(import_posts([notes])) == ("updated", ["image-missing"])
    assert (read_html()[:-1], PostMedia.objects.filter(withdrawn=True).count()) == (before, 0)
    assert check_base() == []


def test_an_image_that_its_post_no_longer_shows_is_withdrawn(notes):
    import_posts([notes])
    (notes / "a.md").write_text(POST.replace(" ![a box](/img/box.png)", ""))
    assert tell(import_posts([notes])) == ("updated", [])
    assert list(PostMedia.objects.filter(withdrawn=True).values_list("path", flat=True)) == ["/img/box.png"]
    assert check_base() == []
    (notes / "a.md").write_text(POST)
    import_posts([notes])
    assert PostMedia.objects.filter(withdrawn=True).count() == 0
    assert check_base() == []


def test_withdrawn_takeaways_show_the_changed_image_file_after_an_import(notes):
    import_posts([notes])
    (notes / "a.md").write_text(POST.replace("![The harbour at night](hall.png)\n", "Fog everywhere.\n"))
    (notes / "hall.png").write_bytes(make_png(4))
    import_posts([notes])
    assert find_url("/hall.png") in Takeaway.objects.get(withdrawn=True).html
    assert check_base() == []


def test_an_image_shown_only_in_an_editors_text_stays(notes):
    import_posts([notes])
    row = Takeaway.objects.get(text__contains="box.png")
    row.text = f"Mind: {row.text}"
    row.save()
    (notes / "a.md").write_text(POST.replace("A box is a box ![a box](/img/box.png)", "A box is a box is a box"))
    assert tell(import_posts([notes])) == ("updated", ["edited-here-and-in-post"])
    assert PostMedia.objects.filter(withdrawn=True).count() == 0
    assert find_url("/img/box.png") in Takeaway.objects.get(pk=row.pk).html
    assert check_base() == []


def test_equal_images_of_two_posts_are_stored_once(notes, write, store):
    write("b.md", POST.replace("2019", "2020").replace("hall.png", "b/hall.png"))
    (notes / "b").mkdir()
    (notes / "b" / "hall.png").write_bytes(make_png(2))
    import_posts([notes])
    assert (Media.objects.count(), PostMedia.objects.count(), len(list_store(store))) == (2, 4, 2)


def test_a_moved_post_with_images_keeps_its_permalinks(notes):
    import_posts([notes])
    ids = set(Takeaway.objects.values_list("public_id", flat=True))
    (notes / "2019").mkdir()
    (notes / "a.md").rename(notes / "2019" / "a.md")
    assert tell(import_posts([notes]))[0] == "updated"
    assert set(Takeaway.objects.filter(withdrawn=False).values_list("public_id", flat=True)) == ids
    assert (Post.objects.count(), check_base()) == (1, [])


def test_posts_from_standard_input_show_alternative_texts_for_images(store):
    report = import_posts([Content("a.md", POST.encode())])
    assert (tell(report), Media.objects.count()) == (("created", ["image-missing", "image-missing"]), 0)
    assert Post.objects.get().intro_html == f"<p>It began well. {MISSING}The hall</abbr></p>"


def test_an_svg_image_is_not_stored(notes, store):
    (notes / "hall.png").write_bytes(SVG)
    assert tell(import_posts([notes])) == ("created", ["image-format"])
    assert list(Media.objects.values_list("size", flat=True)) == [len(make_png(1))]


def test_strict_imports_store_no_image_of_a_refused_post(notes, store):
    (notes / "hall.png").unlink()
    assert tell(import_posts([notes], strict=True)) == ("refused", ["image-missing"])
    assert (Post.objects.count(), store.exists()) == (0, False)


def test_images_that_change_during_the_copy_wait_with_a_warning(notes, store, monkeypatch):
    copy = image_store._copy_image
    monkeypatch.setattr(image_store, "_copy_image", lambda image, to: copy(image, to) and "another")
    outcome, codes = tell(import_posts([notes]))
    assert (outcome, set(codes)) == ("created", {"image-not-read"})
    assert (Media.objects.count(), list_store(store)) == (0, [])
    monkeypatch.undo()
    assert tell(import_posts([notes])) == ("updated", [])
    assert Media.objects.count() == 2


def test_full_disks_stop_runs_and_leave_no_partial_file(notes, store, monkeypatch):
    def fail(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space left"):
        import_posts([notes])
    assert (Post.objects.count(), Media.objects.count(), list_store(store)) == (0, 0, [])


def test_the_export_lists_images_by_digest(notes):
    import_posts([notes])
    before = list(export_base())
    box = PostMedia.objects.select_related("media").get(path="/img/box.png")
    hall = PostMedia.objects.get(path="/hall.png").media.digest
    said = f'"media":[{{"alt":"The hall","given":false,"media":"{hall}","path":"/hall.png",'
    assert [line.count(said) for line in before if line.startswith('{"type":"post"')] == [1]
    assert sum(line.count(box.media.digest) for line in before) == 2  # the image, and where the post shows it
    import_posts([notes])
    assert list(export_base()) == before


def test_check_base_reports_missing_and_changed_images(notes):
    import_posts([notes])
    box, hall = (PostMedia.objects.get(path=path).media for path in ("/img/box.png", "/hall.png"))
    box.location.unlink()
    hall.location.write_bytes(make_png(9))
    assert sorted(check_base()) == sorted(
        [
            f"The image {box} cannot be read from the media store: No such file or directory.",
            f"The image {hall} is not the one that was imported.",
        ]
    )
