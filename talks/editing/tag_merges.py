"""Merges tags that mean the same under several names, and splits a merged name off again."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from talks import names
from talks.derived import find_talks_naming, renew
from talks.models import EditorTouch, Post, Tag, TagAlias, Tagged, TaggedPost, TaggedTakeaway, TaggedTalk, Talk

_MODELS: tuple[type[Tagged], ...] = (TaggedPost, TaggedTalk, TaggedTakeaway)
_RANKS = ("mention", "post", "editor")


def list_talks_tagged(tags: Iterable[Tag]) -> set[int]:
    """Return the ids of the talks that have, or a takeaway of which has, one of the tags; refused tags count too."""
    chosen = [tag.pk for tag in tags]
    talks = set(TaggedTalk.everything.filter(tag__in=chosen).values_list("content_object", flat=True))
    return talks | set(TaggedTakeaway.everything.filter(tag__in=chosen).values_list("content_object__talk", flat=True))


def _list_posts_tagged(tags: Iterable[Tag]) -> set[int]:
    rows = TaggedPost.everything.filter(tag__in=[tag.pk for tag in tags])
    return set(rows.values_list("content_object", flat=True))


@transaction.atomic
def merge_tags(kept: Tag, others: Iterable[Tag]) -> None:
    """Merge the other tags into `kept`, and delete them.

    `kept` gets their names as aliases, all that they tag, and a description if it has none. Addresses of the other tags
    redirect.
    """
    rows = list(others)
    talks, posts = list_talks_tagged([kept, *rows]), _list_posts_tagged(rows)
    spelled = {kept.name}
    for other in rows:
        spelled |= {other.name, *other.aliases.values_list("name", flat=True)}
        for model in _MODELS:
            _move_tagged(model, other, kept)
        other.aliases.update(tag=kept)
        kept.description = kept.description or other.description
        name = other.name
        other.delete()
        TagAlias.objects.create(tag=kept, name=name)
    kept.save()
    EditorTouch.record([kept], "changed")
    renew(talks | find_talks_naming(spelled), posts)


def _move_tagged(model: type[Tagged], other: Tag, kept: Tag) -> None:
    """Replace the tag `other` by `kept` on each row of the model. If something has both tags, one row stays for it.

    What an editor said of it outranks what the post says, and this outranks a mention. What editors decided under each
    name is stored with the row that stays, so that a split can restore the decision.
    """
    there = {row.content_object_id: row for row in model.everything.filter(tag=kept)}
    for row in model.everything.filter(tag=other):
        held = there.get(row.content_object_id)
        said = _list_said(row, other)
        if held is None:
            merged = said if row.origin == "editor" else None
            model.everything.filter(pk=row.pk).update(tag=kept, merged=merged)
            continue
        if "editor" in (row.origin, held.origin):
            held.merged = _list_said(held, kept) + said
        if _RANKS.index(row.origin) > _RANKS.index(held.origin):
            held.origin, held.refused = row.origin, row.refused
        held.save(update_fields=["origin", "refused", "merged"])
        row.delete()


def _list_said(row: Tagged, tag: Tag) -> list[Any]:
    """Return what was said of a tagged row under each name that was merged into the tag, else under the tag's own name.

    It is a list of [folded name, origin, refused].
    """
    said: list[Any] = row.merged or [[tag.folded, row.origin, row.refused]]
    return said


@transaction.atomic
def split_tag(alias: TagAlias) -> Tag:
    """Make an alias of a tag a tag again, and return the new tag.

    It gets the posts that use the alias, the talks that mention it, and all rows that editors tagged or refused under
    this name.
    """
    kept, name, folded = alias.tag, alias.name, alias.folded
    own = {kept.folded, *kept.aliases.exclude(pk=alias.pk).values_list("folded", flat=True)}
    talks, spelled = list_talks_tagged([kept]), {kept.name, name}
    alias.delete()
    tag = Tag.objects.create(name=name)
    for model in _MODELS:
        _move_back(model, kept, tag)
    for row in TaggedPost.everything.filter(tag=kept).select_related("content_object"):
        post: Post = row.content_object
        said = {names.fold_tag(str(each)) for each in post.imported.get("tags") or ()}
        if folded in said and row.origin == "post" and not said & own:
            row.delete()
        if folded in said:
            TaggedPost.everything.get_or_create(tag=tag, content_object=post, defaults={"origin": "post"})
    EditorTouch.record([kept], "changed")
    posts = _list_posts_tagged([kept, tag])
    talks |= set(Talk.objects.filter(sources__post__in=posts).values_list("pk", flat=True))
    renew(talks | find_talks_naming(spelled), posts)
    return tag


def _move_back(model: type[Tagged], kept: Tag, tag: Tag) -> None:
    """Give `tag` the decisions that editors made under its name before the merge; later ones stay with `kept`."""
    for row in model.everything.filter(tag=kept).filter(merged__isnull=False):
        theirs = [said for said in row.merged if said[0] == tag.folded]
        rest = [said for said in row.merged if said[0] != tag.folded]
        for _, origin, refused in theirs:
            if origin == "editor":
                bearer = row.content_object_id
                model.everything.create(tag=tag, content_object_id=bearer, origin=origin, refused=refused)
        untouched = _choose_strongest(row.merged) == [row.origin, row.refused]
        row.merged = None if [said[0] for said in rest] in ([], [kept.folded]) else rest
        if theirs and untouched and not rest:
            row.delete()
            continue
        if theirs and untouched:
            row.origin, row.refused = _choose_strongest(rest)
        row.save(update_fields=["origin", "refused", "merged"])


def _choose_strongest(said: list[Any]) -> list[Any]:
    """Return the strongest of several statements about a tag, as [origin, refused]; of equal ones the first.

    `said` has [folded name, origin, refused]; an editor's statement outranks the post's, and this a mention.
    """
    _, origin, refused = max(said, key=lambda each: _RANKS.index(each[1]))
    return [origin, refused]
