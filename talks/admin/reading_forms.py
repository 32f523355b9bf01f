"""The forms on the page of a post's reading: an editor corrects lines, or answers for the whole post."""

from dataclasses import replace
from typing import Any

from django import forms

from talks import formats, names, parsing
from talks.admin.form_fields import NOTHING_SAID, LineField, PassageField, SeriesField
from talks.counts_and_cut_texts import cut_text
from talks.forms import read_number
from talks.line_ends import split_lines
from talks.models import Post
from talks.parsing import DAYS, YEARS, Act, Correction, ParsedPost, ParsedSpeaker

_MOST_SPEAKERS = 50
LONGEST_WORDS = 200  # characters by which a talk is known that begins within a line
LONGEST_SPEAKERS = 5_000  # characters of all speakers of a talk
_LONGEST_WORDS_OF_LINE = 2_000
WHOLE_POST = (0, 0)
"""Stands for first and last line in a correction that is of no lines."""
NO_LINES = "Tick the lines that you mean, or give their numbers."
_EACH, _ALIKE, _ALONE = "each", "alike", "alone"
_ACTS = [
    (
        "A talk was missed",
        [
            (Act.TALK.value, "is a talk, or begins one"),
            (_EACH, "begins a talk: each of these lines"),
            (_ALIKE, "begins a talk, and so does each line like it"),
            (_ALONE, "is all of a talk: it ends with these lines"),
            (Act.WHOLE.value, "does not matter: the whole post is one talk"),
        ],
    ),
    (
        "A talk is not right",
        [
            (Act.DETAILS.value, "is a talk already: title, speakers or day are these"),
            (Act.NO_TALK.value, "is no talk, but part of the text around it"),
            (Act.ABOVE.value, "belongs to the talk above"),
            (Act.END.value, "ends the talk above: all from here on is not of it"),
            (Act.DAY.value, "begins a day: that of the talks below"),
        ],
    ),
    (
        "Takeaways are not right",
        [
            (Act.UNITS.value, "is a takeaway: each of these lines"),
            (Act.PART.value, "is no takeaway, but part of its talk"),
            (Act.HEADING.value, "is a heading above the takeaways below"),
            (Act.NOTES.value, "is takeaways of the talk chosen here"),
            (Act.OUT.value, "belongs to no talk: these lines alone"),
        ],
    ),
]
ACT_LABELS = {act: label for _, acts in _ACTS for act, label in acts}
_NESTED = " What is nested in an item stays as it is, unless it is ticked too."
_HINTS = {
    Act.TALK.value: "The last of several lines ends the talk. After one line, its list item or the next title does.",
    _EACH: "Each ticked line begins a talk, which goes on to the next one.",
    _ALIKE: "Tick one line. Headings of its level, or lines of its form, begin talks too.",
    _ALONE: "The talk ends with the last of these lines, even if it is the only one." + _NESTED,
    Act.WHOLE.value: "No line need be ticked.",
    Act.DETAILS.value: "Tick the first line of the talk. For one talk, the list of talks above is quicker.",
    Act.NO_TALK.value: "What begins on the line is no talk; its lines become text outside talks.",
    Act.ABOVE.value: "The lines, and all between, become notes of the talk above, as does a talk that begins here.",
    Act.END.value: "What stands from here to the next talk belongs to no talk.",
    Act.DAY.value: "Tick the line above the day’s first talk, and give its number. More lines begin the days after it.",
    Act.UNITS.value: "Each line becomes a takeaway of its own, whatever it stands in; the line of a talk does besides.",
    Act.PART.value: "The lines stay in their talk, and are not listed among its takeaways." + _NESTED,
    Act.HEADING.value: "The line is shown above the next takeaway of its talk, and is none itself." + _NESTED,
    Act.NOTES.value: "The lines move there, wherever they stand." + _NESTED,
    Act.OUT.value: "The lines leave their talk, which goes on below them." + _NESTED,
}
"""What an act does, in a sentence that is shown beside it."""
_OF_LINES = {Act.ABOVE, Act.UNITS, Act.PART, Act.HEADING, Act.NOTES, Act.END, Act.OUT}
"""The acts that are of lines alone, and not of the talks that begin on them."""
_OF_TALKS = {Act.TALK.value, _ALONE, Act.DETAILS.value, Act.NO_TALK.value}
"""The acts that are of the talks that begin on the lines."""
_NAMED = {Act.TALK.value, _ALONE, Act.DETAILS.value, Act.WHOLE.value}
_DATED = _NAMED | {_EACH, _ALIKE, Act.DAY.value}
_WITHIN = {Act.TALK.value, _EACH, _ALONE}
_OF_ACTS = {"title": _NAMED, "speakers": _NAMED, "day": _DATED, "within": _WITHIN, "talk": {Act.NOTES.value}}
"""The acts that have a use for a field."""


SPEAKERS_RULE = (
    "Separate speakers by semicolons or lines, full names by commas too, and put the affiliation after a bar: "
    "Lisa Guo | Instagram; Ann Lee."
)


def read_speakers(text: str) -> tuple[ParsedSpeaker, ...] | None:
    """Return the speakers that an editor typed, separated by lines or semicolons; None if the text is empty.

    An affiliation stands behind a bar: "Lisa Guo | Instagram". Without a bar, commas and "and" separate full names too.
    A dash is no speaker: for a dash alone () is returned, nobody. Raises `ValidationError` for too many speakers, or a
    name that is empty or too long.
    """
    rows = [row.strip() for line in split_lines(text) for row in line.split(";") if row.strip()]
    rows = [name for row in rows for name in ([row] if "|" in row else parsing.split_names(row))]
    if len(rows) > _MOST_SPEAKERS:
        raise forms.ValidationError(f"A talk has at most {_MOST_SPEAKERS} speakers.")
    people = [tuple(names.normalise(part) for part in row.partition("|")[::2]) for row in rows if row not in "-–—"]
    if any(not name or max(len(name), len(affiliation)) > names.NAME_LENGTH for name, affiliation in people):
        raise forms.ValidationError("Each speaker is a name, with the affiliation behind a bar.")
    return tuple(ParsedSpeaker(name, affiliation or None) for name, affiliation in people) if rows else None


def write_speakers(talk: parsing.ParsedTalk) -> str:
    """Return names and affiliations of a talk's speakers in one line, for `read_speakers`: "Ann Lee | Acme; Bo Li"."""
    return "; ".join(f"{s.name} | {s.affiliation}" if s.affiliation else s.name for s in talk.speakers)


class ActSelect(forms.Select):
    """A list to choose the act of a correction from; each option carries a text that explains its act."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        return {**option, "attrs": {**option["attrs"], "data-hint": _HINTS[value]}}


class CorrectionForm(forms.Form):
    """A form for one correction of some lines: the editor ticks the lines, gives their numbers, or both."""

    act = forms.ChoiceField(choices=_ACTS, required=False, label="What is ticked", widget=ActSelect)
    talk = forms.ChoiceField(required=False, label="Of the talk")
    title = LineField(required=False, max_length=names.TITLE_LENGTH, label="Title")
    speakers = PassageField(
        required=False, max_length=LONGEST_SPEAKERS, widget=forms.Textarea(attrs={"rows": 1}), label="Speakers"
    )
    day = forms.IntegerField(required=False, min_value=parsing.NO_DAY, max_value=DAYS[-1], label="Day (0: none)")
    within = LineField(required=False, max_length=_LONGEST_WORDS_OF_LINE, label="From these words")
    first = forms.IntegerField(min_value=1, required=False, label="And from line")
    last = forms.IntegerField(min_value=1, required=False, label="to line")

    def __init__(self, post: Post, parsed: ParsedPost | None, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.source = post.source
        self.lines = parsing.read_anchor_lines(post.source)
        ticks = map(read_number, data.getlist("line")) if data else self.initial.get("line", ())
        self.ticked = sorted({n for n in ticks if n <= len(self.lines) and n and self.lines[n - 1].strip()})
        told = formats.list_talks(parsed) if parsed else []
        self.begun = [talk.line for talk in told]
        talks = [(str(talk.line), f"{talk.number}: {cut_text(talk.title, 60)}") for talk in told]
        self.fields["talk"].choices = [("", "–"), *talks]  # type: ignore[attr-defined]

    def list_fields(self) -> list[tuple[Any, str]]:
        """Return pairs: a field, and the acts for which it is used, in one text; "" stands for all acts."""
        return [(field, " ".join(sorted(_OF_ACTS.get(field.name, ())))) for field in self]

    def list_acts(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return the acts, which are what an editor may say of lines, by groups.

        It is a list of pairs: the name of a group, and pairs of label and explanation of its acts.
        """
        return [(group, [(label, _HINTS[value]) for value, label in acts]) for group, acts in _ACTS]

    def clean_speakers(self) -> tuple[ParsedSpeaker, ...] | None:
        """Return the speakers in the order typed; None if the field is empty: then the speakers stay as they are."""
        return read_speakers(self.cleaned_data["speakers"])

    def clean(self) -> dict[str, Any]:
        """Put the runs of corrected lines, as pairs of first and last line, into `runs`.

        For the whole post `runs` has `WHOLE_POST` alone. It is empty if the editor ticked and typed nothing.
        """
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        act = cleaned["act"] = cleaned["act"] or Act.TALK.value
        cleaned["runs"] = runs = []
        if not self._says_anything(cleaned):
            return cleaned
        runs += [WHOLE_POST] if act == Act.WHOLE.value else self._find_runs(act, cleaned)
        named = self._check_details(act, runs, cleaned)
        if act == Act.NOTES.value and not cleaned["talk"]:
            raise forms.ValidationError({"talk": "Choose the talk whose takeaways these lines are."})
        if words := cleaned.get("within"):
            self._check_words(act, runs, words, named)
        return cleaned

    def _says_anything(self, cleaned: dict[str, Any]) -> bool:
        """Whether the editor ticked lines, typed something, or said that the whole post is one talk."""
        typed = [cleaned.get(name) for name in ("speakers", "day", "first", "last")]
        given = bool(self.ticked or cleaned["title"] or cleaned.get("within"))
        return given or cleaned["act"] == Act.WHOLE.value or any(value is not None for value in typed)

    def _check_details(self, act: str, runs: list[tuple[int, int]], cleaned: dict[str, Any]) -> str:
        """Return which the editor gave first of title and speakers, as "title" or "speakers", or "" for neither.

        Raises `ValidationError` if title, speakers or day do not fit the act and the number of lines, or are missing.
        """
        named = "title" if cleaned["title"] else "speakers" if cleaned["speakers"] is not None else ""
        begun = sum(first <= line <= last for line in self.begun for first, last in runs)
        if named and act not in _NAMED:
            raise forms.ValidationError({named: "A title and speakers are those of one line that is a talk."})
        if named and (len(runs) > 1 or (act == Act.DETAILS.value and begun > 1)):
            said = "A title and speakers are those of one talk: give them for one talk at a time."
            raise forms.ValidationError({named: said})
        if cleaned["day"] is not None and act not in _DATED:
            raise forms.ValidationError({"day": "A day is that of lines that are talks, or that begin a day."})
        if cleaned["day"] is None and act == Act.DAY.value:
            raise forms.ValidationError({"day": "Give the number of the day that begins here; 0 stands for no day."})
        if act == Act.DAY.value and cleaned["day"] and cleaned["day"] + len(runs) - 1 > DAYS[-1]:
            raise forms.ValidationError({"day": f"The last of these lines would begin a day after day {DAYS[-1]}."})
        if act == Act.DETAILS.value and not named and cleaned["day"] is None:
            raise forms.ValidationError({"title": "Give a title, speakers or a day."})
        return named

    def _check_words(self, act: str, runs: list[tuple[int, int]], words: str, named: str) -> None:
        """Raise `ValidationError` unless each part of the words, which semicolons separate, can begin a talk.

        Each part must stand on the first line of a run, and no two parts may begin at one place there.
        """
        if act not in _WITHIN:
            raise forms.ValidationError({"within": "Words of a line are those with which a talk begins there."})
        starts = [first for first, _ in runs]
        lines = f"line {starts[0]}" if len(starts) == 1 else f"any of the lines {', '.join(map(str, starts))}"
        parts = {part for first in starts for part in self._split_words(first, words)}
        for part in sorted(parts, key=words.find):
            if not any(parsing.find_words(self.lines[first - 1], part) >= 0 for first in starts):
                raise forms.ValidationError({"within": f"The words “{part}” do not stand on {lines}."})
            if len(part) > LONGEST_WORDS:
                said = f"At most {LONGEST_WORDS} characters for each talk: the first words do."
                raise forms.ValidationError({"within": said})
        for first in starts:
            places: dict[int, str] = {}
            for part in self._find_parts(first, words):
                other = places.setdefault(parsing.find_words(self.lines[first - 1], part), part)
                if other != part:
                    told = f"“{other}” and “{part}” begin at one place (a link is not parted): give other words."
                    raise forms.ValidationError({"within": told})
        if named and len(parts) > 1:
            said = "Several talks begin here: name them in the list above, after the preview."
            raise forms.ValidationError({named: said})

    def _find_parts(self, line: int, words: str) -> list[str]:
        return [part for part in self._split_words(line, words) if parsing.find_words(self.lines[line - 1], part) >= 0]

    def _split_words(self, line: int, words: str) -> list[str]:
        """Return the parts of `words` between semicolons, each once, in the order that they have on the line.

        Parts that the line does not have come first. If the line has `words` with their semicolons, they are one part.
        """
        row = self.lines[line - 1]
        parts = {words} if parsing.find_words(row, words) >= 0 else {part.strip() for part in words.split(";")} - {""}
        return sorted(parts, key=lambda part: (parsing.find_words(row, part), part))

    def _find_runs(self, act: str, cleaned: dict[str, Any]) -> list[tuple[int, int]]:
        """Return pairs of the first and last line of each run: chosen lines with at most blank lines between them.

        For the act "each line like it" the one chosen line stands for all lines like it. Each line is a run of its own
        if each is to begin a talk, or if the act is of talks and all lines of the run begin talks already. Lines with
        which days begin are parted by blank lines too.
        """
        chosen = self._choose_lines(cleaned)
        if act == _ALIKE:
            if len(chosen) != 1:
                raise forms.ValidationError({"act": "Tick one line: those like it are found."})
            chosen = list(parsing.find_similar_lines(self.source, chosen[0]))
        if act in (_EACH, _ALIKE):
            return [(n, n) for n in chosen]
        runs: list[list[int]] = []
        for n in chosen:
            between = self.lines[runs[-1][-1] : n - 1] if runs else ()
            if runs and not any(line.strip() for line in between) and not (act == Act.DAY.value and between):
                runs[-1].append(n)
            else:
                runs.append([n])
        if act in _OF_TALKS:
            runs = [part for run in runs for part in ([[n] for n in run] if {*run} <= {*self.begun} else [run])]
        return [(run[0], run[-1]) for run in runs]

    def _choose_lines(self, cleaned: dict[str, Any]) -> list[int]:
        """Return the numbers of the ticked lines, and of all lines with text between the two numbers that were typed.

        Raises `ValidationError` if there are no such lines.
        """
        first, last = cleaned.get("first"), cleaned.get("last")
        if first is None and (last is not None or not self.ticked):
            raise forms.ValidationError({"first": NO_LINES if last is None else "Give the first of these lines, too."})
        if first is None:
            return self.ticked
        lines = range(first, min(last or first, len(self.lines)) + 1)
        typed = [n for n in lines if self.lines[n - 1].strip()]
        if not typed:
            raise forms.ValidationError({"first": "There is no text on these lines."})
        return sorted({*self.ticked, *typed})

    def make_corrections(self) -> list[Correction]:
        said = self.cleaned_data
        if not said["runs"]:
            return []
        act = Act.TALK if said["act"] in (_EACH, _ALIKE, _ALONE) else Act(said["act"])
        if act is Act.WHOLE:
            return [Correction(act, None, None, said["title"], said["speakers"], said["day"])]
        more: dict[str, Any] = {}
        divided = parsing.find_divided(self.source, said["runs"]) if act in _OF_LINES or act is Act.TALK else set()
        if act is Act.TALK and said["act"] != _ALONE:
            divided = {(first, last) for first, last in divided if last > first}  # one takes its nested items along
        if act is Act.NOTES:
            more["talk"] = parsing.make_anchor(self.lines, int(said["talk"]))
        elif act is Act.TALK:
            more["alone"] = said["act"] == _ALONE
        if act not in _OF_LINES | {Act.NO_TALK}:
            more |= {name: said[name] for name in ("title", "speakers", "day")}
        ends = {run: [parsing.make_anchor(self.lines, line) for line in run] for run in said["runs"]}
        made = [Correction(act, first, last, exact=run in divided, **more) for run, (first, last) in ends.items()]
        if words := said["within"]:
            made = [
                replace(each, within=part)
                for (first, _), each in zip(said["runs"], made, strict=True)
                for part in self._find_parts(first, words) or [""]
            ]
        if act is Act.DAY and said["day"]:  # each line begins the next day
            made = [replace(each, day=day) for day, each in enumerate(made, said["day"])]
        return made


SCOPES = [("one", "this post"), ("folder", "all posts of its folder"), ("unnamed", "all posts that name no conference")]


class PostAnswersForm(forms.Form):
    """A form for an editor's answers for a whole post: conference, year, day and so on.

    What is left empty the parser decides.
    """

    needs_answer = True
    series = SeriesField(required=False, max_length=names.NAME_LENGTH, label="Conference (without the year)")
    year = forms.IntegerField(required=False, min_value=YEARS[0], max_value=YEARS[-1])
    day = forms.IntegerField(required=False, min_value=1, max_value=DAYS[-1])
    writer = LineField(required=False, max_length=names.NAME_LENGTH)
    visibility = forms.ChoiceField(required=False, choices=[("", "as the post says"), *Post.Visibility.choices])
    holds_talks = forms.ChoiceField(
        required=False,
        choices=[("", "as it is read"), ("yes", "it holds talks, or is one"), ("no", "it holds none")],
        label="Talks",
    )
    talk_level = forms.IntegerField(required=False, min_value=1, max_value=6, label="Level of the headings of talks")
    title_pattern = LineField(
        required=False, max_length=300, label="Form of their titles", help_text="Like {title} – {speaker}"
    )

    def clean_title_pattern(self) -> str:
        """Refuse a pattern for titles that the parser does not understand."""
        pattern: str = self.cleaned_data["title_pattern"]
        if pattern:
            try:
                parsing.read_correction(1, Act.POST.value, {}, {"post": {"title_pattern": pattern}})
            except ValueError as fault:
                raise forms.ValidationError(str(fault)) from None
        return pattern

    def clean_holds_talks(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["holds_talks"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.needs_answer and not self.errors and not self._list_answers(cleaned):
            raise forms.ValidationError(NOTHING_SAID)
        return cleaned

    def _list_answers(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in cleaned.items() if value not in (None, "") and name != "scope"}

    def make_corrections(self) -> list[Correction]:
        answers = self._list_answers(self.cleaned_data)
        return [Correction(Act.POST, post=tuple(sorted(answers.items())))] if answers else []


class ScopedAnswersForm(PostAnswersForm):
    """Answers for one post, for all posts of its folder, or for all posts that name no conference."""

    needs_answer = False
    scope = forms.ChoiceField(choices=SCOPES, label="Of", initial="one", required=False)

    def __init__(self, *args: Any, parsed: ParsedPost, **kwargs: Any) -> None:
        """Show in the empty fields how the post is read now: conference, year, day, writer and visibility."""
        super().__init__(*args, **kwargs)
        event = parsed.conference
        days = ", ".join(str(day.number) for day in parsed.days)
        if days and any(talk.day is None for talk in parsed.talks):
            days += ", of some of the talks"
        now = {"series": event and event.series, "year": event and event.year, "day": days, "writer": parsed.author}
        for name, value in now.items():
            self.fields[name].widget.attrs["placeholder"] = f"now: {value or 'none'}"
        unsaid = self.fields["visibility"].choices[0][0]  # type: ignore[attr-defined]
        kinds = [(unsaid, f"as the post says, now: {parsed.visibility}"), *Post.Visibility.choices]
        self.fields["visibility"].choices = kinds  # type: ignore[attr-defined]
