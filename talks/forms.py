"""Forms that read the filters of a list page from its address.

An invalid filter is ignored, since people type addresses.
"""

from typing import Any

from django import forms

from talks.models import REFERENCE_KIND_LENGTH, SLUG_LENGTH
from talks.parsing import HOST_LENGTH, YEARS


def read_number(text: str) -> int:
    """Return the number that a parameter of an address or form gives, at most eight digits; 0 if it gives none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


class Filter(forms.Form):
    """A form that reads the filters of a list page from its address.

    A field that is empty or invalid filters nothing.
    """

    def read(self) -> dict[str, Any]:
        """Return the filters that are given and valid, by name; an empty dictionary if there are none."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


class EditionFilter(Filter):
    """Filters for pages of talks or conferences: by series and year."""

    series = forms.CharField(required=False, max_length=SLUG_LENGTH)
    year = forms.IntegerField(required=False, min_value=YEARS[0], max_value=YEARS[-1])


class TalkFilter(EditionFilter):
    """Filters for a list of talks: by series and year, by "no conference named", and by tag."""

    conference = forms.ChoiceField(required=False, choices=[("none", "none")])
    tag = forms.CharField(required=False, max_length=SLUG_LENGTH)


class TagPageFilter(EditionFilter):
    """Filters for the page of a tag: by series, year and speaker of the talks."""

    speaker = forms.CharField(required=False, max_length=SLUG_LENGTH)


class PostFilter(Filter):
    """Filters for the list of posts: by series and writer."""

    series = forms.CharField(required=False, max_length=SLUG_LENGTH)
    writer = forms.CharField(required=False, max_length=SLUG_LENGTH)


class SearchForm(Filter):
    """The form of the search page: a query, and the order of the results."""

    q = forms.CharField(required=False, strip=False)
    sort = forms.ChoiceField(required=False, choices=[("newest", "newest"), ("oldest", "oldest")])


class NameFilter(Filter):
    """Filters for a list of names: only those that begin with a given letter.

    `order` sorts the names by number of talks; without it they are in alphabetical order.
    """

    letter = forms.CharField(required=False, max_length=1)
    order = forms.ChoiceField(required=False, choices=[("count", "count")])


class ReferenceFilter(Filter):
    """Filters for the list of references: by kind and by host."""

    kind = forms.CharField(required=False, max_length=REFERENCE_KIND_LENGTH)
    host = forms.CharField(required=False, max_length=HOST_LENGTH)


def list_parameters(form: type[Filter] = Filter) -> set[str]:
    """Return the names of all fields of a form class and of the classes derived from it."""
    return set(form.base_fields).union(*map(list_parameters, form.__subclasses__()))


# `line` leads to the page of a long post that shows the line.
PARAMETERS = frozenset({"page", "line", *list_parameters()})
