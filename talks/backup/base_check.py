"""Checks the whole base for faults that the database's own constraints do not prevent."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import groupby, islice
from typing import Any

from django.db import IntegrityError, connection
from django.db.models import Exists, F, OuterRef, QuerySet

from talks import derived, models, names
from talks.backup.read_transaction import hold_snapshot
from talks.backup.rendered_html import find_stale_posts, find_stale_takeaways
from talks.line_ends import split_lines
from talks.models.bulk import split_chunks
from talks.parsing import find_shared_lines

MOST_OF_A_KIND = 100
CHUNK = 2_000
_POSTS_AT_ONCE = 100
_OUTSIDE_TALKS = ("front-matter", "title", "lineup", "day", "intro", "outro", "unplaced", "aside")
_ROLES = re.compile(rf"{'|'.join([*_OUTSIDE_TALKS, 'comment', 'property', 'footnote'])}|talk(?: [1-9]\d*)?")


def check_base() -> list[str]:
    """Return a sentence for each fault of the base; an empty list if the base is sound.

    Of each kind the first hundred faults have sentences; one more sentence says how many others there are.
    """
    checks: list[Callable[[], Iterable[str]]] = [
        _find_orphans,
        _find_strayed_talks,
        _find_wrong_withdrawals,
        _find_gaps,
        _find_wrong_nesting,
        _find_strayed_citations,
        _find_wrong_mentions,
        _find_wrong_names,
        _find_wrong_aliases,
        _find_wrong_permalinks,
        _find_wrong_html,
        _find_wrong_references,
        _find_wrong_lines,
        _find_wrong_images,
        _find_wrong_listings,
        _find_stale_words,
    ]
    faults: list[str] = []
    with hold_snapshot():
        for check in checks:
            found = iter(check())
            faults += islice(found, MOST_OF_A_KIND)
            if more := sum(1 for _ in found):
                faults.append(f"… and {more} more of this kind.")
    return faults


def _find_orphans() -> Iterator[str]:
    try:
        connection.check_constraints()
    except IntegrityError as error:
        yield f"A row points to one that is not there: {error}"


def _find_strayed_talks() -> Iterator[str]:
    for talk in _name_talks(models.Talk.objects.exclude(conference=F("day__conference"))):
        yield f"The talk {talk} belongs to another conference than its day."


def _find_wrong_withdrawals() -> Iterator[str]:
    sources = models.TalkSource.objects.filter(talk=OuterRef("pk"))
    present = sources.filter(withdrawn=False)
    for talk in _name_talks(models.Talk.objects.filter(Exists(sources), ~Exists(present), withdrawn=False)):
        yield f"The talk {talk} is shown though it is in no post any more."
    for talk in _name_talks(models.Talk.objects.filter(Exists(present), withdrawn=True)):
        yield f"The talk {talk} is withdrawn though it is in a post."


def _find_gaps() -> Iterator[str]:
    """Yield a sentence for each day or talk whose talks, takeaways, speakers or references are misnumbered.

    Positions must be 1, 2, 3 and so on. Takeaways and references of a talk are numbered for each post by itself;
    withdrawn rows do not count.
    """
    live_talks = models.Talk.objects.filter(withdrawn=False)
    live_takeaways = models.Takeaway.objects.filter(withdrawn=False)
    for rows, group, noun in (
        (live_talks, ("day",), "talks"),
        (live_takeaways, ("talk", "post"), "takeaways"),
        (models.Appearance.objects.all(), ("talk",), "speakers"),
        (models.Citation.objects.all(), ("talk", "post"), "references"),
    ):
        values = rows.order_by(*group, "position").values_list(*group, "position").iterator(CHUNK)
        for key, members in groupby(values, key=lambda row: row[:-1]):
            for due, (*_, position) in enumerate(members, 1):
                if position != due:
                    whole = _name_group(group, [pk for pk in key if pk])
                    yield f"The {noun} of {whole} have the position {position} where {due} is due."
                    break


def _find_wrong_nesting() -> Iterator[str]:
    """Yield a sentence for each takeaway that does not come below its parent in the order of the notes.

    It must follow its parent, or a takeaway that is nested in the same parent at any depth. The order is that of one
    post's notes of one talk.
    """
    rows = models.Takeaway.objects.filter(withdrawn=False).order_by("talk", "post", "position")
    values = rows.values_list("talk", "post", "pk", "parent", "public_id").iterator(CHUNK)
    for _, members in groupby(values, key=lambda row: row[:2]):
        path: list[int] = []
        for _, _, pk, parent, public_id in members:
            if parent and parent not in path:
                yield f"The takeaway {public_id} is not below its parent."
            else:
                path = [*path[: path.index(parent) + 1 if parent else 0], pk]


def _find_strayed_citations() -> Iterator[str]:
    placed = models.Citation.objects.exclude(takeaway=None)
    strayed = placed.exclude(takeaway__talk=F("talk"), takeaway__post=F("post")).order_by("pk")
    for url, public_id in strayed.values_list("reference__url", "takeaway__public_id").iterator(CHUNK):
        yield f"The reference {url} belongs to the takeaway {public_id}, of another talk or post."


def _find_wrong_mentions() -> Iterator[str]:
    for chunk in split_chunks(derived.find_stale_mentions(), CHUNK):
        for talk in _name_talks(models.Talk.objects.filter(pk__in=chunk)):
            yield f"The tags that the talk {talk} mentions are not those of its words."


def _find_wrong_listings() -> Iterator[str]:
    if gone := models.TagListing.objects.exclude(talk__in=models.Talk.objects.all()).count():
        yield f"Talks that are gone are still listed and counted, with {gone} tags."
    for chunk in split_chunks(derived.find_stale_listings(), CHUNK):
        for talk in _name_talks(models.Talk.objects.filter(pk__in=chunk)):
            yield f"The talk {talk} is not listed and counted as it should be."
    due, stored = derived.count_pairs(), derived.read_pairs()
    if wrong := [pair for pair in due.keys() | stored.keys() if due.get(pair) != stored.get(pair)]:
        yield f"Tags and pairs of tags that are counted wrongly: {len(wrong)}."


def _find_stale_words() -> Iterator[str]:
    for chunk in split_chunks(derived.find_stale_search_text(), CHUNK):
        for talk in _name_talks(models.Talk.objects.filter(pk__in=chunk)):
            yield f"The words by which the talk {talk} is found are not its words."
        keys = [-key for key in chunk]
        for post in models.Post.objects.filter(pk__in=keys).order_by("key").values_list("key", flat=True):
            yield f"The words by which the post {post} is found are not its words."
        known = {*models.Talk.objects.filter(pk__in=chunk).values_list("pk", flat=True)}
        known |= {-pk for pk in models.Post.objects.filter(pk__in=keys).values_list("pk", flat=True)}
        if gone := len(set(chunk) - known):
            yield f"Words of talks and posts that are gone are still searched: {gone}."


def _find_wrong_names() -> Iterator[str]:
    named: tuple[Any, ...] = (models.Series, models.Speaker, models.Writer, models.Tag)
    for model in named:
        rows = model._default_manager.order_by("pk").values_list("slug", "name", "folded", "sort_key")
        for slug, name, folded, sort_key in rows.iterator(CHUNK):
            if (folded, sort_key) != (model.fold(name), model.sort(name)):
                yield f"The {model._meta.verbose_name} {slug} is not compared and sorted by its name, {name}."
            if not slug:
                yield f"The {model._meta.verbose_name} {name} has no address."
    talks = models.Talk.objects.order_by("pk").values_list("conference__slug", "slug", "title", "sort_key")
    for conference, slug, title, sort_key in talks.iterator(CHUNK):
        if sort_key != names.sort_title(title):
            yield f"The talk {conference}/{slug} is not sorted by its title, {title}."
        if not slug:
            yield f"The talk {title} of {conference} has no address."
    for unnamed in models.Conference.objects.filter(slug="").select_related("series"):
        yield f"The conference {unnamed} has no address."
    for key in models.Post.objects.filter(slug="").values_list("key", flat=True):
        yield f"The post {key} has no address."


def _find_wrong_aliases() -> Iterator[str]:
    for alias_of, fold in ((models.TagAlias, names.fold_tag), (models.SpeakerAlias, names.fold_name)):
        noun = alias_of._meta.verbose_name
        for name, folded in alias_of._default_manager.order_by("pk").values_list("name", "folded").iterator(CHUNK):
            if folded != fold(name):
                yield f"The {noun} {name} is not compared by its name."
    shared = models.SpeakerAlias.objects.filter(folded__in=models.Speaker.objects.values("folded"))
    for name in shared.values_list("name", flat=True):
        yield f"{name} is a speaker, and another name of one."


def _find_wrong_permalinks() -> Iterator[str]:
    for public_id in models.Takeaway.objects.order_by("pk").values_list("public_id", flat=True).iterator(CHUNK):
        if not names.is_permalink(public_id):
            yield f"The takeaway {public_id} has no permalink of ten characters."


def _find_wrong_html() -> Iterator[str]:
    for takeaway in find_stale_takeaways():
        yield f"The HTML of the takeaway {takeaway.public_id} is not that of its text."
    for post, parts in find_stale_posts():
        for part in parts:
            yield f"The HTML of the {part} of the post {post.key} is not that of its text."


def _find_wrong_references() -> Iterator[str]:
    for key, host, url in models.Reference.objects.order_by("pk").values_list("key", "host", "url").iterator(CHUNK):
        resource = derived.read_resource(url)
        if not resource or (resource.key, resource.host) != (key, host):
            yield f"The reference {url} is not compared by its address."
    for url, due in derived.find_stale_references():
        yield f"The reference {url} should be shown as {due}."


def _find_wrong_lines() -> Iterator[str]:
    """Yield a sentence for each post in which a line became nothing or two things, or whose `lines` are invalid.

    Blank lines and withdrawn posts are left out. A line of a withdrawn takeaway may have become nothing, and a line
    within which an editor let a talk begin may have become two things.
    """
    posts = models.Post.objects.filter(withdrawn=False).order_by("pk").values_list("pk", "key", "source", "lines")
    for chunk in split_chunks(posts.iterator(_POSTS_AT_ONCE), _POSTS_AT_ONCE):
        present, gone = _read_spans([pk for pk, *_ in chunk])
        split = models.Correction.objects.filter(post__in=[pk for pk, *_ in chunk], value__has_key="within").by_post()
        for pk, key, source, lines in chunk:
            shared = find_shared_lines(source, split.get(pk, ()))
            fault = _find_line_fault(source, lines, present[pk], gone[pk], shared)
            if fault:
                yield f"The post {key} is not accounted for: {fault}"


def _read_spans(posts: list[int]) -> tuple[dict[int, list[range]], dict[int, list[range]]]:
    """Return two dicts of line ranges by post: of takeaways that are not withdrawn, and of withdrawn takeaways."""
    present: dict[int, list[range]] = defaultdict(list)
    gone: dict[int, list[range]] = defaultdict(list)
    rows = models.Takeaway.objects.filter(post__in=posts).order_by()
    for post, line, end_line, withdrawn in rows.values_list("post", "line", "end_line", "withdrawn").iterator():
        if post and line and end_line:
            (gone if withdrawn else present)[post].append(range(line, end_line + 1))
    return present, gone


def _find_line_fault(
    source: str, lines: object, present: list[range], gone: list[range], shared: Collection[int]
) -> str | None:
    text = split_lines(source)
    spans = _read_lines(lines)
    if spans is None:
        return "its list of lines is not understood."
    for span in [*spans, *present]:
        if span.start < 1 or span.stop > len(text) + 1:
            return f"something is in its lines {span.start} to {span.stop - 1}, and it has {len(text)}."
    counts = _count_lines([*spans, *present])
    withdrawn = _count_lines(gone)
    for number in (number for number, line in enumerate(text, 1) if line.strip()):
        if counts.get(number, 0) > 1 and number not in shared:
            return f"line {number} became two things."
        if number not in counts and number not in withdrawn:  # an editor may have withdrawn it
            return f"line {number} became nothing."
    return None


def _read_lines(lines: object) -> list[range] | None:
    if not isinstance(lines, list):
        return None
    spans = []
    for entry in lines:
        match entry:
            case [int(first), int(last), str(role)] if 1 <= first <= last and _ROLES.fullmatch(role):
                spans.append(range(first, last + 1))
            case _:
                return None
    return spans


def _count_lines(spans: Iterable[range]) -> dict[int, int]:
    counts: dict[int, int] = defaultdict(int)
    for span in spans:
        for number in span:
            counts[number] += 1
    return counts


def _find_wrong_images() -> Iterator[str]:
    """Yield a sentence for each image whose file is missing or has other content. Files without a row are no fault."""
    for media in models.Media.objects.order_by("pk").iterator():
        try:
            with media.location.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
                size = file.tell()
        except OSError as error:
            yield f"The image {media} cannot be read from the media store: {error.strerror}."
            continue
        if (digest, size) != (media.digest, media.size):
            yield f"The image {media} is not the one that was imported."


def _name_group(group: tuple[str, ...], keys: list[int]) -> str:
    """Return the name of a day, or of a talk in one post, to be put into a sentence about a fault.

    `keys` are ids of the rows that the columns `group` name.
    """
    if group == ("day",):
        return str(models.Day.objects.select_related("conference__series").get(pk=keys[0]))
    talk = next(_name_talks(models.Talk.objects.filter(pk=keys[0])))
    key = models.Post.objects.filter(pk__in=keys[1:]).values_list("key", flat=True).first()
    return f"the talk {talk} in the post {key}" if key else f"the talk {talk}"


def _name_talks(talks: QuerySet[models.Talk]) -> Iterator[str]:
    for conference, slug in talks.order_by("pk").values_list("conference__slug", "slug").iterator(CHUNK):
        yield f"{conference}/{slug}"
