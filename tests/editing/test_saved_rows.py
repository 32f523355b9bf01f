"""Rows that an editor changed are saved with their parts; touches are recorded, and derived data follows."""

import pytest

from talks import editing
from talks.backup import check_base
from talks.editing import Part
from talks.importing import Content, import_posts
from talks.models import (
    Appearance,
    Conference,
    Day,
    EditorTouch,
    Post,
    PostAlias,
    Reference,
    Series,
    Speaker,
    Tag,
    TagAlias,
    TaggedPost,
    TaggedTalk,
    Takeaway,
    Talk,
    Writer,
    make_lasting_name,
)
from tests import builders as make
from tests.admin.rows import make_world
from tests.importing.conftest import DAY_1

pytestmark = pytest.mark.django_db


def list_touches():
    return list(EditorTouch.objects.values_list("kind", "key", "what"))


def find_faults():
    """Return the faults of the base but one that `make_world` makes."""
    return [fault for fault in check_base() if "line 2 became two things" not in fault]


@pytest.mark.parametrize(
    ("model", "column", "value"),
    [
        (Series, "name", "Moss Days"),
        (Conference, "year", 2001),
        (Day, "number", 3),
        (Writer, "name", "Ann Lee"),
        (Speaker, "handle", "@ann"),
        (Tag, "name", "Moss"),
        (Reference, "kind", "book"),
        (Post, "title", "Moss"),
        (Talk, "title", "Moss"),
        (Takeaway, "text", "Moss *grows*"),
    ],
)
def test_saving_a_row_records_a_touch_and_renews_derived_data(model, column, value):
    make_world(1)
    row = model.objects.order_by("pk").first()
    setattr(row, column, value)
    editing.save_row(row, [column])
    assert getattr(model.objects.get(pk=row.pk), column) == value
    assert list_touches() == [(*make_lasting_name(row), column)]
    assert find_faults() == []


def test_saving_an_unchanged_row_writes_nothing(django_assert_num_queries):
    talk = make_world(1)
    with django_assert_num_queries(2):  # begin and end of a savepoint
        editing.save_row(talk)
    assert list_touches() == []


def test_a_new_row_is_saved_and_touched():
    editing.save_row(Series(name="Moss Days"))
    assert list_touches() == [("series", "moss-days", "added")]


def test_a_renamed_row_keeps_its_former_name():
    make_world(1)
    for model in (Speaker, Series, Tag):
        row = model.objects.get()
        former, row.name = row.name, "Moss"
        editing.save_row(row, ["name"])
        assert editing.list_other_names(model.objects.get())[-1:] == [former]


def test_a_tag_gains_and_loses_aliases():
    make_world(1)
    tag, alias = Tag.objects.get(), TagAlias(name="Three")
    alias.tag = tag
    editing.save_row(tag, parts=[Part(alias, {"name": "Three"})], deleted=list(tag.aliases.all()))
    assert list(tag.aliases.values_list("name", flat=True)) == ["Three"]
    assert Takeaway.objects.get(text="Three").tagged.get().tag == tag
    assert (list_touches(), find_faults()) == ([("tag", "tag-1", "changed")], [])


def test_posts_tags_are_refused_and_editors_tags_deleted():
    talk = make_world(1)
    post = Post.objects.get()
    editing.save_row(post, deleted=list(post.tagged.all()))
    editing.save_row(talk, deleted=list(talk.tagged.all()))
    assert list(TaggedPost.everything.values_list("origin", "refused")) == [("editor", True)]
    assert not TaggedTalk.everything.exists()
    assert list_touches() == [("post", "notes-1.md", "changed"), ("talk", "conf-1-1991/talk-1", "changed")]


def test_old_addresses_are_saved_as_parts_of_their_post():
    make_world(1)
    post = Post.objects.get()
    editing.save_row(post, parts=[Part(PostAlias(post=post, path="/moss/"), {"path": "/moss/"})])
    assert post.aliases.get().path == "/moss/"


def test_speakers_of_a_saved_talk_are_numbered():
    talk = make_world(1)
    last = Appearance(talk=talk, speaker=make.make_speaker("Ann Lee"), position=9)
    editing.save_row(talk, parts=[Part(last, {"speaker": last.speaker})])
    assert list(talk.appearances.order_by("position").values_list("position", flat=True)) == [1, 2]


def test_takeaways_are_saved_as_parts_of_their_talk():
    talk = make_world(1)
    one, two = Takeaway.objects.get(text="One"), Takeaway.objects.get(text="Two")
    one.text = "One and *only*"
    two.withdrawn = True
    new = Takeaway(talk=talk, text="Four")
    parts = [Part(one, {"text": one.text}), Part(two, {"withdrawn": True}), Part(new, {"text": "Four"})]
    editing.save_row(talk, parts=parts)
    shown = Takeaway.objects.filter(withdrawn=False).order_by("post_id", "position")
    assert sorted(shown.values_list("text", "html")) == [
        ("Four", "Four"),
        ("One and *only*", "One and <em>only</em>"),
        ("Three", "Three"),
    ]
    assert sorted(list_touches()) == sorted(
        [
            ("takeaway", one.public_id, "text"),
            ("takeaway", two.public_id, "withdrawn"),
            ("takeaway", new.public_id, "added"),
            ("talk", "conf-1-1991/talk-1", "changed"),
        ]
    )
    assert find_faults() == []


def test_a_new_talk_is_saved_with_its_parts():
    talk = Talk(title="Moss", day=make.make_day(), position=1)
    speaker = Appearance(talk=talk, speaker=make.make_speaker("Ann Lee"), position=7)
    takeaway = Takeaway(talk=talk, text="Moss grows")
    editing.save_row(talk, parts=[Part(speaker, {}), Part(takeaway, {})])
    assert list(talk.takeaways.values_list("position", "html")) == [(1, "Moss grows")]
    assert list(talk.appearances.values_list("position", flat=True)) == [1]
    assert list_touches() == [
        ("takeaway", takeaway.public_id, "added"),
        ("talk", "qcon-london-2017/moss", "added"),
    ]


def test_a_talk_moves_to_its_place_on_another_day():
    talk = make_world(1)
    day = make.make_day(make.make_conference("Moss Days", 2001), number=1)
    first = make.make_talk("First", day)
    talk.day, talk.position = day, 1
    editing.save_row(talk, ["day", "position"])
    assert list(day.talks.order_by("position")) == [talk, first]
    assert list_touches() == [
        ("talk", "moss-days-2001/talk-1", "day"),
        ("talk", "moss-days-2001/talk-1", "position"),
    ]
    assert find_faults() == []


def test_deleting_rows_deletes_their_editor_touches():
    talk = make_world(1)
    day, post = talk.day, Post.objects.get()
    lone = make.make_talk("Lone", day)
    mine = make.make_takeaway(lone, "Mine")
    below = make.make_takeaway(lone, "Below", parent=mine)
    EditorTouch.record([lone, mine, Tag.objects.get()], "added")
    editing.delete_rows([mine])
    below.refresh_from_db()
    assert (below.parent, below.position) == (None, 1)
    editing.delete_rows(Tag.objects.all())
    editing.delete_rows([lone])
    assert (list_touches(), list(day.talks.all()), list(post.tagged.all())) == ([], [talk], [])
    assert find_faults() == []


def test_deleting_rows_deletes_editor_touches_of_their_parts():
    day = make.make_day(number=1)
    talk = make.make_talk("Lone", make.make_day(make.make_conference("Moss Days")))
    EditorTouch.record([day, make.make_takeaway(talk, "Mine")], "added")
    editing.delete_rows([day.conference])
    editing.delete_rows([talk])
    assert (Day.objects.filter(pk=day.pk).exists(), list_touches()) == (False, [])


def list_days(conference):
    return [(str(day.date), day.number) for day in conference.days.order_by("date")]


@pytest.mark.parametrize(
    ("numbers", "now"),
    [((1, 2, 3), (2, 3, 1)), ((None, 1, 2), (1, None, 2)), ((1, 2, 3), (2, 3, 4)), ((97, 98, 99), (98, 99, 97))],
)
def test_days_exchange_numbers_and_keep_their_touches(numbers, now):
    conference = make.make_conference()
    days = [make.make_day(conference, number, date=f"2017-03-0{n}") for n, number in enumerate(numbers, 1)]
    for n, day in enumerate(days):
        EditorTouch.record([day], f"mark {n}")
    changed = [n for n in range(3) if numbers[n] != now[n]]
    for n in changed:
        days[n].number = now[n]
    editing.save_row(conference, parts=[Part(days[n], {"number": now[n]}) for n in changed])
    assert list_days(conference) == [(f"2017-03-0{n}", number) for n, number in enumerate(now, 1)]
    touches = [(key, what) for kind, key, what in list_touches() if kind == "day"]
    names = [make_lasting_name(day)[1] for day in days]
    assert sorted(touches) == sorted(
        [*((name, f"mark {n}") for n, name in enumerate(names)), *((names[n], "number") for n in changed)]
    )
    assert find_faults() == []


def test_a_new_day_takes_the_number_of_a_moved_one():
    day = make.make_day(number=1)
    EditorTouch.record([day], "date")
    day.number = 2
    new = Day(conference=day.conference, number=1)
    editing.save_row(day.conference, parts=[Part(new, {"number": 1}), Part(day, {"number": 2})])
    assert sorted(list_touches()) == [
        ("conference", "qcon-london-2017", "changed"),
        ("day", "qcon-london-2017/1", "added"),
        ("day", "qcon-london-2017/2", "date"),
        ("day", "qcon-london-2017/2", "number"),
    ]


def test_a_deleted_days_typed_number_takes_no_others_touches():
    conference = make.make_conference()
    first, second = make.make_day(conference, 1), make.make_day(conference, 2)
    EditorTouch.record([first, second], "date")
    first.number = 2
    editing.save_row(conference, deleted=[first])
    assert [key for kind, key, _ in list_touches() if kind == "day"] == ["qcon-london-2017/2"]


def test_several_new_takeaways_keep_their_order():
    talk = make_world(1)
    new = [Part(Takeaway(talk=talk, text=text), {"text": text}) for text in ("Four", "Five", "Six")]
    editing.save_row(talk, parts=new)
    mine = talk.takeaways.filter(post=None).order_by("position")
    assert list(mine.values_list("text", "position")) == [("Four", 1), ("Five", 2), ("Six", 3)]


def test_days_entered_on_conferences_pages_stay_when_posts_leave_them():
    import_posts([Content("day-1.md", DAY_1.encode())])
    day = Day.objects.select_related("conference").get()
    editing.save_row(day.conference, parts=[Part(day, {"date": None})])
    import_posts([Content("day-1.md", DAY_1.replace("  day: 1", "  day: 2").encode())])
    assert list(Day.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
