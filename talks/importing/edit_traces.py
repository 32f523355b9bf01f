"""Sentences about what editors did to posts and talks, for whoever is about to remove them."""

from collections.abc import Collection, Iterator, Sequence

from talks import names
from talks.importing.unused_rows import list_decided
from talks.models import (
    Appearance,
    Decision,
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


def list_editor_changes(posts: Sequence[int], talks: Collection[int]) -> Iterator[str]:
    """Yield a sentence for each editor's change to the posts' takeaways and to these talks."""
    yield from _list_takeaways(posts, talks)
    yield from _list_talks(posts, talks)
    yield from _list_tags(posts, talks)
    yield from _list_decisions(posts, talks)


def _list_takeaways(posts: Sequence[int], talks: Collection[int]) -> Iterator[str]:
    rows = Takeaway.objects.filter(post__in=posts).order_by("post__key", "talk", "position", "pk")
    for text, kind, imported in rows.values_list("text", "kind", "imported"):
        if (text, kind) != (imported.get("text"), imported.get("kind")):
            yield f"“{_shorten(text)}” was edited; the post says “{_shorten(imported.get('text', ''))}”."
    written = Takeaway.objects.filter(post=None, talk__in=talks).order_by("talk", "position", "pk")
    hidden = rows.filter(hidden=True)
    for text in hidden.values_list("text", flat=True):
        yield f"“{_shorten(text)}” was taken down."
    for text, title in written.values_list("text", "talk__title"):
        yield f"“{_shorten(text)}” was written here, in the talk “{title}”."


def _list_tags(posts: Sequence[int], talks: Collection[int]) -> Iterator[str]:
    given = TaggedPost.everything.filter(content_object__in=posts, origin="editor").order_by("pk")
    for tag, refused, key in given.values_list("tag__name", "refused", "content_object__key"):
        yield f"The tag {tag} was {_GIVEN[refused]} to the post {key}."
    told = TaggedTalk.everything.filter(content_object__in=talks, origin="editor").order_by("pk")
    for tag, refused, title in told.values_list("tag__name", "refused", "content_object__title"):
        yield f"The tag {tag} was {_GIVEN[refused]} to the talk “{title}”."
    noted = TaggedTakeaway.everything.filter(content_object__post__in=posts, origin="editor").order_by("pk")
    for tag, refused, text in noted.values_list("tag__name", "refused", "content_object__text"):
        yield f"The tag {tag} was {_GIVEN[refused]} to the takeaway “{_shorten(text)}”."


def _list_talks(posts: Sequence[int], talks: Collection[int]) -> Iterator[str]:
    for title in Talk.objects.filter(pk__in=talks, hidden=True).order_by("pk").values_list("title", flat=True):
        yield f"The talk “{title}” was taken down."
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
            yield f"The talk “{imported.get('title')}” was renamed to “{title}”."
        if talk not in seen and people.get(talk, []) != said:
            yield f"The speakers of the talk “{title}” were edited."
        seen.add(talk)


def _list_decisions(posts: Sequence[int], talks: Collection[int]) -> Iterator[str]:
    for decision, about in list_decided(posts, talks):
        if decision.kind == Decision.Kind.WITHDRAWN:
            yield f"“{_shorten(about)}” was {'withdrawn' if decision.answer else 'restored'} by hand."


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
