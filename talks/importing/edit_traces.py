"""Describes what editors changed in posts and talks, for whoever is about to remove them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from talks.counts_and_cut_texts import cut_text
from talks.fields import POST, TAKEAWAY, TALK, Field, Setting
from talks.importing.leading_posts import read_leading
from talks.importing.unused_rows import list_decided
from talks.line_ends import join_lines
from talks.models import (
    CONFERENCE_PATH,
    SERIES_PATH,
    Correction,
    Decision,
    Post,
    PostAlias,
    TaggedPost,
    TaggedTakeaway,
    TaggedTalk,
    Takeaway,
    Talk,
)

_LONGEST = 120
_OF_POST = ("key", "imported", "writer__name", *POST.columns)
_OF_EVENTS = (CONFERENCE_PATH.format(""), SERIES_PATH.format(""))
_GIVEN = {False: "given", True: "refused"}


class EditorChange(NamedTuple):
    """A sentence about an editor's change, with the id of the post or of the talk that it concerns, or with both."""

    sentence: str
    post: int | None = None
    talk: int | None = None


def list_editor_changes(posts: Sequence[int], talks: Collection[int]) -> Iterator[EditorChange]:
    """Yield each change by an editor to these posts, their takeaways and these talks; the queries are few.

    Changes of takeaways come first, also those that editors wrote in the talks; then changes of talks, posts and tags;
    then what editors withdrew or restored. Left out are corrections (see `describe_corrections`), old addresses that an
    editor took away, and the order of talks and takeaways.
    """
    yield from _list_takeaways(posts, talks)
    yield from _list_talks(talks)
    yield from _list_posts(posts)
    yield from _list_tags(posts, talks)
    yield from _list_decisions(posts, talks)


def describe_corrections(posts: Sequence[int]) -> Iterator[str]:
    """Yield a sentence for each active correction of these posts that an editor saved.

    A correction that an upload made from its folders gets none.
    """
    rows = Correction.objects.filter(post__in=posts, active=True).order_by("post__key", "number")
    for row in rows.select_related("post").defer("post__source", "post__lines"):
        if row.is_saved_here:
            yield f"Post {row.post.key} was corrected: {row.summary}."


def _list_takeaways(posts: Sequence[int], talks: Collection[int]) -> Iterator[EditorChange]:
    rows = Takeaway.objects.filter(post__in=posts).order_by("post__key", "talk", "position", "pk")
    for row in rows.iterate_edited():
        for sentence in _compare(
            TAKEAWAY.merged, f"Takeaway “{_cut_words(row.text)}”", row.said, TAKEAWAY.read_row(row)
        ):
            yield EditorChange(sentence, post=row.post_id)
    written = Takeaway.objects.filter(post=None, talk__in=talks).order_by("talk", "position", "pk")
    hidden = rows.filter(hidden=True)
    for text, post in hidden.values_list("text", "post"):
        yield EditorChange(f"“{_cut_words(text)}” was taken down.", post=post)
    for text, title, talk in written.values_list("text", "talk__title", "talk"):
        yield EditorChange(f"“{_cut_words(text)}” was written here, in the talk “{title}”.", talk=talk)


def _list_talks(talks: Collection[int]) -> Iterator[EditorChange]:
    told = read_leading(talks)
    rows = Talk.objects.filter(pk__in=talks).select_related("day").prefetch_related("appearances__speaker")
    for talk in rows.order_by("pk"):
        if talk.hidden:
            yield EditorChange(f"The talk “{talk.title}” was taken down.", talk=talk.pk)
        now = TALK.read_row(talk)
        for sentence in _compare(TALK.merged, f"Talk “{talk.title}”", told.get(talk.pk, now), now):
            yield EditorChange(sentence, talk=talk.pk)


def _list_posts(posts: Sequence[int]) -> Iterator[EditorChange]:
    for post in Post.objects.filter(pk__in=posts).order_by("key").select_related("writer").only(*_OF_POST):
        now = POST.read_row(post)
        said = POST.resolve_imported(post.imported, Setting(), now)
        for sentence in _compare(POST.merged, f"Post {post.key}", said, now):
            yield EditorChange(sentence, post=post.pk)
    aliases = PostAlias.objects.filter(post__in=posts).order_by("path").select_related("post")
    for alias in aliases.only("path", "post__key", "post__imported"):
        is_of_event = alias.path.startswith(_OF_EVENTS)  # kept when a post left an event, by whomever
        if not is_of_event and alias.path not in alias.post.imported.get("aliases", ()):
            yield EditorChange(f"Post {alias.post.key}: old address {alias.path} added.", post=alias.post_id)


def _compare(fields: Sequence[Field], row: str, said: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for each in fields:
        if said[each.name] != now[each.name]:
            before, after = (each.show(side[each.name]) for side in (said, now))
            told = f" from {_quote(before)} to {_quote(after)}" if before != after else ""
            yield f"{row}: {each.label} changed{told}."


def _quote(text: str) -> str:
    return f"“{_cut_words(text)}”" if text else "nothing"


def _list_tags(posts: Sequence[int], talks: Collection[int]) -> Iterator[EditorChange]:
    given = TaggedPost.everything.filter(content_object__in=posts, origin="editor").order_by("pk")
    for tag, refused, key, post in given.values_list("tag__name", "refused", "content_object__key", "content_object"):
        yield EditorChange(f"The tag {tag} was {_GIVEN[refused]} to the post {key}.", post=post)
    told = TaggedTalk.everything.filter(content_object__in=talks, origin="editor").order_by("pk")
    for tag, refused, title, talk in told.values_list(
        "tag__name", "refused", "content_object__title", "content_object"
    ):
        yield EditorChange(f"The tag {tag} was {_GIVEN[refused]} to the talk “{title}”.", talk=talk)
    noted = TaggedTakeaway.everything.filter(content_object__post__in=posts, origin="editor").order_by("pk")
    for tag, refused, text, post in noted.values_list(
        "tag__name", "refused", "content_object__text", "content_object__post"
    ):
        yield EditorChange(f"The tag {tag} was {_GIVEN[refused]} to the takeaway “{_cut_words(text)}”.", post=post)


def _list_decisions(posts: Sequence[int], talks: Collection[int]) -> Iterator[EditorChange]:
    for decision, row in list_decided(posts, talks):
        if decision.kind == Decision.Kind.WITHDRAWN:
            done = "withdrawn" if decision.answer else "restored"
            post = row.pk if isinstance(row, Post) else row.post_id if isinstance(row, Takeaway) else None
            talk = row.pk if isinstance(row, Talk) else row.talk_id if isinstance(row, Takeaway) else None
            yield EditorChange(f"“{_cut_words(str(row))}” was {done} by an editor.", post, talk)


def _cut_words(text: str) -> str:
    return cut_text(join_lines(text), _LONGEST)
