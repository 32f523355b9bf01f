"""Reconciling takes values and returns a plan, without any database."""

from dataclasses import replace

from talks.importing.post_identity import make_public_id
from talks.importing.reconcile.known import Known, KnownConference, KnownPost, KnownTalk
from talks.importing.reconcile.plan import Change
from talks.importing.reconcile.post_fields import ReadPost
from talks.importing.reconcile.post_plan import reconcile
from talks.models import Conference, Post, Takeaway, TalkSource
from talks.parsing import parse_post

TEXT = """\
---
title: Notes
tags: [Docker]
confnotes:
  series: Testing Days
  year: 2019
  talk_level: 2
---
## Boxes with Ada Brown
* Docker is one way to do it
* There are [others](https://example.org/)
  * Some of them older
"""
EMPTY = Known(None, KnownConference("Testing Days", 2019))


def read(text=TEXT):
    return ReadPost("a.md", "/notes/a.md", "digest", text, parse_post(text, name="a.md"))


def settle(plan):
    """Return what reconciling would load from the base (`Known`) after the plan was written."""
    talks, sources, takeaways = {}, [], []
    for number, talk in enumerate(plan.talks, 10):
        values = {**talk.values, "day": (1, talk.day)}
        talks[number] = KnownTalk(number, values, talk.slug, talk.position, withdrawn=False)
        said = talk.source
        columns = ("title", "heading", "speakers", "position", "line", "end_line", "imported")
        same = {name: getattr(said, name) for name in columns}
        sources.append(TalkSource(pk=number, talk_id=number, post_id=1, **same))
        for index, unit in enumerate(talk.takeaways):
            columns = ("public_id", "kind", "position", "text", "html", "line", "end_line", "headings")
            same = {name: getattr(unit, name) for name in columns}
            parent = None if unit.parent is None else 100 + unit.parent
            takeaways.append(Takeaway(pk=100 + index, talk_id=number, post_id=1, parent_id=parent, **same))
    conference = replace(plan.conference, pk=1)
    columns = {name: value for name, value in plan.fields.items() if name not in ("writer", "conference")}
    tags = {tag.key: replace(tag, pk=1) for tag in plan.tags.values()}
    post = KnownPost(
        Post(pk=1, conference=Conference(pk=1), **columns),
        plan.values,
        tags=dict.fromkeys(plan.tags_added, "post"),
        sources=sources,
        takeaways=takeaways,
    )
    return Known(post, conference, talks=talks, tags=tags)


def test_the_plan_of_a_new_post_creates_all_its_rows():
    plan = reconcile(read(), EMPTY)
    (talk,) = plan.talks
    assert (plan.change, talk.change, talk.title, talk.slug, talk.position) == (
        Change.CREATED,
        Change.CREATED,
        "Boxes",
        "boxes",
        1,
    )
    assert [speaker.name for speaker in plan.speakers.values()] == ["Ada Brown"]
    assert [(unit.change, unit.parent, unit.position) for unit in talk.takeaways] == [
        (Change.CREATED, None, 1),
        (Change.CREATED, None, 2),
        (Change.CREATED, 1, 3),
    ]
    assert talk.takeaways[0].public_id == make_public_id("a.md", "Docker is one way to do it", 1)
    assert [(citation.takeaway, citation.position) for citation in talk.citations] == [(1, 1)]


def test_reimporting_the_same_post_plans_no_change():
    known = settle(reconcile(read(), EMPTY))
    plan = reconcile(read(), known)
    assert (plan.written, plan.talks[0].change, plan.talks[0].source.change) == (
        frozenset(),
        Change.UNCHANGED,
        Change.UNCHANGED,
    )
    assert {unit.change for unit in plan.talks[0].takeaways} == {Change.UNCHANGED}
    assert (plan.tags_added, plan.tags_removed, plan.positions, plan.takeaways_withdrawn, plan.conflicts) == (
        frozenset(),
        frozenset(),
        {},
        (),
        (),
    )


def test_takeaways_changed_on_both_sides_keep_the_editors_text():
    """With a conflict."""
    known = settle(reconcile(read(), EMPTY))
    first = known.post.takeaways[0]
    first.imported, first.text = {"text": first.text}, "By hand"
    plan = reconcile(read(TEXT.replace("one way", "just one way")), known)
    unit = plan.talks[0].takeaways[0]
    assert (unit.text, unit.imported["text"], unit.public_id) == (
        "By hand",
        "Docker is just one way to do it",
        first.public_id,
    )
    assert [(c.field, c.ours, c.theirs) for c in plan.conflicts] == [
        ("text", "By hand", "Docker is just one way to do it")
    ]
    assert [(said.code, said.line) for said in plan.diagnostics] == [("edited-here-and-in-post", 10)]


def test_talks_that_left_their_post_are_withdrawn_with_their_takeaways():
    known = settle(reconcile(read(), EMPTY))
    plan = reconcile(read(TEXT[: TEXT.index("## ")] + "## Cats with Eve Brown\n* Purring\n* Scratching\n"), known)
    assert [(talk.change, talk.title == "Boxes", talk.position) for talk in plan.talks] == [
        (Change.CREATED, False, 1),
        (Change.WITHDRAWN, True, None),
    ]
    assert [gone.before.pk for gone in plan.takeaways_withdrawn] == [100, 101, 102]
    assert plan.change is Change.UPDATED
