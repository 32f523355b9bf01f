"""Merges tags that are one subject under several names, and splits a name off again."""

from collections.abc import Iterable

from django.db import transaction

from talks import names
from talks.derived import find_talks_naming, renew
from talks.models import Post, Tag, TagAlias, Tagged, TaggedPost, TaggedTakeaway, TaggedTalk, Talk
from talks.models.named_model import taken_slugs

_MODELS: tuple[type[Tagged], ...] = (TaggedPost, TaggedTalk, TaggedTakeaway)
_RANKS = ("mention", "post", "editor")


def list_talks_tagged(tags: Iterable[Tag]) -> set[int]:
    """Return the talks that have one of the tags, or mention one in a takeaway."""
    chosen = [tag.pk for tag in tags]
    talks = set(TaggedTalk.everything.filter(tag__in=chosen).values_list("content_object", flat=True))
    return talks | set(TaggedTakeaway.everything.filter(tag__in=chosen).values_list("content_object__talk", flat=True))


def _list_posts_tagged(tags: Iterable[Tag]) -> set[int]:
    rows = TaggedPost.everything.filter(tag__in=[tag.pk for tag in tags])
    return set(rows.values_list("content_object", flat=True))


@transaction.atomic
def merge_tags(kept: Tag, others: Iterable[Tag]) -> None:
    """Make the other tags' names aliases of `kept`, give it all their rows, and redirect their addresses."""
    rows = list(others)
    talks, posts = list_talks_tagged([kept, *rows]), _list_posts_tagged(rows)
    spelled = {kept.name}
    for other in rows:
        spelled |= {other.name, *other.aliases.values_list("name", flat=True)}
        for model in _MODELS:
            _move(model, other, kept)
        other.aliases.update(tag=kept)
        kept.description = kept.description or other.description
        name = other.name
        other.delete()
        TagAlias.objects.create(tag=kept, name=name)
    kept.save()
    renew(talks | find_talks_naming(spelled), posts)


def _move(model: type[Tagged], other: Tag, kept: Tag) -> None:
    """Give the tagged rows of `other` to `kept`. If a row has both tags, an editor's overrides a post's."""
    there = {row.content_object_id: row for row in model.everything.filter(tag=kept)}
    for row in model.everything.filter(tag=other):
        held = there.get(row.content_object_id)
        if held is None:
            model.everything.filter(pk=row.pk).update(tag=kept)
            continue
        if _RANKS.index(row.origin) > _RANKS.index(held.origin):
            model.everything.filter(pk=held.pk).update(origin=row.origin, refused=row.refused)
        model.everything.filter(pk=row.pk).delete()


@transaction.atomic
def split_tag(alias: TagAlias) -> Tag:
    """Make the alias a tag again, with the posts that write that name and the talks that mention it."""
    kept, name, folded = alias.tag, alias.name, alias.folded
    own = {kept.folded, *kept.aliases.exclude(pk=alias.pk).values_list("folded", flat=True)}
    talks, spelled = list_talks_tagged([kept]), {kept.name, name}
    alias.delete()
    tag = Tag.objects.create(name=name, slug=names.choose_slug(name, taken_slugs(Tag, name), fallback="tag"))
    told = TaggedPost.objects.filter(tag=kept, origin="post").select_related("content_object")
    for row in told:
        post: Post = row.content_object
        said = {names.fold_tag(str(each)) for each in post.imported.get("tags") or ()}
        if folded in said and said & own:
            TaggedPost.objects.create(tag=tag, content_object=post, origin="post")
        elif folded in said:
            TaggedPost.everything.filter(pk=row.pk).update(tag=tag)
    posts = _list_posts_tagged([kept, tag])
    talks |= set(Talk.objects.filter(sources__post__in=posts).values_list("pk", flat=True))
    renew(talks | find_talks_naming(spelled), posts)
    return tag
