"""Removing posts deletes them with the rows that only they used, and nothing else."""

import pytest
from django.db import transaction

from talks import backup
from talks.editing import add_corrections, make_version
from talks.fields import POST, TAKEAWAY, TALK
from talks.importing import ChangedMeanwhileError, NotFoundError, import_posts, remove_posts, render_removal
from talks.models import (
    Appearance,
    Conference,
    Decision,
    EditorTouch,
    ImportRun,
    Media,
    Post,
    PostAlias,
    Series,
    Speaker,
    SpeakerAlias,
    Tag,
    TaggedTalk,
    Takeaway,
    Talk,
    Writer,
    name_subject,
)
from talks.parsing import Act, Correction, make_anchor, read_anchor_lines
from tests import builders
from tests.importing.conftest import DAY_1, bring_in_day_1, dump
from tests.importing.image_files import make_png

pytestmark = pytest.mark.django_db

DAY_2 = """\
---
title: Another writer's first day
date: 2019-05-09
author: Bob Scribe
tags: [Docker, Rust]
confnotes:
  series: Testing Days
  year: 2019
  day: 1
  talk_level: 2
---

## Boxes on Ships with Ada Brown
* Rust and Docker go together surprisingly well
* See [the manual](https://docs.docker.com/build/)

## Singing Crabs with Eve Ford
* Rust compiles slowly so that you have time to think
"""


def read_addresses() -> list[tuple[str, ...]]:
    ids = Takeaway.objects.order_by("public_id").values_list("public_id", "text")
    return [*ids, *Talk.objects.order_by("slug").values_list("slug", "title"), *Post.objects.values_list("slug", "key")]


def test_importing_a_removed_post_again_gives_the_same_addresses(write):
    path = write("day-1.md", DAY_1)
    empty = {name: rows for name, rows in dump().items() if rows}
    import_posts([path])
    before = read_addresses()
    removal = remove_posts([path])
    assert (removal.posts, removal.takeaways, removal.editor_changes, removal.talks_left) == (("day-1.md",), 7, (), ())
    assert {name: rows for name, rows in dump().items() if rows} == empty
    assert backup.check_base() == []
    import_posts([path])
    assert read_addresses() == before


def test_talks_of_other_posts_stay_after_a_removal(write):
    first, second = write("day-1.md", DAY_1), write("day-2.md", DAY_2)
    import_posts([second])
    alone = dump()
    import_posts([first])
    removal = remove_posts([first])
    assert removal.talks == ("Herding Cats (testing-days-2019)",)
    assert removal.talks_left == ("Boxes on Ships (testing-days-2019)",)
    assert dict(removal.shared)["speakers"] == ("Carl Dent",)
    assert dict(removal.shared)["tags"] == ("Baking", "Caching", "Kubernetes")
    assert backup.check_base() == []
    assert list(Talk.objects.order_by("position").values_list("title", "position")) == [
        ("Boxes on Ships", 1),
        ("Singing Crabs", 2),
    ]
    names = [model.__name__ for model in (Speaker, Writer, Tag, Conference, Series)]
    strip = ("pk", "id", "run_id")
    kept = dump()
    assert [[{k: v for k, v in row.items() if k not in strip} for row in kept[name]] for name in names] == [
        [{k: v for k, v in row.items() if k not in strip} for row in alone[name]] for name in names
    ]


def test_after_a_removal_a_talk_shows_its_other_posts_title(write):
    first, second = write("day-1.md", DAY_1), write("day-2.md", DAY_2.replace("Boxes on Ships", "Boxes On Ships"))
    import_posts([first, second])
    assert Talk.objects.get(slug="boxes-on-ships").title == "Boxes on Ships"
    remove_posts([first])
    assert Talk.objects.get(slug="boxes-on-ships").title == "Boxes On Ships"
    tags = TaggedTalk.objects.filter(content_object__slug="boxes-on-ships").values_list("tag__name", flat=True)
    assert sorted(tags) == ["Docker", "Rust"]
    assert backup.check_base() == []


def test_a_removal_lists_lost_changes_by_editors_first(write):
    bring_in_day_1(write("day-1.md", DAY_1))
    talk = Talk.objects.get(slug="boxes-on-ships")
    builders.make_takeaway(talk, "Written here")
    row = Takeaway.objects.get(text__startswith="Layers are")
    Takeaway.objects.filter(pk=row.pk).update(text="Layers are cached")
    Talk.objects.filter(slug="herding-cats").update(title="Herding Lions", hidden=True)
    Appearance.objects.filter(talk=talk).delete()
    removal = remove_posts(["day-1.md"], dry_run=True)
    assert removal.editor_changes == (
        (
            "Takeaway “Layers are cached”: text changed from “Layers are cached and shared between builds” to "
            "“Layers are cached”."
        ),
        "“Written here” was written here, in the talk “Boxes on Ships”.",
        "Talk “Boxes on Ships”: speakers changed from “Ada Brown” to nothing.",
        "The talk “Herding Lions” was taken down.",
        "Talk “Herding Lions”: title changed from “Herding Cats” to “Herding Lions”.",
    )
    assert render_removal(removal).startswith("Edits made here that go:\n    Takeaway “Layers are cached”: text")


# What an editor writes into each field that has an answer.
EDITED = {
    "title": "Ships",
    "writer": "Zoe Pen",
    "published_on": "2018-01-02",
    "language": "de",
    "visibility": "draft",
    "day": "4",
    "speakers": "Zoe Pen | Acme",
    "video_url": "https://videos.example/1",
    "slides_url": "https://slides.example/1",
    "text": "Said otherwise",
    "kind": "quote",
}


@pytest.mark.slow
def test_a_removal_lists_each_edited_field(write):
    bring_in_day_1(write("day-1.md", DAY_1))
    for model, table in ((Post, POST), (Talk, TALK), (Takeaway, TAKEAWAY)):
        for field in table:
            if field.answer:
                with transaction.atomic():
                    row = model.objects.order_by("pk")[0]
                    before, after = field.show(field.read(row)), EDITED[field.name]
                    field.answer(row, after)
                    (told,) = remove_posts(["day-1.md"], dry_run=True).editor_changes
                    assert f": {field.label} changed from " in told
                    shown = [text in told for text in (f"“{before}”" if before else "nothing", f"“{after}”")]
                    assert shown == [True, True], field.name
                    transaction.set_rollback(True)


def test_a_removal_lists_corrections_and_added_old_addresses(write):
    bring_in_day_1(write("day-1.md", DAY_1))
    post = Post.objects.get()
    post.aliases.create(path="/old")
    lines = read_anchor_lines(DAY_1)
    moved = Correction(Act.DETAILS, make_anchor(lines, lines.index("## Herding Cats with Carl Dent") + 1), day=3)
    add_corrections(post, [moved], made_by="ann", version=make_version(post))
    assert remove_posts(["day-1.md"], dry_run=True).editor_changes == (
        "Post day-1.md: old address /old added.",
        (
            "Post day-1.md was corrected: ## Herding Cats with Carl Dent is a talk whose title, "
            "speakers or day an editor gave, day 3."
        ),
    )


def test_removing_posts_that_changed_their_event_lists_no_editors_changes(write):
    bring_in_day_1(write("day-1.md", DAY_1))
    import_posts([write("day-1.md", DAY_1.replace("series: Testing Days", "series: Trying Days"))])
    assert PostAlias.objects.filter(path="/conferences/testing-days-2019").exists()
    assert remove_posts(["day-1.md"]).editor_changes == ()


def test_removing_several_unedited_posts_lists_no_editors_changes(write):
    import_posts([write("day-1.md", DAY_1), write("day-2.md", DAY_2)])
    assert remove_posts(["day-1.md", "day-2.md"]).editor_changes == ()


def test_a_dry_run_of_a_removal_removes_nothing(write):
    path = write("day-1.md", DAY_1)
    import_posts([path])
    before = dump()
    shown = remove_posts([path.parent], dry_run=True)
    assert dump() == before
    assert remove_posts([path.parent], expected=shown) == shown
    assert Post.objects.count() == 0


def test_a_removal_that_differs_from_the_shown_one_is_refused(write):
    path = write("day-1.md", DAY_1)
    import_posts([path])
    shown = remove_posts([path], dry_run=True)
    builders.make_takeaway(Talk.objects.get(slug="boxes-on-ships"), "Written meanwhile")
    with pytest.raises(ChangedMeanwhileError):
        remove_posts([path], expected=shown)
    assert Takeaway.objects.filter(text="Written meanwhile").exists()


def test_posts_that_a_run_created_can_be_removed(write):
    first = write("day-1.md", DAY_1)
    import_posts([first])
    run = ImportRun.objects.latest("pk").pk
    import_posts([first, write("day-2.md", DAY_2)])
    assert remove_posts(run=run).posts == ("day-1.md",)
    assert list(Post.objects.values_list("key", flat=True)) == ["day-2.md"]
    with pytest.raises(NotFoundError):
        remove_posts(run=run)


def test_posts_whose_files_are_gone_can_be_removed(write):
    path = write("deep/day-1.md", DAY_1)
    import_posts([path])
    path.unlink()
    assert remove_posts([path.parent]).posts == ("deep/day-1.md",)


def test_removing_a_path_without_posts_is_an_error(write):
    bring_in_day_1(write("day-1.md", DAY_1))
    before = dump()
    with pytest.raises(NotFoundError, match=r"No post in the base came from .*nothing\.md"):
        remove_posts(["nothing.md"])
    assert dump() == before


def test_a_removal_keeps_rows_that_editors_made_or_touched(write):
    path = write("day-1.md", DAY_1)
    import_posts([path])
    ada = Speaker.objects.get(name="Ada Brown")
    EditorTouch.record([ada], "url")
    Tag.objects.filter(name="Docker").update(description="Boxes for programs.")
    remove_posts([path])
    assert list(Speaker.objects.values_list("name", flat=True)) == ["Ada Brown"]
    assert list(Tag.objects.values_list("name", flat=True)) == ["Docker"]
    assert backup.check_base() == []


def decide(row, answer, field=""):
    kind = Decision.Kind.CONFLICT if field else Decision.Kind.WITHDRAWN
    Decision.objects.create(kind=kind, subject=f"{name_subject(row)} {field}".strip(), answer=answer)


def test_editors_decisions_about_removed_rows_are_deleted(write):
    first, second = write("a day 1.md", DAY_1), write("day-2.md", DAY_2)
    import_posts([first, second])
    decide(Post.objects.get(key="a day 1.md"), ["ours", "theirs"], "title")
    decide(Talk.objects.get(slug="herding-cats"), False)
    decide(Talk.objects.get(slug="herding-cats"), ["ours", "theirs"], "speakers")
    decide(Takeaway.objects.get(text__startswith="Layers are"), True)
    kept = [Talk.objects.get(slug="boxes-on-ships"), Takeaway.objects.get(text__startswith="Rust compiles")]
    for row in kept:
        decide(row, ["ours", "theirs"], "title")
    removal = remove_posts([first])
    assert removal.editor_changes == (
        "“Layers are cached and shared between builds” was withdrawn by an editor.",
        "“Herding Cats” was restored by an editor.",
    )
    assert sorted(Decision.objects.values_list("subject", flat=True)) == sorted(
        f"{name_subject(row)} title" for row in kept
    )
    assert backup.check_base() == []


def test_removing_posts_removes_images_that_no_other_post_shows(
    write, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path / "media"
    shown = "* Layers are cached\n* ![A](a.png)\n"
    first = write("day-1.md", DAY_1.replace("* Layers are cached", f"{shown}* ![B](b.png)\n* Layers are cached"))
    second = write("day-2.md", DAY_2 + shown)
    for shade, name in enumerate(["a.png", "b.png"]):
        (first.parent / name).write_bytes(make_png(shade))
    import_posts([first, second])
    locations = {row.location for row in Media.objects.all()}
    with django_capture_on_commit_callbacks(execute=True):
        remove_posts([first], dry_run=True)
    assert [place.exists() for place in locations] == [True, True]
    with django_capture_on_commit_callbacks(execute=True):
        removal = remove_posts([first])
    (left,) = Media.objects.all()
    assert len(dict(removal.shared)["images"]) == 1
    assert {place for place in locations if place.exists()} == {left.location}
    assert backup.check_base() == []


def test_aliases_are_removed_with_their_speaker(write):
    path = write("day-1.md", DAY_1)
    import_posts([path])
    ada = Speaker.objects.get(name="Ada Brown")
    ada.name = "Ada Lovely"
    ada.save()
    SpeakerAlias.objects.create(speaker=ada, name="Ada Brown", folded="ada brown", slug="ada-brown")
    assert remove_posts([path]).editor_changes == ()
    assert (Speaker.objects.count(), SpeakerAlias.objects.count()) == (0, 0)
