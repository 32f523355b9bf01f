"""Doubts for editors: each kind is found, and can be settled for good."""

import json
from itertools import groupby

import pytest
from django.contrib.admin.models import LogEntry
from django.core.cache import cache
from django.core.management import call_command

from talks.backup import check_base
from talks.editing import (
    DOUBT_KINDS,
    NotCorrectedError,
    choose_pressing,
    dismiss_doubts,
    list_doubts,
    quote_posts,
    settle_doubt,
    take_up_doubts,
)
from talks.importing import Content, import_posts, render_text
from talks.models import Conflict, Correction, Decision, Post, Series, Talk
from talks.parsing import Act, make_anchor, read_anchor_lines
from talks.parsing import Correction as Said
from tests import builders as make
from tests.admin.rows import log_in
from tests.editing.test_corrections import POST, correct, say
from tests.parsing.talks.test_evidence import DOUBTFUL

pytestmark = pytest.mark.django_db
INBOX = "/admin/talks/post/doubts/"
NAMELESS = Content("lunch.md", b"---\ntitle: Lunch\nconfnotes: {talk_level: 2}\n---\n## Moss with Ann Lee\n\n* One\n")


def tell(kind):
    return [(doubt.text, doubt.post, doubt.line) for doubt in list_doubts(kind)]


def test_a_base_read_without_uncertainty_has_no_doubts():
    import_posts([Content("notes.md", POST.encode())])
    assert list_doubts() == []


def test_doubts_list_posts_without_talks_that_name_events_first():
    named = b"---\ntitle: Acme Conf 2019\ndate: 2019-05-01\n---\nWe met."
    import_posts([Content("lunch.md", b"---\ndate: 2020-05-01\n---\n# Lunch\n\nWe ate."), Content("a.md", named)])
    assert tell("no-talk") == [
        ("No talk was found in “Acme Conf 2019”", "a.md", 1),
        ("No talk was found in “Lunch”", "lunch.md", 1),
    ]
    assert tell("unnamed-event") == []


def test_posts_of_front_matter_alone_are_no_doubts():
    """One with a word below is."""
    bare, worded = b"---\ntitle: moss\n---\n\n", b"---\ntitle: roses\n---\n\nred\n"
    import_posts([Content("tags.moss.md", bare), Content("tags.roses.md", worded)])
    assert tell("no-talk") == [("No talk was found in “roses”", "tags.roses.md", 1)]


def test_posts_with_talks_of_no_named_conference_are_doubts():
    import_posts([NAMELESS])
    assert tell("unnamed-event") == [("“Lunch” does not say of which conference it tells", "lunch.md", 1)]
    assert tell("no-talk") == []


def test_talks_without_a_speaker_are_doubts_unless_hidden():
    talk = make.make_talk("Alone", post=make.make_post())
    make.make_talk("Hidden", hidden=True)
    [(text, post, _)] = tell("no-speaker")
    assert (text, post) == ("Nobody is named who gave “Alone”", talk.sources.get().post.key)


def test_what_a_correction_settles_is_no_longer_a_doubt():
    import_posts([Content("notes.md", POST.encode())])
    correct(say(Act.DETAILS, "## First Things", "", speakers=()))
    assert tell("no-speaker") == []
    for quote in ("## First Things", "## Second Things by Ben Roe"):
        correct(say(Act.NO_TALK, quote, ""))
    assert [doubt.kind for doubt in list_doubts()] == []
    Correction.objects.all().delete()
    correct(Said(Act.POST, post=(("holds_talks", False),)))
    assert (Post.objects.get().sources.filter(withdrawn=False).count(), tell("no-talk")) == (0, [])


@pytest.mark.parametrize("quotes", [(), ("## First Things", "## Second Things by Ben Roe")])
def test_reports_do_not_miss_talks_that_corrections_say_absent(quotes):
    import_posts([Content("notes.md", POST.encode())])
    for quote in quotes:
        correct(say(Act.NO_TALK, quote, ""))
    if not quotes:
        correct(Said(Act.POST, post=(("holds_talks", False),)))
    for text in (POST, f"{POST}\nBye\n"):
        assert "holds no talk" not in render_text(import_posts([Content("notes.md", text.encode())]))
    Correction.objects.all().delete()
    lunch = Content("lunch.md", b"---\ntitle: Lunch at Acme Conf 2019\n---\nWe ate.\n")
    for _ in range(2):
        assert "1 post names an event and holds no talk: lunch.md." in render_text(import_posts([lunch]))


def test_correcting_a_talk_to_no_speakers_twice_is_refused():
    text = POST.partition("## Second")[0] + "## Keynote\n\n* Three\n\n## Roses by Di Eve\n\n* Four\n"
    import_posts([Content("notes.md", text.encode())])
    lines = read_anchor_lines(text)
    said = Said(Act.DETAILS, make_anchor(lines, 1 + lines.index("## Keynote")), speakers=())
    assert len(tell("no-speaker")) == 1
    correct(said)
    assert tell("no-speaker") == []
    with pytest.raises(NotCorrectedError, match="read so already"):
        correct(said)


def test_a_speakerless_talk_is_doubted_again_if_its_line_changed():
    """The line is that of the correction by which the talk has no speakers."""
    import_posts([Content("notes.md", POST.encode())])
    correct(say(Act.DETAILS, "## First Things", "", speakers=()))
    import_posts([Content("notes.md", POST.replace("First Things by Ann Lee", "Other Things").encode())])
    assert [text for text, *_ in tell("no-speaker")] == ["Nobody is named who gave “Other Things”"]


def test_conflicts_are_listed_and_cannot_be_dismissed():
    post = make.make_post()
    Conflict.objects.create(post=post, field="title", ours="A", theirs="B")
    [doubt] = list_doubts("conflict")
    with pytest.raises(LookupError):
        dismiss_doubts([doubt.subject])


def test_a_correction_that_no_longer_fits_is_a_doubt():
    import_posts([Content("notes.md", POST.encode())])
    correct()
    import_posts([Content("notes.md", POST.replace("Third things", "Other things").encode())])
    [(text, *_)] = tell("correction")
    assert text.startswith("The correction that “Third things” is a talk does not fit: ")


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("Re:Invent", "re Invent", 1), ("DevOps Day", "DevOpsDays", 1), ("QCon London", "QCon Plus", 0)],
)
def test_series_and_tags_named_nearly_alike_are_doubts(one, other, count):
    for name in (one, other):
        Series.objects.create(name=name)
        make.make_tag(name)
    assert (len(list_doubts("alike-series")), len(list_doubts("alike-tags"))) == (count, count)


def test_names_such_as_c_and_c_sharp_are_no_doubt():
    for name in ("CCCC", "CCCC++", "CCCC#"):
        make.make_tag(name)
    assert list_doubts("alike-tags") == []


def test_a_dismissed_doubt_stays_dismissed_after_imports():
    import_posts([Content("lunch.md", b"# Lunch\n\nWe ate.")])
    [doubt] = list_doubts("no-talk")
    dismiss_doubts([doubt.subject])
    import_posts([Content("lunch.md", b"# Lunch\n\nWe ate well.")])
    assert (list_doubts("no-talk"), Decision.objects.get().kind) == ([], "doubt")
    with pytest.raises(LookupError):
        dismiss_doubts([doubt.subject])


def test_the_command_list_doubts_prints_doubts_as_json_or_text(capsys):
    import_posts([Content("lunch.md", b"# Lunch\n\nWe ate.")])
    doubts = list_doubts()
    assert [doubt.kind for doubt in doubts] == ["no-talk"]
    call_command("list_doubts", format="json")
    rows = json.loads(capsys.readouterr().out)
    assert rows == [{"kind": d.kind, "post": d.post, "line": d.line, "text": d.text, "url": d.url} for d in doubts]
    call_command("list_doubts", kind="no-talk")
    assert capsys.readouterr().out == "lunch.md:1: no-talk: No talk was found in “Lunch”\n"


def test_the_command_list_doubts_names_files_as_imports_do(capsys):
    import_posts([Content("posts/lunch/index.md", b"# Lunch\n\nWe ate.")])
    call_command("list_doubts")
    assert (Post.objects.get().key, capsys.readouterr().out.partition(":")[0]) == (
        "posts/lunch",
        "posts/lunch/index.md",
    )


def test_doubts_can_be_filtered_and_dismissed_in_their_list():
    import_posts([Content("lunch.md", b"# Lunch\n\nWe ate."), Content("a/lunch.md", b"# Lunch\n\nWe drank.")])
    client = log_in("view_post", "change_post")
    context = client.get(INBOX).context_data
    assert context["folders"] == ["a"]
    assert ([(kind.name, n) for kind, n in context["kinds"]], context["total"]) == ([("no-talk", 2)], 2)
    found = client.get(INBOX + "?kind=no-talk&folder=a/").context_data["page"].object_list
    assert [doubt.post for doubt in found] == ["a/lunch.md"]
    for folder, count in (("A/", 1), ("unch", 2), ("b", 0)):
        response = client.get(INBOX, {"folder": folder})
        assert (len(response.context_data["rows"]), "Show all</a>" in response.content.decode()) == (count, not count)
    back = INBOX + "?kind=no-talk"
    assert client.post(INBOX, {"subject": found[0].subject, "back": back})["Location"] == back
    assert [doubt.post for doubt in list_doubts("no-talk")] == ["lunch.md"]
    assert client.post(INBOX, {"subject": "x", "back": "//evil.example/"})["Location"] == INBOX
    assert "To look at: 1" in client.get("/admin/").content.decode()


def test_a_post_is_listed_once_with_all_its_doubts():
    talk = "\n## Keynote\n\n* Two\n\n## Panel\n\n* Three\n"
    nameless = [("a.md", "Lunch", ""), ("b.md", "Supper", talk), ("c.md", "Tea", "")]
    import_posts(
        [Content(key, NAMELESS.data.replace(b"Lunch", name.encode()) + more.encode()) for key, name, more in nameless]
    )
    told = [
        *[("a.md", "unnamed-event", 1), ("b.md", "unnamed-event", 1)],
        *[("b.md", "no-speaker", 9), ("b.md", "no-speaker", 13), ("c.md", "unnamed-event", 1)],
    ]
    assert [(doubt.post, doubt.kind, doubt.line) for doubt in list_doubts()] == told
    response = log_in(superuser=True).get(INBOX)
    shown = [
        (label, [[row["doubt"].post for row in together] for together in posts])
        for label, posts in response.context_data["sections"]
    ]
    assert shown == [("No conference named", [["a.md"], ["b.md"] * 3, ["c.md"]])]
    assert response.content.decode().count("the same post, line") == 2


@pytest.mark.parametrize(("author", "offered"), [("", False), ("Ann Lee", True)])
def test_writer_filters_are_offered_only_if_a_writer_exists(author, offered):
    import_posts([Content("lunch.md", f"---\nauthor: {author}\n---\n# Lunch\n\nWe ate.".encode())])
    client = log_in(superuser=True)
    assert ('name="writer"' in client.get(INBOX).content.decode()) is offered
    assert ("By writer" in client.get("/admin/talks/post/").content.decode()) is offered


def test_a_post_without_a_talk_is_made_private_for_good():
    import_posts([Content("eve.md", b"# Eve Moss\n\nWe had lunch."), NAMELESS])
    client = log_in("view_post", "change_post")
    assert client.get(INBOX).content.decode().count('name="private"') == 1
    [doubt] = list_doubts("no-talk")
    answer = client.post(INBOX, {"subject": doubt.subject, "private": "", "back": INBOX}, follow=True)
    assert "Private now, for staff alone" in answer.content.decode()
    import_posts([Content("eve.md", b"# Eve Moss\n\nWe had lunch again.")])
    post = Post.objects.get(key="eve.md")
    assert (post.visibility, list_doubts("no-talk"), check_base()) == ("private", [], [])
    [logged] = LogEntry.objects.values_list("change_message", flat=True)
    assert '"field": "visibility", "before": "public", "after": "private"' in logged
    take_up_doubts([doubt.subject])
    assert 'name="private"' not in client.get(INBOX).content.decode()


def test_all_doubts_of_one_kind_are_dismissed_at_once():
    import_posts([Content(f"{name}.md", f"# Lunch {name}\n\nWe ate.".encode()) for name in "abc"])
    client = log_in("view_post", "change_post")
    label = "Not a problem: all"
    assert label not in client.get(INBOX).content.decode()
    page = client.get(INBOX, {"kind": "no-talk"})
    assert f"{label} 3 on this page" in page.content.decode()
    shown = [row["doubt"].subject for row in page.context_data["rows"]]
    import_posts([Content("d.md", b"# Lunch d\n\nWe ate.")])
    answer = client.post(INBOX, {"subject": [*shown, "doubt:conflict:x", "x"], "back": INBOX}, follow=True)
    assert "Not a problem: these 3 are not listed again." in answer.content.decode()
    assert [doubt.post for doubt in list_doubts("no-talk")] == ["d.md"]
    assert label not in client.get(INBOX, {"kind": "no-talk"}).content.decode()
    assert "This was settled meanwhile." in client.post(INBOX, {"subject": shown}, follow=True).content.decode()


def test_doubts_called_no_problem_can_be_listed_again():
    import_posts([Content(f"{name}.md", f"# Lunch {name}\n\nWe ate.".encode()) for name in "abc"])
    client = log_in("view_post", "change_post")
    subjects = [doubt.subject for doubt in list_doubts("no-talk")]
    client.post(INBOX, {"subject": subjects})
    place = f"{INBOX}?dismissed=1&kind=no-talk"
    page = client.get(place)
    assert [row["doubt"].subject for row in page.context_data["rows"]] == subjects
    text = page.content.decode()
    assert (text.count("List it again"), "List all 3 on this page again" in text) == (3, True)
    assert ("Not a problem: all" in text, "To look at: 3" in text) == (False, False)
    answer = client.post(INBOX, {"again": "", "subject": subjects[:1], "back": place})
    assert (answer["Location"], [doubt.subject for doubt in list_doubts("no-talk")]) == (place, subjects[:1])
    answer = client.post(INBOX, {"again": "", "subject": [*subjects, "x", "\0"]}, follow=True)
    assert "To look at again: these 2 are listed." in answer.content.decode()
    assert [doubt.subject for doubt in list_doubts("no-talk")] == subjects
    answer = client.post(INBOX, {"again": "", "subject": subjects}, follow=True)
    assert "This was settled meanwhile." in answer.content.decode()


def test_the_list_of_doubts_can_show_one_writers_posts():
    texts = {name: f"---\nauthor: {name}\n---\n# Lunch\n\nWe ate." for name in ("Ann Lee", "Ben Roe")}
    import_posts([Content(f"{name[:3]}.md", text.encode()) for name, text in texts.items()])
    client = log_in("view_post", "change_post")
    found = client.get(INBOX, {"writer": "Ben Roe"}).context_data["page"].object_list
    assert {(doubt.post, doubt.kind) for doubt in found} == {("Ben.md", "no-talk")}
    assert list(client.get(INBOX, {"writer": "Ben"}).context_data["page"].object_list) == []


@pytest.mark.parametrize("permissions", [(), ("view_post",), ("view_post", "change_talk")])
def test_dismissing_needs_permission_to_change_posts(permissions):
    import_posts([Content("lunch.md", b"# Lunch\n\nWe ate.")])
    [doubt] = list_doubts("no-talk")
    client = log_in(*permissions)
    assert client.get(INBOX).status_code == client.post(INBOX, {"subject": doubt.subject}).status_code == 403
    assert Decision.objects.count() == 0
    if permissions:
        assert "To look at" not in client.get("/admin/").content.decode()


def test_more_posts_among_doubts_need_no_more_queries(django_assert_num_queries):
    def bring(*numbers):
        import_posts([Content(f"{n}.md", f"# Lunch {n}\n\nWe ate {n}.".encode()) for n in numbers])

    bring(*range(10))
    list_doubts()
    with django_assert_num_queries(len(DOUBT_KINDS) + 5):
        assert len(list_doubts()) == 10
    bring(*range(10, 50))
    with django_assert_num_queries(len(DOUBT_KINDS) + 5):
        assert len(list_doubts()) == 50
    assert Post.objects.count() == 50


def test_the_list_of_doubts_offers_merges_of_similar_names():
    for name in ("Micro Services", "Microservices"):
        make.make_tag(name)
    client = log_in(superuser=True)
    [doubt] = list_doubts("alike-tags")
    html = client.get(INBOX).content.decode()
    assert [f'name="_selected_action" value="{pk}"' in html for pk in doubt.alike] == [True, True]
    response = client.post("/admin/talks/tag/", {"action": "merge", "_selected_action": doubt.alike})
    assert "Which name stays?" in response.content.decode()


def test_editors_make_uncertain_lines_talks_in_the_list_of_doubts():
    import_posts([Content("x.md", DOUBTFUL.encode())])
    client = log_in(superuser=True)
    [doubt] = list_doubts("doubtful-talk")
    assert doubt.url.endswith(f"/reading/?line={doubt.line}#L{doubt.line}")
    answer = client.post(INBOX, {"subject": doubt.subject, "answer": "", "back": INBOX + "?kind=doubtful-talk"})
    assert answer["Location"] == INBOX + "?kind=doubtful-talk"
    [row] = Correction.objects.all()
    assert (row.act, row.made_by) == ("talk", "staff0")
    assert (list_doubts("doubtful-talk"), Post.objects.get().sources.filter(withdrawn=False).count()) == ([], 2)
    said = client.get(INBOX).content.decode()
    assert f'<a href="/admin/talks/post/{row.post_id}/reading/">Look at it, or take it back</a>' in said
    assert f"By this 1 talk came: “{Talk.objects.latest('pk').title}”." in said


def test_an_answer_makes_a_whole_post_without_talks_one_talk():
    import_posts([Content("lunch.md", b"# Lunch\n\nWe ate.")])
    [doubt] = list_doubts("no-talk")
    settle_doubt(doubt.subject, made_by="ann")
    assert (list_doubts("no-talk"), Correction.objects.get().act) == ([], "whole")


def test_answers_without_values_or_to_unknown_doubts_are_refused():
    """They raise `LookupError`."""
    import_posts([NAMELESS])
    [doubt] = list_doubts("unnamed-event")
    assert doubt.url.endswith("/reading/#whole")
    for subject in (doubt.subject, "doubt:no-talk:x", "x"):
        with pytest.raises(LookupError):
            settle_doubt(subject, made_by="ann")
    assert Correction.objects.count() == 0


def test_editors_name_posts_conferences_in_the_list_of_doubts():
    import_posts([NAMELESS])
    client = log_in(superuser=True)
    [doubt] = list_doubts("unnamed-event")
    said = {"subject": doubt.subject, "answer": "", "post-series": "Acme Conf", "post-year": "17"}
    assert "greater than or equal to 1900" in client.post(INBOX, said, follow=True).content.decode()
    assert Correction.objects.count() == 0
    client.post(INBOX, said | {"post-year": "2017"})
    assert (list_doubts("unnamed-event"), str(Post.objects.get().conference)) == ([], "Acme Conf 2017")


def test_editors_name_all_nameless_posts_of_a_folder_at_once():
    """The posts of other folders, those called no problem, and those that name an event stay as they are."""
    keys = ["moss/a.md", "moss/b.md", "moss/c.md", "moss/deep/d.md", "e.md"]
    named = Content("moss/named.md", POST.encode())
    import_posts([*(Content(key, NAMELESS.data.replace(b"Moss", key.encode())) for key in keys), named])
    doubts = {doubt.post: doubt for doubt in list_doubts("unnamed-event")}
    dismiss_doubts([doubts["moss/c.md"].subject])
    client = log_in(superuser=True)
    rows = client.get(INBOX).context_data["rows"]
    assert {row["doubt"].post: row["nameless"] for row in rows if row["doubt"].kind == "unnamed-event"} == {
        "moss/a.md": 2,
        "moss/b.md": 2,
        "moss/deep/d.md": 1,
        "e.md": 1,
    }
    said = {"subject": doubts["moss/b.md"].subject, "answer": "post", "post-series": "Moss Day", "post-year": "2017"}
    page = client.post(INBOX, said | {"of_folder": "on"}, follow=True).content.decode()
    assert "Corrected: 2 corrections, the first: " in page
    found = Post.objects.filter(conference__series__name="Moss Day").values_list("key", flat=True)
    assert sorted(found) == ["moss/a.md", "moss/b.md"]


def bring_in_nameless():
    text = "---\ntitle: Acme Conf 2019\ndate: {}\nconfnotes: {{talk_level: 2}}\n---\n\n## {}\n\n* One\n* Two\n"
    posts = [("b.md", "2019-05-01", "Good things"), ("a.md", "2019-05-02", "Good Things")]
    import_posts([Content(key, text.format(day, title).encode()) for key, day, title in posts])


def test_editors_name_talks_speakers_in_the_list_of_doubts():
    bring_in_nameless()
    client = log_in(superuser=True)
    [doubt] = list_doubts("no-speaker")
    assert (doubt.post, doubt.line) == ("b.md", 7)  # the talk shows the words of the first post
    assert 'name="speakers"' in client.get(INBOX).content.decode()
    client.post(INBOX, {"subject": doubt.subject, "answer": "", "speakers": "Ann Lee | Acme; Bo Fox"})
    told = list(Talk.objects.get().appearances.order_by("position").values_list("speaker__name", "affiliation"))
    assert (told, list_doubts("no-speaker"), Correction.objects.get().act) == (
        [("Ann Lee", "Acme"), ("Bo Fox", "")],
        [],
        "details",
    )


OUTSIDE = """---
title: Notes from Acme Conf 2019
---

* Coffee
* Tea

## First Things by Ann Lee

* One

## Lunch

Third things

* Four
* Five

## Second Things by Ben Roe

* Two
"""


def tell_talks():
    rows = Talk.objects.filter(withdrawn=False).order_by("position")
    return [(talk.title, [unit.text for unit in talk.takeaways.filter(withdrawn=False)]) for talk in rows]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "answer", "title", "talks"),
    [
        (16, "own", "", [("First Things", ["One"]), ("Third things", ["Four", "Five"]), ("Second Things", ["Two"])]),
        (16, "own", "Soup", [("First Things", ["One"]), ("Soup", ["Four", "Five"]), ("Second Things", ["Two"])]),
        (16, "above", "", [("First Things", ["One", "Four", "Five"]), ("Second Things", ["Two"])]),
        (16, "below", "", [("First Things", ["One"]), ("Second Things", ["Four", "Five", "Two"])]),
        (5, "below", "", [("First Things", ["Coffee", "Tea", "One"]), ("Second Things", ["Two"])]),
        (16, "none", "", [("First Things", ["One"]), ("Second Things", ["Two"])]),
        (5, "none", "", [("First Things", ["One"]), ("Second Things", ["Two"])]),
        (5, "own", "Hot", [("Hot", ["Coffee", "Tea"]), ("First Things", ["One"]), ("Second Things", ["Two"])]),
    ],
)
def test_editors_decide_on_notes_outside_talks_among_doubts(line, answer, title, talks):
    import_posts([Content("notes.md", OUTSIDE.encode())])
    client = log_in(superuser=True)
    [doubt] = [each for each in list_doubts("notes-outside") if each.line == line]
    client.post(INBOX, {"subject": doubt.subject, "answer": answer, "title": title})
    assert tell_talks() == talks
    assert [each.line for each in list_doubts("notes-outside")] == [{16: 5, 5: 16}[line]]


def test_answering_no_talk_settles_all_unplaced_passages_of_a_doubt():
    text = OUTSIDE.replace(
        "* Two\n", "* Two\n\n## Dinner\n\nFourth things\n\n* Six\n* Seven\n\n## Last Things by Cy Dow\n\n* Three\n"
    )
    import_posts([Content("notes.md", text.encode())])
    client = log_in(superuser=True)
    [doubt] = [each for each in list_doubts("notes-outside") if each.code == "unplaced-notes"]
    assert doubt.text.startswith("6 passages")
    response = client.post(INBOX, {"subject": doubt.subject, "answer": "none"}, follow=True)
    assert "2 corrections, the first: ## Lunch" in response.content.decode()
    assert [each.code for each in list_doubts("notes-outside")] == ["notes-before-talk"]
    assert "unplaced" not in str(Post.objects.get().diagnostics)
    assert [title for title, _ in tell_talks()] == ["First Things", "Second Things", "Last Things"]


@pytest.mark.parametrize("answer", ["above", "none"])
def test_answers_about_unplaced_passages_spare_assigned_notes_between_them(answer):
    text = OUTSIDE.replace("* Four\n* Five\n", "* Four\n\nGrey moss\n\n* Five\n* Six\n")
    import_posts([Content("notes.md", text.encode())])
    lines = read_anchor_lines(text)
    below = make_anchor(lines, lines.index("## Second Things by Ben Roe") + 1)
    moss = make_anchor(lines, lines.index("Grey moss") + 1)
    correct(Said(Act.NOTES, moss, moss, talk=below))
    [doubt] = [each for each in list_doubts("notes-outside") if each.code == "unplaced-notes"]
    settle_doubt(doubt.subject, answer, made_by="ann")
    assert ("Second Things", ["Grey moss", "Two"]) in tell_talks()


def test_notes_before_the_first_talk_cannot_join_an_earlier():
    import_posts([Content("notes.md", OUTSIDE.replace("* Tea", "* Tea <b>").encode())])
    html = log_in(superuser=True).get(INBOX + "?kind=notes-outside").content.decode()
    quotes = ("<bdi>* Coffee * Tea &lt;b&gt;</bdi></blockquote>", "<bdi>* Four * Five</bdi></blockquote>")
    assert [html.count(quote) for quote in quotes] == [1, 1]
    assert [html.count(f'value="{name}"') for name in ("own", "above", "below")] == [2, 1, 2]
    [doubt] = [each for each in list_doubts("notes-outside") if each.line == 5]
    with pytest.raises(LookupError):
        settle_doubt(doubt.subject, "above", made_by="ann")


@pytest.mark.parametrize(("said", "fault"), [("", "Say who gave the talk."), ("x" * 300, "Each speaker is a name")])
def test_invalid_speakers_are_refused_in_the_list_of_doubts(said, fault):
    bring_in_nameless()
    [doubt] = list_doubts("no-speaker")
    sent = {"subject": doubt.subject, "answer": "", "speakers": said}
    assert fault in log_in(superuser=True).post(INBOX, sent, follow=True).content.decode()
    assert Correction.objects.count() == 0


def test_the_list_of_doubts_sets_no_speakers_without_a_post():
    make.make_talk("Alone")
    [doubt] = list_doubts("no-speaker")
    assert 'name="speakers"' not in log_in(superuser=True).get(INBOX).content.decode()
    with pytest.raises(LookupError):
        settle_doubt(doubt.subject, made_by="ann", said={"speakers": ()})


@pytest.mark.parametrize(("how", "title"), [("mine", "Ours"), ("post", "Theirs")])
def test_a_conflict_is_settled_in_the_list_of_doubts(how, title):
    post = make.make_post()
    talk = make.make_talk("Ours", post=post)
    row = Conflict.objects.create(post=post, talk=talk, field="title", ours="Ours", theirs="Theirs")
    [doubt] = list_doubts("conflict")
    assert (doubt.text, doubt.conflict) == ("title of “Ours”: here “Ours”, in the post “Theirs”", row.pk)
    client, address = log_in(superuser=True), f"/admin/talks/conflict/{row.pk}/answer/{how}/"
    assert f'formaction="{address}"' in client.get(INBOX).content.decode()
    assert client.post(address, {"back": INBOX + "?kind=conflict"})["Location"] == INBOX + "?kind=conflict"
    talk.refresh_from_db()
    assert (list_doubts("conflict"), talk.title) == ([], title)


def test_conflicts_have_no_buttons_without_permission_to_change():
    post = make.make_post()
    row = Conflict.objects.create(post=post, talk=make.make_talk("Ours", post=post), field="title", theirs="B")
    html = log_in("view_post", "change_post").get(INBOX).content.decode()
    assert f"/admin/talks/conflict/{row.pk}/answer/" not in html


def test_answering_a_conflict_never_redirects_to_another_site():
    post = make.make_post()
    row = Conflict.objects.create(post=post, talk=make.make_talk("Ours", post=post), field="title", theirs="B")
    answer = log_in(superuser=True).post(f"/admin/talks/conflict/{row.pk}/answer/mine/", {"back": "//evil.example/"})
    assert answer["Location"] == "/admin/talks/conflict/"


def test_a_doubt_quotes_no_lines_that_are_takeaways():
    import_posts([Content("notes.md", OUTSIDE.encode())])
    post = Post.objects.get()
    post.lines = [span if span[0] != 16 else [16, 16, "unplaced"] for span in post.lines]
    post.save()
    quotes = quote_posts(list_doubts("notes-outside"))
    assert sorted(quotes.values()) == ["* Coffee * Tea", "* Four"]


def test_the_admins_header_counts_no_doubts_about_rare_tags():
    """Those are tags that are used once."""
    cache.clear()
    import_posts([Content("notes.md", POST.replace("* One", "* One on Docker").encode())])
    doubts = list_doubts()
    rare = [doubt for doubt in doubts if doubt.kind == "rare-tag"]
    assert (len(rare), len(choose_pressing(doubts))) == (1, len(doubts) - 1)
    client = log_in("view_post", "change_post")
    assert f"To look at: {len(doubts) - 1}<" in client.get("/admin/").content.decode()
    assert list(client.get(INBOX).context_data["page"].object_list) == choose_pressing(doubts)
    assert list(client.get(INBOX, {"kind": "rare-tag"}).context_data["page"].object_list) == rare


def test_the_command_list_doubts_prints_rare_tags_only_if_asked(capsys):
    import_posts([Content("notes.md", POST.replace("* One", "* One on Docker").encode())])
    call_command("list_doubts", format="json")
    assert json.loads(capsys.readouterr().out) == [
        {"kind": d.kind, "post": d.post, "line": d.line, "text": d.text, "url": d.url}
        for d in choose_pressing(list_doubts())
    ]
    call_command("list_doubts", kind="rare-tag")
    assert capsys.readouterr().out == "rare-tag: The tag Docker is that of one talk alone\n"


def test_doubts_are_listed_in_the_order_of_their_kinds():
    bring_in_nameless()
    import_posts(
        [Content("notes.md", OUTSIDE.encode()), Content("soup.md", b"# Soup\n\nWe ate. ![](soup.png)\n"), NAMELESS]
    )
    post = Post.objects.get(key="notes.md")
    talk = post.sources.first().talk
    Conflict.objects.create(post=post, talk=talk, field="title", ours=talk.title, theirs="Another title")
    kinds = [
        "conflict",
        "correction",
        "no-talk",
        "notes-outside",
        "doubtful-talk",
        "unnamed-event",
        "no-speaker",
        "alike-speakers",
        "alike-series",
        "alike-tags",
        "image",
        "rare-tag",
    ]
    assert [kind.name for kind in DOUBT_KINDS] == kinds
    doubts = list_doubts()
    found = [doubt.kind for doubt in doubts]
    first = [next(group).kind for _, group in groupby(doubts, lambda doubt: doubt.post or doubt.subject)]
    assert first == sorted(first, key=kinds.index)
    assert {"conflict", "no-talk", "notes-outside", "unnamed-event", "no-speaker", "image"} <= set(found)
    shown = log_in(superuser=True).get(INBOX).context_data
    assert [row["doubt"].kind for row in shown["rows"]] == found
    assert [kind.name for kind, _ in shown["kinds"]] == [kind for kind in kinds if kind in found]
