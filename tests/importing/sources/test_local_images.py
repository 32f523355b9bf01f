"""Which files are images of a post, and which are ignored."""

import base64
import os
import socket

import pytest

from talks.importing.sources import local_images
from talks.importing.sources.files import Content
from talks.importing.sources.finding import find_sources
from talks.importing.sources.local_images import Gallery, look_for_images
from tests.importing.image_files import GIF, JPEG, SVG, WEBP, make_png

MOST = 10_000


@pytest.fixture
def root(tmp_path):
    """The root of the notes, with a post in a folder of it."""
    root = tmp_path / "notes"
    (root / "2017").mkdir(parents=True)
    (root / "confnotes.toml").touch()
    (tmp_path / "secret.png").write_bytes(make_png())
    return root


def look(root, text, most=MOST):
    (root / "2017" / "a.md").write_text(text)
    (source,) = find_sources([root / "2017" / "a.md"])
    return look_for_images(source, text, most)


def put(root, name, data=None):
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(make_png() if data is None else data)


def list_files(gallery):
    return [str(image.file) for image in gallery.images]


def list_codes(gallery):
    return [(remark.severity.value, remark.code) for remark in gallery.remarks]


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("![[cat.png]]", "deep/in/the/vault/cat.png"),
        ("![[cat.png|300]]", "2017/cat.png"),
        ("![](cat.png)", "attachments/cat.png"),
        ("![a cat](my cat.png)", "2017/my cat.png"),
        ("![a cat|300](my%20cat.png)", "2017/my cat.png"),
        ("![](\u00fcber/cafe\u0301.png)", "2017/u\u0308ber/caf\u00e9.png"),
        ("![[u\u0308ber.png]]", "img/\u00fcber.png"),
    ],
)
def test_an_image_is_found_anywhere_below_the_root(root, text, file):
    put(root, file)
    assert list_files(look(root, text)) == [file]


def test_of_equally_named_images_the_nearest_to_root_wins(root):
    for file in ("a/b/cat.png", "z/cat.png", ".trash/cat.png", "node_modules/cat.png"):
        put(root, file)
    assert list_files(look(root, "![[cat.png]]")) == ["z/cat.png"]


@pytest.mark.parametrize(
    "text", ["%%![[cat.png]]%%", "<!-- ![](cat.png) -->", "`![[cat.png]]`", "```\n![[cat.png]]\n```"]
)
def test_images_in_comments_and_code_are_ignored(root, text):
    put(root, "2017/cat.png")
    gallery = look(root, text)
    assert (gallery.images, gallery.remarks) == ((), ())


def test_an_image_embedded_as_data_is_found_with_its_bytes(root):
    data = base64.b64encode(make_png()).decode()
    text = f"![][a] and ![b](data:image/png;base64,{data})\n\n[a]: <data:image/png;base64,{data}>\n"
    [image] = look(root, text).images
    assert (image.data, image.format, image.size) == (make_png(), "png", len(make_png()))
    assert list_codes(look(root, "![](data:image/png;base64,bm90IGEgcGljdHVyZQ==)")) == [("warning", "image-unknown")]


@pytest.mark.parametrize(
    ("link", "file"),
    [
        ("cat.png", "2017/cat.png"),
        ("./img/cat.png", "2017/img/cat.png"),
        ("../img/cat.png", "img/cat.png"),
        ("img/cat.png", "img/cat.png"),
        ("/img/cat.png", "img/cat.png"),
        ("/img/cat.png", "static/img/cat.png"),
        ("/a//b/./cat.png", "a/b/cat.png"),
        ("caf%C3%A9.png", "2017/café.png"),
        ("cat.png?width=600px#x", "2017/cat.png"),
        ("{{ site.url }}{{ site.baseurl }}/img/cat.png", "img/cat.png"),
        ("{static}/img/cat.png", "img/cat.png"),
    ],
)
def test_image_links_lead_to_files_beside_the_post_or_root(root, link, file):
    put(root, file)
    gallery = look(root, f"![a cat]({link})")
    assert (list_files(gallery), gallery.remarks) == ([file], ())
    assert [image.alt for image in gallery.images] == ["a cat"]


def test_images_are_looked_for_in_the_posts_folder_first(root):
    for name in ("2017/img/cat.png", "img/cat.png", "static/img/cat.png"):
        put(root, name)
    assert list_files(look(root, "![](img/cat.png) ![](/img/cat.png)")) == ["2017/img/cat.png", "img/cat.png"]


@pytest.mark.parametrize(
    ("data", "form"), [(make_png(), "png"), (JPEG, "jpeg"), (GIF, "gif"), (WEBP, "webp"), (GIF + SVG, "gif")]
)
def test_the_format_of_an_image_is_recognised_by_its_bytes(root, data, form):
    put(root, "2017/cat.txt", data)
    (image,) = look(root, "![](cat.txt)").images
    assert (image.format, image.size) == (form, len(data))


@pytest.mark.parametrize(
    ("data", "severity", "code"),
    [
        (SVG, "note", "image-format"),
        (b"<?xml version='1.0'?>" + SVG, "note", "image-format"),
        (b"\0\0\0\x20ftypavif", "note", "image-format"),
        (b"#!/bin/sh", "warning", "image-unknown"),
        (b"<script>alert(1)</script>" + make_png(), "warning", "image-unknown"),
        (b"", "warning", "image-unknown"),
        (make_png() + b"x" * MOST, "warning", "image-too-large"),
    ],
)
def test_files_too_large_or_of_other_formats_are_only_reported(root, data, severity, code):
    """Other formats are those that are no image or are not taken."""
    put(root, "2017/cat.png", data)
    gallery = look(root, "one\n\n![](cat.png)")
    assert (gallery.images, list_codes(gallery)) == ((), [(severity, code)])
    assert gallery.remarks[0].line == 3


def test_unfetched_git_lfs_images_are_reported_with_the_needed_command(root):
    put(root, "2017/cat.png", b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 7\n")
    (remark,) = look(root, "![](cat.png)").remarks
    assert (remark.code, remark.hint) == ("image-unknown", "Run `git lfs pull`, and import again.")


@pytest.mark.parametrize(
    "link",
    [
        "../../secret.png",
        "/../secret.png",
        "../../../../../../etc/passwd",
        "%2e%2e/%2e%2e/secret.png",
        "img/../../../secret.png",
        "nowhere.png",
        "a" * 300 + ".png",
        "cat.png/x.png",
        "/",
        "2017",
        "..",
    ],
)
def test_images_missing_or_outside_the_root_are_not_read(root, link):
    put(root, "2017/cat.png")
    gallery = look(root, f"![]({link})")
    assert (gallery.images, list_codes(gallery)) in (
        ((), [("warning", "image-missing")]),
        ((), [("warning", "image-not-read")]),
    )


def test_images_that_are_symbolic_links_or_pipes_are_not_read(root):
    os.symlink("../../secret.png", root / "2017" / "out.png")
    os.symlink(root.parent, root / "2017" / "up")
    os.symlink("loop.png", root / "2017" / "loop.png")
    os.mkfifo(root / "2017" / "pipe.png")
    put(root, "img/cat.png")
    os.symlink("../img", root / "2017" / "inside")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(root / "2017" / "s.png"))
        gallery = look(
            root, "![](out.png) ![](up/secret.png) ![](loop.png) ![](pipe.png) ![](inside/cat.png) ![](s.png)"
        )
    assert gallery.images == ()
    assert list_codes(gallery) == [("warning", "image-not-read")] * 6


@pytest.mark.parametrize(
    "text",
    [
        "![](https://example.org/cat.png) ![](//example.org/cat.png) ![](data:text/plain,AA) ![](file:///cat.png)",
        "[no image](cat.png)",
        "`![](cat.png)`",
        "```\n![](cat.png)\n```",
        "![](cat.png",
        "![](%00cat.png)",
        "",
    ],
)
def test_remote_invalid_or_quoted_image_links_give_no_local_images(root, text):
    put(root, "2017/cat.png")
    gallery = look(root, text)
    assert (gallery.images, gallery.remarks) == ((), ())


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("![cat](https://example.org/cat.png) [![cat](HTTP://example.org/cat.png)](https://example.org)", 0),
        ("![cat](https://example.org/cat.png) ![](no.png)", 1),
        ("![outer ![cat](https://example.org/cat.png)](no.png)", 1),
    ],
)
def test_posts_with_only_remote_images_are_not_searched_for_others(root, monkeypatch, text, readings):
    read = []
    lines = local_images.read_markdown_lines
    monkeypatch.setattr(local_images, "read_markdown_lines", lambda text: read.append(text) or lines(text))
    look(root, text)
    assert len(read) == readings


def test_each_image_of_a_post_is_found_or_reported_once(root):
    """With its first line."""
    put(root, "2017/cat.png")
    gallery = look(root, "![one](cat.png)\r\n\r\n![two](cat.png)\r\n![](no.png)\r\n![](no.png)")
    assert [image.alt for image in gallery.images] == ["one"]
    assert [remark.line for remark in gallery.remarks] == [4]


def test_posts_without_a_file_read_no_image_from_the_disk():
    (source,) = find_sources([Content("2017/a.md", b"![](/etc/passwd)")])
    gallery = look_for_images(source, "![](/etc/passwd)", MOST)
    assert (gallery.images, list_codes(gallery)) == ((), [("warning", "image-missing")])
    assert look_for_images(source, "![](/etc/passwd)", MOST, stored={"/etc/passwd"}) == Gallery()


def test_images_beyond_the_greatest_number_are_refused(root, monkeypatch):
    monkeypatch.setattr(local_images, "MOST_IMAGES", 2)
    for name in "abcd":
        put(root, f"2017/{name}.png")
    gallery = look(root, "![](a.png) ![](b.png) ![](c.png) ![](d.png)")
    assert (list_files(gallery), list_codes(gallery)) == (
        ["2017/a.png", "2017/b.png"],
        [("warning", "too-many-images")],
    )
