import pytest

from talks.parsing import parse_post


def read(first: str, second: str):
    notes = "\n\n- water less\n- dig more\n\n"
    text = f"# GlassConf 2023\n\n{first}{notes}{second}{notes}"
    post = parse_post(text, name="glass.md")
    return [(talk.title, [(s.name, s.affiliation) for s in talk.speakers], len(talk.takeaways)) for talk in post.talks]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("## Ann Lee - Initech - Walls of moss", "## Bob Roy - Globex - Roofs of grass"),
        ("## Initech – Ann Lee – Walls of moss", "## Globex – Bob Roy – Roofs of grass"),
        ("## Walls of moss – Ann Lee – Initech", "## Roofs of grass – Bob Roy – Globex"),
        ("## Walls of moss\n> Ann Lee | Staff Engineer | Initech", "## Roofs of grass\n> Bob Roy | CTO | Globex"),
        ("## Walls of moss\nSpeakers:\n- Ann Lee (Initech)\n\nNotes:",
         "## Roofs of grass\nSpeakers:\n- Bob Roy (Globex)\n\nNotes:"),
        ("## Walls of moss\nRoom 4, 10:30 AM\nAnn Lee, Initech",
         "## Roofs of grass\nRoom 4, 11:30 AM\nBob Roy, Globex"),
        ("## Walls of moss\nSpeaker(s): Ann Lee, Initech\nTrack: Frontend",
         "## Roofs of grass\nSpeaker(s): Bob Roy, Globex\nTrack: Ops"),
    ],
)  # fmt: skip
def test_lines_and_fields_tell_speaker_and_company(first, second):
    assert read(first, second) == [
        ("Walls of moss", [("Ann Lee", "Initech")], 2),
        ("Roofs of grass", [("Bob Roy", "Globex")], 2),
    ]


def test_names_written_small_are_read_where_siblings_agree():
    assert read("## walls of moss - ann lee", "## roofs of grass - bob roy") == [
        ("walls of moss", [("ann lee", None)], 2),
        ("roofs of grass", [("bob roy", None)], 2),
    ]


def test_a_quotation_with_its_author_stays_a_takeaway():
    found = read("## Walls of moss - Ann Lee\n\n> Less is more. — Eve Moss", "## Roofs of grass - Bob Roy")
    assert found[0] == ("Walls of moss", [("Ann Lee", None)], 3)
