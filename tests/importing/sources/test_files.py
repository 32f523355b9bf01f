import os
import socket
from pathlib import Path

import pytest

from talks.importing.sources import files
from talks.importing.sources.files import Content, NotFoundError, read_source
from talks.importing.sources.finding import find_sources
from talks.parsing import Severity

MOST = 1_000


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "notes").mkdir()
    return tmp_path / "notes"


def fill(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)


def list_keys(*given: str | Path) -> list[str]:
    return [source.key for source in find_sources(given)]


def tell_faults(*given: str | Path) -> dict[str, str | None]:
    """Return the fault of each source, by the last part of its path."""
    return {Path(s.path).name: s.fault.code if s.fault else None for s in find_sources(given)}


def test_the_posts_in_a_folder_are_found_sorted_by_key(folder):
    fill(folder, "b.md", "a.markdown", "2017/c.MD", "image.png", "d.mdx", "e.qmd", "f.adoc")
    assert list_keys(folder) == ["2017/c.MD", "a.markdown", "b.md", "d.mdx", "e.qmd"]


def test_hidden_files_and_folders_of_programs_are_passed_over(folder):
    fill(folder, ".hidden/a.md", "node_modules/b.md", "._c.md", "x/node_modules/d.md", "e.md")
    assert list_keys(folder) == ["e.md"]


def test_a_txt_file_is_found(folder):
    fill(folder, "notes.txt")
    assert list_keys(folder / "notes.txt") == list_keys(folder) == ["notes.txt"]


def test_a_file_given_twice_is_found_once(folder):
    fill(folder, "a.md")
    assert list_keys(folder, folder / "a.md", f"{folder}/../notes") == ["a.md"]


def test_the_order_of_given_paths_does_not_matter(folder):
    fill(folder, "a.md", "b.md", "c.md")
    paths = [folder / "a.md", folder / "b.md", folder / "c.md"]
    assert find_sources(paths) == find_sources(paths[::-1])


def test_a_given_path_that_does_not_exist_is_an_error(folder):
    with pytest.raises(NotFoundError, match=r"There is no file or folder .*nowhere\."):
        find_sources([folder, folder / "nowhere"])


@pytest.mark.parametrize(
    ("marker", "key"),
    [
        ("confnotes.toml", "notes/2017/a.md"),
        (".git/HEAD", "notes/2017/a.md"),
        ("notes/confnotes.toml", "2017/a.md"),
        ("notes/2017/confnotes.toml", "a.md"),
        ("elsewhere/confnotes.toml", "2017/a.md"),
    ],
)
def test_keys_of_posts_are_relative_to_the_nearest_marked_folder(folder, marker, key):
    fill(folder, "2017/a.md")
    fill(folder.parent, marker)
    assert list_keys(folder) == [key]


def test_unmarked_folders_make_keys_relative_to_the_given_folder(folder):
    fill(folder, "2017/a.md")
    assert list_keys(folder) == ["2017/a.md"]
    assert list_keys(folder / "2017") == ["a.md"]
    assert list_keys(folder / "2017" / "a.md") == ["a.md"]


def test_the_key_of_index_files_is_their_folders_path(folder):
    fill(folder, "2017/day-2/index.md", "index.md")
    (folder / "index.md").write_text("* a\n* b\n* c\n")
    assert list_keys(folder) == ["2017/day-2", "notes"]


def test_paths_are_reported_as_given(folder, monkeypatch):
    fill(folder, "2017/a.md")
    monkeypatch.chdir(folder)
    (source,) = find_sources(["."])
    assert (source.path, source.place) == ("2017/a.md", str(folder / "2017/a.md"))


def test_a_post_from_standard_input_has_the_given_name():
    (source,) = find_sources([Content("2017/day-2.md", b"text")])
    assert (source.path, source.key, read_source(source, MOST)) == ("2017/day-2.md", "2017/day-2.md", b"text")


def test_irregular_files_are_reported_and_skipped(folder):
    fill(folder, "real.md", "folder.md/inside.md")
    os.mkfifo(folder / "pipe.md")
    os.symlink("nowhere", folder / "dangling.md")
    os.symlink("loop.md", folder / "loop.md")
    os.symlink("real.md", folder / "link.md")
    os.symlink("..", folder / "up")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "socket.md"))
        assert tell_faults(folder) == {
            "real.md": None,
            "inside.md": None,
            "folder.md": "not-a-file",
            "pipe.md": "not-a-file",
            "socket.md": "not-a-file",
            "dangling.md": "symlink",
            "loop.md": "symlink",
            "link.md": "symlink",
            "up": "symlink",
        }


@pytest.mark.parametrize("name", ["pipe.md", "dangling.md"])
def test_irregular_files_given_by_name_are_skipped(folder, name):
    os.mkfifo(folder / "pipe.md")
    os.symlink("nowhere", folder / "dangling.md")
    (source,) = find_sources([folder / name])
    assert source.fault.severity is Severity.WARNING


def test_zips_given_by_name_are_refused_with_advice_to_upload(folder):
    fill(folder, "a.md", "notes.ZIP")
    (source,) = find_sources([folder / "notes.ZIP"])
    assert (source.fault.severity, source.fault.code) == (Severity.ERROR, "zip")
    assert "Bring in posts" in source.fault.hint
    assert list_keys(folder) == ["a.md"]


def test_a_device_given_as_a_path_is_skipped():
    assert tell_faults("/dev/zero") == {"zero": "not-a-file"}


def test_a_link_out_of_the_folder_is_never_read(folder):
    secret = folder.parent / "secret.md"
    secret.write_text("secret")
    os.symlink(secret, folder / "out.md")
    (source,) = find_sources([folder])
    assert source.fault.code == "symlink"
    assert read_source(source, MOST).code == "symlink"


def test_a_folder_given_as_a_symbolic_link_is_read(folder):
    fill(folder, "a.md")
    os.symlink(folder, folder.parent / "link")
    assert list_keys(folder.parent / "link") == ["a.md"]


def test_a_file_that_became_a_link_is_not_read(folder):
    fill(folder, "a.md")
    (source,) = find_sources([folder])
    (folder / "a.md").unlink()
    os.symlink("/etc/hostname", folder / "a.md")
    assert read_source(source, MOST).code == "symlink"


def test_a_folder_that_became_a_link_is_not_read(folder):
    fill(folder, "2017/a.md", "2018/a.md")
    source = find_sources([folder])[0]
    (folder / "2017").rename(folder / "2016")
    os.symlink("2018", folder / "2017")
    assert read_source(source, MOST).code == "symlink"


def test_folders_replaced_by_links_after_finding_posts_are_not_read(folder):
    fill(folder, "2017/a.md", "2018/a.md")
    source = find_sources([folder / "2017"])[0]
    assert read_source(source, MOST) == b"2017/a.md"
    (folder / "2017").rename(folder / "2016")
    os.symlink("2018", folder / "2017")
    assert read_source(source, MOST).code == "symlink"


def test_folders_that_are_no_longer_links_are_read_again(folder):
    fill(folder, "2017/a.md")
    source = find_sources([folder])[0]
    (folder / "2017").rename(folder / "2016")
    os.symlink("2016", folder / "2017")
    assert read_source(source, MOST).code == "symlink"
    (folder / "2017").unlink()
    (folder / "2016").rename(folder / "2017")
    assert read_source(source, MOST) == b"2017/a.md"


def test_files_that_grow_while_they_are_read_are_read_whole(folder, monkeypatch):
    fill(folder, "a.md")
    status = os.fstat

    def tell_smaller(descriptor):
        return os.stat_result([*status(descriptor)[:6], 1, *status(descriptor)[7:]])

    monkeypatch.setattr(files.os, "fstat", tell_smaller)
    assert files.read_file(folder / "a.md", MOST) == b"a.md"
    assert files.read_file(folder / "a.md", 3).code == "too-large"


def test_a_file_that_became_a_pipe_does_not_block(folder):
    fill(folder, "a.md")
    (source,) = find_sources([folder])
    (folder / "a.md").unlink()
    os.mkfifo(folder / "a.md")
    assert read_source(source, MOST).code == "not-a-file"


def test_a_file_deleted_before_reading_is_reported(folder):
    fill(folder, "a.md")
    (source,) = find_sources([folder])
    (folder / "a.md").unlink()
    assert read_source(source, MOST).code == "unreadable"


def test_an_oversized_file_is_not_read(folder, monkeypatch):
    (folder / "large.md").write_text("a" * (MOST + 1))
    (folder / "just.md").write_text("a" * MOST)
    just, large = find_sources([folder])
    assert len(read_source(just, MOST)) == MOST
    refusal = read_source(large, MOST)
    assert (refusal.code, refusal.severity) == ("too-large", Severity.ERROR)


def test_embedded_images_may_raise_a_posts_size_limit_tenfold(folder):
    picture = "![](data:image/png;base64," + "iVBO" * MOST + ")\n"
    (folder / "a.md").write_text("a" * (MOST - 100) + picture)
    (folder / "b.md").write_text("a" * MOST + picture)
    (folder / "c.md").write_text(picture * 3)
    few, text, pictures = find_sources([folder])
    assert len(read_source(few, MOST)) > MOST
    assert [read_source(source, MOST).code for source in (text, pictures)] == ["too-large", "too-large"]


def test_oversized_standard_input_is_refused():
    (source,) = find_sources([Content("a.md", b"a" * (MOST + 1))])
    assert read_source(source, MOST).code == "too-large"


def test_an_unreadable_file_is_reported(folder, monkeypatch):
    fill(folder, "a.md")
    (source,) = find_sources([folder])
    monkeypatch.setattr(files.os, "open", deny)
    refusal = read_source(source, MOST)
    assert (refusal.code, refusal.severity) == ("unreadable", Severity.ERROR)
    assert refusal.message == "This cannot be read: Permission denied."


def test_an_unreadable_folder_is_reported_and_other_posts_found(folder, monkeypatch):
    fill(folder, "closed/a.md", "open/b.md")
    scan = os.scandir
    monkeypatch.setattr(files.os, "scandir", lambda path: deny() if path.name == "closed" else scan(path))
    assert tell_faults(folder) == {"closed": "unreadable", "b.md": None}


def deny(*_args: object) -> int:
    raise PermissionError(13, "Permission denied")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("two\nlines.md", r"two\x0alines.md"),
        ("\x1b[31mred.md", r"\x1b[31mred.md"),
        ("-rf.md", "-rf.md"),
        ("quo'te\".md", "quo'te\".md"),
        ("<script>.md", "<script>.md"),
        (f"{'é' * 118}.md", f"{'é' * 118}.md"),
        ("\u202ecod.md", r"\u202ecod.md"),
        ("latin\udce9.md", r"latin\xe9.md"),
    ],
)
def test_unusual_file_names_are_found_and_printed_safely(folder, name, shown):
    (folder / name).write_text("text")
    (source,) = find_sources([folder])
    assert (source.key, source.path, source.place) == (shown, f"{folder}/{shown}", f"{folder}/{shown}")
    assert read_source(source, MOST) == b"text"


def test_an_overlong_path_is_refused(folder):
    deep = "/".join(["d" * 200] * 3)
    fill(folder, f"{deep}/a.md")
    (source,) = find_sources([folder])
    assert source.fault.code == "path-too-long"
    assert list_keys(folder / deep) == ["a.md"]
