"""Describes what editors changed in posts and talks, for whoever is about to remove them."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from talks import names
from talks.counts_and_cut_texts import cut_text
from talks.importing.unused_rows import list_decided
from talks.line_ends import join_lines
from talks.models import (
    Appearance,
    Decision,
    Post,
    SpeakerAlias,
    TaggedPost,
    TaggedTakeaway,
    TaggedTalk,
    Takeaway,
    Talk,
    TalkSource,
)

_LONGEST = 120
_GIVEN = {False: "given", True: "refused"}


class EditorChange(NamedTuple):
    """A sentence about an editor's change, with the id of the changed post or talk."""

    sentence: str
    post: int | None = None
    talk: int | None = None


def list_editor_changes(posts: Sequence[int], talks: Collection[int]) -> Iterator[EditorChange]:
    """Yield each change by an editor to these talks, to the posts and to their takeaways; the queries are few.

    Changes of takeaways come first, then of talks and tags, then what editors withdrew or restored.
    """
    yield from _list_takeaways(posts, talks)
    yield from _list_talks(posts, talks)
    yield from _list_tags(posts, talks)
    yield from _list_decisions(posts, talks)


def _list_takeaways(posts: Sequence[int], talks: Collection[int]) -> Iterator[EditorChange]:
    rows = Takeaway.objects.filter(post__in=posts).order_by("post__key", "talk", "position", "pk")
    for row in rows.iterate_edited():
        said = f"“{_shorten(row.text)}” was edited; the post says “{_shorten(row.said['text'])}”."
        yield EditorChange(said, post=row.post_id)
    written = Takeaway.objects.filter(post=None, talk__in=talks).order_by("talk", "position", "pk")
    hidden = rows.filter(hidden=True)
    for text, post in hidden.values_list("text", "post"):
        yield EditorChange(f"“{_shorten(text)}” was taken down.", post=post)
    for text, title, talk in written.values_list("text", "talk__title", "talk"):
        yield EditorChange(f"“{_shorten(text)}” was written here, in the talk “{title}”.", talk=talk)


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
        yield EditorChange(f"The tag {tag} was {_GIVEN[refused]} to the takeaway “{_shorten(text)}”.", post=post)


def _list_talks(posts: Sequence[int], talks: Collection[int]) -> Iterator[EditorChange]:
    for talk, title in Talk.objects.filter(pk__in=talks, hidden=True).order_by("pk").values_list("pk", "title"):
        yield EditorChange(f"The talk “{title}” was taken down.", talk=talk)
    aliases = dict(SpeakerAlias.objects.values_list("folded", "speaker__folded"))
    people: dict[int, list[str]] = {}
    rows = Appearance.objects.filter(talk__in=talks).order_by("talk", "position", "pk")
    for talk, folded in rows.values_list("talk", "speaker__folded"):
        people.setdefault(talk, []).append(folded)
    told = TalkSource.objects.filter(post__in=posts, talk__in=talks, withdrawn=False).order_by("pk")
    seen: set[int] = set()
    for talk, title, imported in told.values_list("talk", "talk__title", "imported"):
        names_said = [names.fold_name(speaker["name"]) for speaker in imported.get("speakers", ())]
        said = [*dict.fromkeys(aliases.get(name, name) for name in names_said)]
        if talk not in seen and title != imported.get("title"):
            yield EditorChange(f"The talk “{imported.get('title')}” was renamed to “{title}”.", talk=talk)
        if talk not in seen and people.get(talk, []) != said:
            yield EditorChange(f"The speakers of the talk “{title}” were edited.", talk=talk)
        seen.add(talk)


def _list_decisions(posts: Sequence[int], talks: Collection[int]) -> Iterator[EditorChange]:
    for decision, row in list_decided(posts, talks):
        if decision.kind == Decision.Kind.WITHDRAWN:
            done = "withdrawn" if decision.answer else "restored"
            post = row.pk if isinstance(row, Post) else row.post_id if isinstance(row, Takeaway) else None
            talk = row.pk if isinstance(row, Talk) else row.talk_id if isinstance(row, Takeaway) else None
            yield EditorChange(f"“{_shorten(str(row))}” was {done} by hand.", post, talk)


def _shorten(text: str) -> str:
    return cut_text(join_lines(text), _LONGEST)
