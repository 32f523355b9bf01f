"""Form fields and checks that clean what a person sent, by the rules by which imports clean texts."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from talks import names
from talks.line_ends import end_with_lf, split_lines
from talks.unseen_characters import find_unseen

LONGEST_PASSAGE = 100_000
"""The greatest length, in characters, of a text of several lines that an editor types, unless its column sets one."""
NOTHING_SAID = "Say at least one thing."
"""The error of a form in which no field was filled in."""

check_language = RegexValidator(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", "A language is written like en or pt-BR.")

refuse_number = RegexValidator(
    r"^\d+$", "A number is no conference: write its name here, like PyCon, and the year beside it.", inverse_match=True
)


def is_row_id(value: Any) -> bool:
    """Whether a value can be the id of a row: 1 to 18 digits. Queries for other texts raise an error."""
    text = str(value)
    return text.isascii() and text.isdecimal() and len(text) < 19


def refuse_unseen(text: str) -> None:
    """Raise ValidationError for a character that nobody sees: imports drop it, and no NUL can be stored."""
    for place in find_unseen(text):
        raise ValidationError(f"Remove the character U+{ord(text[place]):04X}: nobody can see it.", code="unseen")


class LineField(forms.CharField):
    """A field for a text of one line; spaces and Unicode forms are normalised as imports normalise names and titles."""

    default_validators = [refuse_unseen]

    def to_python(self, value: Any) -> Any:
        """Normalise the text before its length is checked."""
        return names.normalise(super().to_python(value) or "")


class SeriesField(LineField):
    """A field for the name of a conference; refuses a number, such as a year."""

    default_validators = [refuse_unseen, refuse_number]


class PassageField(forms.CharField):
    """A field for a text of several lines, which keeps indentation.

    Line ends sent by browsers (CRLF) are stored as LF.
    """

    default_validators = [refuse_unseen]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "strip": False})

    def to_python(self, value: Any) -> Any:
        """Change only line ends, so that a text that nobody changed compares equal.

        White space alone counts as empty.
        """
        text = end_with_lf(super().to_python(value) or "")
        return text if text.strip() else ""


class ListField(forms.CharField):
    """A field for a list of names, one on each line."""

    widget = forms.Textarea(attrs={"rows": 3})
    default_validators: list[Any] = []

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(str(item) for item in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Return the names in the order typed, without empty lines; of names that fold alike only the first."""
        kept: dict[str, str] = {}
        for line in split_lines(super().to_python(value) or ""):
            if line.strip():
                kept.setdefault(names.fold(line), names.normalise(line))
        return list(kept.values())

    def run_validators(self, value: Any) -> None:
        """Validate each name of the list by itself."""
        for name in value:
            refuse_unseen(name)
            if len(name) > names.NAME_LENGTH:
                raise ValidationError(f"A name has at most {names.NAME_LENGTH} characters.", code="max_length")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((initial or []) != self.to_python(data))
