"""Computes the address, kind and name that pages show of a reference, and how many talks cite the reference.

Only this module writes these columns. They follow from the citations and from who may see them, so any order of
imports, edits and removals leads to the same rows. Citations in drafts count only if no public notes cite the
reference.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import QuerySet

from talks.derived.reference_names import name_reference
from talks.derived.search_text import refresh_search_text
from talks.models import REFERENCE_KINDS, Citation, Reference, rank_address, read_resource
from talks.models.bulk import split_chunks, update_rows

_CHUNK = 500
_COLUMNS = ("url", "host", "kind", "name", "cited_by", "place")


class _Cited(NamedTuple):
    """One citation of a reference: the address and text of the link, and the talk whose notes contain the link."""

    url: str
    text: str
    talk: int
    talk_title: str


def refresh_addresses(references: Iterable[int]) -> int:
    """Correct the computed columns of these references and return how many were wrong.

    A kind that an editor chose is kept; other kinds are guessed again from the address. The search text of the citing
    talks is renewed too, since search finds talks by the kinds of their references.
    """
    count = 0
    for chunk in split_chunks(references, _CHUNK):
        changed = list(_correct_references(chunk))
        update_rows([row for row, _ in changed], _COLUMNS)
        recast = [row.pk for row, was in changed if row.kind != was[_COLUMNS.index("kind")]]
        refresh_search_text(Citation.objects.filter(reference__in=recast).values_list("talk", flat=True).distinct())
        count += len(changed)
    return count


def refresh_references(talk_ids: Iterable[int]) -> None:
    """Correct the computed columns of the references that these talks cite."""
    refresh_addresses(
        Citation.objects.filter(talk__in=talk_ids).order_by("reference").values_list("reference", flat=True).distinct()
    )


def find_stale_references() -> Iterator[tuple[str, str]]:
    """Yield the address of each reference with wrong columns, and a phrase that says what the columns should be."""
    keys = Reference.objects.order_by("pk").values_list("pk", flat=True).iterator(_CHUNK)
    for chunk in split_chunks(keys, _CHUNK):
        for row, was in _correct_references(chunk):
            yield was[0], f"{row.url}, “{row.name}”, a {row.kind} that {row.cited_by} talks cite"


def _correct_references(chunk: list[int]) -> Iterator[tuple[Reference, tuple[Any, ...]]]:
    """Yield each reference with wrong columns, corrected but not saved, with the old values."""
    citations = Citation.objects.filter(reference__in=chunk)
    seen = _read_citations(citations.visible())
    written = _read_citations(citations.exclude(reference__in=list(seen))) if len(seen) < len(chunk) else {}
    for row in Reference.objects.filter(pk__in=chunk).order_by("pk"):
        was = tuple(getattr(row, column) for column in _COLUMNS)
        row.cited_by = len({citation.talk for citation in seen.get(row.pk, [])})
        if cited := seen.get(row.pk) or written.get(row.pk):
            _choose_address(row, min((citation.url for citation in cited), key=rank_address))
            texts = [(citation.text, citation.talk_title) for citation in cited]
            row.name = row.title or name_reference(row.url, row.kind, texts)
        row.place = REFERENCE_KINDS.index(row.kind) if row.kind in REFERENCE_KINDS else len(REFERENCE_KINDS)
        if was != tuple(getattr(row, column) for column in _COLUMNS):
            yield row, was


def _choose_address(row: Reference, best: str) -> None:
    """Set the reference's address to `best` if it differs; guess its kind again, unless an editor chose the kind."""
    if row.url == best or not (due := read_resource(best)) or due.key != row.key:
        return
    before = read_resource(row.url)
    if before is None or row.kind == before.kind:
        row.kind = due.kind
    row.url, row.host = due.url, due.host


def _read_citations(citations: QuerySet[Citation]) -> dict[int, list[_Cited]]:
    found: dict[int, list[_Cited]] = {}
    rows = citations.order_by("pk").values_list("reference", "url", "title", "talk", "talk__title")
    for reference, url, text, talk, title in rows:
        found.setdefault(reference, []).append(_Cited(url, text, talk, title))
    return found
