"""Computes the address, kind and name that pages show of a reference, and how many talks cite the reference.

Only this module writes these columns. They follow from the citations and from who may see them, so any order of
imports, edits and removals leads to the same rows. Only public citations are counted. Those in drafts and private posts
give address, kind and name if there are no public ones.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import urldefrag

from django.db.models import F, QuerySet

from talks.derived.reference_names import may_rename, name_reference, read_section
from talks.derived.search_text import refresh_search_text
from talks.models import Citation, EditorTouch, Reference, prepared, rank_address, read_resource
from talks.models.bulk import split_chunks, update_rows
from talks.parsing import REFERENCE_KINDS

_CHUNK = 500
_ROLES = ("slides", "video")
_COLUMNS = ("url", "host", "kind", "name", "cited_by", "place")


class _Cited(NamedTuple):
    """One citation of a reference: address and text of the link, and the talk in whose notes it stands.

    `role` is "video" or "slides" if the reference is the recording or the slides of that talk, else "".
    """

    url: str
    text: str
    talk: int
    talk_title: str
    role: str


def refresh_addresses(references: Iterable[int]) -> int:
    """Correct the computed columns of these references and return how many were wrong.

    A kind that an editor chose is kept. A reference that a citing talk has as its slides or its recording gets the kind
    "slides" or "video"; other kinds are guessed from the address. Where a kind changes, the search text of the citing
    talks is renewed too, since search finds talks by the kinds of their references.
    """
    count = 0
    for chunk in split_chunks(references, _CHUNK):
        changed = list(_correct_references(chunk))
        update_rows([row for row, _ in changed], _COLUMNS)
        recast = [row.pk for row, was in changed if row.kind != was[_COLUMNS.index("kind")]]
        if recast:
            citing = Citation.objects.filter(reference__in=recast).values_list("talk", flat=True).distinct()
            refresh_search_text(citing)
        count += len(changed)
    return count


def refresh_references(talk_ids: Iterable[int], new_talks: Collection[int] = ()) -> None:
    """Correct the computed columns of the references that these talks cite.

    `new_talks` are talks that this transaction made. If only new talks cite a reference anew, and change nothing else
    of it, they are added to its count, so that the citations of all other talks need not be read.
    """
    rows = [row for chunk in split_chunks(talk_ids, _CHUNK) for row in _select_cited(chunk)]
    due = {reference for talk, reference in rows if talk not in new_talks}
    added = {reference for _, reference in rows} - due
    refresh_addresses(sorted(due | added - _count_added(added, new_talks)))


def _count_added(references: Collection[int], new_talks: Collection[int]) -> set[int]:
    """Add the new talks to the count `cited_by` of references that change in nothing else.

    Return the ids of these references: ones that public notes cited before, and whose address, kind and name stay.
    """
    chunks = split_chunks(new_talks if references else (), _CHUNK)
    added = _gather(row for chunk in chunks for row in _select_by_talk(chunk))
    counts: defaultdict[int, list[int]] = defaultdict(list)
    for row in (row for chunk in split_chunks(references, _CHUNK) for row in _select_cited_publicly(chunk)):
        cited = added.get(row.pk, [])
        if not any(_may_change(row, citation) for citation in cited):
            counts[len({citation.talk for citation in cited})].append(row.pk)
    for count, rows in sorted(counts.items()):
        Reference.objects.filter(pk__in=rows).update(cited_by=F("cited_by") + count)
    return {pk for rows in counts.values() for pk in rows}


def _may_change(row: Reference, added: _Cited) -> bool:
    """Whether the citation `added` may change address, kind or name of a reference that public notes cite already."""
    better = added.url != row.url and rank_address(added.url) < rank_address(row.url)
    parted = "#" in row.url and read_section(row.url) != read_section(added.url)
    return better or parted or bool(added.role) or may_rename(row.name, row.url, row.kind, added.text)


def find_stale_references() -> Iterator[tuple[str, str]]:
    """Yield for each reference with wrong columns its stored address, and a phrase that says what is right."""
    keys = Reference.objects.order_by("pk").values_list("pk", flat=True).iterator(_CHUNK)
    for chunk in split_chunks(keys, _CHUNK):
        for row, was in _correct_references(chunk):
            yield was[0], f"{row.url}, “{row.name}”, a {row.kind} that {row.cited_by} talks cite"


def _correct_references(chunk: list[int]) -> Iterator[tuple[Reference, tuple[Any, ...]]]:
    """Yield pairs: a reference with wrong columns, corrected but not saved, and its old values of `_COLUMNS`."""
    seen = _gather(_select_by_reference(chunk))
    written = _gather(_select_written([pk for pk in chunk if pk not in seen]) if len(seen) < len(chunk) else ())
    rows = _select_references(chunk)
    chosen = set(_select_chosen([row.key for row in rows]))
    for row in rows:
        was = tuple(getattr(row, column) for column in _COLUMNS)
        row.cited_by = len({citation.talk for citation in seen.get(row.pk, [])})
        if cited := seen.get(row.pk) or written.get(row.pk):
            _correct_address(row, cited, keep_kind=row.key in chosen)
            whole = cited if _share_section(cited) else [one for one in cited if not read_section(one.url)]
            texts = [(citation.text, citation.talk_title) for citation in whole]
            own = [citation.talk_title for citation in cited if citation.role]
            row.name = row.title or name_reference(row.url, row.kind, texts, own)
        row.place = REFERENCE_KINDS.index(row.kind) if row.kind in REFERENCE_KINDS else len(REFERENCE_KINDS)
        if was != tuple(getattr(row, column) for column in _COLUMNS):
            yield row, was


@prepared
def _select_chosen(keys: Collection[str]) -> QuerySet[Any, Any]:
    return EditorTouch.objects.filter(kind="reference", what="kind", key__in=keys).values_list("key", flat=True)


def _share_section(cited: Sequence[_Cited]) -> bool:
    """Whether all links lead to the same section of the page, or all to no section, so that each text may name it."""
    return len({read_section(citation.url) for citation in cited}) == 1


def _correct_address(row: Reference, cited: Sequence[_Cited], *, keep_kind: bool) -> None:
    """Set the reference's address to the best one among its citations and, unless `keep_kind`, its kind.

    If links lead to different sections of a page, the address is that of the page itself. If the best address would be
    that of another reference, nothing is set.
    """
    urls = {citation.url for citation in cited}
    best = min(urls, key=rank_address) if len(urls) > 1 else cited[0].url
    due = read_resource(best if _share_section(cited) else urldefrag(best).url)
    if due is None or due.key != row.key:
        return
    row.url, row.host = due.url, due.host
    if not keep_kind:
        roles = {citation.role for citation in cited}
        row.kind = next((role for role in _ROLES if role in roles), due.kind)


@prepared
def _select_cited(talk_ids: Collection[int]) -> QuerySet[Any, Any]:
    return Citation.objects.filter(talk__in=talk_ids).order_by().values_list("talk", "reference").distinct()


@prepared
def _select_cited_publicly(references: Collection[int]) -> QuerySet[Reference]:
    return Reference.objects.filter(pk__in=references, cited_by__gt=0)


@prepared
def _select_references(references: Collection[int]) -> QuerySet[Reference]:
    return Reference.objects.filter(pk__in=references).order_by("pk")


@prepared
def _select_by_talk(talks: Collection[int]) -> QuerySet[Any, Any]:
    return _list_citations(Citation.objects.visible().filter(talk__in=talks))


@prepared
def _select_by_reference(references: Collection[int]) -> QuerySet[Any, Any]:
    return _list_citations(Citation.objects.visible().filter(reference__in=references))


@prepared
def _select_written(references: Collection[int]) -> QuerySet[Any, Any]:
    return _list_citations(Citation.objects.filter(reference__in=references))


def _list_citations(citations: QuerySet[Citation]) -> QuerySet[Any, Any]:
    columns = ("reference__key", "talk__slides_url", "talk__video_url")
    return citations.order_by("pk").values_list("reference", "url", "title", "talk", "talk__title", *columns)


def _gather(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[_Cited]]:
    """Return the citations in these rows by the id of their reference."""
    found: dict[int, list[_Cited]] = {}
    for reference, url, text, talk, title, key, *own in rows:
        role = next((role for role, address in zip(_ROLES, own, strict=True) if _is_resource(address, key)), "")
        found.setdefault(reference, []).append(_Cited(url, text, talk, title, role))
    return found


def _is_resource(url: str, key: str) -> bool:
    resource = read_resource(url) if url else None
    return resource is not None and resource.key == key
