"""Which files of a folder are read as notes, and how the other files are reported."""

from pathlib import Path

import pytest

from talks.importing.sources.finding import search_folders
from talks.importing.sources.folders import Folders

NOTES = "# Moss on stones\n\nAnn Lee\n\n* It is green\n* It is soft\n  * and wet\n"

LABELLED = (
    "# GlassConf\n\n+ [Moss][m] **Ann Lee**\n+ [Stones][s] **Bob Roy**\n+ [Trees][s] **Cy Dow**\n\n"
    "[m]: {0}\n[s]: {1}\n[t]: {1}\n"
)


def fill(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


# An index of events, each with a date and a remark; a paragraph of its own stands above.
EVENTS = f"# Where I was\n\n{'The halls were cold and the moss was green. ' * 9}\n\n" + "".join(
    f"## MossConf {year}\n\n- Date: 4 May {year}\n- {{remark}}\n- [My notes](mossconf-{year}.md)\n\n"
    for year in range(2015, 2019)
)


def look(folder: Path, *given: Path, known: tuple[str, ...] = ()) -> tuple[list[str], dict[str, str]]:
    """Return the posts found, and the files passed over, by their paths below the folder."""
    found = search_folders(given or [folder], Folders(), known)
    over = {str(Path(other.path).relative_to(folder)): other.why for other in found.passed_over}
    return [str(Path(source.path).relative_to(folder)) for source in found.sources], over


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("LICENSE.md", "MIT", "licence"),
        ("LICENSE", "MIT", "licence"),
        ("fonts/OFL.txt", NOTES, "licence"),
        ("2014-04-01-welcome-to-jekyll.md", NOTES, "sample"),
        ("2015-01-19-soccer.md", NOTES, "sample"),
        (
            "moss.txt",
            "start:\n  0000: 2100111b  moss grows in the shade\n  0004: 2001108c  ; and needs rain\n",
            "no-notes",
        ),
        ("CONTRIBUTING.md", NOTES, "project"),
        ("CONTRIBUTE.md", NOTES, "project"),
        ("pages/404.md", NOTES, "no-notes"),
        ("CODE_OF_CONDUCT.md", NOTES, "project"),
        ("CLAUDE.md", NOTES, "agent"),
        ("SUMMARY.md", NOTES, "contents"),
        ("templates/talk.md", NOTES, "template"),
        ("archetypes/default.md", NOTES, "template"),
        ("scaffolds/post.md", NOTES, "template"),
        ("notes/_obsidian-templates/talk.md", NOTES, "template"),
        ("talk-template.md", NOTES, "template"),
        ("schedule/day-1.md", "# Monday\n\n9:00 Moss\n\n10:30 Stones\n", "agenda"),
        ("SCHEDULE.txt", "9:00 Moss by Ann Lee\n10:30 Stones by Bob Roy\n", "agenda"),
        ("README.md", "# My notes\n\nOf conferences.\n", "index"),
        ("README.md", "# Notes\n\n* [Moss](a.md)\n* [Stones](b.md)\n* [Trees](c.md)\n", "index"),
        (
            "README.md",
            "Glass and Moss\n=====\n\nThese are my notes. They hope to:\n\n1. help others\n2. be corrected\n",
            "index",
        ),
        ("README.md", LABELLED.format("https://github.com/eve/notes/blob/main/moss.md", "stones.md"), "index"),
        ("README.md", f"# GlassConf\n\nThis repository contains my notes. {'They say much of moss. ' * 20}\n", "index"),
        ("README.md", f"# Demo\n\n## Development server\n\n{NOTES}\n## Code scaffolding\n\n{NOTES}", "index"),
        ("index.rst", "Notes\n=====\n\n.. toctree::\n   :maxdepth: 2\n\n   moss/index\n", "index"),
        ("README.md", EVENTS.format(remark="Cold but good."), "index"),
        ("README.md", EVENTS.format(remark="Cold but good.") + "## MossConf 2019\n\n- Date: 4 May 2019\n", "index"),
        ("requirements.txt", "django\nnh3\n", "no-notes"),
        ("Makefile", "test:\n\tpytest\n", "no-notes"),
        ("notes.adoc", NOTES, "format"),
        ("moss.md", "", "empty"),
        ("http", "\0 " + NOTES, "no-notes"),
    ],
)
def test_files_that_are_no_notes_are_passed_over(tmp_path, name, text, why):
    fill(tmp_path, **{"a.md": NOTES, name: text})
    assert look(tmp_path) == (["a.md"], {name: why})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("README.md", f"# GlassConf\n\nThe hall was cold. {'They say much of moss. ' * 20}\n"),
        ("README.md", LABELLED.format("https://moss.example/moss", "https://stones.example/")),
        ("README.md", EVENTS.format(remark="Moss needs much water. " * 20)), ("moss.md", EVENTS.format(remark="Cold.")),
        ("README.md", EVENTS.replace(".md)", ".jpg)").format(remark="Cold.")),
        ("README.md", NOTES), ("templating-in-rust.md", NOTES), ("c-templates/a.md", NOTES), ("schedule.md", NOTES * 3),
        ("notes.txt", NOTES),
        ("moss", NOTES), ("moss.mkd", NOTES), ("moss.mdx", NOTES), ("licences-of-moss.md", NOTES),
        ("2019-05-06-soccer.md", NOTES), ("summary-of-moss.md", NOTES), ("security.md", NOTES),
        ("summary.md", NOTES), ("gemini.md", NOTES),
        ("agenda.md", "Moss is not on any agenda.\n\n* a\n  * b\n  * c\n  * d\n"),
    ],
)  # fmt: skip
def test_files_that_read_like_notes_are_found(tmp_path, name, text):
    assert look(fill(tmp_path, **{"a.md": NOTES, name: text})) == (sorted(["a.md", name]), {})


def test_a_file_given_by_name_is_always_found(tmp_path):
    fill(tmp_path, **{"LICENSE.md": "MIT"})
    assert look(tmp_path, tmp_path / "LICENSE.md") == (["LICENSE.md"], {})
    assert look(tmp_path, tmp_path, tmp_path / "LICENSE.md") == (["LICENSE.md"], {})


def test_a_file_imported_before_is_found_whatever_its_name(tmp_path):
    fill(tmp_path, **{"LICENSE.md": "MIT"})
    assert look(tmp_path, known=(str(tmp_path / "LICENSE.md"),)) == (["LICENSE.md"], {})


def test_exclude_passes_over_files_imported_before(tmp_path):
    fill(tmp_path, **{"confnotes.toml": 'exclude = ["a.md"]\n', "a.md": NOTES, "b.md": NOTES})
    known = (str(tmp_path / "a.md"), str(tmp_path / "b.md"))
    assert look(tmp_path, known=known) == (["b.md"], {"a.md": "excluded"})
    assert look(tmp_path, tmp_path, tmp_path / "a.md", known=known) == (["a.md", "b.md"], {})


def test_include_and_exclude_patterns_decide_which_files_are_read(tmp_path):
    fill(
        tmp_path,
        **{
            "confnotes.toml": 'include = ["LICENSE.md", "templates"]\nexclude = ["diary/*", "b.md"]\n',
            **dict.fromkeys(["a.md", "b.md", "x/b.md", "diary/c.md", "templates/d.md", "LICENSE.md"], NOTES),
        },
    )
    posts, over = look(tmp_path)
    assert posts == ["LICENSE.md", "a.md", "templates/d.md"]
    assert over == {"b.md": "excluded", "x/b.md": "excluded", "diary/c.md": "excluded"}


def test_patterns_with_a_slash_match_no_file_in_another_folder(tmp_path):
    """Though it has the same name."""
    fill(tmp_path, **{"confnotes.toml": 'exclude = ["./a.md"]\n', **dict.fromkeys(["a.md", "x/a.md"], NOTES)})
    assert look(tmp_path) == (["x/a.md"], {"a.md": "excluded"})


def test_folders_like_vendor_are_reported_as_one_passed_over_folder(tmp_path):
    fill(tmp_path, **dict.fromkeys(["a.md", "vendor/b.md", ".obsidian/c.md", ".git/d.md"], NOTES))
    assert look(tmp_path) == (["a.md"], {"vendor": "folder", ".obsidian": "folder"})


def test_files_like_images_and_recordings_are_counted_by_ending(tmp_path):
    fill(tmp_path, **dict.fromkeys(["a.md", "b.png", "c.PNG", "d.mp4"], NOTES))
    assert search_folders([tmp_path], Folders()).others == {"png": 2, "mp4": 1}


def test_program_and_data_files_are_passed_over_and_reported_each(tmp_path):
    fill(tmp_path, **dict.fromkeys(["a.md", "conf.py", "site.css", "package.json"], NOTES))
    assert look(tmp_path) == (["a.md"], dict.fromkeys(["conf.py", "site.css", "package.json"], "format"))
