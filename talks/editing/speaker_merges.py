"""Suggests speakers who may be one person under several names, merges them for an editor, and splits them again."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db import transaction
from django.db.models import Max

from talks import names
from talks.derived import renew
from talks.models import Appearance, Decision, Speaker, SpeakerAlias, TalkSource, name_subject
from talks.models.named_model import taken_slugs

_MOST_ALIKE = 12  # more with one key share a placeholder, like an empty profile


@dataclass(frozen=True, slots=True)
class Alike:
    """Speakers who may be one person, and the reason for the suggestion."""

    reason: str
    speakers: tuple[Speaker, ...]


def find_alike_speakers() -> list[Alike]:
    """Return groups of speakers whose names differ in accents or middle names, or who share a handle or address.

    A speaker whom editors declared different from all others of a group is left out of the group. The time grows only
    with the number of speakers, since each speaker is read once and grouped by a few keys.
    """
    by_key: dict[tuple[str, str], list[Speaker]] = defaultdict(list)
    for speaker in Speaker.objects.order_by("sort_key", "pk").iterator(2_000):
        for key in set(_make_keys(speaker)):
            by_key[key].append(speaker)
    apart = set(Decision.objects.filter(kind=Decision.Kind.APART).values_list("subject", flat=True))
    found: dict[tuple[int, ...], Alike] = {}
    for (reason, _), speakers in sorted(by_key.items()):
        if 1 < len(speakers) <= _MOST_ALIKE and (left := _drop_told_apart(speakers, apart)):
            found.setdefault(tuple(speaker.pk for speaker in left), Alike(reason, left))
    return sorted(found.values(), key=lambda alike: alike.speakers[0].sort_key)


def tell_speakers_apart(speakers: Iterable[Speaker]) -> None:
    """Record that these speakers are different people, so that they are not suggested again."""
    subjects = [_name_pair(*pair) for pair in combinations(speakers, 2)]
    decided = [Decision(kind=Decision.Kind.APART, subject=subject, answer=True) for subject in subjects]
    Decision.objects.bulk_create(decided, ignore_conflicts=True)


def _name_pair(one: Speaker, other: Speaker) -> str:
    return " ".join(sorted((name_subject(one), name_subject(other))))


def _drop_told_apart(speakers: Sequence[Speaker], apart: set[str]) -> tuple[Speaker, ...]:
    """Leave out the speakers whom editors declared different from all the others."""
    open_pairs = [pair for pair in combinations(speakers, 2) if _name_pair(*pair) not in apart]
    asked = {speaker.pk for pair in open_pairs for speaker in pair}
    return tuple(speaker for speaker in speakers if speaker.pk in asked)


def _make_keys(speaker: Speaker) -> Iterator[tuple[str, str]]:
    words = speaker.sort_key.split()
    yield "accents or punctuation", "".join(words)
    if len(words) > 1:
        yield "middle names", f"{words[0]} {words[-1]}"
    for handle in {_read_handle(speaker.handle), *([_read_handle(speaker.name)] if len(words) == 1 else [])} - {""}:
        yield "handle", handle
    if speaker.url:
        yield "address", re.sub(r"^https?://(?:www\.)?", "", speaker.url.casefold()).rstrip("/")


def _read_handle(text: str) -> str:
    return text.strip().lstrip("@").casefold()


def list_talks_given(speakers: Iterable[Speaker]) -> set[int]:
    """Return the talks given by one of the speakers."""
    return set(Appearance.objects.filter(speaker__in=list(speakers)).values_list("talk", flat=True))


@transaction.atomic
def merge_speakers(kept: Speaker, others: Iterable[Speaker]) -> set[int]:
    """Merge the other speakers into `kept`: names become aliases, addresses redirect.

    Return the ids of changed talks.
    """
    talks: set[int] = set()
    for other in others:
        talks |= _move_appearances(other, kept)
        other.aliases.update(speaker=kept)
        merged = {"handle": [other.handle, not kept.handle], "url": [other.url, not kept.url]}
        kept.handle, kept.url = kept.handle or other.handle, kept.url or other.url
        name, folded, slug = other.name, other.folded, other.slug
        other.delete()
        SpeakerAlias.objects.create(speaker=kept, name=name, folded=folded, slug=slug, merged=merged)
    kept.save()
    renew(talks)
    return talks


def _move_appearances(other: Speaker, kept: Speaker) -> set[int]:
    """Give the appearances of `other` to `kept`, who appears once in each talk; positions stay gapless.

    An appearance stores the names under which it was given, so that a split can separate it again.
    """
    rows = list(Appearance.objects.filter(speaker=other))
    talks = {row.talk_id for row in rows}
    there = {row.talk_id: row for row in Appearance.objects.filter(speaker=kept, talk__in=talks)}
    for row in rows:
        names_given = row.merged or [other.folded]
        if held := there.get(row.talk_id):
            held.merged = [*(held.merged or [kept.folded]), *names_given]
            held.save(update_fields=["merged"])
            row.delete()
            _close_gaps(row.talk_id)
        else:
            row.speaker, row.merged = kept, names_given
            row.save(update_fields=["speaker", "merged"])
    return talks


def _close_gaps(talk: int) -> None:
    for position, row in enumerate(Appearance.objects.filter(talk=talk).order_by("position", "pk"), 1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])


@transaction.atomic
def split_speaker(alias: SpeakerAlias) -> set[int]:
    """Make an alias a speaker again, at the speaker's old address.

    The speaker gets the talks whose posts use the alias, and those given under it before the merge.
    """
    kept, name, folded, slug = alias.speaker, alias.name, alias.folded, alias.slug
    alias.delete()
    if Speaker.objects.filter(slug=slug).exists():
        slug = names.choose_slug(name, taken_slugs(Speaker, name), fallback="speaker")
    person = Speaker.objects.create(name=name, slug=slug, **_take_back(kept, alias.merged or {}))
    told = TalkSource.objects.filter(talk__appearances__speaker=kept, withdrawn=False).values_list("talk", "speakers")
    said: dict[int, set[str]] = defaultdict(set)
    for talk, speakers in told:
        said[talk] |= {names.fold_name(speaker["name"]) for speaker in speakers}
    own = {kept.folded, *kept.aliases.values_list("folded", flat=True)}
    theirs = set()
    for row in Appearance.objects.filter(speaker=kept).select_related("speaker"):
        written, given = said[row.talk_id], row.merged or []
        if folded in written or folded in given:
            theirs.add(row.talk_id)
            rest = [each for each in given if each != folded]
            _give_back(row, person, rest, shared=bool(written & own or rest))
    renew(theirs)
    return theirs


def _take_back(kept: Speaker, merged: Mapping[str, Sequence[Any]]) -> dict[str, str]:
    """Return handle and address of the split-off speaker, after removing those that `kept` had got by the merge."""
    for column in [column for column, (value, was_taken) in merged.items() if value and was_taken]:
        value = merged[column][0]
        if getattr(kept, column) == value:
            setattr(kept, column, "")
        for alias in kept.aliases.all():
            if alias.merged and alias.merged[column][0] == value:  # was merged in between, and had it from this one
                alias.merged[column] = ["", False]
                alias.save(update_fields=["merged"])
    kept.save()
    return {column: value for column, (value, _) in merged.items()}


def _give_back(row: Appearance, person: Speaker, rest: list[str], *, shared: bool) -> None:
    """Give an appearance in a talk back to the split-off speaker `person`.

    If the appearance is `shared`, the merged speaker keeps an own appearance, under the names in `rest`.
    """
    if not shared:
        row.speaker, row.merged = person, None
        row.save(update_fields=["speaker", "merged"])
        return
    row.merged = rest if set(rest) - {row.speaker.folded} else None
    row.save(update_fields=["merged"])
    last = Appearance.objects.filter(talk=row.talk_id).aggregate(last=Max("position"))["last"] or 0
    Appearance.objects.create(talk_id=row.talk_id, speaker=person, position=last + 1)


def list_speakers_apart() -> list[tuple[str, tuple[Speaker, ...]]]:
    """Return the pairs of speakers whom editors declared different, each with the name of this decision."""
    subjects = list(Decision.objects.filter(kind=Decision.Kind.APART).values_list("subject", flat=True))
    slugs = {slug for subject in subjects for slug in _read_slugs(subject)}
    known = {speaker.slug: speaker for speaker in Speaker.objects.filter(slug__in=slugs)}
    pairs = [(subject, tuple(known[slug] for slug in _read_slugs(subject) if slug in known)) for subject in subjects]
    return [(subject, pair) for subject, pair in pairs if len(pair) > 1]


def _read_slugs(subject: str) -> list[str]:
    return [name.partition(":")[2] for name in subject.split(" ")]


def suggest_pair_again(subject: str) -> None:
    """Delete the decision that two speakers are different people, so that the pair is suggested again."""
    Decision.objects.filter(kind=Decision.Kind.APART, subject=subject).delete()
