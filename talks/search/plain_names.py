"""Finds names with letters such as "ł" and "ø" by the plain letters that people type for them.

Sorting tells these letters from plain ones, so `names.sort_key`, by which pages and the base sort, keeps them. The
index of texts has plain letters instead. `names.spell_plainly` makes of a sort key what the search compares with; that
is not stored, since few names have such letters.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from talks import names
from talks.models import Series, Speaker, Tag, Writer, prepared
from talks.search.kept_values import keep_for_version


def list_sort_keys(key: str) -> list[str]:
    """Return the given key of `make_plain_key`, and the sort keys in the base that equal it in plain letters."""
    return [key, *load_spellings().get(key, ())]


def make_plain_key(text: str) -> str:
    """Return the key by which the search compares a name: its sort key in plain letters."""
    return names.spell_plainly(names.sort_key(text))


@keep_for_version
def load_spellings() -> Mapping[str, Sequence[str]]:
    """Return the sort keys of speakers, tags, series and writers that are not in plain letters, by their plain keys."""
    found: dict[str, list[str]] = {}
    for (key,) in _select_keys():
        found.setdefault(names.spell_plainly(key), []).append(key)
    return found


@prepared
def _select_keys() -> QuerySet[Any, Any]:
    spelled = Q()
    for letter in names.PLAIN_LETTERS:
        spelled |= Q(sort_key__contains=letter)
    speakers, *others = (
        model._default_manager.filter(spelled).order_by().values_list("sort_key")
        for model in (Speaker, Tag, Series, Writer)
    )
    return speakers.union(*others)
