"""Each fault of a base is found, and a sound base has none."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import F

from talks.backup import base_check, check_base
from talks.derived import refresh_passages, renew
from talks.models import (
    Appearance,
    Citation,
    Conference,
    Day,
    Post,
    Reference,
    SearchDocument,
    Series,
    Speaker,
    Tag,
    TagAlias,
    TaggedTakeaway,
    TaggedTalk,
    TagListing,
    TagPair,
    Takeaway,
    Talk,
    TalkSource,
)
from tests.builders import (
    make_citation,
    make_conference,
    make_day,
    make_post,
    make_source,
    make_speaker,
    make_tag,
    make_takeaway,
    make_talk,
)

pytestmark = pytest.mark.django_db

DAY = "the talk qcon-london-2017/scaling-instagram"
NOTES = f"{DAY} in the post day-2.md"

OUTSIDE = "something is in its lines 99 to 99, and it has {last}."


@pytest.fixture(scope="module", autouse=True)
def base(shared_rows):
    """Make a sound base with one row of each kind."""
    day = make_day(make_conference("QCon London", 2017), 2, date(2017, 3, 7))
    post = make_post(
        "Day 2", day=day, key="day-2.md", tags=["Django", "C++"], aliases=["/2017/day-2"], intro="See *it*."
    )
    talk = make_talk(
        "Scaling Instagram",
        post=post,
        speakers=["Lisa Guo", "Jonas Bonér"],
        tags=["Django"],
        takeaways=["One [link](https://example.org)", ("Two", ["Below", ("Below too", ["Deep"])]), "Three"],
    )
    make_takeaway(talk, "Left the post", post=post, withdrawn=True)
    make_takeaway(talk, "By hand")
    make_takeaway(talk, "> said", post=post, kind="quote", tags=["C++"])
    for number in (1, 2):
        make_citation(talk, f"https://example.org/{number}", takeaway=talk.takeaways.get(text="Two"))
    other = make_post("Also day 2", day=day, key="also.md", writer="Somebody Else")
    make_source(talk, other)
    make_takeaway(talk, "Heard too", post=other)
    make_talk("Second", day, speakers=["Lisa Guo"])
    make_talk("Gone", post=post, withdrawn=True)
    make_talk("Hidden", post=post, hidden=True)
    make_speaker("Nobody Yet")
    make_tag("k8s", aliases=["Kubernetes"])
    make_day(make_conference("Devoxx", None), None)
    talks = list(Talk.objects.values_list("pk", flat=True))
    renew(talks)


def take(text):
    return Takeaway.objects.get(text=text)


def test_check_base_finds_no_faults_in_a_sound_base():
    assert check_base() == []


def test_deleted_talks_still_listed_with_tags_or_searched_are_faults():
    """They are faults until they are renewed."""
    talks = list(Talk.objects.values_list("pk", flat=True))
    posts = list(Post.objects.values_list("pk", flat=True))
    Talk.objects.all().delete()
    Post.objects.all().delete()
    Reference.objects.all().delete()
    assert check_base() == [
        "Talks that are gone are still listed and counted, with 3 tags.",
        "Words of talks and posts that are gone are still searched: 4.",
    ]
    renew(talks, posts)
    assert check_base() == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("break_it", "faults"),
    [
        (
            lambda: Talk.objects.filter(slug="second").update(conference=make_conference("Devoxx", None)),
            [
                "The talk devoxx/second belongs to another conference than its day.",
                "The talk devoxx/second is not listed and counted as it should be.",
                "The words by which the talk devoxx/second is found are not its words.",
            ],
        ),
        (
            lambda: TalkSource.objects.filter(talk__slug="hidden").update(withdrawn=True),
            [
                "The talk qcon-london-2017/hidden is shown though it is in no post any more.",
                "The talk qcon-london-2017/hidden is not listed and counted as it should be.",
            ],
        ),
        (
            lambda: TalkSource.objects.filter(talk__slug="gone").update(withdrawn=False),
            [
                "The talk qcon-london-2017/gone is withdrawn though it is in a post.",
                "The talk qcon-london-2017/gone is not listed and counted as it should be.",
            ],
        ),
        (
            lambda: Talk.objects.filter(slug="hidden").update(position=4),
            ["The talks of QCon London 2017 – Day 2 have the position 4 where 3 is due."],
        ),
        (
            lambda: Talk.objects.filter(slug="second").update(position=1),
            ["The talks of QCon London 2017 – Day 2 have the position 1 where 2 is due."],
        ),
        (
            lambda: Takeaway.objects.filter(text="> said").update(position=9),
            [f"The takeaways of {NOTES} have the position 9 where 7 is due."],
        ),
        (
            lambda: Takeaway.objects.filter(text="By hand").update(position=2),
            [f"The takeaways of {DAY} have the position 2 where 1 is due."],
        ),
        (
            lambda: Appearance.objects.filter(speaker__slug="jonas-boner").update(position=3),
            [f"The speakers of {DAY} have the position 3 where 2 is due."],
        ),
        (
            lambda: Citation.objects.filter(position=1).update(position=3),
            [f"The references of {NOTES} have the position 2 where 1 is due."],
        ),
        (
            lambda: Takeaway.objects.filter(text="Three").update(parent=take("Deep")),
            [],
        ),
        (
            lambda: Takeaway.objects.filter(text="Below").update(parent=take("Three")),
            ["The takeaway {Below} is not below its parent."],
        ),
        (
            lambda: Takeaway.objects.filter(text="Three").update(parent=take("Below")),
            ["The takeaway {Three} is not below its parent."],
        ),
        (
            lambda: Takeaway.objects.filter(text="> said").update(parent=take("Left the post")),
            ["The takeaway {> said} is not below its parent."],
        ),
        (
            lambda: Takeaway.objects.filter(text="Heard too").update(parent=take("Two")),
            ["The takeaway {Heard too} is not below its parent."],
        ),
        (
            lambda: Citation.objects.filter(position=1).update(takeaway=take("Heard too")),
            ["The reference https://example.org/1 belongs to the takeaway {Heard too}, of another talk or post."],
        ),
        (
            lambda: TaggedTalk.objects.filter(tag__slug="instagram", origin="mention").update(
                origin="editor", refused=True
            ),
            [
                "The talk qcon-london-2017/scaling-instagram is not listed and counted as it should be.",
                "The words by which the talk qcon-london-2017/scaling-instagram is found are not its words.",
            ],
        ),
        (
            lambda: TagListing.objects.filter(tag__slug="cpp").delete(),
            [
                "The talk qcon-london-2017/scaling-instagram is not listed and counted as it should be.",
                "Tags and pairs of tags that are counted wrongly: 3.",
            ],
        ),
        (
            lambda: TagPair.objects.filter(tag__slug="django").update(talks=7),
            ["Tags and pairs of tags that are counted wrongly: 3."],
        ),
        (
            lambda: TaggedTakeaway.objects.filter(tag__slug="cpp").update(origin="mention"),
            [
                "The tags that the talk qcon-london-2017/scaling-instagram mentions are not those of its words.",
                "The talk qcon-london-2017/scaling-instagram is not listed and counted as it should be.",
            ],
        ),
        (
            lambda: Series.objects.filter(slug="devoxx").update(folded="x"),
            ["The series devoxx is not compared and sorted by its name, Devoxx."],
        ),
        (
            lambda: Speaker.objects.filter(slug="nobody-yet").update(sort_key="x"),
            ["The speaker nobody-yet is not compared and sorted by its name, Nobody Yet."],
        ),
        (
            lambda: Tag.objects.filter(slug="k8s").update(name="K9s"),
            ["The tag k8s is not compared and sorted by its name, K9s."],
        ),
        (
            lambda: TagAlias.objects.update(folded="x"),
            ["The tag alias Kubernetes is not compared by its name."],
        ),
        (
            lambda: Speaker.objects.filter(slug="nobody-yet").update(slug=""),
            ["The speaker Nobody Yet has no address."],
        ),
        (
            lambda: Talk.objects.filter(slug="second").update(sort_key="x"),
            ["The talk qcon-london-2017/second is not sorted by its title, Second."],
        ),
        (
            lambda: Conference.objects.filter(year=None).update(slug=""),
            ["The conference Devoxx has no address."],
        ),
        (
            lambda: Post.objects.filter(key="also.md").update(slug=""),
            ["The post also.md has no address."],
        ),
        (
            lambda: Takeaway.objects.filter(text="Three").update(public_id="Illegal!!!"),
            ["The takeaway {Three} has no permalink of ten characters."],
        ),
        (
            lambda: Takeaway.objects.filter(text="Three").update(html="3"),
            ["The HTML of the takeaway {Three} is not that of its text."],
        ),
        (
            lambda: Takeaway.objects.filter(text="> said").update(kind="paragraph"),
            [],
        ),
        (
            lambda: Post.objects.filter(key="day-2.md").update(intro_html=F("intro")),
            ["The HTML of the intro of the post day-2.md is not that of its text."],
        ),
        (
            lambda: Post.objects.filter(key="day-2.md").update(outro="Bye."),
            ["The HTML of the outro of the post day-2.md is not that of its text."],
        ),
        (
            lambda: SearchDocument.objects.filter(key=Talk.objects.get(slug="second").pk).delete(),
            ["The words by which the talk qcon-london-2017/second is found are not its words."],
        ),
    ],
)
def test_check_base_describes_each_fault_in_a_sentence(break_it, faults):
    """Any takeaway's text in braces is replaced by its public id in the expected sentences."""
    break_it()
    found = "\n".join(check_base())
    for text, public_id in Takeaway.objects.values_list("text", "public_id"):
        found = found.replace(f"The takeaway {public_id}", f"The takeaway {{{text}}}")
        found = found.replace(f"the takeaway {public_id}", f"the takeaway {{{text}}}")
    assert found.split("\n") == (faults or [""])


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ([], "line 1 became nothing."),
        ([[1, 4, "front-matter"]], "line 6 became nothing."),
        ([[1, 4, "front-matter"], [1, 1, "title"], [6, 6, "intro"]], "line 1 became two things."),
        ([[1, 4, "front-matter"], [6, 6, "intro"], [99, 99, "outro"]], OUTSIDE),
        ([[0, 4, "front-matter"]], "its list of lines is not understood."),
        ([[4, 1, "front-matter"]], "its list of lines is not understood."),
        ([[1, 4, "poem"]], "its list of lines is not understood."),
        ([[1, "4", "intro"]], "its list of lines is not understood."),
        (["intro"], "its list of lines is not understood."),
        ({}, "its list of lines is not understood."),
    ],
)
def test_a_line_with_no_or_two_roles_is_a_fault(lines, fault):
    post = Post.objects.get(key="day-2.md")
    post.lines = lines
    post.save()
    refresh_passages([post.pk])
    last = post.source.count("\n") + 1
    assert check_base() == [f"The post day-2.md is not accounted for: {fault.format(last=last)}"]


def test_a_posts_line_in_two_takeaways_is_a_fault():
    Takeaway.objects.filter(text="Three").update(line=F("line") - 1, end_line=F("end_line") - 1)
    line = take("Deep").line
    assert check_base() == [f"The post day-2.md is not accounted for: line {line} became two things."]


def test_lines_of_withdrawn_takeaways_are_no_fault():
    talk = Talk.objects.get(slug="scaling-instagram")
    post = Post.objects.get(key="day-2.md")
    last = make_takeaway(talk, "Last", post=post)
    assert check_base() == []
    Takeaway.objects.filter(pk=last.pk).update(withdrawn=True)
    renew([talk.pk])
    assert check_base() == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_check_base_accepts_line_ends_lf_crlf_and_cr(end):
    for post in Post.objects.all():
        Post.objects.filter(pk=post.pk).update(source=post.source.replace("\n", end))
    assert check_base() == []


@pytest.mark.sqlite  # PostgreSQL lets no orphan in
def test_a_row_pointing_to_a_missing_row_is_a_fault():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE talks_appearance SET speaker_id = 9999 WHERE position = 2")
    found = [fault for fault in check_base() if fault.startswith("A row points to one that is not there: ")]
    assert len(found) == 1
    assert "talks_appearance" in found[0]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM talks_appearance WHERE speaker_id = 9999")


def test_many_faults_of_one_kind_are_summed_up(monkeypatch):
    monkeypatch.setattr(base_check, "MOST_OF_A_KIND", 2)
    Takeaway.objects.update(html="wrong")
    found = check_base()
    assert len(found) == 3
    assert found[2] == f"… and {Takeaway.objects.count() - 2} more of this kind."


def test_unused_tags_speakers_and_days_are_no_fault():
    make_tag("Unused")
    make_speaker("Unused")
    make_day(make_conference("Unused", 2001), 1)
    assert Day.objects.count() == 3
    assert check_base() == []
