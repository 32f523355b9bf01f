"""The page on which an editor corrects how a post is read."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.http import QueryDict
from django.urls import reverse

from talks import editing
from talks.admin import readings
from talks.admin.reading_page_forms import ReadingForms
from talks.editing import corrections, list_doubts, make_version, preview_reading
from talks.importing import Content, import_posts, read_corrected
from talks.models import Correction, Post, Takeaway, Talk, TalkSource
from talks.parsing import parse_post, read_anchor_lines
from tests.admin.rows import count_queries, log_in
from tests.editing.test_corrections import FIRST, POST, SECOND, THIRD, bring_in, list_talks
from tests.parsing.talks.test_evidence import DOUBTFUL

pytestmark = pytest.mark.django_db


@pytest.fixture(name="client")
def _client():
    bring_in()
    return log_in(superuser=True)


def page():
    return reverse("admin:talks_post_reading", args=[Post.objects.get().pk])


def send(client, **values):
    said = {"version": make_version(Post.objects.get()), "act": "talk", "save": ""} | values
    return client.post(page(), {name: value for name, value in said.items() if value is not None})


def read_errors(response):
    """Return the errors on the page after a request."""
    assert response.status_code == 200
    forms = [response.context_data[name] for name in ("form", "told", "answers")]
    return [fault for form in forms if form.is_bound for faults in form.errors.values() for fault in faults]


def tell_lines(response):
    return {line.number: (line.became, line.changed) for line in response.context_data["lines"] if line.role}


@pytest.mark.any_database
def test_each_line_is_shown_beside_its_interpretation(client):
    lines = tell_lines(client.get(page()))
    assert lines == {
        1: ("front matter", False),
        2: ("front matter", False),
        3: ("front matter", False),
        5: ("talk 1: First Things", False),
        7: ("takeaway of talk 1", False),
        9: ("talk 2: Second Things", False),
        11: ("takeaway of talk 2", False),
        13: ("part of talk 2, but no takeaway", False),
        15: ("takeaway of talk 2", False),
    }


@pytest.mark.any_database
def test_a_preview_marks_what_would_change_and_saves_nothing(client):
    response = send(client, line=["13"], save=None)
    lines = tell_lines(response)
    assert {number: said for number, said in lines.items() if said[1]} == {
        13: ("talk 3: Third things", True),
        15: ("takeaway of talk 3", True),
    }
    assert (list_talks(), Correction.objects.count()) == ([FIRST, SECOND], 0)


@pytest.mark.any_database
def test_ticking_lines_and_typing_their_numbers_make_the_same_correction(client):
    for said in ({"line": ["13", "15"]}, {"first": "13", "last": "15"}, {"first": "12", "last": "16"}):
        assert send(client, title="Third Things", **said).status_code == 302
        assert list_talks() == THIRD
        assert Correction.objects.values_list("anchor", flat=True).last() == {
            "first": ["Third things", "* Three", 1],
            "last": ["* Four", "Third things", 1],
        }
        Correction.objects.all().delete()
        bring_in(POST.replace("One", "1"))
        bring_in()


def test_a_correction_records_its_editor_and_appears_in_history(client):
    send(client, line="13", speakers="Cy Dow | Acme\nDi Eve")
    row = Correction.objects.get()
    assert (row.made_by, row.value) == ("staff0", {"speakers": [["Cy Dow", "Acme"], ["Di Eve", ""]]})
    assert (
        LogEntry.objects.get().change_message
        == "Corrected how it is read: Third things is a talk, Cy Dow | Acme; Di Eve."
    )
    assert list(Talk.objects.get(title="Third things").speakers.values_list("name", flat=True)) == ["Cy Dow", "Di Eve"]


def test_a_correction_can_be_switched_off_and_on(client):
    send(client, line="13", title="Third Things")
    post = Post.objects.get()
    address = reverse("admin:talks_post_switch", args=[post.pk, 1])
    for expected in ([FIRST, SECOND], THIRD):
        client.post(address, {"version": make_version(Post.objects.get())})
        assert list_talks() == expected


@pytest.mark.any_database
def test_taking_back_one_correction_leaves_those_saved_later(client):
    send(client, line="13", title="Third Things")
    send(client, act="details", line="5", speakers="-")
    address = reverse("admin:talks_post_switch", args=[Post.objects.get().pk, 1])
    for active in ([2], [1, 2]):
        fields = {"first": "", "last": "", "title": "", "talk": ""}  # a browser sends the empty fields of the page, too
        client.post(address, {**fields, "version": make_version(Post.objects.get())})
        assert (
            list(Correction.objects.filter(active=True).order_by("number").values_list("number", flat=True)) == active
        )


@pytest.mark.any_database
def test_no_button_of_the_reading_page_shares_a_fields_name(client):
    send(client, line="13", title="Third Things")
    html = client.get(page()).content.decode()
    buttons = set(re.findall(r'<button[^>]* name="([^"]+)"', html))
    assert "last_save" in buttons
    assert buttons.isdisjoint(re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', html))


@pytest.mark.any_database
def test_a_dash_removes_all_speakers_of_a_talk(client):
    send(client, act="details", line="5", speakers="-")
    assert list(Talk.objects.get(title="First Things").speakers.all()) == []


@pytest.mark.any_database
def test_a_correction_of_the_whole_post_sets_conference_and_visibility(client):
    said = {"save": "whole", "post-series": "Other Conf", "post-year": "2018", "post-visibility": "private"}
    assert send(client, **said).status_code == 302
    post = Post.objects.get()
    assert (str(post.conference), post.visibility) == ("Other Conf 2018", "private")


@pytest.mark.slow
@pytest.mark.any_database
@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({}, "Tick the lines that you mean, or give their numbers."),
        ({"first": "4"}, "There is no text on these lines."),
        ({"first": "900"}, "There is no text on these lines."),
        ({"line": "13", "act": "dance"}, "Select a valid choice. dance is not one of the available choices."),
        ({"line": "13", "speakers": "| Acme"}, "Each speaker is a name, with the affiliation behind a bar."),
        ({"line": "13", "title": "a\x00b"}, "Remove the character U+0000: nobody can see it."),
        ({"save": "whole"}, "Say at least one thing."),
        ({"line": "13", "act": "day"}, "Give the number of the day that begins here; 0 stands for no day."),
        ({"line": ["5", "13"], "act": "day", "day": "99"}, "The last of these lines would begin a day after day 99."),
        ({"line": "13", "act": "out", "day": "2"}, "A day is that of lines that are talks, or that begin a day."),
        ({"line": "5", "act": "details"}, "Give a title, speakers or a day."),
        ({"line": "5", "act": "details", "day": "0"}, "The post is read so already: nothing would be read otherwise."),
        ({"title": "x"}, "Tick the lines that you mean, or give their numbers."),
        ({"save": "whole", "post-year": "17"}, "Ensure this value is greater than or equal to 1900."),
        ({"line": "5", "act": "above"}, "no talk stands above it"),
        ({"line": "2", "act": "details", "title": "x"}, "no talk"),
        ({"line": "13", "version": "old"}, "changed meanwhile"),
    ],
)
def test_invalid_corrections_are_reported_and_change_nothing(client, said, fault):
    before = list_talks()
    told, *_ = read_errors(send(client, **said))
    assert fault in told
    assert (list_talks(), Correction.objects.count()) == (before, 0)


@pytest.mark.any_database
def test_an_invalid_page_number_opens_a_page_that_exists(client):
    assert client.get(page() + "?page=99").context_data["page"] == 1
    assert client.get(page() + "?page=x").status_code == 200


@pytest.mark.any_database
@pytest.mark.parametrize("permission", [(), ("view_post",), ("change_talk", "view_post")])
def test_correcting_needs_permission_to_change_posts(permission):
    bring_in()
    client = log_in(*permission)
    post = Post.objects.get()
    row = Correction.objects.create(post=post, number=1, act="talk", active=False)
    assert client.get(page()).status_code == 403
    assert send(client, line="13").status_code == 403
    assert client.post(reverse("admin:talks_post_switch", args=[post.pk, 1]), {}).status_code == 403
    row.refresh_from_db()
    assert (row.active, Correction.objects.count(), list_talks()) == (False, 1, [FIRST, SECOND])


def test_the_number_of_queries_does_not_grow_with_corrections(client):
    few = count_queries(client, page())
    for number in range(1, 6):
        said = {"first": ["Third things", "* Three", 1]}
        Correction.objects.create(post=Post.objects.get(), number=number, act="no-talk", anchor=said)
    assert count_queries(client, page()) == few


@pytest.mark.any_database
def test_markup_in_a_post_is_escaped():
    bring_in(POST.replace("Third things", "<script>alert(1)</script> <b>x"))
    body = log_in(superuser=True).get(page()).content.decode()
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert(1)" in body


def tell_corrections():
    return [(row.act, row.value) for row in Correction.objects.order_by("number")]


@pytest.mark.any_database
def test_editors_can_make_each_ticked_line_begin_a_talk(client):
    assert send(client, line=["11", "13"], act="each").status_code == 302
    assert [title for title, _ in list_talks()] == ["First Things", "Second Things", "Three", "Third things"]


@pytest.mark.any_database
def test_saving_and_taking_back_tell_which_talks_came_and_went(client):
    preview = client.post(
        page(), {"version": make_version(Post.objects.get()), "act": "each", "line": "13", "try": "lines"}
    )
    assert "<strong>1 talk would come: “Third things”.</strong>" in preview.content.decode()
    send(client, line="13")
    send(client, line="5", act="no-talk")
    post = Post.objects.get()
    client.post(reverse("admin:talks_post_switch", args=[post.pk, 2]), {"version": make_version(post), "last_save": ""})
    response = send(client, **{"talk-9-title": "Last Things"}, save="talks")
    told = [str(message).partition("again: ")[2] for message in response.wsgi_request._messages]
    assert told == [
        "3 talks; 1 talk came: “Third things”.",
        "2 talks; 1 talk went: “First Things”.",
        "3 talks; 1 talk came: “First Things”.",
        "3 talks.",
    ]


@pytest.mark.any_database
def test_ticked_lines_with_text_between_get_separate_corrections(client):
    send(client, line=["5", "9"], act="no-talk")
    assert (list_talks(), [act for act, _ in tell_corrections()]) == ([], ["no-talk", "no-talk"])


@pytest.mark.any_database
def test_typed_line_numbers_are_added_to_the_ticked_lines(client):
    assert send(client, line=["7"], first="15", act="units").status_code == 200  # both are takeaways already
    assert send(client, line=["7"], first="11", last="12", act="out").status_code == 302
    assert list_talks() == [("First Things", 0), ("Second Things", 1)]


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("typed", "fault"),
    [({"last": "11"}, "Give the first of these lines, too."), ({"first": "8"}, "There is no text on these lines.")],
)
def test_invalid_line_numbers_are_faults_even_if_lines_are_ticked(client, typed, fault):
    assert read_errors(send(client, line=["7"], act="out", **typed)) == [fault]


@pytest.mark.any_database
def test_two_neighbouring_talks_that_are_ticked_together_stay_two_talks(client):
    bring_in(POST.replace("* One\n\n", ""))
    assert send(client, line=["5", "7"], act="talk", day="2").status_code == 302
    assert list(Talk.objects.order_by("position").values_list("title", "day__number")) == [
        ("First Things", 2),
        ("Second Things", 2),
    ]


@pytest.mark.any_database
def test_neighbouring_ticked_lines_begin_a_day_each(client):
    bring_in("---\ntitle: Notes from Acme Conf 2019\n---\n\nMonday\n\nTuesday\n\n## First Things by Ann Lee\n\n* One\n")
    assert send(client, line=["5", "7"], act="day", day="1").status_code == 302
    assert [correction.value for correction in Correction.objects.order_by("number")] == [{"day": 1}, {"day": 2}]
    assert Talk.objects.get(withdrawn=False).day.number == 2


@pytest.mark.any_database
def test_editors_can_make_each_similar_line_begin_a_talk(client):
    """Each line like the ticked one."""
    send(client, line=["5", "9"], act="no-talk")
    send(client, line=["9"], act="alike")
    assert list_talks() == [FIRST, SECOND]


@pytest.mark.any_database
def test_a_ticked_takeaway_moves_to_the_chosen_talk(client):
    send(client, line=["15"], act="notes", talk="5")
    assert list_talks() == [("First Things", 2), ("Second Things", 1)]
    assert read_errors(send(client, line=["15"], act="notes")) == ["Choose the talk whose takeaways these lines are."]


@pytest.mark.any_database
def test_the_whole_post_becomes_one_talk_without_ticked_lines(client):
    send(client, act="whole", title="All Things")
    assert [title for title, _ in list_talks()] == ["All Things"]


@pytest.mark.any_database
def test_titles_speakers_and_days_change_in_the_list_of_talks(client):
    rows = {"talk-5-title": "Old Things", "talk-5-speakers": "Ann Lee | Acme; Cy Dow", "talk-9-title": "Second Things"}
    rows |= {"talk-9-speakers": "Ben Roe", "talk-9-day": "2"}
    assert send(client, save="talks", **rows).status_code == 302
    assert tell_corrections() == [
        ("details", {"title": "Old Things", "speakers": [["Ann Lee", "Acme"], ["Cy Dow", ""]]}),
        ("details", {"day": 2}),
    ]
    talk = Talk.objects.get(title="Second Things")
    assert talk.day.number == 2
    assert send(client, save="talks", **rows | {"talk-9-day": ""}).status_code == 302
    talk.refresh_from_db()
    assert (tell_corrections()[2:], talk.day.number) == ([("details", {"day": 0, "replaces": [2]})], None)
    assert [title for title, _ in list_talks()] == ["Old Things", "Second Things"]


@pytest.mark.any_database
def test_a_day_given_to_one_talk_is_not_its_posts(client):
    send(client, **{"save": "talks", "act": None, "talk-5-day": "2"})
    page_of_post = client.get(Post.objects.get().get_absolute_url()).content.decode()
    trail = page_of_post.partition('aria-label="Where this is"')[2].partition("</nav>")[0]
    assert ("Acme Conf 2019" in trail, "Day 2" in trail) == (True, False)
    asked = client.get(page()).context_data["answers"].fields["day"].widget.attrs["placeholder"]
    assert asked == "now: 2, of some of the talks"


@pytest.mark.any_database
def test_typing_day_0_for_talks_without_days_changes_nothing(client):
    rows = {"talk-5-title": "First Things", "talk-5-speakers": "Ann Lee", "talk-9-title": "Second Things"}
    rows |= {"talk-9-speakers": "Ben Roe", "talk-9-day": "0"}
    assert read_errors(send(client, save="talks", **rows)) == ["Nothing was changed."]


@pytest.mark.any_database
def test_talks_can_be_marked_as_no_talk_in_the_list(client):
    rows = {"talk-5-title": "First Things", "talk-5-speakers": "Ann Lee"}
    send(client, save="talks", **rows, **{"talk-9-none": "on"})
    assert list_talks() == [("First Things", 1)]


@pytest.mark.any_database
def test_saving_unchanged_talks_shows_a_message(client):
    rows = {
        f"talk-{line}-{name}": said
        for line, title, who in ((5, "First Things", "Ann Lee"), (9, "Second Things", "Ben Roe"))
        for name, said in (("title", title), ("speakers", who))
    }
    response = send(client, save="talks", **rows)
    assert response.context_data["told"].non_field_errors() == ["Nothing was changed."]
    assert tell_corrections() == []


@pytest.mark.any_database
def test_typed_lines_change_titles_and_speakers_of_talks_in_order(client):
    rows = {"talk-5-title": "First Things", "talk-5-speakers": "Ann Lee", "talk-9-speakers": "Ben Roe"}
    rows |= {"talk-9-title": "Last Things"}  # a changed field goes over the text
    text = {"talk-titles": "Old Things\r\nNew Things\r\n", "talk-speakers": "\r\nCy Dow | Acme; Di Eve"}
    send(client, save="talks", **rows, **text)
    assert tell_corrections() == [
        ("details", {"title": "Old Things"}),
        ("details", {"title": "Last Things", "speakers": [["Cy Dow", "Acme"], ["Di Eve", ""]]}),
    ]


NOBODY = {"talk-9-speakers": "-", "talk-9-day": "2"}


@pytest.mark.any_database
def test_the_list_of_talks_shows_no_speaker_as_a_dash(client):
    response = client.post(
        page(), {"version": make_version(Post.objects.get()), "save": "talks", "act": "talk"} | NOBODY
    )
    told = [str(message) for message in response.wsgi_request._messages]
    saved = (
        "is a talk whose title, speakers or day an editor gave, no speaker, day 2. The post was read again: 2 talks."
    )
    assert told == [f"Corrected: ## Second Things by Ben Roe {saved}"]
    shown = client.get(page()).context_data["told"]
    assert (shown["9-speakers"].value(), shown["speakers"].value()) == ("–", "Ann Lee\n–")
    same = send(client, save="talks", **NOBODY | {"talk-9-speakers": "–"})
    assert read_errors(same) == ["Nothing was changed."]


@pytest.mark.any_database
def test_a_dash_saves_no_speaker_for_talks_editors_began(client):
    send(client, line="13")
    assert len(list_doubts("no-speaker")) == 1
    response = send(client, save="talks", **{"talk-13-speakers": "-"})
    told = [str(message) for message in response.wsgi_request._messages]
    saved = "is a talk whose title, speakers or day an editor gave, no speaker. The post was read again: 3 talks."
    assert told[1:] == [f"Corrected: Third things {saved}"]
    assert list_doubts("no-speaker") == []
    said, post = Correction.objects.get(act="details"), Post.objects.get()
    client.post(
        reverse("admin:talks_post_switch", args=[post.pk, said.number]),
        {"last_save": "", "version": make_version(post)},
    )
    assert [row.act for row in Correction.objects.filter(active=True)] == ["talk"]


@pytest.mark.any_database
def test_both_talks_of_one_line_can_be_corrected_to_speakerless():
    import_posts([Content("shared.md", b"# Acme Conf 2019\n\nGardens in Winter came first, Roses in June then.\n")])
    client = log_in(superuser=True)
    send(client, line="3")
    send(client, line="3", within="Roses in June")
    for field in ("talk-3-speakers", "talk-3.2-speakers"):
        assert send(client, save="talks", **{field: "-"}).status_code == 302
    assert Correction.objects.filter(act="details", active=True).count() == 2


THREE_LINES = "“Titles, one a line” has 3 lines, but there are 2 talks"
NAMES = [{"speakers": [["Cy Dow", ""]]}]


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("typed", "text", "said"),
    [
        ({}, {"talk-speakers": "Cy Dow"}, NAMES),
        ({}, {"talk-speakers": "Cy Dow\n\n\n\n\n"}, NAMES),
        ({"talk-9-none": "1"}, {"talk-titles": "Ferns\nThird Things"}, [{"title": "Ferns"}, {}]),
        ({"talk-9-none": "1"}, {"talk-titles": "Ferns\nSecond Things\nThird Things\n"}, [{"title": "Ferns"}, {}]),
        ({"talk-5-none": "1"}, {"talk-titles": "Second Things\nFerns"}, [{}, {"title": "Ferns"}]),
        ({"talk-13-none": "1"}, {"talk-titles": "First Things\nFerns"}, [{"title": "Ferns"}, {}]),
    ],
)
def test_typed_titles_may_skip_talks_ticked_as_no_talk(typed, text, said):
    source = POST.replace(" by Ben Roe", "").replace("Third things", "## Third Things")
    import_posts([Content("notes.md", source.encode())])
    rows = {"talk-5-title": "First Things", "talk-9-title": "Second Things", "talk-13-title": "Third Things"}
    send(log_in(superuser=True), save="talks", **rows, **{"talk-5-speakers": "Ann Lee"}, **typed, **text)
    assert [value for _, value in tell_corrections()] == said


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ({"talk-5-none": "1", "talk-titles": "A\nB\nC"}, THREE_LINES + " (1 without those ticked as no talk)."),
        ({"talk-titles": "One"}, "“Titles, one a line” has 1 line, but there are 2 talks."),
        ({"talk-speakers": "A\n\nB"}, "“Speakers, those of one talk a line” has 3 lines, but there are 2 talks."),
        ({"talk-titles": "x" * 301 + "\nB"}, "Ensure this value has at most 300 characters (it has 301)."),
        ({"talk-speakers": "\n| Acme"}, "Each speaker is a name, with the affiliation behind a bar."),
        ({"talk-titles": "First Things\n"}, "Nothing was changed."),
    ],
)
def test_invalid_or_unchanged_lines_of_titles_or_speakers_are_refused(client, text, fault):
    rows = {f"talk-{line}-title": title for line, title in ((5, "First Things"), (9, "Second Things"))}
    rows |= {"talk-5-speakers": "Ann Lee", "talk-9-speakers": "Ben Roe"}
    response = send(client, save="talks", **rows, **text)
    assert read_errors(response) == [fault]
    assert tell_corrections() == []


SHARED = "# Acme Conf 2019\n\nAnn Lee spoke about “Gardens in Winter”, and Ben Roe on “Roses in June”.\n\nBye.\n"


def share_a_line():
    import_posts([Content("shared.md", SHARED.encode())])
    client, post = log_in(superuser=True), Post.objects.get()
    for words in ("", "Ben Roe"):
        said = {"version": make_version(post), "act": "talk", "line": "3", "within": words, "save": ""}
        assert client.post(page(), said).status_code == 302
        post.refresh_from_db()
    return client, post


@pytest.mark.any_database
def test_two_talks_on_one_line_are_told_apart():
    client, post = share_a_line()
    assert tell_lines(client.get(page()))[3][0] == ("talk 1: Gardens in Winter; talk 2: Roses in June, with a takeaway")
    rows = {"talk-3-title": "Gardens in Winter", "talk-3-speakers": "Ann Lee"}
    rows |= {"talk-3.2-title": "Roses", "talk-3.2-speakers": "Ben Roe"}
    client.post(page(), {"version": make_version(post), "save": "talks", **rows})
    assert list_talks() == [("Gardens in Winter", 0), ("Roses", 2)]
    assert "<bdi>from “Ben Roe” on</bdi>" in client.get(page()).content.decode()


@pytest.mark.any_database
def test_words_begin_talks_within_several_ticked_lines_at_once():
    text = (
        "# Acme Conf 2019\n\nA word on Roses in June.\n\nWe heard Ferns in May, and Moss in March too.\n\nIvy climbs.\n"
    )
    import_posts([Content("shared.md", text.encode())])
    response = send(
        log_in(superuser=True), act="each", line=["3", "5", "7"], within="Moss in March; Roses in June; Ferns in May"
    )
    assert response.status_code == 302
    told = [(row.value.get("within", ""), row.find_line()) for row in Correction.objects.all()]
    assert told == [("Roses in June", 3), ("Ferns in May", 5), ("Moss in March", 5), ("", 7)]
    assert TalkSource.objects.count() == 4


@pytest.mark.slow
@pytest.mark.any_database
@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"line": "3", "within": "Cy Dow"}, "The words “Cy Dow” do not stand on line 3."),
        ({"line": ["3", "5"], "act": "each", "within": "Cy; Ben; Bye"}, "“Cy” do not stand on any of the lines 3, 5."),
        ({"line": "3", "act": "part", "within": "Ben"}, "Words of a line are those with which a talk begins there."),
        ({"line": "3", "within": "Roses; Cy Dow"}, "The words “Cy Dow” do not stand on line 3."),
        (
            {"line": "3", "within": "on “Roses; in June", "title": "Roses"},
            "Several talks begin here: name them in the list",
        ),
        ({"line": "1", "within": "Acme"}, "its words do not stand inside a paragraph, heading or outermost item"),
    ],
)
def test_words_that_cannot_begin_a_talk_within_lines_are_refused(said, fault):
    client, post = share_a_line()
    said = {"version": make_version(post), "act": "talk", "save": ""} | said
    assert fault in " ".join(read_errors(client.post(page(), said)))
    assert Correction.objects.count() == 2


@pytest.mark.any_database
def test_editors_can_begin_several_talks_within_one_line():
    text = SHARED.replace("Roses in June”.", "Roses in June”; he liked Cy Dow on “Moss; and frogs”.")
    import_posts([Content("shared.md", text.encode())])
    client, post = log_in(superuser=True), Post.objects.get()
    said = {"version": make_version(post), "act": "talk", "line": "3", "within": "Cy Dow; Ben Roe", "save": ""}
    client.post(page(), said)
    assert list_talks() == [("Gardens in Winter", 1), ("Roses in June", 1), ("Moss; and frogs", 2)]
    assert [row.value["within"] for row in Correction.objects.order_by("number")] == ["Ben Roe", "Cy Dow"]


@pytest.fixture
def folder(client):
    import_posts(
        [Content(f"notes/{n}.md", f"# Things {n}\n\n## Talk {n} by Ann Lee\n\n* One\n".encode()) for n in "ab"]
    )
    return Post.objects.order_by("key").last()


@pytest.mark.parametrize("scope", ["folder", "unnamed"])
def test_a_conference_given_to_several_posts_is_stored_after_confirmation(client, folder, scope):
    url = reverse("admin:talks_post_reading", args=[folder.pk])
    said = {
        "version": "",
        "post-series": "Acme Conf",
        "post-year": "2020",
        "post-scope": scope,
        "save": "whole",
    }
    response = client.post(url, said)
    assert [post.key for post in response.context_data["posts"]] == ["notes/a.md", "notes/b.md"]
    assert Correction.objects.count() == 0
    assert client.post(url, said | {"posts": response.context_data["posts_digest"]}).status_code == 302
    assert sorted(str(post.conference) for post in Post.objects.all()) == ["Acme Conf 2019", *["Acme Conf 2020"] * 2]
    assert [row.post.key for row in Correction.objects.order_by("post__key")] == ["notes/a.md", "notes/b.md"]


@pytest.mark.any_database
def test_a_correction_of_several_posts_asks_again_if_they_changed(client, folder):
    url = reverse("admin:talks_post_reading", args=[folder.pk])
    said = {"version": "", "post-series": "Acme Conf", "post-scope": "folder", "posts": "old", "save": "whole"}
    assert client.post(url, said).status_code == 200
    assert Correction.objects.count() == 0


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (
            {"line": ["5", "9"], "title": "x"},
            "A title and speakers are those of one talk: give them for one talk at a time.",
        ),
        ({"line": ["5"], "act": "no-talk", "title": "x"}, "A title and speakers are those of one line that is a talk."),
        ({"line": ["5", "9"], "act": "alike"}, "Tick one line: those like it are found."),
        (
            {"save": "whole", "post-title_pattern": "x"},
            "A form of titles holds {title}, and may hold {speaker}, {affiliation} and {handle}.",
        ),
    ],
)
def test_invalid_titles_patterns_and_line_numbers_in_corrections_are_refused(client, said, fault):
    assert read_errors(send(client, **said)) == [fault]
    assert Correction.objects.count() == 0


@pytest.mark.any_database
def test_diagnostics_are_shown_at_their_lines(client):
    import_posts([Content("c.md", b"# Lunch\n\n* Soup\n\n## Talk by Ann Lee\n\n* One\n")])
    post = Post.objects.get(key="c.md")
    lines = client.get(reverse("admin:talks_post_reading", args=[post.pk])).context_data["lines"]
    told = sorted((line.number, said.code) for line in lines for said in line.remarks)
    assert told == sorted((said["line"], said["code"]) for said in post.diagnostics)
    assert told != []


@pytest.mark.any_database
def test_saving_leads_back_to_the_first_corrected_line(client):
    assert send(client, line=["13", "15"]).url == f"{page()}?line=13#L13"
    assert send(client, line=["11", "13"], act="each").url == f"{page()}?line=11&act=each#L11"
    assert send(client, act="whole").url == page()


@pytest.mark.any_database
def test_the_form_proposes_the_kind_of_correction_saved_last(client):
    saved = send(client, line=["13"], act="out")
    assert saved.url == f"{page()}?line=13&act=out#L13"
    assert client.get(saved.url).context_data["form"]["act"].value() == "out"
    post = Post.objects.get()
    undone = reverse("admin:talks_post_switch", args=[post.pk, 1])
    sent = {"last_save": "", "act": "out", "version": make_version(post)}
    assert client.post(undone, sent)["Location"] == f"{page()}?line=13&act=out#L13"


@pytest.mark.any_database
def test_a_line_number_in_the_address_opens_its_page(client, monkeypatch):
    monkeypatch.setattr(readings, "LINES_A_PAGE", 4)
    shown = client.get(page() + "?line=13").context_data
    assert (shown["page"], shown["here"], [line.number for line in shown["lines"]]) == (4, 13, [13, 14, 15, 16])
    assert client.get(page() + "?line=99999").context_data["page"] == 4
    assert client.get(page() + "?line=x").context_data["page"] == 1


@pytest.mark.any_database
def test_a_preview_opens_the_page_of_the_first_change(client, monkeypatch):
    monkeypatch.setattr(readings, "LINES_A_PAGE", 4)
    assert send(client, line=["13"], save=None).context_data["page"] == 4


@pytest.mark.any_database
def test_a_correction_refused_as_outdated_can_be_sent_again(client):
    response = send(client, line="13", title="Third Things", version="old")
    shown = response.context_data
    assert (shown["version"], shown["form"].ticked) == (make_version(Post.objects.get()), [])
    assert send(client, line="13", title="Third Things", version=shown["version"]).status_code == 302


@pytest.mark.any_database
def test_a_button_beside_a_line_makes_it_a_talk(client):
    assert send(client, talk_at="13", save=None).url == f"{page()}?line=13#L13"
    assert tell_corrections() == [("talk", {})]
    assert [title for title, _ in list_talks()] == ["First Things", "Second Things", "Third things"]


@pytest.mark.any_database
def test_a_lines_own_button_counts_more_than_the_chosen_act(client):
    send(client, line=["13"], act="no-talk", talk_at="13", title="Late Things", save=None)
    assert tell_corrections() == [("talk", {"title": "Late Things"})]


@pytest.mark.any_database
def test_a_lines_own_button_saves_all_that_was_typed(client):
    send(client, talk_at="13", title="Late Things", speakers="Cy Dow, Di Eve", save=None)
    assert tell_corrections() == [("talk", {"title": "Late Things", "speakers": [["Cy Dow", ""], ["Di Eve", ""]]})]
    send(client, line=["5"], act="no-talk", talk_at="15", **{"talk-9-title": "Old Things"}, save=None)
    assert [act for act, _ in tell_corrections()[1:]] == ["details", "no-talk", "talk"]
    assert [title for title, _ in list_talks()] == ["Old Things", "Late Things", "Four"]


@pytest.mark.any_database
def test_only_uncertain_lines_have_a_button_for_a_talk(client):
    import_posts([Content("d.md", DOUBTFUL.encode())])
    lines = client.get(reverse("admin:talks_post_reading", args=[Post.objects.get(key="d.md").pk])).context_data[
        "lines"
    ]
    doubtful = [line.number for line in lines for said in line.remarks if said.code == "doubtful-talk"]
    assert [line.number for line in lines if line.may_be_talk] == doubtful != []


@pytest.mark.any_database
def test_the_last_correction_can_be_undone_at_once(client):
    assert client.get(page()).context_data["latest"] is None
    send(client, line="13")
    send(client, line="9", act="no-talk")
    assert client.get(page()).context_data["latest"].number == 2
    client.post(
        reverse("admin:talks_post_switch", args=[Post.objects.get().pk, 2]),
        {"version": make_version(Post.objects.get())},
    )
    assert client.get(page()).context_data["latest"].number == 1


@pytest.mark.any_database
def test_a_button_makes_a_post_without_talks_one_talk(client):
    send(client, line=["5", "9"], act="no-talk")
    assert 'name="one_talk"' in client.get(page()).content.decode()
    shown = send(client, one_talk="", title="All Things", save=None).context_data
    assert ([talk.title for talk in shown["talks"]], list_talks()) == (["All Things"], [])
    assert send(client, act="whole", title="All Things").status_code == 302
    assert [title for title, _ in list_talks()] == ["All Things"]
    assert 'name="one_talk"' not in client.get(page()).content.decode()


@pytest.mark.any_database
def test_a_post_without_talks_shows_lines_belonging_to_none(client):
    send(client, line=["5", "9"], act="no-talk")
    assert {said for said, _ in tell_lines(client.get(page())).values()} == {"front matter", "belongs to no talk"}


@pytest.mark.any_database
def test_empty_fields_show_which_conference_and_year_were_read(client):
    fields = client.get(page()).context_data["answers"].fields
    shown = [fields[name].widget.attrs["placeholder"] for name in ("series", "year", "writer")]
    assert shown == ["now: Acme Conf", "now: 2019", "now: none"]


def test_corrections_saved_together_are_undone_together(client):
    send(client, line=["9"], act="no-talk")
    send(client, line=["11", "13", "15"], act="each")
    post = Post.objects.get()
    address = reverse("admin:talks_post_switch", args=[post.pk, 4])
    assert client.post(address, {"last_save": "", "version": "old"}).status_code == 302
    assert Correction.objects.filter(active=True).count() == 4
    for left in (1, 0, 0):
        client.post(address, {"last_save": "", "version": make_version(Post.objects.get())})
        assert Correction.objects.filter(active=True).count() == left
    assert list_talks() == [FIRST, SECOND]


@pytest.mark.any_database
def test_corrections_restored_from_a_backup_are_undone_one_by_one(client):
    send(client, line=["11", "13"], act="each")
    Correction.objects.update(made_at=None)
    post = Post.objects.get()
    address = reverse("admin:talks_post_switch", args=[post.pk, 2])
    client.post(address, {"last_save": "", "version": make_version(post)})
    assert list(Correction.objects.filter(active=True).values_list("number", flat=True)) == [1]


@pytest.mark.slow
@pytest.mark.any_database
@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"line": ["5"], "act": "no-talk", "title": "x"}, "id_title"),
        ({"line": ["5", "9"], "act": "talk", "speakers": "Ann Lee"}, "id_speakers"),
        ({"line": ["5"], "act": "notes"}, "id_talk"),
        ({"line": ["5"], "act": "day"}, "id_day"),
        ({"line": ["5", "9"], "act": "alike"}, "id_act"),
        ({"line": ["13"], "within": "moss"}, "id_within"),
        ({"first": "4"}, "id_first"),
        ({"line": ["5"], "act": "end"}, "id_act"),
        ({"talk-5-title": "Old Things", "talk-9-speakers": "| Acme"}, "id_talk-9-speakers"),
        ({"talk-titles": "One"}, "id_talk-titles"),
        ({"talk-5-title": "Old Things", "line": ["5"], "act": "end"}, "id_act"),
        ({"line": ["13"], "post-year": "20x8"}, "id_post-year"),
    ],
)
@pytest.mark.parametrize("pressed", ["lines", "talks", "whole"])
def test_an_error_stands_at_the_field_that_is_wrong(client, said, field, pressed):
    rows = {"talk-5-title": "First Things", "talk-5-speakers": "Ann Lee"}
    rows |= {"talk-9-title": "Second Things", "talk-9-speakers": "Ben Roe"}
    response = send(client, **rows | said, save=pressed)
    assert [place for _, _, place in response.context_data["faults"]] == [field]
    html = response.content.decode()
    [tag] = re.findall(rf'<[a-z]+ [^>]*id="{field}"[^>]*>', html)
    assert 'aria-invalid="true"' in tag
    assert f'aria-describedby="{field}_error"' in tag
    assert re.findall(r"<[^>]* autofocus[^>]*>", html) == [tag]
    assert f'<a href="#{field}">' in html
    assert f'id="{field}_error"' in html
    assert (list_talks(), tell_corrections()) == ([FIRST, SECOND], [])


@pytest.mark.any_database
def test_admin_pages_of_posts_and_talks_link_to_reading_pages(client):
    post, talk = Post.objects.get(), Talk.objects.get(title="Second Things")
    link = f'<a href="{page()}?line=9#L9">lines 9 to 15 in the post</a>'
    for row in (post, talk):
        address = reverse(f"admin:talks_{row._meta.model_name}_change", args=[row.pk])
        assert link in client.get(address).content.decode()


@pytest.mark.any_database
def test_previews_mark_guessed_titles_and_speakers_of_new_talks(client):
    rows = {"talk-5-title": "First Things", "talk-5-speakers": "Ann Lee"}
    rows |= {"talk-9-title": "Second Things", "talk-9-speakers": "Ben Roe"}

    def guess(**said):
        response = send(client, save=None, line=["13"], **rows | said)
        return [row and row.guessed for _, _, row in response.context_data["rows"]]

    assert guess() == [None, None, "A guess from line 13: check title and speakers."]
    assert guess(speakers="Cy Dow") == [None, None, "A guess from line 13: check title."]
    assert guess(title="Third Things") == [None, None, None]
    named = {"previewed": "1", "talk-13-title": "Third Things", "initial-talk-13-title": "Third things"}
    assert guess(**named) == [None, None, None]


@pytest.mark.any_database
def test_a_preview_counts_lines_that_stay_outside_talks_separately(client):
    text = POST.replace("* One", "* One\n\n## Lunch\n\nWe ate.").replace("* Four", "* Four\n\n## Thanks\n\nBye.")
    import_posts([Content("lunch.md", text.encode())])
    post = Post.objects.get(key="lunch.md")
    lines = read_anchor_lines(post.source)
    line = 1 + lines.index("## Second Things by Ben Roe")
    said = {"version": make_version(post), "act": "no-talk", "line": str(line), "try": "lines"}
    shown = client.post(reverse("admin:talks_post_reading", args=[post.pk]), said).context_data
    assert [line.number for line in shown["lines"] if line.changed] == [13, 15, 17, 19]
    assert [line.number for line in shown["lines"] if line.relabelled] == [9, 11]
    assert (shown["changed"], shown["relabelled"]) == (4, 2)


@pytest.mark.any_database
def test_titles_and_speakers_typed_for_outdated_posts_are_listed_unsaved(client):
    sent = {"talk-5-title": "Old Things", "talk-5-speakers": "Somebody", "talk-9-title": "Second Things"}
    shown = send(client, save="talks", version="old", **sent).context_data
    assert (shown["version"], shown["told"].is_bound) == (make_version(Post.objects.get()), False)
    assert [label for label, *_ in shown["faults"]] == [""]
    assert "changed meanwhile" in shown["faults"][0][1]
    told = ["Title of talk 1, not saved: Old Things", "Speakers of talk 1, not saved: Somebody"]
    assert shown["told"].faults == told
    assert (list_talks(), tell_corrections()) == ([FIRST, SECOND], [])


@pytest.mark.any_database
def test_what_was_typed_anywhere_on_the_page_is_saved_together(client):
    rows = {"talk-5-title": "Old Things", "talk-5-speakers": "Ann Lee", "post-year": "2018"}
    for pressed in ({"save": None, "try": "lines"}, {"save": "lines"}):
        response = send(client, line=["13"], title="Third Things", **rows, **pressed)
        if response.status_code == 200:
            told = response.context_data["told"]
            assert (told["5-title"].value(), [talk.title for talk in response.context_data["talks"]]) == (
                "Old Things",
                ["Old Things", "Second Things", "Third Things"],
            )
    assert [act for act, _ in tell_corrections()] == ["details", "talk", "post"]
    assert [title for title, _ in list_talks()] == ["Old Things", "Second Things", "Third Things"]
    assert str(Post.objects.get().conference) == "Acme Conf 2018"


@pytest.mark.any_database
def test_the_list_of_talks_tells_titles_that_editors_changed_elsewhere(client):
    talk = Talk.objects.get(title="First Things")
    talk.day, _ = talk.conference.days.get_or_create(number=3)
    talk.title = "Old Things"
    talk.save()
    shown = {row.url: row.otherwise for _, _, row in client.get(page()).context_data["rows"]}
    assert sorted(shown.values()) == ["", "“Old Things”, day 3"]
    assert shown[talk.get_absolute_url()] == "“Old Things”, day 3"


@pytest.mark.any_database
def test_several_talks_can_get_one_day_but_not_one_title(client):
    assert send(client, act="details", first="5", last="15", day="2").status_code == 302
    assert list(Talk.objects.values_list("day__number", flat=True)) == [2, 2]
    told = read_errors(send(client, act="details", first="5", last="15", title="x"))
    assert told == ["A title and speakers are those of one talk: give them for one talk at a time."]


@pytest.mark.any_database
def test_talks_can_be_made_to_end_with_ticked_lines(client):
    assert send(client, line=["13"], act="alone", title="Third Things").status_code == 302
    assert (tell_corrections(), list_talks()) == (
        [("talk", {"title": "Third Things", "alone": True})],
        [FIRST, ("Second Things", 1), ("Third Things", 0)],
    )


@pytest.mark.any_database
def test_a_line_can_become_the_heading_of_a_day(client):
    assert send(client, line=["13"], act="day", day="2").status_code == 302
    assert tell_lines(client.get(page()))[13] == ("heading of a day", False)


@pytest.mark.any_database
@pytest.mark.parametrize(("day", "days"), [("2", [2, 3]), ("0", [0, 0])])
def test_several_ticked_lines_begin_consecutive_days_or_no_day(client, day, days):
    text = POST.replace("## First", "## Day 1\n\n### First").replace("## Second", "## Day 2\n\n### Second")
    import_posts([Content("notes.md", text.encode())])
    send(client, line=["5", "11"], act="day", day=day)
    assert tell_corrections() == [("day", {"day": day}) for day in days]
    found = Talk.objects.filter(withdrawn=False).order_by("sources__line").values_list("day__number", flat=True)
    assert list(found) == [day or None for day in days]


@pytest.mark.any_database
def test_previews_do_not_mark_lines_of_renumbered_talks(client):
    """Of talks whose number alone changes."""
    response = send(client, line=["5"], act="no-talk", save=None)
    changed = {number for number, (_, changed) in tell_lines(response).items() if changed}
    assert (changed, response.context_data["changed"]) == ({5, 7}, 2)


@pytest.mark.any_database
def test_a_preview_marks_talks_with_a_new_day_or_title(client):
    response = send(client, save=None, **{"try": "talks", "talk-5-title": "Old Things", "talk-9-day": "2"})
    changed = {number: said for number, (said, changed) in tell_lines(response).items() if changed}
    assert changed == {5: "talk 1: Old Things", 9: "talk 2: Second Things, day 2"}


@pytest.mark.any_database
def test_diagnostics_on_the_reading_page_advise_buttons_not_markdown(client):
    import_posts([Content("d.md", DOUBTFUL.encode())])
    page_of_post = reverse("admin:talks_post_reading", args=[Post.objects.get(key="d.md").pk])
    said = {said.code: said.hint for line in client.get(page_of_post).context_data["lines"] for said in line.remarks}
    assert said["doubtful-talk"].startswith("If it is one, press “It is a talk”")
    assert [code for code, hint in said.items() if "`" in hint] == []


@pytest.mark.any_database
def test_the_list_of_corrections_says_what_was_set(client):
    send(client, line=["13", "15"], title="Third Things", speakers="Cy Dow | Acme; Di Eve", day="2")
    send(client, line=["5"], act="details", day="3", speakers="-")
    send(client, line=["15"], act="notes", talk="5")
    send(client, save="whole", **{"post-series": "Other Conf"})
    send(client, save="talks", **{"talk-5-day": ""})
    assert [(str(row), row.details) for row in Correction.objects.order_by("number")] == [
        ("Third things … * Four is a talk", ["“Third Things”", "Cy Dow | Acme; Di Eve", "day 2"]),
        ("## First Things by Ann Lee is a talk whose title, speakers or day an editor gave", ["no speaker", "day 3"]),
        ("* Four is takeaways of another talk", ["the talk at “## First Things by Ann Lee”"]),
        ("an editor answered for the whole post", ["conference: Other Conf"]),
        ("## First Things by Ann Lee is a talk whose title, speakers or day an editor gave", ["no speaker", "no day"]),
    ]
    assert "<bdi>Cy Dow | Acme; Di Eve</bdi>" in client.get(page()).content.decode()


@pytest.mark.any_database
def test_a_title_in_the_list_of_talks_cannot_be_emptied(client):
    fault = "Give a title, or tick that this is no talk."
    rows = {"talk-5-title": "", "talk-5-speakers": "Cy Dow"}
    response = send(client, save="talks", **rows)
    assert (read_errors(response), response.content.decode().count("Nothing was saved.")) == ([fault], 1)
    assert (tell_corrections(), send(client, save="talks", **rows, **{"talk-5-none": "on"}).status_code) == ([], 302)


@pytest.mark.any_database
def test_readings_link_only_to_what_readers_can_see(client):
    """Of talks and posts."""
    post = Post.objects.get()
    Talk.objects.filter(title="First Things").update(hidden=True)
    html = client.get(page()).content.decode()
    assert "Nothing was saved." not in html
    links = [f'href="{row.get_absolute_url()}"' in html for row in (post, *Talk.objects.order_by("title"))]
    assert links == [True, False, True]
    Post.objects.update(visibility="private")
    assert f'href="{post.get_absolute_url()}"' not in client.get(page()).content.decode()


TYPED = {
    "line": ["13"],
    "act": "talk",
    "title": "Third Things",
    "speakers": "Cy Dow",
    "talk-5-title": "Fist Things",
    "talk-5-none": "on",
    "talk-9-title": "Second Things",
    "talk-9-speakers": "Ben Roe",
    "post-year": "20x8",
}


def tell_typed(response):
    shown = response.context_data
    lines, talks, whole = shown["form"], shown["told"], shown["answers"]
    fields = (lines["title"], lines["speakers"], talks["5-title"], talks["5-none"], talks["9-title"], whole["year"])
    return [lines.ticked, *(field.value() for field in fields)]


@pytest.mark.any_database
@pytest.mark.parametrize("undo", [{"last_save": ""}, {}])
def test_undoing_corrections_keeps_what_was_typed_on_the_page_meanwhile(client, undo):
    send(client, act="details", line="9", title="Other Things")
    post = Post.objects.get()
    address = reverse("admin:talks_post_switch", args=[post.pk, 1])
    sent = {**TYPED, "talk-9-title": "Other Things", "version": make_version(post), **undo}
    response = client.post(address, sent)
    assert tell_typed(response) == [[13], "Third Things", "Cy Dow", "Fist Things", True, "Second Things", "20x8"]
    assert list_talks() == [FIRST, SECOND]
    assert response.context_data["version"] == make_version(Post.objects.get())
    assert f'action="{page()}"' in response.content.decode()
    assert client.get(f"{address}?line=5")["Location"] == f"{page()}?line=5"


@pytest.mark.any_database
def test_undoing_leads_back_to_the_line_if_nothing_was_typed(client):
    send(client, act="details", line="9", title="Other Things")
    post = Post.objects.get()
    sent = {"act": "talk", "version": make_version(post), "post-scope": "one", "last_save": ""}
    titles = {"talk-5-title": "First Things", "talk-9-title": "Other Things"}
    speakers = {"talk-5-speakers": "Ann Lee", "talk-9-speakers": "Ben Roe"}
    columns = {"talk-titles": "First Things\nOther Things", "talk-speakers": "Ann Lee\nBen Roe"}
    response = client.post(
        reverse("admin:talks_post_switch", args=[post.pk, 1]), {**sent, **titles, **speakers, **columns}
    )
    assert (response.status_code, response["Location"]) == (302, f"{page()}?line=9#L9")


@pytest.mark.any_database
def test_corrections_that_were_taken_back_are_listed_apart(client):
    send(client, line="13")
    post = Post.objects.get()
    client.post(reverse("admin:talks_post_switch", args=[post.pk, 1]), {"version": make_version(post)})
    shown = client.get(page())
    assert (shown.context_data["corrections"], len(shown.context_data["taken_back"])) == ([], 1)
    assert "No correction holds now." in shown.content.decode()


def read_list(shown):
    """Return what a browser would send of the list of talks."""
    told = shown.context_data["told"]
    values = {told.add_prefix(name): told[name].value() for name in told.fields}
    shown_before = {told.add_initial_prefix(name): field.initial for name, field in told.fields.items()}
    shown_before |= {told.add_initial_prefix(name): told.initial[name] for name in ("titles", "speakers")}
    sent = {name: str(value) for name, value in {**values, **shown_before}.items() if value not in (None, False)}
    sent = {name: value for name, value in sent.items() if f'name="{name}"' in shown.content.decode()}
    return sent | ({"previewed": "1"} if 'name="previewed"' in shown.content.decode() else {})


def send_preview(client, list_sent=None, **said):
    sent = list_sent or read_list(client.get(page()))
    return read_list(send(client, **{"save": None, "try": "lines", **sent, **said}))


@pytest.mark.any_database
def test_talks_of_a_preview_are_named_before_they_are_saved(client):
    ticked = {"line": ["13"], "act": "talk"}
    sent = send_preview(client, **ticked, **{"talk-5-title": "Fist Things", "talk-9-speakers": ""})
    told = [sent.get(f"talk-{line}-{name}") for line in (5, 9, 13) for name in ("title", "speakers")]
    assert told == ["Fist Things", "Ann Lee", "Second Things", "", "Third things", ""]
    assert (list_talks(), tell_corrections()) == ([FIRST, SECOND], [])
    named = sent | {"talk-13-title": "Third Things", "talk-13-speakers": "Cy Dow", "talk-13-day": "2"}
    again = send_preview(client, named, **ticked)
    assert again == named
    assert send(client, save="talks", **ticked, **again).status_code == 302
    assert sorted(list_talks()) == [("Fist Things", 1), ("Second Things", 1), ("Third Things", 1)]
    assert [act for act, _ in tell_corrections()] == ["talk", "details", "details", "details"]
    talk = Talk.objects.get(title="Third Things")
    assert (str(talk.speakers.get()), talk.day.number) == ("Cy Dow", 2)


@pytest.mark.any_database
def test_titles_typed_one_a_line_fill_fields_in_the_preview(client):
    sent = send_preview(client, line=["13"], act="talk", **{"talk-titles": "One Thing\nSecond Things"})
    assert [sent[f"talk-{line}-title"] for line in (5, 9, 13)] == ["One Thing", "Second Things", "Third things"]
    assert sent["talk-titles"].split("\n") == ["First Things", "Second Things", "Third things"]


@pytest.mark.any_database
def test_an_invalid_field_after_a_preview_keeps_what_was_typed(client):
    """The list of talks too."""
    sent = send_preview(client, line=["13"], act="each") | {"talk-13-title": "Third Things"}
    shown = send(client, line=["11", "13"], act="each", **{**sent, "talk-5-day": "x"})
    assert shown.context_data["told"].errors == {"5-day": ["Enter a whole number."]}
    again = read_list(shown)
    assert [again[f"talk-{line}-title"] for line in (9, 11, 13)] == ["Second Things", "Three", "Third Things"]
    assert again["previewed"] == "1"


@pytest.mark.any_database
def test_the_list_in_a_preview_lacks_talks_that_would_disappear(client):
    sent = send_preview(client, line=["9"], act="no-talk", **{"talk-9-title": "Other Things"})
    assert ("talk-5-title" in sent, "talk-9-title" in sent) == (True, False)
    assert send(client, line=["9"], act="no-talk", **sent).status_code == 302
    assert [title for title, _ in list_talks()] == ["First Things"]


@pytest.mark.any_database
def test_lines_ticked_after_a_preview_begin_talks_beside_earlier_ones(client):
    sent = send_preview(client, line=["13"], act="each")
    again = send_preview(client, sent, line=["11", "13"], act="each")
    assert again["talk-titles"].split("\n") == ["First Things", "Second Things", "Three", "Third things"]
    assert send(client, line=["11", "13"], act="each", **sent).status_code == 302
    assert [title for title, _ in list_talks()] == ["First Things", "Second Things", "Three", "Third things"]


SEVERAL = f"{POST}\nAlpha Roses by Cy Dow; Beta Tulips by Di Eve; Gamma Moss by Ed Fox\n\n* Five\n"


@pytest.mark.any_database
def test_changing_a_talks_first_words_reguesses_titles_not_typed(client):
    bring_in(SEVERAL)
    words = {"line": ["17"], "act": "talk", "within": "Beta Tulips"}
    sent = send_preview(client, **words)
    assert sent["talk-17-title"].startswith("Beta Tulips by Di Eve")
    again = send_preview(client, sent, **words | {"within": "Gamma Moss"})
    assert (again["talk-17-title"], again["talk-17-speakers"]) == ("Gamma Moss", "Ed Fox")
    typed = send_preview(client, again | {"talk-17-title": "Mosses"}, **words | {"within": "Gamma Moss by"})
    assert typed["talk-17-title"] == "Mosses"
    assert send(client, save="talks", **words | {"within": "Gamma Moss"}, **typed).status_code == 302
    talk = Talk.objects.get(title="Mosses")
    assert [str(speaker) for speaker in talk.speakers.all()] == ["Ed Fox"]
    assert [act for act, _ in tell_corrections()] == ["talk", "details"]


@pytest.mark.any_database
def test_titles_typed_for_talks_gone_from_previews_are_reported_unsaved(client):
    bring_in(SEVERAL)
    words = {"line": ["17"], "act": "talk", "within": "Beta Tulips; Gamma Moss"}
    sent = send_preview(client, **words) | {"talk-17.2-title": "Mosses"}
    shown = send(client, save="lines", **words | {"within": "Beta Tulips"}, **sent)
    told = "Not saved, since this is not in the list of talks any more: the title “Mosses” of a talk on line 17."
    assert read_errors(shown) == [told]
    assert Correction.objects.count() == 0
    assert send(client, save="lines", **words | {"within": "Beta Tulips"}, **read_list(shown)).status_code == 302


PANEL = """# Acme Conf 2019

## A panel on roses

- Ann Lee
  - Water them
- Ben Roe
  - Cut them
  - Feed them

## Tulips by Cy Dow

- Red
"""


def tell_takeaways(title):
    rows = Takeaway.objects.filter(talk__title=title, withdrawn=False).order_by("position")
    return [(row.text, row.parent.text if row.parent else "") for row in rows]


@pytest.mark.any_database
def test_sent_fields_of_talks_that_the_post_lacks_are_ignored(client):
    bring_in()
    assert send(client, line=["13"], **{"99-title": "Mosses", "initial-17-day": "2"}).status_code == 302


@pytest.mark.any_database
def test_corrections_of_a_ticked_item_do_not_affect_nested_items(client):
    Post.objects.all().delete()
    bring_in(PANEL)
    assert send(client, line=["5", "7"], act="part").status_code == 302
    assert send(client, line=["9"], act="notes", talk="11").status_code == 302
    expected = [("Water them", ""), ("Cut them", "")], [("Feed them", ""), ("Red", "")]
    assert (tell_takeaways("A panel on roses"), tell_takeaways("Tulips by Cy Dow")) == expected
    assert list(Correction.objects.values_list("value", flat=True)) == [{"exact": True}] * 3
    bring_in(PANEL.replace("Red", "Red ones"))
    assert tell_takeaways("A panel on roses") == expected[0]
    assert "these lines alone" in Correction.objects.first().details


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("said", "value"),
    [
        ({"line": ["7", "8", "9"], "act": "part"}, {}),
        ({"line": ["5", "6", "7", "8", "9"], "act": "out"}, {}),
        ({"line": ["7"], "act": "talk"}, {}),
        ({"line": ["7"], "act": "alone"}, {"alone": True, "exact": True}),
        ({"line": ["7", "8"], "act": "talk"}, {"exact": True}),
        ({"line": ["13"], "act": "part"}, {}),
    ],
)
def test_correcting_some_lines_of_an_item_spares_the_others(client, said, value):
    """Unless the correction only begins a talk."""
    Post.objects.all().delete()
    bring_in(PANEL)
    assert send(client, **said).status_code == 302
    assert Correction.objects.get().value == value


@pytest.mark.any_database
def test_replaced_corrections_are_listed_apart_until_replacements_are_undone(client):
    send(client, line=["11"], act="out")
    send(client, line=["11"], act="part")
    shown = client.get(page())
    lists = [[each.number for each in shown.context_data[name]] for name in ("corrections", "replaced", "taken_back")]
    assert lists == [[2], [1], []]
    assert "replaced by correction 2" in shown.content.decode()
    undo = {"version": make_version(Post.objects.get()), "last_save": ""}
    client.post(reverse("admin:talks_post_switch", args=[Post.objects.get().pk, 2]), undo)
    shown = client.get(page())
    lists = [[each.number for each in shown.context_data[name]] for name in ("corrections", "replaced", "taken_back")]
    assert lists == [[1], [], [2]]


@pytest.mark.any_database
def test_the_list_of_corrections_marks_values_replaced_later(client):
    send(client, line=["13"], title="Third Things", day="2")
    send(client, act="details", line=["13"], title="Things")
    told = [each.details for each in client.get(page()).context_data["corrections"]]
    assert told == [["“Third Things” (replaced by correction 2)", "day 2"], ["“Things”"]]


LISTED_TALKS = """# Acme Conf 2019

## Keynotes

- Ana Lee (Acme): frost budgets
- Ben Roe (Moss Ltd): hedges

## Tulips by Cy Dow

- Red
"""


@pytest.mark.any_database
def test_words_of_a_talks_line_beyond_its_title_become_takeaways(client):
    Post.objects.all().delete()
    bring_in(LISTED_TALKS)
    assert send(client, line=["5", "6"], act="each").status_code == 302
    titles = {"talk-5-title": "Keynote: Ana Lee", "talk-6-title": "Hedges"}
    assert send(client, save="talks", **titles).status_code == 302
    assert tell_takeaways("Keynote: Ana Lee") == [("Ana Lee (Acme): frost budgets", "")]
    assert tell_takeaways("Hedges") == []
    assert send(client, line=["6"], act="notes", talk="6").status_code == 302
    assert tell_takeaways("Hedges") == [("Ben Roe (Moss Ltd): hedges", "")]


TABLED = f"{POST}\n> Dig.\n> Water.\n\n---\n\n<https://moss.example>\n"


@pytest.mark.any_database
def test_corrections_that_change_nothing_are_named_and_not_saved(client):
    ticked = {"act": "units", "line": ["7", "13"]}
    idle = "“* One” is a takeaway in each of these lines: line 7 is “takeaway of talk 1” already."
    assert idle in send(client, **ticked, save=None).content.decode()
    send(client, **ticked)
    shown = client.get(page()).content.decode()
    assert f"Not saved, since it changes nothing: {idle}" in shown
    assert [str(row) for row in Correction.objects.all()] == ["Third things is a takeaway in each of these lines"]


@pytest.fixture(name="parses")
def _parses(monkeypatch):
    """A list of the corrections with which the post was parsed, one entry for each time."""
    made = []

    def read(post, corrections):
        made.append(corrections)
        return read_corrected(post, corrections)

    monkeypatch.setattr(corrections, "read_corrected", read)
    return made


@pytest.mark.slow
@pytest.mark.any_database
@pytest.mark.parametrize(
    ("talks", "empty", "most"),
    [(10, 0, 3), (40, 0, 3), (10, 1, 10), (40, 1, 14), (10, 3, 12), (40, 3, 16), (40, 40, 26)],
)
def test_corrections_that_change_nothing_are_found_with_few_parses(client, parses, talks, empty, most):
    Post.objects.all().delete()
    notes = ["" if number < empty else "* One" for number in range(talks)]  # a talk without notes is asked about
    heads = "\n".join(f"## Soil {number} by Ann Lee\n\n{note}\n" for number, note in enumerate(notes))
    bring_in(f"# Acme Conf 2019\n\n{heads}\nThird things\n\n* Four\n")
    starts = range(3, 3 + 4 * talks, 4)
    post = Post.objects.get()
    data = QueryDict(mutable=True)
    data["act"] = "each"
    data.setlist("line", list(map(str, [*starts, 3 + 4 * talks])))
    page_forms = ReadingForms(post, preview_reading(post), data)
    assert page_forms.is_valid()
    idle = page_forms.find_idle(preview_reading(post, *page_forms.make_corrections()))
    lines = read_anchor_lines(post.source)
    assert [said.first.find(lines) for said in idle] == list(starts[empty:])
    assert len(parses) <= most


@pytest.mark.any_database
def test_of_two_redundant_corrections_both_are_kept(client, monkeypatch):
    post, now = Post.objects.get(), preview_reading(Post.objects.get())
    page_forms = ReadingForms(post, now, QueryDict("act=each&line=5&line=9"))
    assert page_forms.is_valid()
    preview = preview_reading(post, *page_forms.make_corrections())
    monkeypatch.setattr(editing, "preview_reading", lambda post, *said: preview if said else None)
    assert page_forms.find_idle(preview) == []


@pytest.mark.any_database
@pytest.mark.parametrize(("save", "most"), [(None, 3), ("", 4)])
def test_a_preview_and_a_save_parse_the_post_few_times(client, parses, save, most):
    send(client, line=["13"], save=save)
    assert len(parses) == most


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (
            ["7"],
            "nothing would be read otherwise. “* One” is a takeaway in each of these lines: line 7 is",
        ),
        (["20"], "its lines show readers nothing"),
        (["5", "7"], ""),
        (["17", "18"], ""),
        (["22"], ""),
    ],
)
def test_lines_already_takeaways_or_without_words_cannot_be_made_takeaways(client, lines, fault):
    bring_in(TABLED)
    response = send(client, act="units", line=lines)
    if fault:
        assert fault in read_errors(response)[0]
    else:
        assert set(map(int, lines)) <= set(Takeaway.objects.values_list("line", flat=True))


@pytest.mark.any_database
def test_correcting_a_line_outside_talks_into_takeaways_is_refused(client):
    send(client, act="end", line="13")
    response = send(client, act="units", line=["11", "13", "15"])
    hint = "First say that it “is takeaways of the talk chosen here”, and save."
    assert read_errors(response) == [f"Line 13 is in no talk. {hint}"]
    assert send(client, act="notes", line=["13"], talk="9").status_code == 302
    assert "Line 13" not in "".join(read_errors(send(client, act="units", line=["11", "13"], save=None)))


@pytest.mark.any_database
def test_saving_corrections_parses_the_corrected_post_only_once(client, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "talks.importing.parse_worker.parse_post", lambda *args, **more: asked.append(1) or parse_post(*args, **more)
    )
    bring_in(POST.replace("One", "Won"))  # nobody asked for this text yet
    asked.clear()
    assert send(client, line=["13"], title="Third Things", **{"talk-5-title": "Fist Things"}).status_code == 302
    assert (len(asked), list_talks()) == (1, [("Fist Things", 1), ("Second Things", 1), ("Third Things", 1)])


@pytest.mark.any_database
def test_the_same_words_typed_twice_begin_only_one_talk(client):
    bring_in(POST.replace("Third things", "Third things, and then Moss"))
    assert send(client, line=["13"], within="Moss; Moss ;").status_code == 302
    assert [row.value.get("within") for row in Correction.objects.all()] == ["Moss"]


@pytest.mark.any_database
@pytest.mark.parametrize("words", ["Moss; Walls", "Third; Third things"])
def test_two_talks_beginning_in_one_word_or_link_are_refused(client, words):
    bring_in(POST.replace("Third things", "Third things: [Moss and Walls](https://example.org)"))
    one, other = words.split("; ")
    fault = f"“{one}” and “{other}” begin at one place (a link is not parted): give other words."
    assert read_errors(send(client, line=["13"], within=words)) == [fault]
