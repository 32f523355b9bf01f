"""Addresses of withdrawn talks and takeaways lead to the talks that hold their lines now."""

import pytest

from talks.backup import export_base, import_base
from talks.backup.exported_columns import KINDS
from talks.editing import add_corrections, make_version, set_talks_hidden, switch_correction
from talks.importing import Content, import_posts
from talks.models import Post, Takeaway, Talk, TalkAddress
from talks.parsing import Act, Correction, make_anchor, read_anchor_lines
from tests import builders as make
from tests.kept_rows import kept

pytestmark = pytest.mark.django_db
POST = """---
title: Notes from Acme Conf 2019
---

## Opening Words by Una Verde

* **Boxes on Ships**, Ann Lee
  * Images are small
* Herding [Cats](http://example.org) by Ben Roe
  * Cats sleep
1. Growing Tomatoes

## Second Things by Ben Roe

* Three
"""
HERE = "/talks/acme-conf-2019/"
OPENING = f"{HERE}opening-words/"
ITEMS = ("Boxes", "Herding", "Growing")


@kept
def bring_in(text=POST, name="notes.md"):
    import_posts([Content(name, text.encode())])


def correct(*said):
    post = Post.objects.get()
    lines = read_anchor_lines(post.source)

    def say(act, words):
        return Correction(act, make_anchor(lines, next(n for n, line in enumerate(lines, 1) if words in line)))

    add_corrections(post, [say(act, words) for act, words in said], made_by="ann", version=make_version(post))


def split():
    bring_in()
    correct((Act.NO_TALK, "Opening"), *((Act.TALK, words) for words in ITEMS))


def follow(client, address=OPENING):
    answer = client.get(address)
    return answer.status_code, answer.headers.get("location", "").removeprefix(HERE)


def follow_takeaways(client):
    gone = Takeaway.objects.filter(withdrawn=True).order_by("line")
    return [follow(client, takeaway.get_absolute_url()) for takeaway in gone]


NAMED = [(302, "boxes-on-ships/"), (302, "herding-cats/"), (302, "growing-tomatoes/")]


def test_addresses_of_a_split_talk_lead_to_its_parts(client):
    """Those of its takeaways too."""
    split()
    assert (follow(client), follow_takeaways(client)) == (NAMED[0], NAMED)
    bring_in(POST.replace("## Opening", "## New Things by Cy Dow\n\n* Five\n\n## Opening"))
    assert (follow(client), follow_takeaways(client)) == (NAMED[0], NAMED)
    lines = [line.encode() for line in export_base()]
    for kind in reversed(KINDS.values()):
        kind.model._default_manager.all().delete()
    import_base(lines)
    assert (follow(client), follow_takeaways(client)) == (NAMED[0], NAMED)


def test_permalinks_of_takeaways_that_became_headings_lead_to_the_talk(client):
    bring_in()
    text = POST.replace("## Opening Words by Una Verde\n", "")
    for words in ITEMS[:2]:
        line = next(line for line in text.splitlines() if words in line)
        text = text.replace(line, f"## {line[2:]}\n").replace("  * ", "* ")
    bring_in(text)
    gone = Takeaway.objects.filter(withdrawn=True, text__contains="Boxes").first()
    assert follow(client, gone.get_absolute_url()) == NAMED[0]


def test_addresses_of_withdrawn_talks_lead_to_talks_from_their_takeaways(client):
    bring_in()
    bring_in(POST[: POST.index("## Opening")] + "## Boxes on Ships, Ann Lee\n\n* Nobody had heard this before\n")
    talk = Talk.objects.get(slug="opening-words")
    assert (talk.withdrawn, follow(client)) == (True, NAMED[0])


def test_withdrawn_talks_addresses_can_lead_to_posts_without_event(client):
    """If lines of the talk are in no talk."""
    bring_in(POST.replace("Acme Conf 2019", "a week of rain"))
    address = Talk.objects.get(title="Second Things").get_absolute_url()
    correct((Act.NO_TALK, "Second"), (Act.OUT, "Three"))
    assert follow(client, address) == (302, Post.objects.get().get_absolute_url())


def test_withdrawn_talks_with_unplaced_lines_lead_to_their_conference(client):
    """Their addresses do, if the post names an event."""
    bring_in()
    correct((Act.NO_TALK, "Opening"), *((Act.OUT, words) for words in ITEMS))
    assert follow(client) == (302, "/conferences/acme-conf-2019/")


def test_addresses_of_talks_joined_to_the_talk_above_lead_there(client):
    bring_in()
    correct((Act.ABOVE, "Second Things"))
    assert follow(client, f"{HERE}second-things/") == (302, "opening-words/")


@pytest.mark.parametrize(
    ("words", "line", "answer"),
    [
        ("Go", "* Two: Go", (302, "opening-words/")),  # where the talk began
        ("Go", "* Two\n* Let us Go home", (404, "")),
        ("Go and grow tomatoes", "* Two\n* Rust: Go and grow tomatoes", (302, "opening-words/")),
    ],
)
def test_a_gone_talks_short_heading_is_found_only_in_place(client, words, line, answer):
    text = POST.replace("1. Growing Tomatoes", f"* Rust: {words}")
    bring_in(text)
    place = next(n for n, row in enumerate(read_anchor_lines(text), 1) if words in row)
    anchor = make_anchor(read_anchor_lines(text), place)
    post = Post.objects.get()
    said = [Correction(Act.TALK, anchor, title="Go", within=words)]
    [row] = add_corrections(post, said, made_by="ann", version=make_version(post))
    address = Talk.objects.get(title="Go").get_absolute_url()
    switch_correction(row, active=False, version=make_version(Post.objects.get()))
    bring_in(text.replace(f"* Rust: {words}", line))
    assert follow(client, address) == answer


def test_talks_that_left_their_post_are_404_and_permalinks_410(client):
    bring_in()
    head, _, rest = POST.partition("## Opening")
    bring_in(f"{head}## Second{rest.partition('## Second')[2]}")
    assert follow(client)[0] == 404
    assert {status for status, _ in follow_takeaways(client)} == {410}


def test_addresses_of_withdrawn_and_hidden_talks_do_not_redirect(client):
    split()
    set_talks_hidden([Talk.objects.get(slug="opening-words")], hidden=True)
    assert follow(client)[0] == 404
    assert {status for status, _ in follow_takeaways(client)} == {410}


def test_addresses_of_withdrawn_talks_of_a_draft_do_not_redirect(client):
    split()
    bring_in(POST.replace("---\ntitle", "---\ndraft: true\ntitle"))
    assert follow(client)[0] == 404
    assert {status for status, _ in follow_takeaways(client)} == {404}


def test_an_address_that_two_withdrawn_talks_had_is_404(client):
    one, other = (make.make_talk(title, withdrawn=True) for title in ("Moss", "Ferns"))
    TalkAddress.objects.create(talk=other, conference_slug=one.conference.slug, slug=one.slug)
    assert client.get(one.get_absolute_url()).status_code == 404


DAY = """# Acme Conf 2019, day 1

## Boxes on Ships by Ann Lee

* Images are small
* Layers are shared

## Herding Cats by Ben Roe

* Cats sleep by day
* Nobody herds them
"""
SPLIT = DAY.index("## Herding")


def split_day(folder):
    """Import a post, then two files that have one talk of it each, the first with one line reworded."""
    (folder / "day.md").write_text(DAY)
    import_posts([folder])
    (folder / "day.md").unlink()
    (folder / "morning.md").write_text(DAY[:SPLIT].replace("Layers are shared", "Layers are cached"))
    (folder / "noon.md").write_text(f"# Acme Conf 2019, day 1\n\n{DAY[SPLIT:]}")
    import_posts([folder])


def follow_texts(client):
    gone = Takeaway.objects.filter(post__withdrawn=True)
    return {row.text: follow(client, f"/t/{row.public_id}/") for row in gone}


def test_permalinks_follow_lines_into_files_of_a_split_post(tmp_path, client):
    split_day(tmp_path)
    now = {row.text: row.get_absolute_url() for row in Takeaway.objects.filter(post__withdrawn=False)}
    kept = {text: (302, now[text]) for text in ("Images are small", "Cats sleep by day", "Nobody herds them")}
    assert follow_texts(client) == {**kept, "Layers are shared": (410, "")}


def test_permalinks_of_hidden_lines_of_split_posts_answer_410(tmp_path, client):
    split_day(tmp_path)
    Takeaway.objects.filter(post__withdrawn=True).update(hidden=True)
    assert {status for status, _ in follow_texts(client).values()} == {410}
