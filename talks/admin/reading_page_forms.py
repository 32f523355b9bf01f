"""The forms on the page of a post's reading taken together: they are sent at once, whichever button is pressed."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any, NamedTuple

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import QueryDict

from talks import editing, formats
from talks.admin.form_fields import NOTHING_SAID
from talks.admin.reading_forms import ACT_LABELS, NO_LINES, WHOLE_POST, CorrectionForm, ScopedAnswersForm
from talks.admin.reading_talks_form import TalksForm
from talks.admin.shown_talks import ShownTalk
from talks.forms import read_number
from talks.models import Post
from talks.parsing import Act, Correction, ParsedPost, describe_correction, make_anchor

_MOST_IDLE_CHECKS = 24
_NOTHING_SAID = {"lines": NO_LINES, "talks": "Nothing was changed.", "whole": NOTHING_SAID}


class _Said(NamedTuple):
    """A correction, with the names of the form and, if any, of the field from which it was made."""

    form: str
    field: str | None
    correction: Correction


Typed = Mapping[str, dict[str, Any]]
NOTHING_TYPED: Typed = {"lines": {}, "talks": {}, "whole": {}}


class ReadingForms:
    """Corrections of lines, of the list of talks, and of the whole post, which are saved together.

    Without `data`, the fields show what was `typed` before. `shown` is the reading whose talks the list shows: the
    present one, `now`, or in a preview the one to which the other forms lead, so that talks that they add can be named
    before all is saved. A button "It is a talk" beside a line saves all forms too, and adds the correction that a talk
    begins on this line. If this line alone is ticked, the correction of the ticked lines says so already.
    """

    def __init__(self, post: Post, now: ParsedPost, data: QueryDict | None, typed: Typed = NOTHING_TYPED) -> None:
        self.post, self.now = post, now
        pressed = (data.get("save") or data.get("try")) if data else ""
        self.pressed = pressed if pressed in _NOTHING_SAID else "lines"
        self.lines = CorrectionForm(post, now, data, initial=typed["lines"])
        self.whole = ScopedAnswersForm(data, prefix="post", parsed=now, initial=typed["whole"])
        line = read_number(data.get("talk_at", "")) if data else 0
        known = 1 <= line <= len(self.lines.lines) and bool(self.lines.lines[line - 1].strip())
        self.talk_at = line if known and self.lines.ticked != [line] else 0
        self.shown = self._read_shown() if data and "previewed" in data else now
        self.talks = TalksForm(post, self.shown, data, prefix="talk", initial=typed["talks"])

    def _read_shown(self) -> ParsedPost:
        with suppress(editing.NotCorrectedError):
            if self.lines.is_valid() and self.whole.is_valid():
                return editing.preview_reading(self.post, *(said.correction for said in self._list_others()))
        return self.now

    def show_preview(self) -> None:
        """Let the list of talks show the talks of the preview, and in its fields what was typed into them before.

        The preview is the reading to which the other forms lead. All forms must be valid.
        """
        self.shown = self._read_shown()
        self.talks = TalksForm(self.post, self.shown, prefix="talk", initial=self.talks.read_changed())

    def read_typed(self) -> Typed:
        """Return what was typed or ticked, valid or not, by form and then by field."""
        typed = {
            name: {field: form[field].data for field in form.changed_data if form.add_prefix(field) in form.data}
            for name, form in self._forms.items()
        }
        if self.lines.ticked:
            typed["lines"]["line"] = self.lines.ticked
        elif typed["lines"].keys() == {"act"}:  # one of them is always chosen
            typed["lines"] = {}
        return typed

    def is_valid(self) -> bool:
        """Return whether all of the forms are valid and one says something.

        If none says anything, the form whose button was pressed gets an error.
        """
        valid = all([form.is_valid() for form in self._forms.values()])  # noqa: C419
        if valid and not self.make_corrections():
            field = "first" if self.pressed == "lines" else None
            self._forms[self.pressed].add_error(field, _NOTHING_SAID[self.pressed])
            return False
        return valid

    @property
    def _forms(self) -> dict[str, CorrectionForm | TalksForm | ScopedAnswersForm]:
        return {"talks": self.talks, "lines": self.lines, "whole": self.whole}

    def add_fault(self, fault: editing.NotCorrectedError) -> None:
        """Show why the corrections are not saved, at the field from which the one that is refused was made."""
        form, field, told = "lines", None, [str(fault)]
        if not isinstance(fault, editing.OutdatedError):
            said = self._list_said()
            refused = next((n for n in range(len(said)) if self._is_refused(said[: n + 1], str(fault))), 0)
            form, field, correction = said[refused]
            if isinstance(fault, editing.UnchangedError):
                told += self.describe_idle([correction])
            elif isinstance(fault, editing.OutsideTalksError):
                told.append(f"First say that it “{ACT_LABELS[Act.NOTES.value]}”, and save.")
        self._forms[form].add_error(field, " ".join(told))

    def find_idle(self, preview: ParsedPost) -> list[Correction]:
        """Return the corrections that change nothing: without them the post would be read as in the preview.

        Only corrections that say nothing worth saving, and whose lines are read as before, are looked at. Each check
        parses the post without some of them: first without all, then without halves. Corrections that
        `_MOST_IDLE_CHECKS` checks leave undecided are not returned.
        """
        said = self.make_corrections()
        stated = editing.list_statements(self.post, said)
        lines = formats.read_lines(self.post.source, preview, self.now)
        alike = {line.number for line in lines if not (line.changed or line.relabelled)}
        suspects = [
            each
            for each in said
            if each not in stated and (held := each.find_lines(self.lines.lines)) and alike.issuperset(held)
        ]

        def is_idle(part: Sequence[Correction]) -> bool:
            return editing.preview_reading(self.post, *(each for each in said if each not in part)) == preview

        idle, parts = [], [suspects] if suspects else []
        for part in islice(parts, _MOST_IDLE_CHECKS):  # to which halves are added meanwhile
            if is_idle(part):
                idle += part
            elif half := len(part) // 2:
                parts += [part[:half], part[half:]]
        idle = [each for each in suspects if each in idle]
        return idle if len(idle) < 2 or parts == [suspects] or is_idle(idle) else []

    def describe_idle(self, idle: Sequence[Correction]) -> list[str]:
        """Return a sentence for each of these corrections, which change nothing.

        It says what the correction says, and what its line is already.
        """
        became = {line.number: line.became for line in formats.read_lines(self.post.source, self.now)}
        return [
            f"{describe_correction(each.act, each.first.quote)}: line {line} is “{became[line]}” already."
            for each in idle
            if each.first and (line := each.first.find(self.lines.lines))
        ]

    def _is_refused(self, said: Sequence[_Said], message: str) -> bool:
        try:
            editing.preview_corrections(self.post, [correction for *_, correction in said], self.now)
        except editing.NotCorrectedError as fault:
            return str(fault) == message
        return False

    def list_faults(self) -> list[tuple[str, str, str]]:
        """Return for each error its field's label, its message, and the id in the page of its field, or of its form.

        The label is empty for an error that is of no field. The first field with an error gets the focus.
        """
        found = []
        for name, form in self._forms.items():
            for field, messages in form.errors.items() if form.is_bound else ():
                if field == NON_FIELD_ERRORS:
                    found += [("", str(message), name) for message in messages]
                    continue
                if not any(label for label, *_ in found):
                    form.fields[field].widget.attrs["autofocus"] = True
                found += [(str(form[field].label), str(message), form[field].auto_id) for message in messages]
        return found

    def make_corrections(self) -> list[Correction]:
        """Return the corrections of all forms: first those from the list of talks, since others may end these talks.

        Where the list shows the talks of a preview, the corrections from the list come last.
        """
        return [correction for *_, correction in self._list_said()]

    def _list_said(self) -> list[_Said]:
        of_talks = [_Said("talks", f"{key}-title", said) for key, said in self.talks.list_said()]
        others = self._list_others()
        return [*of_talks, *others] if self.shown is self.now else [*others, *of_talks]

    def _list_others(self) -> list[_Said]:
        said = [_Said("lines", "act", each) for each in self.lines.make_corrections()]
        said += [_Said("whole", None, each) for each in self.whole.make_corrections()]
        if self.talk_at:
            anchor = make_anchor(self.lines.lines, self.talk_at)
            said.append(_Said("lines", None, Correction(Act.TALK, anchor, anchor)))
        return said

    def choose_posts(self) -> list[Post]:
        """Return the posts to which the answers for the whole post are to apply if these are for several; else none."""
        scope = self.whole.cleaned_data.get("scope") or "one"
        several = scope != "one" and self.whole.make_corrections()
        return editing.choose_posts(self.post, scope) if several else []

    def find_guesses(self) -> dict[int, ShownTalk]:
        """Return a warning, by the talk's index, for each talk that a preview adds and whose title is only guessed."""
        known = {talk.line for talk in self.now.talks}
        given = {self.find_first_line()} if self.lines.cleaned_data["title"] else set()
        what = "title" if self.lines.cleaned_data["speakers"] is not None else "title and speakers"
        found = {}
        for place, (talk, key) in enumerate(zip(self.talks.talks, self.talks.keys, strict=True)):
            if talk.line not in known | given and f"{key}-title" not in self.talks.initial:
                found[place] = ShownTalk("", guessed=f"A guess from line {talk.line}: check {what}.")
        return found

    def find_first_line(self) -> int:
        """Return the number of the first corrected line, else of the line whose button was pressed, else 0."""
        runs = [run for run in self.lines.cleaned_data["runs"] if run != WHOLE_POST]
        return runs[0][0] if runs else self.talk_at

    def forget_lines(self) -> None:
        """Untick all lines, and show the present list of talks; what was typed into the former list becomes errors."""
        self.lines.ticked = []
        typed = [(name, value) for name, value in self.talks.read_changed().items() if value]
        told = [(self.talks.fields[name].label, "yes" if value is True else value) for name, value in typed]
        faults = [f"{label}, not saved: {value}" for label, value in told]
        self.shown = self.now
        self.talks = TalksForm(self.post, self.now, prefix="talk", faults=faults)
