"""The facts that a folder gives about its posts do not depend on how the posts are given."""

from pathlib import Path

import pytest

from talks.importing.sources.folders import FOLDERS_ABOVE, Folders, cut_path
from talks.parsing import NO_FACTS

NOTES = "# Moss on stones\n\nAnn Lee\n\n* It is green\n"


@pytest.fixture
def folder(tmp_path):
    for name in ("x/y/z/GardenConf-2019/notes/a.md", "x/y/z/GardenConf-2019/notes/b.md", "x/y/z/other/c.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(NOTES)
    return tmp_path / "x/y/z"


def test_paths_given_to_the_parser_have_three_folders_at_most(folder):
    """No folder above them is marked."""
    assert Folders().name_file(folder / "GardenConf-2019/notes/a.md") == "z/GardenConf-2019/notes/a.md"
    assert len(Folders().name_file(folder / "other/c.md").split("/")) == FOLDERS_ABOVE + 1


@pytest.mark.parametrize(
    ("marker", "name"), [(".", "z/GardenConf-2019/notes/a.md"), ("GardenConf-2019/notes", "notes/a.md")]
)
def test_paths_given_to_the_parser_begin_at_the_marked_folder(folder, marker, name):
    (folder / marker / "confnotes.toml").touch()
    assert Folders().name_file(folder / "GardenConf-2019/notes/a.md") == name


def test_the_path_of_an_upload_is_cut_to_three_folders():
    assert cut_path("/a/b/c/d/e.md") == "b/c/d/e.md"
    assert cut_path("e.md") == "e.md"


def test_upload_paths_skip_folders_with_general_names_in_counting_three():
    assert cut_path("/a/b/ng-conf-notes/src/public/notes/e.md") == "ng-conf-notes/src/public/notes/e.md"
    assert cut_path("/a/b/RailsConf/2014/day-1/talks/e.md") == "RailsConf/2014/day-1/talks/e.md"
    assert cut_path("/a/b/blog/2014/05/e.md") == "blog/2014/05/e.md"
    assert len(cut_path("/a/docs/docs/docs/docs/docs/docs/docs/e.md").split("/")) == 7


def test_content_without_a_file_has_no_folder_facts():
    assert Folders().read_facts(None) == NO_FACTS


def test_folders_named_after_an_event_give_it_to_posts_below(folder):
    event = Folders().read_facts(folder / "GardenConf-2019/notes/a.md").event
    assert (event.series, event.year, event.sure) == ("GardenConf", 2019, True)
    assert Folders().read_facts(folder / "other/c.md").event is None


def test_the_event_in_a_readme_applies_to_posts_in_subfolders(folder):
    (folder / "other/README.md").write_text("# Notes from MossFest 2020\n")
    (folder / "other/deep").mkdir()
    (folder / "other/deep/d.md").write_text(NOTES)
    assert Folders().read_facts(folder / "other/deep/d.md").event.series == "MossFest"


def test_folders_of_years_below_a_readme_date_its_event(folder):
    posts = [folder / f"other/{year}/Monday/moss/eve.md" for year in (2020, 2021)]
    (folder / "other/README.md").write_text("# Notes from MossFest 2020\n")
    for post in posts:
        post.parent.mkdir(parents=True)
        post.write_text(NOTES)
    events = [Folders().read_facts(post).event for post in posts]
    assert [(event.series, event.year) for event in events] == [("MossFest", 2020), ("MossFest", 2021)]


def test_sibling_folders_with_one_readme_each_count_as_neighbouring_files(folder):
    for name in ("moss", "stones", "trees"):
        (folder / name).mkdir()
        (folder / name / "README.md").write_text(f"# {name}, a talk\n\n* one\n* two\n* three\n")
    facts = Folders().read_facts(folder / "moss/README.md")
    assert (facts.files, facts.single) == (3, 0.8)


def test_a_lone_readme_gets_the_event_of_its_folders_name(folder):
    (folder / "GardenConf-2020").mkdir()
    (folder / "GardenConf-2020/README.md").write_text(NOTES)
    assert Folders().read_facts(folder / "GardenConf-2020/README.md").event.year == 2020


def test_dated_blog_post_folders_do_not_surely_name_an_event(folder):
    for name in ("2019-04-21-watering-moss", "2019-05-02-moss-on-walls", "2019-06-08-why-moss"):
        (folder / name).mkdir()
        (folder / name / "index.md").write_text(f"# {name}\n\nMoss is green.\n")
    event = Folders().read_facts(folder / "2019-04-21-watering-moss/index.md").event
    assert event is None or not event.sure


def test_facts_of_a_folder_come_from_its_first_40_files(folder, monkeypatch):
    for number in range(100):
        (folder / "other" / f"{number:03}.md").write_text(NOTES)
    read: list[Path] = []
    folders = Folders()
    plain = folders._read_head
    monkeypatch.setattr(folders, "_read_head", lambda file: read.append(file) or plain(file))
    for number in range(100):
        folders.read_facts(folder / "other" / f"{number:03}.md")
    assert len(read) == 40


def test_folders_of_weekdays_tell_the_day_of_posts_below(tmp_path):
    names = ("GardenConf/Thursday/moss.md", "GardenConf/Friday/Ferns/notes.md", "GardenConf/moss.md")
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(NOTES)
    (tmp_path / "confnotes.toml").write_text("")
    assert [Folders().read_facts(tmp_path / name).day for name in names] == [1, 2, None]


def test_dated_folders_of_one_readme_tell_a_repeated_event(tmp_path):
    names = ["190102_x", "20190102_MossConf", "20190203_MossFest", "20190506_moss_club_roots", "20190607_moss_club"]
    for name in (*names, "20190708_moss_club_soil", "20190809_roses"):
        (tmp_path / "notes" / name).mkdir(parents=True)
        (tmp_path / "notes" / name / "README.md").write_text("# Growing\n\n* It is green\n")
    read = lambda name: Folders().read_facts(tmp_path / "notes" / name / "README.md").event  # noqa: E731
    event = read("20190506_moss_club_roots")
    assert (event.series, event.year, event.sure) == ("Moss Club", 2019, True)
    assert not read("20190809_roses").sure
