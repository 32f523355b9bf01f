"""Finds pages whose name equals the query, and suggests similar names for a name that nobody has."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet, Value
from rapidfuzz import process
from rapidfuzz.distance import OSA

from talks import names
from talks.models import Conference, Post, Series, Speaker, SpeakerAlias, Tag, TagAlias, Writer, prepared
from talks.search import tokens
from talks.search.plain_names import list_sort_keys, load_spellings, make_plain_key
from talks.search.query import Fault, Field
from talks.vocabulary import recognise

_LONGEST_KEY = 100
_MOST = 2


@dataclass(frozen=True, slots=True)
class Named:
    """Kind, name and address of a page."""

    kind: str
    title: str
    url: str


def find_direct(text: str, *, staff: bool) -> list[Named]:
    """Return the visible pages of speakers, tags, events and writers with this name, at most two of each kind.

    Case and accents do not matter. A speaker is also found by a former name or, if no speaker has the name, by initials
    and last name; a tag by an alias or a name in the vocabulary. A name with a year is that of a conference; one
    without is that of a series, or of the only conference in it.
    """
    key = make_plain_key(text)
    if not key or len(key) > _LONGEST_KEY:
        return []
    shipped = recognise(text) or recognise(text.replace(" ", "/"))
    keys = [names.fold_tag(text), *([shipped.key] if shipped else [])]
    called = list_sort_keys(key)
    events = [*called, *list_sort_keys(key.rpartition(" ")[0])]
    # Most queries name no page, so first it is asked which kinds of pages have the name, visible or not.
    kinds = {kind for (kind,) in _select_kinds(called, names.fold_name(text), keys, events)}
    found = []
    if "speaker" in kinds:
        by_alias = SpeakerAlias.objects.filter(folded=names.fold_name(text)).values("speaker")
        speakers = Speaker.objects.visible(staff=staff).filter(Q(sort_key__in=called) | Q(pk__in=by_alias))
        found += _name("speaker", speakers.order_by("sort_key")[:_MOST])
    elif any(map(tokens.is_initial, text.split())):
        found += _name("speaker", _find_initialed(key, staff=staff))
    if "tag" in kinds:
        slug = _make_plain_slug(text)
        alike = [tag.pk for tag in Tag.objects.filter(sort_key__in=called) if _make_plain_slug(tag.name) == slug]
        meant = Q(pk__in=alike) | Q(folded__in=keys) | Q(pk__in=TagAlias.objects.filter(folded__in=keys).values("tag"))
        found += _name("tag", Tag.objects.visible(staff=staff).filter(meant).order_by("sort_key")[:_MOST])
    if "series" in kinds:
        found += _find_events(key, staff=staff)
    if "writer" in kinds:
        found += _name("writer", Writer.objects.visible(staff=staff).filter(sort_key__in=called)[:_MOST])
    return found


def _find_initialed(key: str, *, staff: bool) -> list[Speaker]:
    """Return at most two visible speakers with the last name and initials in the key: Julia Evans for "j evans".

    Each word before the last may be any beginning of the first name at its place.
    """
    asked = key.split()
    ending = f" {asked[-1]}"
    others = [sort_key for plain, keys in load_spellings().items() if plain.endswith(ending) for sort_key in keys]
    named = Q(sort_key__endswith=ending) | Q(sort_key__in=others)
    same = Speaker.objects.visible(staff=staff).filter(named).order_by("sort_key")
    told = ((speaker, names.spell_plainly(speaker.sort_key).split()) for speaker in same.iterator())
    fitting = (
        speaker for speaker, words in told
        if len(words) >= len(asked) and all(map(str.startswith, words[: len(asked) - 1], asked[:-1]))
    )  # fmt: skip
    return list(islice(fitting, _MOST))


@prepared
def _select_kinds(
    called: Collection[str], folded: str, keys: Collection[str], events: Collection[str]
) -> QuerySet[Any, Any]:
    several: list[tuple[str, QuerySet[Any]]] = [
        ("speaker", Speaker.objects.filter(sort_key__in=called)),
        ("speaker", SpeakerAlias.objects.filter(folded=folded)),
        ("tag", Tag.objects.filter(sort_key__in=called)),
        ("tag", Tag.objects.filter(folded__in=keys)),
        ("tag", TagAlias.objects.filter(folded__in=keys)),
        ("series", Series.objects.filter(sort_key__in=events)),
        ("writer", Writer.objects.filter(sort_key__in=called)),
    ]
    first, *others = [rows.order_by().values_list(Value(kind)) for kind, rows in several]
    return first.union(*others)


def _find_events(key: str, *, staff: bool) -> list[Named]:
    name, _, year = key.rpartition(" ")
    editions = Conference.objects.visible(staff=staff).select_related("series")
    if name and year.isdecimal() and len(year) == 4:
        return _name("conference", editions.filter(series__sort_key__in=list_sort_keys(name), year=int(year))[:_MOST])
    found = list(Series.objects.visible(staff=staff).filter(sort_key__in=list_sort_keys(key))[:_MOST])
    if len(found) == 1 and len(only := list(editions.filter(series=found[0])[:_MOST])) == 1:
        return _name("conference", only)
    return _name("series", found)


def find_post(text: str, posts: Iterable[Post]) -> list[Named]:
    """Return the page of the first of the posts with this title, in a list; an empty list if no post has it."""
    key = make_plain_key(text)
    return _name("post", [post for post in posts if key and make_plain_key(post.title) == key][:1])


def _make_plain_slug(name: str) -> str:
    return names.spell_plainly(names.slugify(name))


def _name(kind: str, rows: Iterable[Any]) -> list[Named]:
    return [Named(kind, str(row), row.get_absolute_url()) for row in rows]


def explain_name(part: Field, *, staff: bool) -> Fault:
    """Return the fault which says that no tag, speaker, series or writer has the name in a field such as `tag:dokcer`.

    The fault suggests a similar name if there is one.
    """
    message = f"There is no such {part.name}: {part.value}."
    rows: Any = {"tag": Tag, "speaker": Speaker, "conference": Series, "writer": Writer}[part.name]
    rows = rows.objects.visible(staff=staff).values_list("sort_key", "name")
    known = {names.spell_plainly(key): name for key, name in rows}
    wanted = make_plain_key(part.value)
    furthest = max(1, len(wanted) // 4)
    near = process.extractOne(wanted, list(known), scorer=OSA.distance, score_cutoff=furthest)
    if near is None:
        words = {word: key for key in known for word in key.split()}
        near = process.extractOne(wanted, list(words), scorer=OSA.distance, score_cutoff=furthest)
        near = (words[near[0]], *near[1:]) if near else None
    if near is None:
        return Fault(part.place, str(part), message)
    name = known[near[0]]
    return Fault(part.place, str(part), f"{message} Did you mean {name}?", str(Field(part.name, name)))
