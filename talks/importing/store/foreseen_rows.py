"""Applies the plans of a batch to the loaded values, so that each post is planned as if earlier ones were stored."""

from collections import defaultdict
from dataclasses import dataclass, field, replace

from talks import names
from talks.fields import TALK
from talks.importing.reconcile.known import Known, KnownConference, KnownTag, KnownTalk, Order, Witness, make_order
from talks.importing.reconcile.plan import Change, Plan, TalkPlan
from talks.importing.store.row_keys import TakeKey
from talks.models import Conference, Day, Post, Reference, Series, Speaker, Tag, Takeaway, Talk, Writer

_Edition = tuple[str, int | None]


@dataclass(slots=True)
class Placed:
    """A plan with the primary keys of all rows that it names, including new rows, by the names that the plan uses."""

    plan: Plan
    post: int
    series: int | None
    conference: int
    writer: int | None
    days: dict[int | None, int] = field(default_factory=dict)
    speakers: dict[str, int] = field(default_factory=dict)
    tags: dict[str, int] = field(default_factory=dict)
    references: dict[str, int] = field(default_factory=dict)
    talks: list[int] = field(default_factory=list)
    takeaways: list[list[int]] = field(default_factory=list)


class Foreseen:
    """The rows that earlier plans will write, so that each post is planned as if these rows were stored already."""

    def __init__(self, take_key: TakeKey) -> None:
        self._take = take_key
        self._series: dict[str, tuple[int, str]] = {}  # primary key and name, by the forms by which names compare
        self._editions: dict[_Edition, int] = {}
        self._days: defaultdict[int, dict[int | None, Day]] = defaultdict(dict)
        self._talks: defaultdict[int, dict[int, KnownTalk]] = defaultdict(dict)
        self._shown: dict[int, KnownTalk] = {}
        self._positions: dict[int, int] = {}
        self._writers: dict[str, int] = {}
        self._speakers: dict[str, Speaker] = {}
        self._tags: dict[str, KnownTag] = {}
        self._references: dict[str, int] = {}
        self._paths: dict[str, str | None] = {}
        self._ids: set[str] = set()
        self._joined: defaultdict[int, dict[str, Witness]] = defaultdict(dict)
        self._left: set[tuple[int, str]] = set()

    def extend(self, known: Known, aliases: tuple[str, ...]) -> Known:
        """Return `known`, which was loaded for one post, as it will be when the plans that were added are written.

        `aliases` are the old addresses that this post gives.
        """
        conference = self._extend_conference(known.conference)
        post = known.post
        own = {source.talk_id for source in post.sources} if post else set()
        editions = {conference.pk or 0, *(talk.day[0] for talk in known.talks.values())}
        talks = [talk for edition in sorted(editions & self._talks.keys()) for talk in self._talks[edition].values()]
        extended = (self._extend_talk(talk) for talk in (*talks, *known.talks.values()))
        rows = {talk.pk: talk for talk in extended if talk.day[0] in editions or talk.pk in own}
        paths = {path: self._paths.get(path, known.paths.get(path)) for path in aliases}
        return replace(
            known,
            conference=conference,
            talks=rows,
            writers={**self._writers, **known.writers},
            speakers={**known.speakers, **self._speakers},
            tags={**self._tags, **known.tags},
            references={**self._references, **known.references},
            paths={path: key for path, key in paths.items() if key and not (post and key == post.row.key)},
            taken=(*known.taken, self._ids),
        )

    def _extend_conference(self, conference: KnownConference) -> KnownConference:
        series = None if conference.series_pk else self._find_series(conference.series_name)
        if series:
            conference = replace(conference, series_pk=series[0], series_name=series[1])
        pk = conference.pk or self._editions.get(conference.edition)
        days = {**conference.days, **self._days[pk]} if pk and pk in self._days else conference.days
        return replace(conference, pk=pk, days=days)

    def _find_series(self, name: str) -> tuple[int, str] | None:
        forms = (names.fold_name(name), *names.list_series_keys(name))
        return next((self._series[form] for form in forms if form in self._series), None)

    def _extend_talk(self, talk: KnownTalk) -> KnownTalk:
        if shown := self._shown.get(talk.pk):
            talk = shown._replace(witnesses=talk.witnesses)
        if position := self._positions.get(talk.pk):
            talk = talk._replace(position=position)
        joined = self._joined.get(talk.pk)
        if not joined and not self._left:
            return talk
        joined = joined or {}
        old = (w for w in talk.witnesses if w.post not in joined and (talk.pk, w.post) not in self._left)
        return talk._replace(witnesses=(*old, *joined.values()))

    def add(self, plan: Plan, known: Known) -> Placed:
        """Remember what the plan will write, so that `extend` counts it as stored; the caller writes it, if at all.

        Return the plan with the primary keys of all rows that it names; new rows are to be stored with these keys.
        `known` is what the plan was made from, and is not changed.
        """
        placed = self._place_shared(plan, known)
        placed.talks = [talk.pk or self._take(Talk) for talk in plan.talks]
        placed.takeaways = [[unit.pk or self._take(Takeaway) for unit in talk.takeaways] for talk in plan.talks]
        self._paths.update(dict.fromkeys(plan.aliases_removed))
        self._paths.update(dict.fromkeys(plan.aliases_added, plan.key))
        self._ids.update(unit.public_id for talk in plan.talks for unit in talk.takeaways)
        self._positions.update(plan.positions)
        order = make_order(plan.fields, plan.key)
        for talk, pk in zip(plan.talks, placed.talks, strict=True):
            self._add_talk(plan.key, order, talk, pk, placed.conference, known)
        return placed

    def _place_shared(self, plan: Plan, known: Known) -> Placed:
        edition = plan.conference
        series = edition.series_pk or (self._take(Series) if edition.series_name else None)
        conference = edition.pk or self._take(Conference)
        if series:
            for form in (names.fold_name(edition.series_name), *names.list_series_keys(edition.series_name)):
                self._series.setdefault(form, (series, edition.series_name))
        self._editions[edition.edition] = conference
        writer = plan.writer_pk or (self._take(Writer) if plan.writer else None)
        if plan.writer and writer:
            self._writers[names.fold_name(plan.writer)] = writer
        placed = Placed(plan, plan.pk or self._take(Post), series, conference, writer)
        placed.days = {number: day.pk for number, day in edition.days.items()}
        for day in plan.days:
            placed.days[day.number] = day.pk or self._take(Day)
            if day.change is not Change.UNCHANGED:
                self._days[conference][day.number] = Day(pk=placed.days[day.number], date=day.date)
        for folded, speaker in plan.speakers.items():
            pk = placed.speakers[folded] = speaker.pk or self._take(Speaker)
            if speaker.change is Change.UNCHANGED:
                continue
            own = known.speakers[folded].folded if folded in known.speakers else folded
            self._speakers[folded] = Speaker(pk=pk, folded=own, handle=speaker.handle, url=speaker.url)
        for key, tag in plan.tags.items():
            pk = placed.tags[key] = tag.pk or self._take(Tag)
            self._tags[key] = KnownTag(pk, tag.key, tag.name)
        for key, (known_pk, *_) in plan.references.items():
            placed.references[key] = self._references[key] = known_pk or self._take(Reference)
        return placed

    def _add_talk(self, key: str, order: Order, talk: TalkPlan, pk: int, edition: int, known: Known) -> None:
        """Remember what the post with this key and rank will say of the talk, and the talk's row."""
        if talk.position is not None:
            self._positions[pk] = talk.position
        if talk.before:
            self._foresee_talk(talk, talk.before, edition)
        if talk.source is None:
            self._left.add((pk, key))
            self._joined[pk].pop(key, None)
            return
        if talk.pk is None:
            values = {**talk.values, "day": (edition, talk.day)}
            self._talks[edition][pk] = KnownTalk(pk, values, talk.slug, talk.position or 1, withdrawn=False)
        said = TALK.resolve(talk.source.imported, known.find_setting(edition))
        self._left.discard((pk, key))
        self._joined[pk][key] = Witness(key, order, talk.source.position, said)

    def _foresee_talk(self, talk: TalkPlan, row: KnownTalk, edition: int) -> None:
        """Remember the values that the talk's row will have."""
        values = {**talk.values, "day": (edition, talk.day)} if talk.alters("day") else talk.values
        self._shown[row.pk] = shown = row._replace(values=values, slug=talk.slug, withdrawn=talk.withdrawn)
        if shown.day[0] != row.day[0]:
            self._talks[row.day[0]].pop(row.pk, None)
            self._talks[shown.day[0]][row.pk] = shown
