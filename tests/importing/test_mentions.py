"""Mentions depend on notes and vocabulary only, not on the order of imports and edits."""

import random

import pytest

from talks import derived
from talks.backup import check_base, rebuild_base
from talks.importing import import_posts
from talks.markup import render
from talks.models import Post, Tag, TagAlias, TaggedPost, TaggedTakeaway, TaggedTalk, Takeaway, Talk

pytestmark = pytest.mark.django_db

POINTS = """
    Kubernetes runs in the cloud|k8s again, and docker|Go is small|Golang, they say|the compiler of Go|An iteration
    of sour dough|Sour-doughs rise|Events are sourced|event sourcing with Kafka|GraalVM starts fast|Nothing at all
    of C, C++ and Rust|React to this|the breadmaker 3000
"""
TAGS = ["k8s", "Go", "Iteration", "sour dough", "Docker", "BreadMaker 3000", "GraalVM"]


def compose(dice: random.Random, number: int) -> str:
    tags = dice.sample(TAGS, dice.randrange(4))
    head = f"---\ntitle: Notes {number}\ntags: [{', '.join(tags)}]\n"
    head += "confnotes: {series: Baking Days, year: 2019, talk_level: 2}\n---\n"
    talks = []
    for talk in dice.sample(range(4), dice.randint(1, 3)):
        points = dice.sample(POINTS.strip().replace("\n    ", " ").split("|"), dice.randint(2, 5))
        talks.append(f"\n## A Session of Number {talk} with Ada Brown\n" + "".join(f"* {point}\n" for point in points))
    return head + "".join(talks)


def list_mentions() -> set[tuple[str, str, str]]:
    found = set()
    for model, name in ((TaggedTalk, "slug"), (TaggedTakeaway, "public_id"), (TaggedPost, "key")):
        rows = model.everything.values_list(f"content_object__{name}", "tag__folded", "origin", "refused")
        found |= {(model.__name__, *row) for row in rows}
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_mentions_after_imports_equal_rebuilt_ones(write, seed):
    dice = random.Random(seed)
    for step in range(12):
        number = dice.randrange(4)
        import_posts([write(f"{number}.md", compose(dice, number))])
        edit(dice, step)
    before = list_mentions()
    assert check_base() == []
    TaggedTalk.objects.filter(origin="mention").delete()
    TaggedTakeaway.objects.filter(origin="mention").delete()
    rebuild_base()
    assert list_mentions() == before


def edit(dice: random.Random, step: int) -> None:
    """Refuse a tag, edit a text, give a tag an alias, as the admin does, or do nothing."""
    kind = dice.randrange(4)
    if kind == 0 and (row := dice.choice([None, *TaggedTakeaway.objects.order_by("pk")])):
        TaggedTakeaway.objects.filter(pk=row.pk).update(origin="editor", refused=True)
        renew({row.content_object.talk_id})
    elif kind == 1 and (takeaway := Takeaway.objects.filter(withdrawn=False).first()):
        Takeaway.objects.filter(pk=takeaway.pk).update(text="Docker", html=render("Docker", kind=takeaway.kind).html)
        renew({takeaway.talk_id})
    elif kind == 2 and (tag := Tag.objects.order_by("pk").last()):
        alias = dice.choice(["notices", "starts", "nothing"])
        if not TagAlias.objects.filter(folded=alias).exists():
            tag.aliases.create(name=alias)
            renew(derived.find_talks_naming([alias]))


def renew(talks: set[int]) -> None:
    derived.refresh_mentions(talks)
    derived.refresh_search_text(talks)


def test_mentions_do_not_depend_on_the_order_of_imports(write):
    dice = random.Random(7)
    texts = {f"{number}.md": compose(dice, number) for number in range(5)}
    results = []
    for names in (sorted(texts), sorted(texts, reverse=True)):
        for name in names:
            import_posts([write(name, texts[name])])
        results.append(list_mentions())
        assert check_base() == []
        Talk.objects.all().delete()
        Post.objects.all().delete()
        Tag.objects.all().delete()
        derived.rewrite_search_text(derived.find_stale_search_text())
    assert results[0] == results[1]


def make_text(title: str, tags: str, point: str) -> str:
    head = f"---\ntitle: {title}\ntags: [{tags}]\nconfnotes: {{series: S, year: 2019, talk_level: 2}}\n---\n"
    return f"{head}## A Talk\n* {point}\n* Two\n"


def test_mentions_of_a_new_tag_are_found_in_earlier_posts(write):
    import_posts([write("early.md", make_text("Early", "", "Our BreadMaker and an iteration of GraalVM"))])
    assert {tagged.tag.name for tagged in TaggedTalk.objects.all()} == {"GraalVM"}
    import_posts([write("late.md", make_text("Late", "BreadMaker, iteration, k8s", "Nothing"))])
    takeaway = Takeaway.objects.get(text__startswith="Our")
    assert {tagged.tag.name for tagged in takeaway.tagged.all()} == {"GraalVM", "BreadMaker", "iteration"}
    assert {tag.name: tag.everywhere for tag in Tag.objects.all()} == {
        "GraalVM": True,
        "BreadMaker": True,
        "iteration": False,
        "Kubernetes": True,
    }
    assert not Tag.objects.filter(sought=False).exists()
    assert Post.objects.get(key="late.md").imported["tags"] == ["BreadMaker", "iteration", "k8s"]


def test_tags_refused_by_editors_stay_refused_through_imports(write):
    text = make_text("T", "Docker", "Docker")
    import_posts([write("a.md", text)])
    for model in (TaggedPost, TaggedTalk, TaggedTakeaway):
        model.objects.update(origin="editor", refused=True)
    import_posts([write("a.md", text.replace("Two", "Two and Docker"))])
    assert not TaggedPost.objects.exists()
    assert not TaggedTalk.objects.exists()
    assert not TaggedTakeaway.objects.exists()
    assert (TaggedPost.everything.count(), TaggedTalk.everything.count()) == (1, 1)


def test_imports_find_mentions_of_tags_that_a_killed_one_created(write):
    text = make_text("T", "", "BreadMaker")
    import_posts([write("a.md", text)])
    Tag.objects.create(name="BreadMaker", sought=False)
    import_posts([write("a.md", text)])
    assert [tagged.tag.name for tagged in TaggedTalk.objects.all()] == ["BreadMaker"]
