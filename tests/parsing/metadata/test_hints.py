import pytest

from talks.parsing import NO_HINTS, Hints, parse_post, read_hints


def test_hints_of_confnotes_toml_are_read():
    text = """
series = "QCon London"
year = 2017
day = 2
talk_level = 4
title_pattern = "{title} – {speaker} ({affiliation})"
holds_talks = true
least_certainty = 0.7
writer = "Eve"
language = "en"
visibility = "private"
"""
    pattern = "{title} – {speaker} ({affiliation})"
    expected = Hints("QCon London", 2017, 2, 4, pattern, True, 0.7, "Eve", "en", "private")
    assert read_hints(text) == (expected, ())


@pytest.mark.parametrize(
    ("text", "code", "line", "hint"),
    [
        ('\nserie = "x"', "unknown-hint", 2, "Did you mean `series`?"),
        ('talk-level = 2', "unknown-hint", 1, "Did you mean `talk_level`?"),
        ('year = "soon"', "hint-value", 1, "It can be a number from 1900 to 2200."),
        ("talk_level = 7", "hint-value", 1, "It can be a number from 1 to 6."),
        ("least_certainty = 70", "hint-value", 1, "It can be a number from 0 to 1."),
        ('holds_talks = "perhaps"', "hint-value", 1, "It can be true or false."),
        ('visibility = "secret"', "hint-value", 1, "It can be one of public, draft, private."),
        ('title_pattern = "{speaker}"', "hint-value", 1,
         "It can be a text with {title} and, each at most once, {speaker}, {affiliation} and {handle}."),
        ("= x", "hints-invalid", 1, "Texts need quotes."),
    ],
)  # fmt: skip
def test_wrong_hints_are_reported_and_ignored(text, code, line, hint):
    hints, (diagnostic,) = read_hints(text)
    assert hints == NO_HINTS
    assert (diagnostic.code, diagnostic.line, diagnostic.hint) == (code, line, hint)


def test_an_unknown_hint_is_reported_with_all_valid_hints():
    _, (diagnostic,) = read_hints("zzz = 1")
    assert diagnostic.hint.startswith("The keys are series, year, day, talk_level")


BODY = "# One\n\ntext\n\n## Two by Ann Lee\n\n* a\n"


def test_the_hint_talk_level_decides_which_headings_are_talks():
    titles = [talk.title for talk in parse_post(BODY, name="x.md", hints=Hints(talk_level=1)).talks]
    assert titles == ["One"]


def test_the_hint_holds_talks_decides_whether_there_are_talks():
    assert parse_post(BODY, name="x.md", hints=Hints(holds_talks=False)).talks == ()
    post = parse_post("Words.", name="a-talk.md", hints=Hints(holds_talks=True))
    assert [talk.title for talk in post.talks] == ["a talk"]
    post = parse_post("---\ntitle: Words\n---\nNotes.", name="x.md", hints=Hints(holds_talks=True))
    assert [talk.title for talk in post.talks] == ["Words"]


def test_a_posts_own_hints_override_the_folders():
    text = "---\ntitle: x\nconfnotes:\n  year: 2019\n  id: my-post\n---\n"
    post = parse_post(text, name="x.md", hints=Hints(series="FooConf", year=2018, writer="Eve"))
    assert (post.conference.series, post.conference.year, post.id, post.author) == ("FooConf", 2019, "my-post", "Eve")


@pytest.mark.parametrize("front", ["confnotes: words", "confnotes: [a]"])
def test_hints_that_are_no_map_are_reported(front):
    post = parse_post(f"---\n{front}\n---\nText", name="x.md")
    assert [(d.code, d.line) for d in post.diagnostics][:1] == [("hint-value", 2)]
