"""Updates what talks show when another of their posts becomes the first one: a talk shows its first post's values."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from django.db.models import Prefetch, QuerySet

from talks import names
from talks.fields import TALK, Setting, Values, merge_values
from talks.importing.reconcile import rank_post, recall_source
from talks.importing.store.day_order import number_talks
from talks.models import Post, SpeakerAlias, Talk, TalkSource


def list_talks_of(posts: Iterable[Post]) -> set[int]:
    """Return the ids of the talks that the posts have notes of, or once had."""
    return set(TalkSource.objects.filter(post__in=[post.pk for post in posts]).values_list("talk", flat=True))


@contextmanager
def follow_leading_posts(posts: Iterable[Post]) -> Iterator[None]:
    """Give each talk of these posts the values of its first post, where the block changes what its first post says.

    A talk that was in no post before the block, or is in none after it, does not change. A value by an editor stays, as
    in an import: only values that the former first post gave are replaced.
    """
    talks = list_talks_of(posts)
    before = read_leading(talks)
    yield
    after = read_leading(talks)
    changed = [pk for pk in after if pk in before and before[pk] != after[pk]]
    rows = Talk.objects.filter(pk__in=changed).select_related("day", "conference")
    for talk in rows.prefetch_related("appearances__speaker"):
        _show_words(talk, before[talk.pk], after[talk.pk])


def read_leading(talks: Iterable[int]) -> dict[int, Values]:
    """Return by id of a talk what its first post says of it, as values that compare with those of `TALK.read_row`.

    A talk that is in no post any more is left out.
    """
    found = find_leading_sources(talks)
    people = _read_people(found.values())
    return {
        pk: TALK.resolve(recall_source(source), Setting(source.post.conference_id, people))
        for pk, source in found.items()
    }


def find_leading_sources(talks: Iterable[int] | QuerySet) -> dict[int, TalkSource]:
    """Return by id of a talk its source in its first post by `rank_post`; a talk in no post any more is left out."""
    found: dict[int, TalkSource] = {}
    sources = TalkSource.objects.filter(talk__in=talks, withdrawn=False)
    for source in sources.prefetch_related(Prefetch("post", Post.objects.in_brief())):
        first = found.setdefault(source.talk_id, source)
        if rank_post(source.post) < rank_post(first.post):
            found[source.talk_id] = source
    return found


def _read_people(sources: Iterable[TalkSource]) -> Mapping[str, str]:
    """Return the folded own name of each speaker whom the sources call by an alias, by the folded alias."""
    said = {names.fold_name(speaker["name"] or "") for source in sources for speaker in source.speakers}
    return dict(SpeakerAlias.objects.filter(folded__in=said).values_list("folded", "speaker__folded"))


def _show_words(talk: Talk, last: Values, new: Values) -> None:
    now = TALK.read_row(talk)
    if new["day"][0] != talk.conference_id:
        new = {**new, "day": now["day"]}  # a post of another conference does not say on which day of this one
    merged = merge_values(TALK, last, new, now).values
    former = talk.day_id
    for field in TALK.merged:
        if merged[field.name] != now[field.name] and field.answer:
            field.answer(talk, field.show(merged[field.name]))
    if talk.day_id != former:
        number_talks({former, talk.day_id}, talk)
