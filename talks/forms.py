"""What a list may be filtered by. What is not understood is ignored: addresses are typed by people, too."""

from typing import Any

from django import forms
from django.http import QueryDict


class Filter(forms.Form):
    """Filters from an address; only those that are filled in and understood count."""

    def read(self) -> dict[str, Any]:
        """The filters that count."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


class EditionFilter(Filter):
    """By the event: its series and its year."""

    series = forms.CharField(required=False, max_length=100)
    year = forms.IntegerField(required=False, min_value=1900, max_value=2200)


class TalkFilter(EditionFilter):
    """By the event, or by having none that is named, and by a subject."""

    conference = forms.ChoiceField(required=False, choices=[("none", "none")])
    tag = forms.CharField(required=False, max_length=100)


class StoryFilter(EditionFilter):
    """By the event and by who spoke."""

    speaker = forms.CharField(required=False, max_length=100)


class PostFilter(Filter):
    """By the event and by who wrote it."""

    series = forms.CharField(required=False, max_length=100)
    writer = forms.CharField(required=False, max_length=100)


class SearchForm(Filter):
    """A question, and in which order its answers shall be."""

    q = forms.CharField(required=False, strip=False)
    sort = forms.ChoiceField(required=False, choices=[("newest", "newest"), ("oldest", "oldest")])


class NameFilter(Filter):
    """By the first letter, or the other way to sort."""

    letter = forms.CharField(required=False, max_length=1)
    order = forms.ChoiceField(required=False, choices=[("count", "count")])


class ReferenceFilter(Filter):
    """By what it is and where it is."""

    kind = forms.CharField(required=False, max_length=10)
    host = forms.CharField(required=False, max_length=255)


def read_filters(form: type[Filter], query: QueryDict) -> dict[str, Any]:
    """The filters of an address that count."""
    return form(query).read()


def list_parameters(form: type[Filter] = Filter) -> set[str]:
    """List all names that addresses of pages may filter by."""
    return set(form.base_fields).union(*map(list_parameters, form.__subclasses__()))


PARAMETERS = frozenset({"page", *list_parameters()})
