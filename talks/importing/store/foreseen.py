"""What a dry run would have made so far, so that its next post finds it as if it were there."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from talks.fields import TALK
from talks.importing.reconcile.known import (
    Known,
    KnownDay,
    KnownSpeaker,
    KnownTalk,
    Order,
    Witness,
)
from talks.importing.reconcile.plan import Plan, TalkPlan

_BEYOND_ROWS = 10**15  # primary keys from here on are nobody's


class Foreseen:
    """Rows that were planned and not written."""

    def __init__(self) -> None:
        self._keys: Iterator[int] = count(_BEYOND_ROWS)
        self._editions: dict[tuple[str, int | None], int] = {}
        self._days: defaultdict[int, dict[int | None, KnownDay]] = defaultdict(dict)
        self._talks: defaultdict[int, list[KnownTalk]] = defaultdict(list)
        self._shown: dict[int, KnownTalk] = {}
        self._speakers: dict[str, KnownSpeaker] = {}
        self._references: dict[str, int] = {}
        self._paths: dict[str, str] = {}
        self._joined: defaultdict[int, list[Witness]] = defaultdict(list)
        self._left: set[tuple[int, str]] = set()

    def extend(self, known: Known) -> Known:
        """What the base would hold."""
        conference = known.conference
        pk = conference.pk or self._editions.get(conference.edition)
        if pk:
            conference = replace(conference, pk=pk, days={**self._days[pk], **conference.days})
        rows = {talk.pk: self._extend_talk(talk) for talk in (*self._talks[pk or 0], *known.talks)}
        post = known.post
        if post:
            sources = tuple(replace(source, talk=rows[source.talk.pk]) for source in post.sources)
            post = replace(post, sources=sources)
        return replace(
            known,
            post=post,
            conference=conference,
            talks=tuple(rows.values()),
            speakers={**self._speakers, **known.speakers},
            references={**self._references, **known.references},
            paths={**self._paths, **known.paths},
        )

    def add(self, plan: Plan, order: Order, known: Known) -> list[int]:
        """Take a plan, made of what was known, for done; the keys that its talks would have."""
        edition = plan.conference.pk or next(self._keys)
        self._editions[plan.conference.edition] = edition
        for day in plan.days:
            if day.pk is None:
                self._days[edition][day.number] = KnownDay(next(self._keys), day.date)
        for folded, speaker in plan.speakers.items():
            self._speakers.setdefault(folded, KnownSpeaker(speaker.pk or next(self._keys), speaker.handle, speaker.url))
        for key, (pk, *_) in plan.references.items():
            self._references.setdefault(key, pk or next(self._keys))
        self._paths.update(dict.fromkeys(plan.aliases_added, plan.key))
        return [self._add_talk(plan, talk, edition, order, known) for talk in plan.talks]

    def _add_talk(self, plan: Plan, talk: TalkPlan, edition: int, order: Order, known: Known) -> int:
        pk = talk.pk or next(self._keys)
        if talk.before:
            self._show(talk, talk.before, edition)
        if talk.source is None:
            self._left.add((pk, plan.key))
            return pk
        if talk.pk is None:
            values = {**talk.values, "day": (edition, talk.day)}
            self._talks[edition].append(KnownTalk(pk, values, talk.slug, talk.position or 1, False, False))
        said = TALK.weigh(talk.source.imported, known.find_setting(edition))
        self._joined[pk].append(Witness(plan.key, order, talk.source.position, said))
        return pk

    def _show(self, talk: TalkPlan, row: KnownTalk, edition: int) -> None:
        """Keep what the row would be like."""
        values = {**talk.values, "day": (edition, talk.day)} if talk.alters("day") else talk.values
        self._shown[row.pk] = shown = replace(row, values=values, slug=talk.slug, withdrawn=talk.withdrawn)
        if shown.day[0] != row.day[0]:
            self._talks[edition].append(shown)

    def _extend_talk(self, talk: KnownTalk) -> KnownTalk:
        if shown := self._shown.get(talk.pk):
            talk = replace(shown, witnesses=talk.witnesses)
        joined = self._joined.get(talk.pk, [])
        renewed = {witness.post for witness in joined}
        witnesses = [
            witness
            for witness in talk.witnesses
            if (talk.pk, witness.post) not in self._left and witness.post not in renewed
        ]
        return replace(talk, witnesses=(*witnesses, *joined)) if joined or self._left else talk
