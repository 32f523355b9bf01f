"""Editors' decisions about a talk follow it to another conference."""

import pytest

from talks.editing import apply_correction, merge_series, move_talks
from talks.importing import Content, import_posts
from talks.models import Decision, EditorTouch, Post, Series, Talk, name_subject
from talks.parsing import Act, Correction
from tests import builders as make
from tests.admin.rows import log_in, read_errors, read_form

pytestmark = pytest.mark.django_db


def move(talk, day):
    client, page = log_in(superuser=True), f"/admin/talks/talk/{talk.pk}/change/"
    assert read_errors(client.post(page, read_form(client, page) | {"day": str(day.pk)})) == []


def list_decisions():
    return list(Decision.objects.values_list("kind", "subject", "answer"))


def test_decisions_and_touches_follow_a_talk_to_another_conference():
    talk = make.make_talk("Same", make.make_day())
    make.make_talk("Same as", talk.day)
    for kind, subject in [("withdrawn", "same"), ("conflict", "same title"), ("withdrawn", "same-as")]:
        Decision.objects.create(kind=kind, subject=f"talk:qcon-london-2017/{subject}", answer=False)
    EditorTouch.record([talk], "title")
    move(talk, make.make_day(make.make_conference("Strange Loop", 2013), 1))
    assert list_decisions() == [
        ("conflict", "talk:strange-loop-2013/same title", False),
        ("withdrawn", "talk:qcon-london-2017/same-as", False),
        ("withdrawn", "talk:strange-loop-2013/same", False),
    ]
    assert list(EditorTouch.objects.filter(what="title").values_list("key", flat=True)) == ["strange-loop-2013/same"]


def test_a_talk_that_moves_within_its_conference_keeps_its_decisions():
    talk = make.make_talk("Same", make.make_day())
    Decision.objects.create(kind="withdrawn", subject="talk:qcon-london-2017/same", answer=False)
    move(talk, make.make_day(number=3))
    assert list_decisions() == [("withdrawn", "talk:qcon-london-2017/same", False)]


def test_decisions_follow_a_talk_moved_by_editor_or_import():
    post = "---\ntitle: Notes from {}\n---\n\n## Things by Ann Lee\n\n* One\n\n## Same by Ben Roe\n\n* Two\n"

    def bring_in(event):
        import_posts([Content("a.md", post.format(event).encode())])

    def tell():
        return [(decision.subject, decision.answer) for decision in Decision.objects.all()]

    bring_in("Acme Conf 2018")
    talk = Talk.objects.get(title="Same")
    Decision.objects.create(kind="withdrawn", subject=name_subject(talk), answer=False)
    bring_in("Acme Conf 2019")
    assert tell() == [("talk:acme-conf-2019/same", False)]
    move_talks([talk], "Acmefest", 2019, 1)
    assert tell() == [("talk:acmefest-2019/same", False)]
    merge_series(Series.objects.get(name="Acme Conf"), [Series.objects.get(name="Acmefest")])
    assert tell() == [("talk:acme-conf-2019/same", False)]
    hint = Correction(Act.POST, post=(("series", "Elsewhere"), ("year", 2019)))
    apply_correction(list(Post.objects.all()), hint, made_by="editor")
    talk.refresh_from_db()
    assert tell() == [(f"talk:{talk.conference.slug}/{talk.slug}", False)]
