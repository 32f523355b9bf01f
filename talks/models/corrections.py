"""Corrections: what editors said about how a post must be parsed."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from talks import parsing
from talks.counts_and_cut_texts import cut_text
from talks.line_ends import split_lines
from talks.models.lengths import LOGIN_LENGTH
from talks.models.posts import Post

_LONGEST_QUOTE = 80


_ANSWERS = {
    "series": "conference",
    "talk_level": "level of the headings of talks",
    "title_pattern": "form of their titles",
    "holds_talks": "talks",
}
_HOLDS = {True: "it holds some, or is one", False: "it holds none"}


class CorrectionQuerySet(QuerySet):
    def list_last_saved(self) -> list["Correction"]:
        """Return the active corrections that editors saved together last, in the order of their numbers.

        Corrections that an upload made are left out. If the last correction has no time, it alone is returned.
        """
        rows: Any = self.filter(active=True).exclude(act=parsing.Act.FOLDER.value).order_by("-number")
        last = rows.first()
        if last is None or last.made_at is None:
            return [last] if last else []
        return list(rows.filter(made_at=last.made_at).order_by("number"))

    def of_post(self, post: int) -> tuple[parsing.Correction, ...]:
        """Return the active corrections of one post, in the form that the parser needs."""
        return self.filter(post=post).by_post().get(post, ())

    def by_post(self) -> dict[int, tuple[parsing.Correction, ...]]:
        """Return the active corrections in the form that the parser needs, by the primary key of their post."""
        found: defaultdict[int, tuple[parsing.Correction, ...]] = defaultdict(tuple)
        rows = self.filter(active=True).order_by("post", "number")
        for post, number, act, anchor, value in rows.values_list("post", "number", "act", "anchor", "value"):
            found[post] += (parsing.read_correction(number, act, anchor, value),)
        return dict(found)


class Correction(models.Model):
    """An editor's statement about some lines of a post, which every import, preview and write-back applies.

    `anchor` identifies the lines by their text, `value` says what the lines are, both in the parser's form. A
    correction that was undone stays as a row that is not `active`, and so does one that a later correction replaces;
    the `value` of the later one holds its number. Exports leave out who made it and when; the time of a correction from
    an upload is the start of the upload's run.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="corrections")
    number = models.PositiveIntegerField(help_text="Corrections of a post are applied in the order of their numbers.")
    act = models.CharField(max_length=10, choices=[(act.value, told) for act, told in parsing.ACTS_IN_WORDS.items()])
    anchor = models.JSONField(default=dict, blank=True)
    value = models.JSONField(default=dict, blank=True)
    active = models.BooleanField(default=True)
    made_by = models.CharField(max_length=LOGIN_LENGTH, blank=True, help_text="The name by which the editor logs in.")
    made_at = models.DateTimeField(null=True, default=timezone.now)

    objects = CorrectionQuerySet.as_manager()
    # Set where corrections are shown: the number of the one that replaces this, and those that replace a value of it.
    replaced_by: int | None = None
    overruled: dict[str, int] | None = None

    class Meta:
        ordering = ["post", "number"]
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="correction_number_in_post")]

    @property
    def is_saved_here(self) -> bool:
        """Whether an editor saved the correction; False if an upload took it from the post's folders."""
        return self.act != parsing.Act.FOLDER.value

    def __str__(self) -> str:
        quote = (self.anchor.get("first") or self.value.get("image") or [""])[0]
        last = (self.anchor.get("last") or [quote])[0]
        lines = cut_text(quote, _LONGEST_QUOTE) + (f" … {cut_text(last, _LONGEST_QUOTE)}" if last != quote else "")
        return f"{lines} {self.get_act_display()}".strip()

    @property
    def summary(self) -> str:
        """What the correction says, with its details."""
        return ", ".join([str(self), *self.details])

    def find_line(self) -> int | None:
        """Return the number of the first line that the correction is about.

        Return None if the post does not have that line.
        """
        first = parsing.read_correction(self.number, self.act, self.anchor, self.value).first
        return first.find(parsing.read_anchor_lines(self.post.source)) if first else None

    @property
    def replaces(self) -> list[int]:
        """The numbers of the earlier corrections that this one replaces, so that they no longer apply."""
        return [int(number) for number in self.value.get("replaces", [])]

    @property
    def details(self) -> list[str]:
        """Phrases for what the editor said besides the act: words, title, speakers, day, talk, folder, and hints."""
        value = self.value
        told = [f"from “{value['within']}” on"] if value.get("within") else []
        told += ["these lines alone"] if value.get("alone") or value.get("exact") else []
        named = {}
        if value.get("title"):
            named["title"] = f"“{value['title']}”"
        if "speakers" in value:
            people = [f"{name} | {affiliation}" if affiliation else name for name, affiliation in value["speakers"]]
            named["speakers"] = "; ".join(people) or "no speaker"
        if "day" in value:
            named["day"] = f"day {value['day']}" if value["day"] != parsing.NO_DAY else "no day"
        later = self.overruled or {}
        told += [f"{said} (replaced by correction {later[k]})" if k in later else said for k, said in named.items()]
        if talk := self.anchor.get("talk"):
            told.append(f"the talk at “{cut_text(talk[0], _LONGEST_QUOTE)}”")
        if folder := value.get("folder"):
            event = [str(part) for part in folder.get("event", [])[:2] if part]
            told += [f"path: {folder['name']}", *([f"conference: {' '.join(event)}"] if event else [])]
            told += [line for line in split_lines(folder["toml"]) if line.strip()]
        for key, said in value.get("post", {}).items():
            told.append(f"{_ANSWERS.get(key, key)}: {_HOLDS[said] if isinstance(said, bool) else said}")
        return told


def add_replaced(corrections: Sequence[Correction]) -> None:
    """Set on each correction of a post whether a later correction replaces it, or replaces one of its values.

    `replaced_by` becomes the number of the correction that replaces it, or None. `overruled` maps "title", "speakers"
    or "day", if a later correction replaces only this value, to the number of the later one.
    """
    replaced: dict[int, int] = {}
    values: dict[tuple[str, str], dict[str, int]] = {}  # by line and words
    for each in sorted(corrections, key=lambda row: -row.number):
        # What is replaced may have replaced another itself.
        each.replaced_by = None if each.active else replaced.get(each.number)
        if each.active or each.replaced_by:
            replaced |= dict.fromkeys(each.replaces, each.number)
        place = (str(each.anchor.get("first")), each.value.get("within", ""))
        if each.active and each.act == parsing.Act.TALK.value:
            each.overruled = values.get(place)
        elif each.active and each.act == parsing.Act.DETAILS.value:
            named = {name: each.number for name in ("title", "speakers", "day") if name in each.value}
            values[place] = named | values.get(place, {})
