"""Filters that lists take from the address. Values that are not understood are ignored: people type addresses, too."""

from typing import Any

from django import forms
from django.http import QueryDict


class Filter(forms.Form):
    """Filters from an address; only fields that are filled in and valid count."""

    def read(self) -> dict[str, Any]:
        """Return the filters that count."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


class EditionFilter(Filter):
    """Filters by series and year."""

    series = forms.CharField(required=False, max_length=100)
    year = forms.IntegerField(required=False, min_value=1900, max_value=2200)


class TalkFilter(EditionFilter):
    """Filters by series and year, by having no named event, and by tag."""

    conference = forms.ChoiceField(required=False, choices=[("none", "none")])
    tag = forms.CharField(required=False, max_length=100)


class StoryFilter(EditionFilter):
    """Filters of a tag's page: by series, year and speaker."""

    speaker = forms.CharField(required=False, max_length=100)


class PostFilter(Filter):
    """Filters by series and writer."""

    series = forms.CharField(required=False, max_length=100)
    writer = forms.CharField(required=False, max_length=100)


class SearchForm(Filter):
    """A query, and the order of its results."""

    q = forms.CharField(required=False, strip=False)
    sort = forms.ChoiceField(required=False, choices=[("newest", "newest"), ("oldest", "oldest")])


class NameFilter(Filter):
    """Filters by first letter; `order` sorts by count instead of by name."""

    letter = forms.CharField(required=False, max_length=1)
    order = forms.ChoiceField(required=False, choices=[("count", "count")])


class ReferenceFilter(Filter):
    """Filters by kind and host."""

    kind = forms.CharField(required=False, max_length=10)
    host = forms.CharField(required=False, max_length=255)


def read_filters(form: type[Filter], query: QueryDict) -> dict[str, Any]:
    """Return the filters of an address that count."""
    return form(query).read()


def list_parameters(form: type[Filter] = Filter) -> set[str]:
    """Return the names of all filters that pages know."""
    return set(form.base_fields).union(*map(list_parameters, form.__subclasses__()))


# `line` leads to the page of a long post that shows the line.
PARAMETERS = frozenset({"page", "line", *list_parameters()})
