"""The form of the list of a post's talks: an editor corrects their titles, speakers and days."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import eq
from typing import Any

from django import forms

from talks import editing, formats, names
from talks.admin.form_fields import LONGEST_PASSAGE, LineField, PassageField
from talks.admin.reading_forms import LONGEST_SPEAKERS, LONGEST_WORDS, read_speakers, write_speakers
from talks.admin.shown_talks import ShownTalk
from talks.counts_and_cut_texts import show_count
from talks.line_ends import end_with_lf
from talks.models import Post
from talks.parsing import DAYS, NO_DAY, Act, Correction, ParsedPost, ParsedTalk, make_anchor, read_anchor_lines

_MOST_TALKS = 200
_OF_TALK = re.compile(r"(\d+)(?:\.\d+)?-(title|speakers|day)")
_COLUMNS = {"titles": "title", "speakers": "speakers"}


class ColumnField(PassageField):
    """A field for the titles or the speakers of all talks, with a line for each talk.

    A hidden field with the initial value tells what was typed, also where the next request has the talks of another
    preview.
    """

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs, required=False, max_length=LONGEST_PASSAGE, show_hidden_initial=True)


class TalksForm(forms.Form):
    """Corrections of titles, speakers and days, which an editor types into the list of a post's talks.

    An emptied day means that the talk belongs to no day. `faults` are errors in fields that the page does not show
    again.
    """

    titles = ColumnField(label="Titles, one a line")
    speakers = ColumnField(label="Speakers, those of one talk a line")

    def __init__(
        self, post: Post, parsed: ParsedPost, data: Any = None, *, faults: Iterable[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.faults = list(faults)
        self.lines = read_anchor_lines(post.source)
        self.talks = parsed.talks[:_MOST_TALKS]
        self.told = formats.list_talks(parsed)[:_MOST_TALKS]
        self.keys = list(_name_talks(self.talks))
        nobody = editing.list_lines_of_nobody(post=post)
        given = [_write_given(post, talk, nobody) for talk in self.talks]
        for number, (talk, key, speakers) in enumerate(zip(self.talks, self.keys, given, strict=True), 1):
            columns: dict[str, forms.Field] = {
                "title": LineField(required=False, max_length=names.TITLE_LENGTH, initial=talk.title),
                "speakers": LineField(required=False, max_length=LONGEST_SPEAKERS, initial=speakers),
                "day": forms.IntegerField(required=False, min_value=NO_DAY, max_value=DAYS[-1], initial=talk.day),
                "none": forms.BooleanField(required=False, label=f"Talk {number} is no talk"),
            }
            for name, field in columns.items():
                field.label = field.label or f"{name.capitalize()} of talk {number}"
                self.fields[f"{key}-{name}"] = field
        self.initial.setdefault("titles", "\n".join(talk.title for talk in self.talks))
        self.initial.setdefault("speakers", "\n".join(given))
        for name in _COLUMNS:
            self.fields[name].widget.attrs["rows"] = min(max(len(self.talks), 3), 15)
        if data is not None:
            self.data = self._fill_untyped(data)

    def _fill_untyped(self, data: Any) -> Any:
        """Return the data with the present values of fields that the page did not show or nobody typed into.

        The page may have shown the talks of another preview, with other guesses, which it sends beside each field.
        """
        filled = data.copy()
        for name, field in self.fields.items():
            if not isinstance(field, forms.BooleanField):
                initial = self.get_initial_for_field(field, name)
                sent, shown = self.add_prefix(name), self.add_initial_prefix(name)
                filled[shown] = "" if initial is None else str(initial)
                is_typed = sent in data and end_with_lf(data[sent]) != end_with_lf(data.get(shown, filled[shown]))
                filled[sent] = data[sent] if is_typed else filled[shown]
        return filled

    def _list_strays(self) -> Iterator[str]:
        """Yield, as phrases, what was typed for talks of another preview that are not in the list any more."""
        for sent in self.data:
            name = sent.removeprefix(self.add_prefix(""))
            found = _OF_TALK.fullmatch(name) if name != sent and name not in self.fields else None
            value = end_with_lf(self.data[sent])
            if found and value not in ("", self.data.get(self.add_initial_prefix(name))):
                yield f"the {found[2]} “{value}” of a talk on line {found[1]}"

    def list_rows(
        self, shown: Mapping[int, ShownTalk]
    ) -> Iterator[tuple[formats.TalkReading, list[Any], ShownTalk | None]]:
        """Yield for each talk of the list its reading, its form fields, and what readers see of it (or None).

        `shown` gives the last by the index of the talk.
        """
        for place, (talk, key) in enumerate(zip(self.told, self.keys, strict=True)):
            yield talk, [self[f"{key}-{name}"] for name in ("title", "speakers", "day", "none")], shown.get(place)

    def list_columns(self) -> list[Any]:
        return [self[name] for name in _COLUMNS]

    def clean(self) -> dict[str, Any]:
        """Put a correction for each changed talk into `said`, by the name of the talk's form fields, such as "7.2"."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if strays := list(self._list_strays()):
            self.add_error(None, f"Not saved, since this is not in the list of talks any more: {'; '.join(strays)}.")
        if not self.errors:
            changed = set(self.changed_data)
            for name, column in _COLUMNS.items():
                if name in changed:
                    changed |= self._read_column(name, column, cleaned)
            for key in self.keys:
                if f"{key}-title" in changed and not (cleaned[f"{key}-title"] or cleaned[f"{key}-none"]):
                    self.add_error(f"{key}-title", "Give a title, or tick that this is no talk.")
                self._check_speakers(f"{key}-speakers", cleaned, changed)
            if not self.errors:
                pairs = zip(self.talks, self.keys, strict=True)
                said = ((key, self._read_talk(talk, key, cleaned, changed)) for talk, key in pairs)
                cleaned["said"] = {key: correction for key, correction in said if correction}
        return cleaned

    def _check_speakers(self, field: str, cleaned: dict[str, Any], changed: set[str]) -> None:
        try:
            read_speakers(cleaned[field] if field in changed else "")
        except forms.ValidationError as fault:
            self.add_error(field, fault)

    def _read_column(self, name: str, column: str, cleaned: dict[str, Any]) -> set[str]:
        """Put what was typed into the column `name`, a line for each talk, into the talks' own fields in `cleaned`.

        Return the names of the fields that this changed. A field that was itself changed is left alone. An empty line,
        or no text at all, changes nothing.
        """
        if not cleaned[name]:
            return set()
        rows = cleaned[name].split("\n")
        keys = self._choose_talks(rows, column, cleaned)
        if not keys:
            told = f"“{self.fields[name].label}” has {show_count(len(rows), 'line')}"
            kept = len(self._list_kept(cleaned))
            but = f" ({kept} without those ticked as no talk)" if kept < len(self.keys) else ""
            self.add_error(name, f"{told}, but there are {show_count(len(self.keys), 'talk')}{but}.")
            return set()
        put = set()
        for key, row in zip(keys, rows, strict=False):
            field = f"{key}-{column}"
            try:
                said = self.fields[field].clean(row)
            except forms.ValidationError as fault:
                self.add_error(name, fault)
                return set()
            if said and said != self.fields[field].initial and field not in self.changed_data:
                cleaned[field] = said
                put.add(field)
        return put

    def _list_kept(self, cleaned: Mapping[str, Any]) -> list[str]:
        return [key for key in self.keys if not cleaned[f"{key}-none"]]

    def _choose_talks(self, rows: Sequence[str], column: str, cleaned: Mapping[str, Any]) -> list[str]:
        """Return the names of the talks to which the lines of a column belong: all, or those not ticked as no talk.

        Empty lines at the end may be missing or too many. If the lines fit both, those talks are chosen from whose
        present texts fewer lines differ. The list is empty if the lines fit neither.
        """
        fits: list[tuple[int, bool, list[str]]] = []
        for keys in (self.keys, self._list_kept(cleaned)):
            initial = [self.fields[f"{key}-{column}"].initial for key in keys]
            least, most = _count_filled(initial), len(keys)
            if least <= len(rows) and _count_filled(rows) <= most:
                fits.append((sum(map(eq, initial, rows)), len(rows) == most, keys))
        return max(fits, key=lambda fit: fit[:2], default=(0, False, []))[2]

    def _read_talk(self, talk: ParsedTalk, key: str, cleaned: dict[str, Any], changed: set[str]) -> Correction | None:
        anchor = make_anchor(self.lines, talk.line)
        shares_line = key != str(talk.line)  # as the second or a later talk
        within = names.normalise(talk.heading.split("\n")[0])[:LONGEST_WORDS].rstrip() if shares_line else ""
        if cleaned[f"{key}-none"]:
            return Correction(Act.NO_TALK, anchor, anchor, within=within)
        title = cleaned[f"{key}-title"] if f"{key}-title" in changed else ""
        day = cleaned[f"{key}-day"] or NO_DAY if f"{key}-day" in changed else None
        day = None if day == (talk.day or NO_DAY) else day
        speakers = read_speakers(cleaned[f"{key}-speakers"]) or () if f"{key}-speakers" in changed else None
        if title or day is not None or speakers is not None:
            return Correction(Act.DETAILS, anchor, anchor, title, speakers, day, within=within)
        return None

    def list_said(self) -> list[tuple[str, Correction]]:
        """Return pairs of the name of a talk's form fields, such as "7.2", and the correction of the talk."""
        return list(self.cleaned_data["said"].items())

    def read_changed(self) -> dict[str, Any]:
        """Return the values that differ from the talks' own, by the names of the talks' fields.

        They may have been typed into these fields, or into the texts with a line for each talk.
        """
        fields = {name: field for name, field in self.fields.items() if name not in _COLUMNS}
        values = {name: value for name, value in self.cleaned_data.items() if name in fields}
        return {name: value for name, value in values.items() if value != fields[name].initial}


def _write_given(post: Post, talk: ParsedTalk, nobody: Collection[tuple[int, int | None]]) -> str:
    """Return the speakers of a talk as an editor types them; a dash if an editor said that nobody gave it."""
    is_settled = not {(post.pk, talk.line), (post.pk, None)}.isdisjoint(nobody)
    return write_speakers(talk) or ("–" if is_settled else "")


def _count_filled(rows: Sequence[str]) -> int:
    """Return the number of rows up to the last that is not blank."""
    return max((number for number, row in enumerate(rows, 1) if row.strip()), default=0)


def _name_talks(talks: Sequence[ParsedTalk]) -> Iterator[str]:
    """Yield a name for each talk's form fields: "7" for the first talk on line 7, "7.2" for the second, and so on."""
    seen: Counter[int] = Counter()
    for talk in talks:
        seen[talk.line] += 1
        yield f"{talk.line}.{seen[talk.line]}" if seen[talk.line] > 1 else f"{talk.line}"
