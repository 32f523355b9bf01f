"""Importing a changed post again: what is kept, updated and withdrawn."""

import pytest

from talks.backup import check_base, export_base
from talks.editing import merge_speakers
from talks.fields import POST
from talks.importing import Content, ImportReport, import_posts
from talks.models import (
    Appearance,
    Citation,
    Conference,
    Conflict,
    Day,
    Post,
    PostAlias,
    Speaker,
    Tag,
    TaggedPost,
    TaggedTakeaway,
    TaggedTalk,
    Takeaway,
    Talk,
    TalkSource,
)
from tests import builders
from tests.importing.conftest import DAY_1, LAYERS, ORDER, SMALL, dump

pytestmark = pytest.mark.django_db

LABELS = "Labels are the glue between all of its parts"


def read_texts(slug: str = "boxes-on-ships") -> list[str]:
    return list(Takeaway.objects.filter(talk__slug=slug, withdrawn=False).values_list("text", flat=True))


def read_ids() -> dict[str, str]:
    return dict(Takeaway.objects.values_list("text", "public_id"))


def count(report: ImportReport, noun: str) -> tuple[int, ...]:
    return tuple(report.totals[noun].values())


def list_codes(report: ImportReport) -> list[tuple[str, int]]:
    return [(said["code"], said["line"]) for outcome in report.outcomes for said in outcome.diagnostics]


def test_a_reworded_takeaway_keeps_its_permalink(again):
    ids = read_ids()
    report = again((LAYERS, "Layers are stored and shared between all builds"))
    assert read_ids()["Layers are stored and shared between all builds"] == ids[LAYERS]
    assert Takeaway.objects.count() == 7
    assert count(report, "takeaways") == (0, 1, 6, 0)
    assert count(report, "posts") == (0, 1, 0, 0)
    html = Takeaway.objects.get(public_id=ids[LAYERS]).html
    assert html == "Layers are stored and shared between all builds"


def test_moved_takeaways_keep_their_permalinks(again):
    ids = read_ids()
    report = again((f"* {SMALL}\n", ""), ("docs.docker.com/build/)\n", f"docs.docker.com/build/)\n* {SMALL}\n"))
    assert read_ids()[SMALL] == ids[SMALL]
    assert read_texts() == [LAYERS, ORDER, "More of it is in [the manual](https://docs.docker.com/build/)", SMALL]
    assert count(report, "takeaways")[0] == 0


def test_a_takeaway_that_moves_to_another_talk_keeps_its_permalink(again):
    ids = read_ids()
    again((f"* {LABELS}\n", ""), (f"* {SMALL}\n", f"* {LABELS}\n* {SMALL}\n"))
    assert read_ids() == ids
    assert read_texts()[0] == LABELS
    assert Takeaway.objects.filter(withdrawn=True).count() == 0


def test_an_inserted_takeaway_changes_only_positions_of_others(again):
    ids = read_ids()
    report = again((f"* {SMALL}\n", f"* Something that nobody has said yet\n* {SMALL}\n"))
    assert {text: name for text, name in read_ids().items() if text in ids} == ids
    assert count(report, "takeaways") == (1, 0, 7, 0)
    assert list(Takeaway.objects.filter(talk__slug="boxes-on-ships").values_list("position", "line")) == [
        (1, 16),
        (2, 17),
        (3, 18),
        (4, 19),
        (5, 20),
    ]


def test_a_reindented_takeaway_keeps_its_permalink(again):
    ids = read_ids()
    again((f"  * {ORDER}", f"* {ORDER}"))
    assert read_ids() == ids
    assert Takeaway.objects.get(text=ORDER).parent is None


def test_takeaways_that_left_their_post_are_withdrawn_until_they_return(again):
    ids = read_ids()
    report = again((f"* {LAYERS}\n  * {ORDER}\n", ""))
    assert count(report, "takeaways") == (0, 0, 5, 2)
    assert list(Takeaway.objects.filter(withdrawn=True).values_list("text", flat=True)) == [LAYERS, ORDER]
    assert list(Takeaway.objects.filter(withdrawn=False, talk__slug="boxes-on-ships").values_list("position")) == [
        (1,),
        (2,),
    ]
    report = again((f"* {SMALL}\n", f"* {SMALL}\n* {LAYERS}\n  * {ORDER}\n"))
    assert count(report, "takeaways") == (0, 2, 5, 0)
    assert read_ids() == ids
    assert Takeaway.objects.filter(withdrawn=True).count() == 0


def test_takeaways_and_titles_without_edits_are_updated_from_the_post(again):
    again((SMALL, "Docker images ought to be tiny"), ("Boxes on Ships", "Boxes on Big Ships"))
    assert read_texts()[0] == "Docker images ought to be tiny"
    talk = Talk.objects.get(slug="boxes-on-ships")
    assert (talk.title, talk.sort_key) == ("Boxes on Big Ships", "boxes on big ships")


def test_editors_changes_stay_if_the_post_says_the_same(again):
    Takeaway.objects.filter(text=SMALL).update(text="Keep images small", html="Keep images small")
    Talk.objects.filter(slug="boxes-on-ships").update(title="Boxes!")
    Post.objects.update(title="My title", visibility="private")
    report = again((LABELS, "Labels glue the parts"))
    assert read_texts()[0] == "Keep images small"
    assert Talk.objects.get(slug="boxes-on-ships").title == "Boxes!"
    assert Post.objects.values_list("title", "visibility").get() == ("My title", "private")
    assert list_codes(report) == []
    assert Talk.objects.count() == 2


def test_editors_changes_stay_with_a_warning_if_posts_change_too(again):
    """The post changes the same values."""
    Takeaway.objects.filter(text=SMALL).update(text="Keep images small")
    Talk.objects.filter(slug="boxes-on-ships").update(title="Boxes!")
    Post.objects.update(title="My title")
    report = again(
        (SMALL, "Docker images ought to be tiny ones"),
        ("Boxes on Ships", "Boxes on Big Ships"),
        ("Notes from", "More notes from"),
    )
    assert read_texts()[0] == "Keep images small"
    assert Talk.objects.get(slug="boxes-on-ships").title == "Boxes!"
    assert Post.objects.get().title == "My title"
    assert list_codes(report) == [("edited-here-and-in-post", line) for line in (1, 15, 16)]
    assert report.totals["hand edits"] == {"kept": 3}
    report = again((LABELS, "Labels glue the parts"))
    assert list_codes(report) == []
    assert read_texts()[0] == "Keep images small"


def test_equal_changes_by_editor_and_post_are_no_conflict(again):
    Takeaway.objects.filter(text=SMALL).update(text="Keep them small, if you can")
    report = again((SMALL, "Keep them small, if you can"))
    assert list_codes(report) == []
    assert read_texts()[0] == "Keep them small, if you can"
    assert Takeaway.objects.count() == 7


def test_imports_do_not_change_takeaways_that_editors_wrote(again):
    talk = Talk.objects.get(slug="boxes-on-ships")
    Takeaway.objects.create(public_id="0123456789", talk=talk, text="By hand", html="By hand")
    again((SMALL, "Docker images ought to be tiny"))
    assert Takeaway.objects.filter(post=None).values_list("text", "withdrawn").get() == ("By hand", False)


def test_talks_that_left_their_post_are_withdrawn_until_they_return(again):
    section = DAY_1[DAY_1.index("## Boxes") : DAY_1.index("## Herding")]
    report = again((section, ""))
    talk = Talk.objects.get(slug="boxes-on-ships")
    assert (talk.withdrawn, talk.sources.get().withdrawn, talk.takeaways.filter(withdrawn=True).count()) == (
        True,
        True,
        4,
    )
    assert (count(report, "talks"), count(report, "takeaways")) == ((0, 0, 1, 1), (0, 0, 3, 4))
    assert Talk.objects.get(slug="herding-cats").position == 1
    report = again(("## Herding", f"{section}## Herding"))
    talk.refresh_from_db()
    assert (talk.withdrawn, talk.sources.get().withdrawn, talk.takeaways.filter(withdrawn=True).count()) == (
        False,
        False,
        0,
    )
    assert (count(report, "talks"), count(report, "takeaways")) == ((0, 1, 1, 0), (0, 4, 3, 0))
    assert list(Talk.objects.values_list("slug", "position")) == [("boxes-on-ships", 1), ("herding-cats", 2)]


def test_a_retitled_talk_keeps_its_address_and_its_takeaways(again):
    ids = read_ids()
    again(("Boxes on Ships", "Boxes on Big Ships"))
    assert Talk.objects.get(slug="boxes-on-ships").title == "Boxes on Big Ships"
    assert read_ids() == ids
    assert Talk.objects.count() == 2


def test_talks_with_entirely_new_titles_are_recognised_by_notes(again):
    ids = read_ids()
    report = again(("Boxes on Ships", "A Word on Packing"))
    assert read_ids() == ids
    assert list(Talk.objects.values_list("slug", "title", "withdrawn").order_by("pk")) == [
        ("boxes-on-ships", "A Word on Packing", False),
        ("herding-cats", "Herding Cats", False),
    ]
    assert (count(report, "talks"), count(report, "takeaways")) == ((0, 1, 1, 0), (0, 0, 7, 0))


@pytest.mark.parametrize(
    ("line", "slugs"),
    [
        ("## What a rose needs by Bob Roy", ["ferns", "moss-on-walls", "roses-in-june"]),
        ("## What a rose needs by Di Eve", ["ferns", "moss-on-walls", "what-a-rose-needs"]),
    ],
)
def test_reworded_talks_without_notes_keep_addresses_unless_speakers_changed(write, client, line, slugs):
    talks = "## Moss on walls by Ann Lee\n\n* a\n\n## Roses in June by Bob Roy\n\n## Ferns by Cy Dow\n\n* b\n"
    text = f"# Acme Conf 2019\n\n{talks}"
    import_posts([write("notes.md", text)])
    address = Talk.objects.get(title="Roses in June").get_absolute_url()
    import_posts([write("notes.md", text.replace("## Roses in June by Bob Roy", line))])
    assert sorted(Talk.objects.filter(withdrawn=False).values_list("slug", flat=True)) == slugs
    assert client.get(address).status_code == (200 if "roses-in-june" in slugs else 404)


def test_talks_reordered_in_the_post_are_reordered(again):
    boxes = DAY_1[DAY_1.index("## Boxes") : DAY_1.index("## Herding")]
    ids = read_ids()
    again((boxes, ""), (LABELS, f"{LABELS}\n\n{boxes}"))
    assert list(Talk.objects.values_list("slug", "position")) == [("herding-cats", 1), ("boxes-on-ships", 2)]
    assert read_ids() == ids


def test_talks_reordered_by_an_editor_stay_reordered(again):
    Talk.objects.filter(slug="boxes-on-ships").update(position=2)
    Talk.objects.filter(slug="herding-cats").update(position=1)
    again((SMALL, "Docker images ought to be tiny"))
    assert list(Talk.objects.values_list("slug", "position")) == [("herding-cats", 1), ("boxes-on-ships", 2)]


def test_an_editors_order_of_talks_stays_when_posts_reorder_them(again):
    """The import warns of the conflict."""
    third = "## Feeding Birds with Carl Dent\n* Seeds in winter and nothing at all in summer\n\n"
    again(("## Boxes", f"{third}## Boxes"))
    for position, slug in enumerate(("herding-cats", "boxes-on-ships", "feeding-birds"), 1):
        Talk.objects.filter(slug=slug).update(position=position)
    report = again((third, ""), ("## Herding", f"{third}## Herding"))
    assert list(Talk.objects.values_list("slug", flat=True)) == ["herding-cats", "boxes-on-ships", "feeding-birds"]
    assert list_codes(report) == [("edited-here-and-in-post", 15)]


def test_a_hidden_talk_stays_hidden(again):
    Talk.objects.update(hidden=True)
    again((SMALL, "Docker images ought to be tiny"), ("Boxes on Ships", "Boxes on Big Ships"))
    assert set(Talk.objects.values_list("hidden", flat=True)) == {True}


def test_speakers_are_updated_from_the_post(again):
    report = again(("with Ada Brown", "with Eve Fox and Ada Brown"))
    assert list(Appearance.objects.filter(talk__slug="boxes-on-ships").values_list("speaker__name", "position")) == [
        ("Eve Fox", 1),
        ("Ada Brown", 2),
    ]
    assert count(report, "speakers") == (1, 0, 2, 0)


def test_speakers_changed_by_an_editor_stay_changed(again):
    Appearance.objects.filter(talk__slug="boxes-on-ships").update(affiliation="Example")
    report = again((SMALL, "Docker images ought to be tiny"))
    assert Appearance.objects.get(talk__slug="boxes-on-ships").affiliation == "Example"
    assert list_codes(report) == []
    report = again(("with Ada Brown", "with Eve Fox"))
    assert list(map(str, Appearance.objects.filter(talk__slug="boxes-on-ships"))) == ["Ada Brown (Example)"]
    assert list_codes(report) == [("edited-here-and-in-post", 15)]
    assert not Speaker.objects.filter(name="Eve Fox").exists()


def test_a_speaker_renamed_by_an_editor_stays_renamed(again):
    speaker = Speaker.objects.get(name="Ada Brown")
    speaker.name = "Ada M. Brown"
    speaker.save()
    again((SMALL, "Docker images ought to be tiny"))
    assert list(map(str, Appearance.objects.filter(talk__slug="boxes-on-ships"))) == ["Ada M. Brown"]
    assert Speaker.objects.count() == 2


@pytest.mark.parametrize(
    ("before", "after"), [("", "https://example.org/ada"), ("https://ada.example/", "https://ada.example/")]
)
def test_a_post_sets_only_empty_fields_of_a_speaker(again, before, after):
    Speaker.objects.filter(name="Ada Brown").update(url=before)
    report = again(("with Ada Brown", "with [Ada Brown](https://example.org/ada) and Eve Fox"))
    assert Speaker.objects.get(name="Ada Brown").url == after
    assert count(report, "speakers")[0] == 1


def test_imports_update_post_tags_and_keep_editors_tags(again):
    post = Post.objects.get()
    TaggedPost.objects.create(content_object=post, tag=builders.make_tag("By Hand"), origin="editor")
    TaggedPost.objects.filter(tag__name="Baking").delete()
    again(("Docker, Kubernetes, Baking", "Docker, Baking, Labels"))
    assert sorted(post.tagged.values_list("tag__name", "origin")) == [
        ("By Hand", "editor"),
        ("Docker", "post"),
        ("Labels", "post"),
    ]
    assert Tag.objects.filter(name="Kubernetes").exists()


def test_imports_update_mentions_and_keep_editors_tags(again):
    talk = Talk.objects.get(slug="boxes-on-ships")
    TaggedTalk.objects.create(content_object=talk, tag=Tag.objects.get(name="Kubernetes"), origin="editor")
    point = Takeaway.objects.get(text=ORDER)
    TaggedTakeaway.objects.create(content_object=point, tag=Tag.objects.get(name="Kubernetes"), origin="editor")
    again((SMALL, "Images ought to be small ones"), ("[the manual](https://docs.docker.com/build/)", "it"))
    assert sorted(talk.tagged.values_list("tag__name", "origin")) == [("Caching", "mention"), ("Kubernetes", "editor")]
    assert list(point.tagged.values_list("tag__name", "origin")) == [("Kubernetes", "editor")]
    assert TaggedTakeaway.objects.count() == 3
    again((LABELS, "Labels and Docker are the glue"))
    assert sorted(TaggedTalk.objects.values_list("content_object__slug", "tag__name")) == [
        ("boxes-on-ships", "Caching"),
        ("boxes-on-ships", "Kubernetes"),
        ("herding-cats", "Docker"),
        ("herding-cats", "Kubernetes"),
    ]


def test_references_are_updated_from_the_text(again):
    report = again((LABELS, f"{LABELS} like [these](https://example.org/labels)"))
    assert sorted(Citation.objects.values_list("talk__slug", "title", "position")) == [
        ("boxes-on-ships", "the manual", 1),
        ("herding-cats", "these", 1),
    ]
    assert count(report, "references") == (1, 0, 1, 0)
    again(("[the manual](https://docs.docker.com/build/)", "it"))
    assert list(Citation.objects.values_list("title", flat=True)) == ["these"]


def test_imports_update_old_addresses_except_those_that_editors_added(again):
    PostAlias.objects.create(post=Post.objects.get(), path="/by-hand")
    again(("/2019/05/02/testing-days-1/", "/2019/testing-days-1/"))
    assert list(PostAlias.objects.values_list("path", flat=True)) == ["/2019/testing-days-1", "/by-hand"]


def test_old_addresses_stay_with_the_first_post_that_gave_them(again, write):
    report = import_posts([write("other.md", DAY_1 + "* Else\n")])
    assert list_codes(report) == [("alias-dropped", 6)]
    assert PostAlias.objects.get().post.key == "day-1.md"


def test_the_writer_is_updated_from_the_post(again):
    again(("author: Ann Writer", "author: ann  WRITER"))
    assert Post.objects.get().writer.name == "Ann Writer"
    again(("author: ann  WRITER", "author: Bob Writer"))
    assert Post.objects.get().writer.name == "Bob Writer"
    again(("author: Bob Writer\n", ""))
    assert Post.objects.get().writer is None


@pytest.mark.parametrize("text", [DAY_1, DAY_1.replace("author: Ann Writer\n", "")], ids=["named", "not named"])
def test_an_import_keeps_the_writer_that_an_editor_gave(text):
    import_posts([Content("day-1.md", text.encode())])
    post = Post.objects.get()
    POST.find_field("writer").answer(post, "Zoe Pen")
    report = import_posts([Content("day-1.md", f"{text}* One more\n".encode())])
    assert [outcome.outcome for outcome in report.outcomes] == ["updated"]
    assert Post.objects.get().writer.name == "Zoe Pen"


def test_posts_that_come_to_name_another_day_move_their_talks(again):
    again(("  day: 1\n", "  day: 3\n"))
    assert list(Talk.objects.values_list("slug", "day__number", "position")) == [
        ("boxes-on-ships", 3, 1),
        ("herding-cats", 3, 2),
    ]
    assert [day.number for day in Post.objects.get().days.all()] == [3]


def test_posts_that_come_to_name_another_conference_move_their_talks(again):
    ids = read_ids()
    again(("series: Testing Days", "series: Trying Days"))
    conference = Conference.objects.get(series__name="Trying Days")
    assert set(Talk.objects.values_list("conference", "day__conference")) == {(conference.pk, conference.pk)}
    assert (Post.objects.get().conference, Talk.objects.count(), read_ids()) == (conference, 2, ids)


def test_a_conference_renamed_by_an_editor_stays_renamed(again):
    conference = Conference.objects.get()
    conference.series.name = "Testing Days Worldwide"
    conference.series.save()
    again((SMALL, "Docker images ought to be tiny"))
    assert [str(found) for found in Conference.objects.all()] == ["Testing Days Worldwide 2019"]


def test_posts_that_editors_moved_to_a_conference_stay_there(again):
    day = builders.make_day(builders.make_conference("Moved Days", 2020), 1)
    Post.objects.update(conference=day.conference)
    for position, talk in enumerate(Talk.objects.all(), 1):
        talk.day, talk.position = day, position
        talk.save()
    again((SMALL, "Docker images ought to be tiny"))
    assert {str(talk.day) for talk in Talk.objects.all()} == {"Moved Days 2020 – Day 1"}
    report = again(("series: Testing Days", "series: Trying Days"))
    assert str(Post.objects.get().conference) == "Moved Days 2020"
    assert ("edited-here-and-in-post", 1) in list_codes(report)


def test_notes_of_one_talk_in_two_posts_become_one_talk(again, write):
    other = DAY_1.replace("day 1", "the first day").replace("testing-days-1", "other").replace("Ann", "Bob")
    other = other.replace(SMALL, "Somebody else heard other things there").replace("2019-05-02", "2019-05-09")
    other = other[: other.index("## Herding")]
    report = import_posts([write("bob.md", other)])
    talk = Talk.objects.get(slug="boxes-on-ships")
    assert (count(report, "talks"), talk.sources.count(), talk.takeaways.count()) == ((0, 0, 1, 0), 2, 8)
    again(("Boxes on Ships", "Boxes upon Ships"))
    talk.refresh_from_db()
    assert talk.title == "Boxes upon Ships"
    report = again(
        (DAY_1[DAY_1.index("* Docker") : DAY_1.index("## Herding")], ""), ("## Boxes upon Ships with Ada Brown\n", "")
    )
    talk.refresh_from_db()
    assert (talk.withdrawn, talk.title, talk.takeaways.filter(withdrawn=False).count()) == (False, "Boxes on Ships", 4)
    write("bob.md", other[: other.index("## Boxes")] + "Nothing of note.\n")
    path = write(
        "bob.md",
        other[: other.index("## Boxes")] + "## Another Talk with Eve Fox\n* One\n\n## Last One with Eve Fox\n* Two\n",
    )
    import_posts([path])
    talk.refresh_from_db()
    assert talk.withdrawn


def test_a_talk_shows_the_title_from_its_earliest_post(write):
    late = DAY_1.replace("2019-05-02", "2019-05-09").replace("testing-days-1", "late")
    early = DAY_1.replace("2019-05-02", "2019-05-01").replace("Boxes on Ships", "BOXES on ships")
    import_posts([write("late.md", late)])
    import_posts([write("early.md", early.replace("Labels", "Tags"))])
    assert Talk.objects.get(slug="boxes-on-ships").title == "BOXES on ships"
    assert TalkSource.objects.count() == 4


def test_a_talk_shows_a_drafts_title_only_without_public_posts(write, client):
    words = DAY_1.replace("Ada Brown", "Ada Brown (Secret Inc)").replace("Boxes on Ships", "Boxes on ships")
    public = DAY_1.replace("date: 2019-05-02", "date: 2019-05-20").replace("aliases:", "former:")
    draft = words.replace("author: Ann Writer", "author: Bea Writer\ndraft: true")
    import_posts([write("a.md", draft), write("b.md", public)])
    talk = Talk.objects.get(slug="boxes-on-ships")
    assert (talk.title, talk.appearances.get().affiliation) == ("Boxes on Ships", "")
    assert "Secret" not in client.get(talk.get_absolute_url()).content.decode()
    import_posts([write("a.md", draft.replace("\ndraft: true", ""))])
    talk = Talk.objects.get(slug="boxes-on-ships")
    assert (talk.title, talk.appearances.get().affiliation) == ("Boxes on ships", "Secret Inc")
    import_posts([write("a.md", draft)])
    assert Talk.objects.get(slug="boxes-on-ships").title == "Boxes on Ships"
    assert (check_base(), Conflict.objects.count()) == ([], 0)


def test_equal_titles_in_one_post_are_two_talks(write):
    path = write("a.md", DAY_1.replace("Herding Cats with Carl Dent", "Boxes on Ships with Ada Brown"))
    import_posts([path])
    assert list(Talk.objects.values_list("slug", "position")) == [("boxes-on-ships", 1), ("boxes-on-ships-2", 2)]
    before = dump()
    path.write_text(path.read_text() + "* One more\n")
    import_posts([path])
    assert Talk.objects.count() == 2
    before["Talk"][1]["noted"] += 1
    assert dump()["Talk"] == before["Talk"]


def test_a_talk_that_an_editor_made_keeps_its_title(write):
    day = builders.make_day(builders.make_conference("Testing Days", 2019), 2)
    builders.make_talk("BOXES ON SHIPS", day, speakers=["Ada M. Brown"])
    import_posts([write("a.md", DAY_1)])
    talk = Talk.objects.get(slug="boxes-on-ships")
    assert (talk.title, str(talk.day), list(map(str, talk.appearances.all())), talk.takeaways.count()) == (
        "BOXES ON SHIPS",
        "Testing Days 2019 – Day 2",
        ["Ada M. Brown"],
        4,
    )


def test_changed_line_ends_change_no_takeaway(again):
    ids = read_ids()
    report = again(("\n", "\r\n"))
    assert read_ids() == ids
    assert count(report, "takeaways") == (0, 0, 7, 0)


def test_rows_without_changes_are_not_written(again):
    before = dump()
    again((LABELS, "Labels are the glue between its parts"))
    after = dump()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"Post", "Takeaway", "SearchDocument", "SearchPosting"}
    assert sum(old != new for old, new in zip(before["Takeaway"], after["Takeaway"], strict=True)) == 1


def test_the_date_of_a_day_stays_if_posts_give_none(write):
    path = write("a.md", DAY_1)
    import_posts([path])
    Day.objects.update(date="2019-04-30")
    path.write_text(DAY_1 + "* One more\n")
    import_posts([path])
    assert str(Day.objects.get().date) == "2019-04-30"


def test_a_merged_speaker_stays_merged(write):
    talks = "## Growing a language with Jose Valim\n\n* {}\n\n## Shrinking it again with José Valim\n\n* More\n"
    text = f"---\ntitle: QCon London 2017, day 1\n---\n\n{talks}"
    path = write("merged.md", text.format("A point"))
    import_posts([path])
    kept = Speaker.objects.get(name="José Valim")
    merge_speakers(kept, Speaker.objects.exclude(pk=kept.pk))
    before = list(export_base())
    import_posts([path])
    assert list(export_base()) == before
    write("merged.md", text.format("Another thing"))
    import_posts([path])
    assert list(Talk.objects.order_by("title").values_list("speakers__name", flat=True)) == ["José Valim"] * 2
    assert (Speaker.objects.count(), check_base()) == (1, [])


def test_headings_added_above_takeaways_do_not_count_as_updated_takeaways(write):
    path = write("a.md", "---\ntitle: FooConf 2019\n---\n## Gardens by Ann Lee\n\nFirst.\n\n* Dark soil\n")
    import_posts([path])
    path.write_text(path.read_text().replace("* Dark", "### Soil\n\n* Dark"))
    report = import_posts([path])
    assert dict(Takeaway.objects.values_list("text", "headings")) == {"First.": "", "Dark soil": "Soil"}
    assert report.count("updated") == 1
    assert report.totals["takeaways"]["updated"] == 0
    assert list(check_base()) == []


def test_links_in_intros_are_resolved_by_definitions_anywhere(write):
    intro = "All is [here][1] and [there].\n\n[1]: https://x.example/1\n"
    talk = "## Gardens by Ann Lee\n\n* Dark\n\n[there]: https://x.example/2\n"
    import_posts([write("a.md", f"---\ntitle: FooConf 2019\n---\n{intro}\n{talk}")])
    post = Post.objects.get()
    assert post.intro_html == (
        '<p>All is <a href="https://x.example/1" rel="nofollow noopener">here</a> and '
        '<a href="https://x.example/2" rel="nofollow noopener">there</a>.</p>'
    )
    assert list(check_base()) == []
