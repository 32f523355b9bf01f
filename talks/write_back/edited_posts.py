"""Finds the posts that may contain changes by editors, by a quick comparison of all rows; only these are parsed."""

from collections.abc import Container, Iterator, Mapping

from talks import names
from talks.fields import TALK
from talks.grouping import group_pairs
from talks.models import Appearance, Post, SpeakerAlias, Tag, TagAlias, TaggedPost, Takeaway, TalkSource
from talks.vocabulary import recognise

_CHUNK = 2_000


def find_edited_posts() -> list[tuple[int, str]]:
    """Return pairs of primary key and path of the posts that may have changes by editors, sorted by the post's key.

    Withdrawn posts are left out. Some of the posts may turn out to have no changes.
    """
    found = {*_find_by_takeaways(), *_find_by_talks(), *_find_by_tags()}
    rows = Post.objects.filter(withdrawn=False).order_by("key").values_list("pk", "path")
    return [row for row in rows if row[0] in found]


def _find_by_takeaways() -> Iterator[int]:
    for row in Takeaway.objects.filter(withdrawn=False).iterate_edited():
        yield row.post_id or 0
    new = Takeaway.objects.filter(post=None, withdrawn=False, hidden=False).values("talk")
    yield from TalkSource.objects.filter(withdrawn=False, talk__in=new).values_list("post", flat=True)
    restored = Takeaway.objects.filter(withdrawn=False, hidden=False, line=None).exclude(post=None)
    yield from restored.values_list("post", flat=True)


def _find_by_talks() -> Iterator[int]:
    appearances = Appearance.objects.order_by("talk", "position", "pk")
    named = appearances.values_list("talk", "speaker__folded", "affiliation").iterator(_CHUNK)
    people = group_pairs((talk, (folded, affiliation)) for talk, folded, affiliation in named)
    aliases = dict(SpeakerAlias.objects.values_list("folded", "speaker__folded"))
    rows = TalkSource.objects.filter(withdrawn=False, talk__withdrawn=False)
    columns = [each for each in TALK if each.column and each.written_back]
    values = rows.values_list("post", "talk", "imported", *(f"talk__{each.name}" for each in columns))
    for post, talk, imported, *now in values.iterator(_CHUNK):
        said: dict[str, str] = {}
        for speaker in imported.get("speakers", ()):
            folded = names.fold_name(speaker["name"])
            said.setdefault(aliases.get(folded, folded), speaker["affiliation"] or "")
        last = [imported.get(each.name, each.missing) for each in columns]
        if now != last or people.get(talk, []) != list(said.items()):
            yield post


def _find_by_tags() -> Iterator[int]:
    aliases = dict(TagAlias.objects.values_list("folded", "tag__folded"))
    own = set(Tag.objects.values_list("folded", flat=True))
    tags: dict[int, set[str]] = {}
    for post, name in TaggedPost.objects.values_list("content_object", "tag__folded").iterator(_CHUNK):
        tags.setdefault(post, set()).add(name)
    for pk, imported in Post.objects.values_list("pk", "imported").iterator(_CHUNK):
        if tags.get(pk, set()) != {_find_tag(name, own, aliases) for name in imported.get("tags") or ()}:
            yield pk


def _find_tag(name: str, own: Container[str], aliases: Mapping[str, str]) -> str:
    folded = names.fold_tag(name)
    if folded in own:
        return folded
    shipped = recognise(name)
    return aliases.get(folded) or (shipped.key if shipped else folded)
