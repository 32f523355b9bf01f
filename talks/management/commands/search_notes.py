"""`manage.py search_notes QUERY`: searches the notes in the terminal, as the search box does."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from talks import search
from talks.counts_and_cut_texts import show_count
from talks.importing import escape
from talks.search import PostHit, Results, TalkHit

_MOST = 20


class Command(BaseCommand):
    """Prints the talks found, best first, each with its best takeaways, and the posts found.

    As on public pages, there are no drafts.
    """

    help = 'Search the notes: words, "phrases", -without, OR, tag:, speaker:, year: and so on (docs/search.md).'

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query", nargs="+", help="the question, as in the search box")
        parser.add_argument("--limit", type=int, default=_MOST, help=f"so many talks at most (default: {_MOST})")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        results = search.search(" ".join(options["query"]))
        hits = results.load_talks(results.rows[: max(0, options["limit"])])
        if options["format"] == "json":
            self.stdout.write(json.dumps(_describe(results, hits), ensure_ascii=False, indent=2))
        else:
            for line in _list_lines(results, hits):
                self.stdout.write(escape(line))


def _describe(results: Results, hits: list[TalkHit]) -> dict[str, Any]:
    lines = search.find_lines(hits, staff=False)
    return {
        "query": results.query,
        "understood": results.understood,
        "total": results.total,
        "talks": [_describe_talk(hit, *lines.get(hit.talk.pk, (None, None))) for hit in hits],
        "posts": [_describe_post(hit) for hit in results.posts],
        "direct": [
            {"kind": named.kind, "title": named.title, "url": settings.SITE_URL + named.url} for named in results.direct
        ],
        "suggestion": results.suggestion or None,
    }


def _describe_talk(hit: TalkHit, path: str | None, line: int | None) -> dict[str, Any]:
    talk = hit.talk
    return {
        "title": talk.title,
        "url": settings.SITE_URL + talk.get_absolute_url(),
        "conference": talk.conference.series.name if talk.conference.series else None,
        "year": talk.conference.year,
        "speakers": [speaker.name for speaker in talk.given_by],
        "post": path,
        "line": line,
        "score": round(hit.score, 4),
        "takeaways": [
            {"id": found.takeaway.public_id, "text": found.text, "line": found.takeaway.line} for found in hit.excerpts
        ],
    }


def _describe_post(hit: PostHit) -> dict[str, Any]:
    url = settings.SITE_URL + hit.post.get_absolute_url()
    return {"title": hit.post.title, "url": url, "post": hit.post.path, "line": hit.line, "text": hit.text}


def _list_lines(results: Results, hits: list[TalkHit]) -> list[str]:
    found = [f"At {fault.written}: {fault.message}" for fault in results.faults]
    for correction in results.corrections:
        near = "words that begin so" if correction.begun else correction.used
        found.append(f"Nothing has the word {correction.typed}; these have {near}.")
    found += [
        f"Few talks or none have the very phrase {phrase}; its words in other forms are found too."
        for phrase in results.inflected
    ]
    if results.included:
        found.append(f"Among them talks on {', '.join(results.included)}, which belong to what was asked for.")
    if results.too_long:
        found.append("This question takes too long to answer.")
    if results.suggestion:
        found.append(f"Did you mean: {results.suggestion}")
    found += [f"{named.title} ({named.kind}): {settings.SITE_URL}{named.url}" for named in results.direct]
    posts = f", {show_count(len(results.posts), 'post')}" if results.posts else ""
    found.append(show_count(results.total, "talk") + posts)
    for hit in hits:
        told = [speaker.name for speaker in hit.talk.given_by]
        told += [str(hit.talk.day)] if hit.talk.event else [post.title for post in hit.talk.told_in]
        found += ["", f"{hit.talk.title}{_explain(hit)}", f"  {', '.join(told)}"]
        found += [f"  * {excerpt.text}" for excerpt in hit.excerpts]
        found.append(f"  {settings.SITE_URL}{hit.talk.get_absolute_url()}")
    for post in results.posts:
        found += ["", f"{post.post.title}, line {post.line}{_explain(post)}", f"  {post.text}"]
        found.append(f"  {settings.SITE_URL}{post.url}")
    if not results.total and not results.posts:
        found += [f"The word {word} is in none of the notes." for word in results.nowhere]
    found += [f"Without {wider.without}: {wider.query} ({wider.count:,})" for wider in results.wider]
    return found


def _explain(hit: TalkHit | PostHit) -> str:
    """Return in brackets which words the hit lacks, and where its other words are that no shown text has; or ""."""
    told = [f"without {', '.join(hit.missing)}"] if hit.missing else []
    told += hit.reasons if isinstance(hit, TalkHit) else []
    return f" ({', '.join(told)})" if told else ""
