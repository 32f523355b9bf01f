"""Tags that an editor merges and splits."""

import pytest

from talks.backup import check_base, export_base, import_base, rebuild_base
from talks.derived import renew
from talks.editing import merge_tags, split_tag
from talks.importing import Content, import_posts
from talks.models import Post, Tag, TagAlias, TaggedPost, TaggedTalk, Talk
from tests import builders as make
from tests.backup.whole_bases import clear_base

pytestmark = pytest.mark.django_db
POST = "---\ntitle: Acme Conf 2019\ntags: [{tags}]\n---\n\n## Things by Ann Lee\n\n* We spoke of wombatry here\n"


def bring_in(name="a.md", tags="Wombatry, Marsupials"):
    return import_posts([Content(name, POST.format(tags=tags).replace("Things", f"Things {name}").encode())])


def tell():
    return {
        tag.name: sorted(tag.tagged_posts.values_list("content_object__key", flat=True)) for tag in Tag.objects.all()
    }


def get(name):
    return Tag.objects.get(name=name)


def test_a_merged_tag_becomes_an_alias():
    bring_in("a.md", "Wombatry")
    bring_in("b.md", "Wombats")
    merge_tags(get("Wombatry"), [get("Wombats")])
    assert tell() == {"Wombatry": ["a.md", "b.md"]}
    assert list(TagAlias.objects.values_list("name", "tag__name")) == [("Wombats", "Wombatry")]
    assert check_base() == []


def test_imports_after_merging_tags_bring_no_merged_tag_back():
    bring_in("a.md", "Wombatry, Wombats")
    merge_tags(get("Wombatry"), [get("Wombats")])
    bring_in("a.md", "Wombatry, Wombats, More")
    assert tell() == {"More": ["a.md"], "Wombatry": ["a.md"]}
    assert check_base() == []


def test_the_address_of_a_merged_tag_redirects(client):
    bring_in("a.md", "Wombatry")
    bring_in("b.md", "Marsupials")
    merge_tags(get("Wombatry"), [get("Marsupials")])
    assert client.get("/tags/marsupials/").headers["Location"] == "/tags/wombatry/"


@pytest.mark.parametrize("kept", ["Wombatry", "Wombats"])
def test_refused_tags_stay_refused_after_a_merge(kept):
    talk = make.make_talk("Things", post=make.make_post(), tags=["Wombats"])
    TaggedTalk.objects.update(origin="mention")
    TaggedTalk.everything.create(tag=make.make_tag("Wombatry"), content_object=talk, origin="editor", refused=True)
    other = get("Wombats" if kept == "Wombatry" else "Wombatry")
    merge_tags(get(kept), [other])
    assert list(TaggedTalk.everything.values_list("tag__name", "origin", "refused")) == [(kept, "editor", True)]


def test_a_split_off_tag_gets_posts_using_its_name():
    bring_in("a.md", "Wombatry")
    bring_in("b.md", "Wombats")
    bring_in("c.md", "Wombats, Wombatry")
    before = tell()
    merge_tags(get("Wombatry"), [get("Wombats")])
    split_tag(TagAlias.objects.get())
    assert tell() == before
    assert check_base() == []
    assert not any(rebuild_base().values())


def test_merged_tags_appear_as_one_until_they_are_split():
    bring_in("a.md", "Wombatry")
    bring_in("b.md", "Marsupials")
    merge_tags(get("Marsupials"), [get("Wombatry")])
    assert {tag.name for talk in Talk.objects.all() for tag in talk.tags.all()} == {"Marsupials"}
    split_tag(TagAlias.objects.get())
    renew(Talk.objects.values_list("pk", flat=True))
    assert sorted(TaggedPost.objects.values_list("tag__name", flat=True)) == ["Marsupials", "Wombatry"]
    assert check_base() == []


def tell_editors():
    """Return editors' decisions about each talk: the talk's title, the tag, and whether they refused the tag."""
    rows = TaggedTalk.everything.filter(origin="editor").order_by("content_object__title", "tag__name")
    return list(rows.values_list("content_object__title", "tag__name", "refused"))


def say(title, tag, *, refused=False):
    talk = Talk.objects.filter(title=title).first() or make.make_talk(title, post=make.make_post(title))
    TaggedTalk.everything.create(tag=make.make_tag(tag), content_object=talk, origin="editor", refused=refused)


@pytest.mark.parametrize("kept", ["Wombatry", "Marsupials"])
def test_splitting_tags_restores_editors_decisions(kept):
    say("Both", "Wombatry")
    say("Both", "Marsupials", refused=True)
    say("Alike", "Wombatry")
    say("Alike", "Marsupials")
    say("One", "Wombatry")
    say("Other", "Marsupials", refused=True)
    before = tell_editors()
    other = "Marsupials" if kept == "Wombatry" else "Wombatry"
    merge_tags(get(kept), [get(other)])
    assert len(tell_editors()) == 4
    split_tag(TagAlias.objects.get())
    assert tell_editors() == before
    assert not TaggedTalk.everything.filter(merged__isnull=False, tag__name=kept).exists()
    assert check_base() == []


def test_tags_merged_twice_are_split_one_by_one():
    for name in ("A tag", "B tag", "C tag"):
        say("Things", name)
        say(f"Of {name}", name)
    before = tell_editors()
    merge_tags(get("B tag"), [get("C tag")])
    merge_tags(get("A tag"), [get("B tag")])
    for name in ("C tag", "B tag"):
        split_tag(TagAlias.objects.get(name=name))
    assert tell_editors() == before


def test_decisions_made_after_merging_tags_survive_a_split():
    say("Things", "Marsupials")
    make.make_tag("Wombatry")
    merge_tags(get("Wombatry"), [get("Marsupials")])
    TaggedTalk.everything.update(refused=True)
    split_tag(TagAlias.objects.get())
    assert tell_editors() == [("Things", "Marsupials", False), ("Things", "Wombatry", True)]


def test_split_tags_of_post_and_editor_are_separate_again():
    bring_in("a.md", "Wombats")
    TaggedPost.objects.create(tag=make.make_tag("Wombatry"), content_object=Post.objects.get(), origin="editor")
    merge_tags(get("Wombatry"), [get("Wombats")])
    split_tag(TagAlias.objects.get())
    rows = TaggedPost.everything.order_by("tag__name").values_list("tag__name", "origin")
    assert list(rows) == [("Wombatry", "editor"), ("Wombats", "post")]
    assert check_base() == []


def test_merged_tags_can_be_split_after_a_backup_is_restored():
    say("Things", "Marsupials")
    make.make_tag("Wombatry")
    merge_tags(get("Wombatry"), [get("Marsupials")])
    lines = [line.encode() for line in export_base()]
    clear_base()
    import_base(lines)
    split_tag(TagAlias.objects.get())
    assert tell_editors() == [("Things", "Marsupials", False)]
