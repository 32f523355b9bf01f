"""Publishing and withdrawing posts: which post's title a talk shows, and what happens to editors' changes."""

import pytest

from talks.backup import check_base
from talks.editing import set_posts_withdrawn, set_visibility
from talks.importing import Content, import_posts
from talks.models import Conflict, Post, Takeaway, Talk
from tests.admin.rows import log_in, read_errors, read_form

pytestmark = pytest.mark.django_db
PUBLIC = """---
title: Takeaways from QCon London 2017
date: 2017-03-20
confnotes: {series: QCon London, year: 2017, day: 1, talk_level: 2}
---

## Scaling Instagram Architecture by Lisa Guo

* One
"""
DRAFT = PUBLIC.replace("2017-03-20", "2017-03-19").replace(
    "Scaling Instagram Architecture by Lisa Guo", "Scaling Instagram architecture by Lisa Guo and Ann Lee"
)


def bring_in(**more):
    posts = {"a.md": PUBLIC, "b.md": DRAFT.replace("date:", "draft: true\ndate:").replace("* One", "* Two"), **more}
    import_posts([Content(name, text.encode()) for name, text in posts.items()])


def read_talk():
    talk = Talk.objects.get()
    return talk.title, [appearance.speaker.name for appearance in talk.appearances.order_by("position")]


OLD = ("Scaling Instagram Architecture", ["Lisa Guo"])
NEW = ("Scaling Instagram architecture", ["Lisa Guo", "Ann Lee"])


def test_talks_show_title_and_speakers_of_their_earliest_public_post():
    bring_in()
    assert read_talk() == OLD
    set_visibility(Post.objects.filter(key="b.md"), "public")
    assert read_talk() == NEW
    set_visibility(Post.objects.filter(key="b.md"), "draft")
    assert read_talk() == OLD


def test_publishing_a_post_keeps_an_editors_title():
    bring_in()
    talk = Talk.objects.get()
    talk.title = "Instagram at Scale"
    talk.save()
    set_visibility(Post.objects.filter(key="b.md"), "public")
    assert read_talk() == ("Instagram at Scale", NEW[1])


def test_imports_after_publishing_change_no_title_and_find_no_conflict():
    bring_in()
    set_visibility(Post.objects.filter(key="b.md"), "public")
    import_posts([Content("a.md", PUBLIC.replace("* One", "* One more").encode())])
    assert (read_talk(), Conflict.objects.count()) == (NEW, 0)


def test_making_a_talks_second_post_private_leaves_the_talk_alone():
    bring_in()
    set_visibility(Post.objects.filter(key="b.md"), "private")
    assert read_talk() == OLD


@pytest.mark.parametrize("how", ["form", "action"])
def test_publishing_in_the_admin_updates_the_talks_titles(how):
    bring_in()
    client, post = log_in(superuser=True), Post.objects.get(key="b.md")
    page = f"/admin/talks/post/{post.pk}/change/"
    if how == "form":
        assert read_errors(client.post(page, read_form(client, page) | {"visibility": "public"})) == []
    else:
        client.post("/admin/talks/post/", {"action": "publish", "_selected_action": [post.pk]})
    assert read_talk() == NEW


def test_new_dates_of_posts_can_give_talks_other_titles():
    bring_in()
    set_visibility(Post.objects.filter(key="b.md"), "public")
    client, post = log_in(superuser=True), Post.objects.get(key="b.md")
    page = f"/admin/talks/post/{post.pk}/change/"
    assert read_errors(client.post(page, read_form(client, page) | {"published_on": "2017-03-25"})) == []
    assert read_talk() == OLD


def switch(*, withdrawn, key="b.md"):
    set_posts_withdrawn(Post.objects.filter(key=key), withdrawn=withdrawn)


def test_a_talk_shows_the_title_of_posts_not_withdrawn():
    bring_in()
    set_visibility(Post.objects.filter(key="b.md"), "public")
    ids = list(Takeaway.objects.order_by("pk").values_list("public_id", flat=True))
    slug = Talk.objects.get().slug
    switch(withdrawn=True)
    assert (read_talk(), check_base()) == (OLD, [])
    switch(withdrawn=False)
    assert (read_talk(), check_base()) == (NEW, [])
    assert list(Takeaway.objects.order_by("pk").values_list("public_id", flat=True)) == ids
    assert Talk.objects.get().slug == slug


def test_talks_show_drafts_titles_rather_than_those_of_withdrawn_posts():
    bring_in()
    switch(withdrawn=True, key="a.md")
    assert read_talk() == NEW
    set_visibility(Post.objects.filter(key="a.md"), "private")
    assert read_talk() == NEW
    switch(withdrawn=False, key="a.md")
    set_visibility(Post.objects.filter(key="a.md"), "public")
    assert read_talk() == OLD


def test_talks_whose_posts_are_all_withdrawn_show_public_posts_titles():
    bring_in()
    switch(withdrawn=True, key="a.md")
    switch(withdrawn=True)
    assert (read_talk(), check_base()) == (OLD, [])


def test_publishing_a_withdrawn_post_changes_no_talk():
    bring_in()
    switch(withdrawn=True)
    set_visibility(Post.objects.filter(key="b.md"), "public")
    assert read_talk() == OLD


def test_withdrawing_one_of_two_posts_keeps_the_talks_edited_title():
    bring_in()
    set_visibility(Post.objects.filter(key="b.md"), "public")
    Talk.objects.update(title="Instagram at Scale")
    switch(withdrawn=True)
    assert read_talk() == ("Instagram at Scale", OLD[1])
    switch(withdrawn=False)
    assert read_talk() == ("Instagram at Scale", NEW[1])


def test_imports_after_withdrawing_change_no_title_and_find_no_conflict():
    bring_in()
    set_visibility(Post.objects.filter(key="b.md"), "public")
    switch(withdrawn=True)
    import_posts([Content("a.md", PUBLIC.replace("* One", "* One more").encode())])
    assert (read_talk(), Conflict.objects.count()) == (OLD, 0)
    import_posts([Content("b.md", DRAFT.replace("* One", "* Two more").encode())])
    assert (read_talk(), Conflict.objects.count()) == (OLD, 0)
    switch(withdrawn=False)
    assert read_talk() == NEW


def test_talks_of_withdrawn_posts_show_another_posts_title_and_speakers():
    bring_in()
    set_visibility(Post.objects.filter(key="b.md"), "public")
    client, post = log_in(superuser=True), Post.objects.get(key="b.md")
    client.post("/admin/talks/post/", {"action": "withdraw", "_selected_action": [post.pk]})
    assert read_talk() == OLD
    client.post("/admin/talks/post/", {"action": "restore", "_selected_action": [post.pk]})
    assert read_talk() == NEW


@pytest.mark.parametrize(("action", "expected"), [("publish", NEW), ("make_private", OLD)])
def test_visibility_titles_and_speakers_change_in_one_transaction(monkeypatch, action, expected):
    bring_in()
    post = Post.objects.get(key="b.md")
    if action == "make_private":
        set_visibility([post], "public")
    before = post.__class__.objects.get(pk=post.pk).visibility, read_talk()
    client = log_in(superuser=True)
    sent = {"action": action, "_selected_action": [post.pk]}
    with monkeypatch.context() as broken:
        broken.setattr("talks.editing.changes_of_posts.renew", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            client.post("/admin/talks/post/", sent)
    assert (Post.objects.get(key="b.md").visibility, read_talk()) == before
    assert read_talk() != expected
    client.post("/admin/talks/post/", sent)
    assert read_talk() == expected
    assert check_base() == []
