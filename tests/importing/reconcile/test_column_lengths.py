from dataclasses import replace

import pytest

from talks.importing.reconcile.column_lengths import fit_post
from talks.parsing import ParsedConference, ParsedDay, ParsedPost, ParsedReference, ParsedSpeaker, ParsedTalk

TALK = ParsedTalk(title="A talk", heading="## A talk", line=7)
POST = ParsedPost(name="a.md", title="A post", talks=(TALK,))


def list_codes(post: ParsedPost) -> list[str]:
    return [diagnostic.code for diagnostic in post.diagnostics]


def fit_talk(**changes: object) -> tuple[ParsedTalk, list[str]]:
    post = fit_post(replace(POST, talks=(replace(TALK, **changes),)), "")
    return post.talks[0], list_codes(post)


def test_values_that_fit_their_columns_are_unchanged():
    talk = replace(
        TALK,
        day=2,
        speakers=(ParsedSpeaker("Ada Brown", "Example", "@ada", "https://example.org/ada"),),
        references=(ParsedReference("https://example.org/", "title", 8),),
    )
    post = replace(
        POST,
        author="Ann Writer",
        language="en",
        tags=("C", "C++"),
        aliases=("/old",),
        front_matter={"a": ["b"], "c": {"d": "e"}},
        conference=ParsedConference("Testing Days", 2019),
        days=(ParsedDay(2),),
        talks=(talk,),
    )
    assert fit_post(post, "") == post


@pytest.mark.parametrize(
    ("field", "length", "what"), [("title", 300, "title"), ("author", 200, "author's name"), ("tags", 100, "tag")]
)
def test_overlong_values_are_cut_with_a_warning(field, length, what):
    text = "ä" * 1_000
    post = fit_post(replace(POST, **{field: (text,) if field == "tags" else text}), f"---\nx: 1\ny: {text}\n")
    value = getattr(post, field)
    assert (value[0] if field == "tags" else value) == "ä" * (length - 1) + "…"
    assert [(said.code, said.message) for said in post.diagnostics] == [
        ("text-cut", f"The {what} has 1,000 characters and is cut to {length}.")
    ]
    assert post.diagnostics[0].line == (1 if field == "author" else 3)


def test_posts_without_a_title_get_their_file_name_as_title():
    assert fit_post(replace(POST, title=" "), "").title == "a.md"


def test_duplicate_tags_are_merged():
    assert fit_post(replace(POST, tags=("Docker", "docker", " DOCKER ", "", "C#")), "").tags == ("Docker", "C#")


def test_an_overlong_language_is_dropped_silently():
    post = fit_post(replace(POST, language="x" * 21), "")
    assert (post.language, post.diagnostics) == ("", ())


def test_a_post_with_unknown_visibility_becomes_a_draft():
    assert fit_post(replace(POST, visibility="friends"), "").visibility == "draft"


def test_characters_that_databases_refuse_are_removed_or_replaced():
    post = fit_post(replace(POST, title="a\0b", front_matter={"a\0": ["b\0", {"c": "\ud800"}]}), "")
    assert (post.title, post.front_matter) == ("ab", {"a": ["b", {"c": "?"}]})


@pytest.mark.parametrize(
    ("conference", "fitted", "codes"),
    [
        (None, None, []),
        (ParsedConference("", 2019), None, []),
        (ParsedConference(" Testing\n Days ", 2019), ParsedConference("Testing Days", 2019), []),
        (ParsedConference("Testing Days", 1899), ParsedConference("Testing Days"), ["year-dropped"]),
        (ParsedConference("Testing Days", 99_999), ParsedConference("Testing Days"), ["year-dropped"]),
        (ParsedConference("a" * 201, None), ParsedConference("a" * 199 + "…"), ["text-cut"]),
    ],
)
def test_conference_names_are_cut_and_impossible_years_dropped(conference, fitted, codes):
    post = fit_post(replace(POST, conference=conference), "")
    assert (post.conference, list_codes(post)) == (fitted, codes)


def test_day_numbers_out_of_range_are_dropped():
    post = fit_post(replace(POST, days=(ParsedDay(0), ParsedDay(99), ParsedDay(100), ParsedDay(-1))), "")
    assert [day.number for day in post.days] == [0, 99]
    assert fit_talk(day=100)[0].day is None


@pytest.mark.parametrize(
    ("title", "heading", "fitted"),
    [("A", "## A", "A"), ("", "Heading", "Heading"), ("", "", "Talk"), ("a" * 1_000, "", "a" * 299 + "…")],
)
def test_overlong_talk_titles_are_cut_and_headings_replace_empty_ones(title, heading, fitted):
    assert fit_talk(title=title, heading=heading)[0].title == fitted


def test_speakers_are_normalised_cut_and_deduplicated():
    talk, codes = fit_talk(
        speakers=(
            ParsedSpeaker("Ada\xa0Brown", "a" * 201, "@" * 101, "javascript:alert(1)"),
            ParsedSpeaker("ada brown"),
            ParsedSpeaker(" "),
            ParsedSpeaker("b" * 600),
        )
    )
    assert talk.speakers == (
        ParsedSpeaker("Ada Brown", "a" * 199 + "…", "@" * 99 + "…", None),
        ParsedSpeaker("b" * 199 + "…"),
    )
    assert codes == ["text-cut"] * 3


def test_unsafe_and_overlong_references_are_dropped():
    talk, codes = fit_talk(
        references=(
            ParsedReference("https://example.org/", "a" * 301, 8),
            ParsedReference(f"https://example.org/{'a' * 100_000}", "long", 9),
            ParsedReference("javascript:alert(1)", "evil", 10),
        )
    )
    assert talk.references == (ParsedReference("https://example.org/", "a" * 299 + "…", 8),)
    assert codes == ["reference-dropped"]


def test_invalid_old_addresses_are_dropped_with_a_warning():
    text = "---\naliases:\n  - /old/\n  - https://evil.example/\n  - /admin/\n---\n"
    post = fit_post(replace(POST, aliases=("/old/", "https://evil.example/", "/admin/")), text)
    assert post.aliases == ("/old",)
    assert [(said.code, said.line) for said in post.diagnostics] == [("alias-dropped", 4), ("alias-dropped", 5)]


@pytest.mark.parametrize(("url", "aliases"), [("/blog/a/", ("/blog/a",)), ("https://example.org/blog/a/", ())])
def test_front_matter_urls_become_old_addresses_if_they_are_paths(url, aliases):
    post = fit_post(replace(POST, url=url), "")
    assert (post.aliases, list_codes(post)) == (aliases, [])
