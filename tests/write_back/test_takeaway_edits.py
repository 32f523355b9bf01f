"""Edited takeaways keep the style of their lines; new takeaways get the style of those around them."""

import pytest

from talks.importing.reconcile.column_lengths import fit_post
from talks.parsing import Kind, ParsedTakeaway, parse_post
from talks.write_back.edits import Addition, TakeawayEdit
from talks.write_back.proof import write_edits

HEAD = "---\ntitle: Notes\nconfnotes:\n  talk_level: 2\n---\n\n## Boxes on Ships with Ada Brown\n"


def read(text):
    return fit_post(parse_post(text, name="post.md"), text)


def write(body: str, *edits) -> str:
    written = write_edits(HEAD + body, read(HEAD + body), edits, read)
    assert written.refused == ()
    assert written.text.startswith(HEAD)
    return written.text.removeprefix(HEAD)


def make(text: str, *below: str, kind: Kind = Kind.POINT) -> ParsedTakeaway:
    return ParsedTakeaway(kind, text, 0, 0, tuple(ParsedTakeaway(Kind.POINT, each, 0, 0) for each in below))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("* Small images\n* Others\n", "* Tiny images of ships\n* Others\n"),
        ("  -   Small images  \n  -   Others\n", "  -   Tiny images of ships  \n  -   Others\n"),
        ("1) Small images\n2) Others\n", "1) Tiny images of ships\n2) Others\n"),
        ("Small\nimages\n\n* Others\n", "Tiny\nimages\nof\nships\n\n* Others\n"),
        ("* Small\n  images\n* Others\n", "* Tiny\n  images\n  of\n  ships\n* Others\n"),
        ("* Small\nimages\n* Others\n", "* Tiny\nimages\nof\nships\n* Others\n"),
        ("> Small images\n\n* Others\n", "> Tiny images of ships\n\n* Others\n"),
        ("• Small images\n• Others\n", "• Tiny images of ships\n• Others\n"),
        ("– Small images\n– Others\n", "– Tiny images of ships\n– Others\n"),
        ("-Small images\n-Others\n", "-Tiny images of ships\n-Others\n"),
        ("    * Small images\n    * Others\n", "    * Tiny images of ships\n    * Others\n"),
    ],
)
def test_an_edited_takeaway_is_written_into_its_lines(before, after):
    assert write(before, TakeawayEdit(0, 0, "Tiny images of ships")) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("* Small %%secret%% images\n* Others\n", "* Tiny %%secret%% images of ships\n* Others\n"),
        ("* %%secret%% Small images\n* Others\n", "* %%secret%% Tiny images of ships\n* Others\n"),
        ("* Small images %%secret\nand more%%\n* Others\n", "* Tiny images of ships %%secret\nand more%%\n* Others\n"),
        ("Small<!-- secret --> images\n\nOthers\n", "Tiny<!-- secret --> images of ships\n\nOthers\n"),
        ("* Small images\n* Others %%never closed\n", "* Tiny images of ships\n* Others %%never closed\n"),
    ],
)
def test_comments_survive_edits_of_words_around_them(before, after):
    assert write(before, TakeawayEdit(0, 0, "Tiny images of ships")) == after


@pytest.mark.parametrize(
    ("before", "text", "new", "after"),
    [
        (
            "* See [[Boats|the boats]] of wood",
            "See [the boats](Boats) of wood",
            "steel",
            "* See [[Boats|the boats]] of steel",
        ),
        ("* ==All== are of wood ^abc123", "<mark>All</mark> are of wood", "steel", "* ==All== are of steel ^abc123"),
        ("* [ ] Boats are of wood", "Boats are of wood", "steel", "* [ ] Boats are of steel"),
    ],
)
def test_obsidian_marks_survive_edits_of_words_around_them(before, text, new, after):
    [unit] = read(f"{HEAD}{before}\n").talks[0].takeaways
    assert unit.text == text
    assert write(f"{before}\n", TakeawayEdit(0, 0, text.replace("wood", new))) == f"{after}\n"


def test_a_comment_among_replaced_words_follows_the_new_words():
    after = write("* Small %%secret%% images\n* Others\n", TakeawayEdit(0, 0, "Gone with the wind"))
    assert after == "* Gone with the wind %%secret%%\n* Others\n"


def test_a_new_takeaway_is_written_below_the_last_ones_comment():
    after = write("* Small images %%secret\nand more%%\n", Addition(0, (make("Others"),)))
    assert after == "* Small images %%secret\nand more%%\n* Others\n"


def test_wrapped_lines_never_begin_with_a_list_mark():
    before = "* These are small images of ships\n  and of their crews\n"
    text = "These are tiny images of ship - at sea"
    after = write(before, TakeawayEdit(0, 0, text))
    assert after == "* These are tiny images of ship -\n  at sea\n"


def test_a_second_paragraph_added_to_a_takeaway_is_indented():
    assert write("* Small images\n* Others\n", TakeawayEdit(0, 0, "Tiny\n\nand fast")) == (
        "* Tiny\n\n  and fast\n* Others\n"
    )


@pytest.mark.parametrize(
    ("before", "added"),
    [
        ("* One\n* Two\n", "* New\n  * Below\n"),
        ("- One\n    - Deep\n- Two\n", "- New\n    - Below\n"),
        ("* One\n** Deep\n* Two\n", "* New\n** Below\n"),
        ("1. One\n2. Two\n", "3. New\n   1. Below\n"),
        ("* One\n\n* Two\n", "\n* New\n  * Below\n"),
        ("Only a paragraph of notes.\n", "\n* New\n  * Below\n"),
    ],
)
def test_new_takeaways_are_written_in_their_neighbours_style(before, added):
    assert write(before, Addition(0, (make("New", "Below"),))) == before + added


def test_new_takeaways_are_written_before_the_next_talk():
    body = "* One\n\n## Herding Cats with Carl Dent\n\n* Two\n"
    after = write(body, Addition(0, (make("New"), make("Newer"))))
    assert after == "* One\n* New\n* Newer\n\n## Herding Cats with Carl Dent\n\n* Two\n"


def test_write_back_adds_no_line_end_to_the_last_line():
    assert write("* One\n* Two", Addition(0, (make("New"),))) == "* One\n* Two\n* New"


def test_new_paragraphs_and_quotes_are_separated_by_blank_lines():
    notes = (make("A word on it.", kind=Kind.PARAGRAPH), make("Quoted", kind=Kind.QUOTE))
    assert write("* One\n", Addition(0, notes)) == "* One\n\nA word on it.\n\n> Quoted\n"


def test_edits_that_would_be_parsed_differently_are_refused():
    body = "* One\n* Two\n"
    written = write_edits(HEAD + body, read(HEAD + body), [TakeawayEdit(0, 0, "One\n* and a half")], read)
    assert (written.text, len(written.refused)) == (HEAD + body, 1)


def test_editing_keeps_line_breaks_between_sentences():
    before = "* The first line is the longest one of them all.\n  Small images.\n  And more of it.\n* Others\n"
    text = "The first line is the longest one of them all. Tiny images. And more of it."
    assert write(before, TakeawayEdit(0, 0, text)) == before.replace("Small", "Tiny")


def test_editing_wrapped_paragraphs_rewraps_only_from_the_changed_line():
    before = "* These are small images of\n  ships, and of their crews\n  at sea\n* Others\n"
    text = "These are small images of ships, and of their tired crews at sea"
    after = "* These are small images of\n  ships, and of their tired\n  crews at sea\n* Others\n"
    assert write(before, TakeawayEdit(0, 0, text)) == after


def test_new_takeaways_are_written_below_their_parent():
    body = "* One\n    * Deep\n* Two\n"
    note = (ParsedTakeaway(Kind.POINT, "New", 0, 0),)
    assert write(body, Addition(0, note, 0), Addition(0, note, 2)) == (
        "* One\n    * Deep\n    * New\n* Two\n    * New\n"
    )


def test_new_points_are_nested_below_a_talk_in_a_list():
    text = (
        "---\ntitle: Notes from Testing Days 2019\n---\n\n"
        "## Talks\n\n* Boxes on Ships by Ada Brown\n* Herding Cats by Carl Dent\n"
        "  * A cluster repairs itself while you sleep\n* Singing Crabs by Eve Ford\n  * Compiling slowly\n"
    )
    assert [talk.title for talk in read(text).talks] == ["Boxes on Ships", "Herding Cats", "Singing Crabs"]
    written = write_edits(text, read(text), [Addition(0, (make("New"),))], read)
    assert (written.refused, written.text) == ((), text.replace("Ada Brown\n", "Ada Brown\n  * New\n"))


def test_an_edited_takeaway_keeps_its_link_labels():
    before = "* See [the yard][1]\n* Others\n\n[1]: https://yard.example/\n"
    assert read(HEAD + before).talks[0].takeaways[0].text == "See [the yard](https://yard.example/)"
    after = write(before, TakeawayEdit(0, 0, "Visit [the yard](https://yard.example/)"))
    assert after == "* Visit [the yard][1]\n* Others\n\n[1]: https://yard.example/\n"
    untouched = write(before, TakeawayEdit(0, 1, "Other ones"))
    assert untouched == "* See [the yard][1]\n* Other ones\n\n[1]: https://yard.example/\n"
