"""Headings that are, or are no, talks because of the headings beside them."""

import pytest

from talks.parsing import parse_post

NOTES = "* dig in autumn\n* water in the morning\n* cut in spring\n\n"
TITLES = ("How gardens survive a hard winter", "Bridges of wood and rope", "Moss", "Glass bottles", "Old boats")


def read_titles(text: str, name: str) -> list[str]:
    return [talk.title for talk in parse_post(text, name=name).talks]


def write_sections(titles: tuple[str, ...], mark: str) -> str:
    return "".join(f"{mark} {title}\n\n{NOTES}" for title in titles)


@pytest.mark.parametrize(
    ("head", "mark", "name"),
    [
        ("# MossConf 2019\n\n", "##", "2019-MossConf.md"),
        ("# MossConf 2019 notes\n\n", "#", "notes/2019-mossconf.md"),
        ("", "#", "conferences/green_mossconf_2019/mossconf_2019.md"),
        ("# Track talks\n\n", "##", "mossconf-2019/day2.md"),
    ],
)
def test_several_sections_with_short_titles_in_event_files_are_talks(head, mark, name):
    assert read_titles(head + write_sections(TITLES, mark), name) == list(TITLES)


@pytest.mark.parametrize("above", ["Notes", "Day 1"])
def test_sections_of_day_files_are_talks_below_headings_like_notes(above):
    deep, flat = ("Compost talk", "Green roofs", "Glass bottles"), ("Old boats", "Rope bridges", "Water wheels")
    text = f"# MossConf\n\n## {above}\n\n{NOTES}" + write_sections(deep, "###") + write_sections(flat, "##")
    text = text.replace("### Green", f"Tools:\n\n{NOTES}" * 9 + "### Green")
    assert read_titles(text, "mossconf_2019/notes_day_one.md") == [*deep, *flat]


def test_sections_of_files_named_after_a_talk_are_no_talks():
    text = "# How gardens survive a hard winter\n\n" + write_sections(TITLES[1:], "##")
    assert read_titles(text, "mossconf-2019/gardens-in-winter.md") == ["How gardens survive a hard winter"]


@pytest.mark.parametrize("heading", ["Take Aways", "In a nutshell", "ToDo / next steps", "Other stuff", "反省"])
def test_sections_such_as_other_stuff_are_no_talks_beside_talks(heading):
    text = f"# MossConf 2019\n\n## {heading}\n\n{NOTES}" + write_sections(TITLES, "##")
    assert read_titles(text, "2019-MossConf.md") == list(TITLES)


def test_likely_headings_are_talks_beside_two_certain_talks():
    named = "".join(f"## {title}\n\nSo much moss.\n\n{NOTES}" for title in ("Wood by Ann Lee", "Ropes by Bob Roy"))
    plain = "".join(f"## {title}\n\nWe sat down.\n\n{NOTES}" for title in ("Gardens", "Glass"))
    assert read_titles(f"# MossConf 2019\n\n{named}{plain}## Boats\n", "2019-MossConf.md") == [
        *("Wood", "Ropes", "Gardens", "Glass")
    ]


def test_italic_lines_below_names_and_companies_are_titles_above_lists():
    told = (
        ("Ann Lee [@annlee](https://twitter.com/annlee) - Initech", "Moss on every wall", "\n\nFor two years.\n\n"),
        ("Bob Roy - Globex", "How wood and ropes make bridges", "\n\n"),
        ("Eve Stein [@eve](https://twitter.com/eve) - Hooli", "Roses that need no sun", "\nIn the shade.\n"),
        ("Ivan Berg - Acme", "Old boats and new sails", "\n\n"),
    )
    text = "# MossConf 2019\n\n" + "".join(f"## {head}\n\n*{title}*{rest}{NOTES}" for head, title, rest in told)
    talks = parse_post(text, name="2019-MossConf.md").talks
    assert [(talk.title, talk.speakers[0].name, talk.speakers[0].affiliation) for talk in talks] == [
        ("Moss on every wall", "Ann Lee", "Initech"),
        ("How wood and ropes make bridges", "Bob Roy", "Globex"),
        ("Roses that need no sun", "Eve Stein", "Hooli"),
        ("Old boats and new sails", "Ivan Berg", "Acme"),
    ]
