"""Counts what an import did to posts, talks and so on; each row is counted once even if several posts change it."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

from talks.importing.reconcile.plan import Change, Done, Plan, RowChange
from talks.models import Takeaway

NOUNS = ("posts", "conferences", "days", "talks", "speakers", "takeaways", "references")
KEPT_EDITS = "hand edits"
"""The key under which runs and reports as JSON give the number of editors' changes kept against the posts."""
COUNTS = ("created", "updated", "unchanged", "withdrawn")

Totals = dict[str, dict[str, int]]


class Tally:
    """What happened to each row in a run. A row created in the run counts as created, whatever happens to it later."""

    def __init__(self) -> None:
        self.things: dict[str, dict[Hashable, str]] = {noun: {} for noun in NOUNS}
        self.takeaways: Counter[str] = Counter()
        self.kept = 0

    def count_plan(self, plan: Plan, post: Hashable, talks: Sequence[int]) -> None:
        """Count the changes of one applied plan; `talks` are the primary keys of its talks."""
        edition = plan.conference.edition
        self._count_row("posts", post, plan.change)
        if plan.conference.series_name:
            self._count_row("conferences", edition, Change.UNCHANGED if plan.conference.pk else Change.CREATED)
            for day in plan.days:
                self._count_row("days", (*edition, day.number), day.change)
        talk_changes: dict[int, Change] = {}
        takeaways: dict[str, Change] = {}
        for change in plan.changes:
            if change.kind == "talk" and change.counted:
                talk_changes.setdefault(change.talk or 0, _judge(change))
            elif change.kind == "takeaway" and change.counted:
                takeaways.setdefault(change.public_id, _judge(change))
        for index, pk in enumerate(talks):
            self._count_row("talks", pk, talk_changes.get(index, Change.UNCHANGED))
        told = [unit.public_id for talk in plan.talks for unit in talk.takeaways]
        if plan.pk is None:
            self.takeaways["created"] += len(told)
        else:
            self.takeaways.update(made.value for made in takeaways.values())
            self.takeaways["unchanged"] += sum(name not in takeaways for name in told)
        for folded, speaker in plan.speakers.items():
            self._count_row("speakers", folded, speaker.change)
        for folded in plan.speakers_left:
            self._count_row("speakers", folded, Change.UNCHANGED)
        for key, (known, *_) in plan.references.items():
            self._count_row("references", key, Change.UNCHANGED if known else Change.CREATED)
        self.kept += len(plan.conflicts)

    def count_gone(self, posts: Iterable[int]) -> None:
        """Count posts that were withdrawn because their files are gone, given by primary keys, and their takeaways."""
        for pk in posts:
            self._count_row("posts", pk, Change.WITHDRAWN)
            self.takeaways["withdrawn"] += Takeaway.objects.filter(post=pk, withdrawn=False).count()

    def total(self) -> Totals:
        """Return for each noun how many rows had which change: `{"talks": {"created": 6, …}, …}`.

        `{KEPT_EDITS: {"kept": 2}}` is the number of unanswered conflicts that the run met, if any; editors' values
        stay.
        """
        counted = {noun: Counter(self.things[noun].values()) for noun in NOUNS}
        counted["takeaways"] = self.takeaways
        totals = {noun: {count: counted[noun][count] for count in COUNTS} for noun in NOUNS}
        return {**totals, KEPT_EDITS: {"kept": self.kept}} if self.kept else totals

    def _count_row(self, noun: str, thing: Hashable, change: Change) -> None:
        before = self.things[noun].get(thing)
        name = Change.UNCHANGED.value if change is Change.SHIFTED else change.value
        if before is None or (before == "unchanged") or (before == "updated" and name == "withdrawn"):
            self.things[noun][thing] = name

    def note_unchanged(self, noun: str, things: Iterable[Hashable]) -> None:
        """Count things of this noun ("talks"), given by ids or names, as unchanged, unless they are counted already."""
        self.things[noun] = {**dict.fromkeys(things, Change.UNCHANGED.value), **self.things[noun]}


def _judge(change: RowChange) -> Change:
    """Return whether a row counts as created, withdrawn or updated, by `change`, the plan's first change of the row."""
    if change.done is Done.ADDED:
        return Change.CREATED
    return Change.WITHDRAWN if change.done in (Done.WITHDRAWN, Done.ABSORBED) else Change.UPDATED
