"""Zips of posts: what is read, and what makes the whole zip refused."""

import io
import stat
import zipfile

import pytest

from talks.importing.sources import Folders, sort_files, zip_files
from talks.importing.sources.finding import search_folders
from talks.importing.sources.zip_files import ZipError, read_zip


def make_zip(*entries, **options):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, **options) as made:
        for name, data in entries:
            made.writestr(name, data)
    return held.getvalue()


def make_link():
    info = zipfile.ZipInfo("link.md")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return make_zip((info, "/etc/hostname"))


def test_posts_in_a_zip_are_read_and_other_files_named():
    data = make_zip(("a/", ""), ("a/day-1.md", "# One"), ("a/pic.png", "x"), (".git/x.md", "y"), ("b.MD", "# Two"))
    files, others = read_zip(data)
    assert files == {"a/day-1.md": b"# One", "a/pic.png": b"x", "b.MD": b"# Two"}
    assert others == [".git/x.md"]
    assert [(post.name, post.data, post.beside) for post in sort_files(files).posts] == [
        ("a/day-1.md", b"# One", {"a/pic.png": b"x"}),
        ("b.MD", b"# Two", {"a/pic.png": b"x"}),
    ]


def test_a_zip_and_its_unpacked_folder_skip_the_same_files(tmp_path):
    files = {
        "moss/confnotes.toml": 'exclude = ["drafts"]\ninclude = ["LICENSE.md"]\n',
        "moss/LICENSE.md": "# Kept since included",
        "moss/drafts/day-3.md": "# Day 3",
        "moss/CONTRIBUTING.md": "# How to help",
        "moss/requirements.txt": "django==5",
        "moss/README.md": "# Moss\n\n* [Day 1](day-1.md)\n* [Day 2](day-2.md)\n* [Day 3](day-3.md)\n",
        "moss/day-1.md": "# Day 1\n\n## Moss by Ann Lee\n\n* One\n",
        "moss/day-2.md": "# Day 2\n\n## Ferns by Ann Lee\n\n* One\n",
        "template.md": "# A template",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    found = search_folders([tmp_path], Folders())
    kept, others = read_zip(make_zip(*files.items()))
    uploaded = sort_files(kept)
    assert {post.name for post in uploaded.posts} == {"moss/LICENSE.md", "moss/day-1.md", "moss/day-2.md"}
    assert [str(tmp_path / post.name) for post in uploaded.posts] == sorted(source.path for source in found.sources)
    assert sorted(str(tmp_path / name) for name in (*others, *uploaded.passed_over)) == [
        other.path for other in found.passed_over
    ]


@pytest.mark.parametrize("name", ["/etc/x.md", "../x.md", "a/../../x.md", "a\\x.md", "C:/x.md", "inner.zip"])
def test_zips_with_outside_paths_or_another_zip_are_refused(name):
    with pytest.raises(ZipError):
        read_zip(make_zip(("good.md", "# x"), (name, "x")))


def test_symbolic_links_in_zips_are_refused():
    with pytest.raises(ZipError, match="a link"):
        read_zip(make_link())


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_zips_with_names_alike_but_for_case_are_refused():
    with pytest.raises(ZipError, match="two entries"):
        read_zip(make_zip(("a.md", "x"), ("A.md", "y")))


def test_encrypted_zips_are_refused():
    data = bytearray(make_zip(("a.md", "x")))
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    with pytest.raises(ZipError, match="encrypted"):
        read_zip(bytes(data))


def test_zip_bombs_are_refused_while_unpacking():
    with pytest.raises(ZipError, match="too much"):
        read_zip(make_zip(("a.md", b"x" * (zip_files.MOST_ENTRY_BYTES + 1))))


def test_zip_entries_with_false_sizes_are_refused():
    data = bytearray(make_zip(("a.md", b"x" * 3_000_000)))
    place = data.index(b"PK\x01\x02")
    data[place + 24 : place + 28] = (10).to_bytes(4, "little")
    with pytest.raises(ZipError):
        read_zip(bytes(data))


def test_an_oversized_zip_is_refused(monkeypatch):
    monkeypatch.setattr(zip_files, "MOST_BYTES", 100)
    with pytest.raises(ZipError, match="too much"):
        read_zip(make_zip(("a.md", "x" * 60), ("b.md", "x" * 60)))


def test_zips_with_too_many_entries_are_refused():
    with pytest.raises(ZipError, match="more than 500"):
        read_zip(make_zip(*((f"{number}.md", "x") for number in range(501))))


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"no zip", make_zip(("a.md", "x" * 1000))[:-30]],
    ids=["empty", "only a head", "no zip", "cut off"],
)
def test_damaged_zips_are_refused(data):
    with pytest.raises(ZipError, match="damaged"):
        read_zip(data)
