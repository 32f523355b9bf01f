"""The forms on the page of a post's reading taken together: they are sent at once, whichever button is pressed."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.http import QueryDict

from talks import editing
from talks.admin.reading_forms import WHOLE_POST, CorrectionForm, ScopedAnswersForm, TalksForm
from talks.forms import read_number
from talks.models import Post
from talks.parsing import Act, Correction, ParsedPost, make_anchor

_NOTHING_SAID = {
    "lines": "Tick the lines that you mean, or give their numbers.",
    "talks": "Nothing was changed.",
    "whole": "Say at least one thing.",
}


Typed = Mapping[str, dict[str, Any]]
NOTHING_TYPED: Typed = {"lines": {}, "talks": {}, "whole": {}}


class ReadingForms:
    """Corrections of lines, of the list of talks, and of the whole post, which are saved together.

    Without `data`, the fields show what was `typed` before. `shown` is the reading of which the list shows the talks:
    in a preview that which the other forms make, so that talks that they add can be named before all is saved.

    A button "It is a talk" beside a line is one more correction if other lines are ticked.
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
                return editing.preview_reading(self.post, *self._list_others())
        return self.now

    def show_preview(self) -> None:
        """Let the list show the talks that the other forms make, with what was typed into it; all must be valid."""
        self.shown = self._read_shown()
        self.talks = TalksForm(self.post, self.shown, prefix="talk", initial=self.talks.read_changed())

    def read_typed(self) -> Typed:
        """Return what was typed or ticked, whether it is valid or not, by form and field."""
        forms = {"lines": self.lines, "talks": self.talks, "whole": self.whole}
        typed = {
            name: {field: form[field].data for field in form.changed_data if form.add_prefix(field) in form.data}
            for name, form in forms.items()
        }
        if self.lines.ticked:
            typed["lines"]["line"] = self.lines.ticked
        elif typed["lines"].keys() == {"act"}:  # one of them is always chosen
            typed["lines"] = {}
        return typed

    def is_valid(self) -> bool:
        """Check all of the forms; an error about an empty page goes to the form whose button was pressed."""
        valid = all([form.is_valid() for form in (self.lines, self.talks, self.whole)])  # noqa: C419
        if valid and not self.make_corrections():
            self.add_error(_NOTHING_SAID[self.pressed])
            return False
        return valid

    def add_error(self, message: str) -> None:
        """Show an error at the form whose button was pressed."""
        {"lines": self.lines, "talks": self.talks, "whole": self.whole}[self.pressed].add_error(None, message)

    def make_corrections(self) -> list[Correction]:
        """Return the corrections of all forms: those of present talks first, since lines may end these talks."""
        of_talks, others = self.talks.make_corrections(), self._list_others()
        return [*of_talks, *others] if self.shown is self.now else [*others, *of_talks]

    def _list_others(self) -> list[Correction]:
        said = [*self.lines.make_corrections(), *self.whole.make_corrections()]
        if self.talk_at:
            anchor = make_anchor(self.lines.lines, self.talk_at)
            said.append(Correction(Act.TALK, anchor, anchor))
        return said

    def choose_posts(self) -> list[Post]:
        """Return the posts to which the answers for the whole post apply if they apply to several, else none."""
        scope = self.whole.cleaned_data.get("scope") or "one"
        several = scope != "one" and self.whole.make_corrections()
        return editing.choose_posts(self.post, scope) if several else []

    def find_first_line(self) -> int:
        """Return the first line that was ticked or given, else 0."""
        runs = [run for run in self.lines.cleaned_data["runs"] if run != WHOLE_POST]
        return runs[0][0] if runs else self.talk_at

    def forget_lines(self) -> None:
        """Drop all values that name lines by their numbers, and keep the errors."""
        self.lines.ticked = []
        faults = [str(fault) for fault in self.talks.non_field_errors()]
        self.shown = self.now
        self.talks = TalksForm(self.post, self.now, prefix="talk", faults=faults)
