"""Makes plain data from what a page shows, with stable field names, for `.json` and `.md`.

There is one function for each kind of page. docs/api.md explains the fields; docs/api.schema.json is their JSON Schema.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from html import unescape
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.paginator import Page

from talks.fields import TALK
from talks.formats.citations import make_citation
from talks.models import CitedReference, Conference, Day, Post, Reference, Tag, Takeaway, Talk

_RELATIVE = re.compile(r"(\[[^\[\]]*\]\()<?(?![a-zA-Z][a-zA-Z0-9+.-]*:|//)[^()\s<>]+>?")
_PATH = re.compile(r'<(?:a|img)\b[^<>]*?\b(?:href|src)="(/[^"]*)"')
Data = dict[str, Any]
Context = Mapping[str, Any]


def make_url(path: str) -> str:
    """Return the full address of a path of this site."""
    return settings.SITE_URL + path


def describe_link(row: Any) -> Data:
    """Return name and address of a row."""
    return {"name": str(row), "url": make_url(row.get_absolute_url())}


def describe_event(conference: Conference | None) -> Data | None:
    """Return name, address, series and year of a conference; None for an unnamed conference."""
    if conference is None or conference.series is None:
        return None
    return {**describe_link(conference), "series": conference.series.name, "year": conference.year}


def describe_day(day: Day) -> Data:
    """Return date and number of a day; the number is None if the day is the conference as a whole."""
    return {"number": day.number, "date": day.date and day.date.isoformat()}


def describe_card(talk: Talk) -> Data:
    """Return a talk as data, with what lists show of it: title, address, event, day and speakers."""
    speakers = [{**describe_link(speaker), "affiliation": speaker.affiliation or None} for speaker in talk.given_by]
    return {
        "title": talk.title,
        "url": make_url(talk.get_absolute_url()),
        "conference": describe_event(talk.conference),
        "day": describe_day(talk.day),
        "speakers": speakers,
    }


def describe_post(post: Post) -> Data:
    """Return a post as data, with what lists show of it: title, address, writer, date and language."""
    return {
        "title": post.title,
        "url": make_url(post.get_absolute_url()),
        "writer": describe_link(post.writer) if post.writer else None,
        "published_on": post.published_on and post.published_on.isoformat(),
        "language": post.language or None,
    }


def describe_reference(reference: Reference | CitedReference) -> Data:
    return {"title": str(reference), "url": reference.url, "kind": reference.kind}


def describe_takeaway(takeaway: Takeaway) -> Data:
    """Return a takeaway as data, without its children; `text` is Markdown."""
    return {
        "id": takeaway.public_id,
        "url": make_url(takeaway.get_absolute_url()),
        "kind": takeaway.kind,
        "text": _put_full_addresses(takeaway.text, takeaway.html),
        "line": takeaway.line,
        "headings": takeaway.list_headings(),
        "tags": [tag.name for tag in getattr(takeaway, "mentioned", ())],
    }


def _put_full_addresses(text: str, html: str) -> str:
    """Return Markdown with full addresses for relative ones of links and images, as its HTML resolves them.

    If the HTML has more or fewer of them, as where a stored image is missing, the text stays.
    """
    relative, paths = list(_RELATIVE.finditer(text)), iter(_PATH.findall(html))
    if not relative or len(relative) != len(_PATH.findall(html)):
        return text
    return _RELATIVE.sub(lambda link: f"{link[1]}{make_url(unescape(next(paths)))}", text)


def nest_takeaways(takeaways: Iterable[Takeaway]) -> list[Data]:
    """Return takeaways, given in reading order, as data, each with its children in `takeaways`.

    Children of a parent that is not given, since it is hidden, move to the top level.
    """
    top: list[Data] = []
    found: dict[int, Data] = {}
    for takeaway in takeaways:
        data = {**describe_takeaway(takeaway), "takeaways": []}
        found[takeaway.pk] = data
        (found[takeaway.parent_id]["takeaways"] if takeaway.parent_id in found else top).append(data)
    return top


def describe_notes(takeaways: Iterable[Takeaway]) -> list[Data]:
    """Return the takeaways of a talk, given post by post, in groups with a `post`: None for takeaways of editors."""
    return [
        {"post": describe_post(rows[0].post) if rows[0].post else None, "takeaways": nest_takeaways(rows)}
        for _, group in groupby(takeaways, key=lambda row: row.post_id)
        if (rows := list(group))
    ]


def describe_list(context: Context, describe: Callable[[Any], Data]) -> Data:
    """Return one page of a list: its `items`, its number `page`, how many `pages` there are, and `total`, of rows."""
    return {**_describe_page_number(context["page"]), "items": [describe(row) for row in context["page"].object_list]}


def _describe_page_number(page: Page) -> Data:
    return {"total": page.paginator.count, "page": page.number, "pages": page.paginator.num_pages}


def describe_counts(row: Any, **counts: str) -> Data:
    """Return name, address and counts of a row: `talks="talk_count"` gives its `talk_count` the name `talks`."""
    return {**describe_link(row), **{name: getattr(row, attribute) for name, attribute in counts.items()}}


def _describe_home(context: Context) -> Data:
    drawn = context["drawn"]
    quoted = {**describe_takeaway(drawn), "talk": describe_card(drawn.talk)} if drawn else None
    return {
        "numbers": {f"{noun}s": count for count, noun, _ in context["numbers"]},
        "posts": [describe_post(post) for post in context["posts"]],
        "tags": [describe_link(tag) for tag in context["tags"]],
        "takeaway": quoted,
    }


def _describe_edition(conference: Conference) -> Data:
    return {**(describe_event(conference) or describe_link(conference)), "talks": conference.talk_count}  # type: ignore[attr-defined]


def _describe_conference(context: Context) -> Data:
    conference: Conference = context["conference"]
    return {
        **(describe_event(conference) or describe_link(conference)),
        "days": [{**describe_day(day), "url": make_url(day.get_absolute_url())} for day in context["days"]],
        "posts": [describe_post(post) for post in context["posts"]],
        "tags": [describe_link(tag) for tag in context["tags"]],
        "talks": describe_list(context, describe_card),
    }


def _describe_day_page(context: Context) -> Data:
    day: Day = context["day"]
    return {
        "conference": describe_event(day.conference),
        **describe_day(day),
        "posts": [describe_post(post) for post in context["posts"]],
        "tags": [describe_link(tag) for tag in context["tags"]],
        "talks": describe_list(context, describe_card),
    }


def _describe_series(context: Context) -> Data:
    return {
        "name": context["series"].name,
        "tags": [describe_link(tag) for tag in context["tags"]],
        "conferences": describe_list(context, _describe_edition),
    }


def _describe_talk(context: Context) -> Data:
    talk: Talk = context["talk"]
    return {
        **describe_card(talk),
        **{each.name: each.read(talk) or None for each in TALK.details},
        "video_url": context["video"] or None,
        "slides_url": context["slides"] or None,
        "tags": [describe_link(tag) for tag in context["tags"]],
        "posts": [describe_post(post) for post in context["posts"]],
        "notes": describe_notes(context["takeaways"]),
        "references": [describe_reference(reference) for reference in context["references"]],
        "cite": context["cite"],
    }


def _describe_takeaway_page(context: Context) -> Data:
    takeaway: Takeaway = context["takeaway"]
    post = takeaway.post
    return {
        **describe_takeaway(takeaway),
        "talk": describe_card(takeaway.talk),
        "post": describe_post(post) if post else None,
        "cite": make_citation(takeaway.talk, [post.writer.name] if post and post.writer else [], takeaway),
    }


def _describe_post_page(context: Context) -> Data:
    post: Post = context["post"]
    return {
        **describe_post(post),
        "conference": describe_event(post.conference),
        "days": [describe_day(day) for day in post.days.all()],
        "tags": [describe_link(tag) for tag in context["tags"]],
        "talks": [describe_card(talk) for talk in context["talks"]],
        "passages": describe_list(context, _describe_passage),
    }


def _describe_passage(passage: Any) -> Data:
    owner = passage.owner
    return {
        "role": "takeaway" if owner.takeaway else "talk" if owner.talk else owner.role or "blank",
        "takeaway": owner.takeaway and owner.takeaway.public_id,
        "talk": owner.talk and make_url(owner.talk.get_absolute_url()),
        "lines": [{"number": number, "text": text} for number, text in passage.lines],
    }


def _describe_speaker(context: Context) -> Data:
    return {
        "name": context["speaker"].name,
        "affiliations": context["affiliations"],
        "tags": [describe_link(tag) for tag in context["tags"]],
        "talks": describe_list(context, describe_card),
    }


def _describe_writer(context: Context) -> Data:
    return {
        "name": context["writer"].name,
        "posts": [describe_post(post) for post in context["posts"]],
        "tags": [describe_link(tag) for tag in context["tags"]],
        "talks": describe_list(context, describe_card),
    }


def _describe_tag(context: Context) -> Data:
    tags: list[Tag] = context["tags"]

    def describe(talk: Talk) -> Data:
        mentions: list[Takeaway] = talk.mentions  # type: ignore[attr-defined]
        return {**describe_card(talk), "takeaways": [describe_takeaway(takeaway) for takeaway in mentions]}

    return {
        "tags": [describe_link(tag) for tag in tags],
        "related": [describe_link(tag) for tag in context["related"]],
        "posts": [describe_post(post) for post in context["posts"]],
        "talks": describe_list(context, describe),
    }


def _describe_cited(reference: Reference) -> Data:
    citations = reference.cited  # type: ignore[attr-defined]
    return {
        **describe_reference(reference),
        "talks": [
            {"title": citation.talk.title, "url": make_url(citation.talk.get_absolute_url())} for citation in citations
        ],
    }


def _describe_search(context: Context) -> Data:
    results = context["results"]
    return {
        "query": results.query,
        "understood": results.understood,
        "suggestion": results.suggestion or None,
        "faults": [fault.message for fault in results.faults],
        "direct": [{"kind": row.kind, "title": row.title, "url": make_url(row.url)} for row in results.direct],
        "talks": {**_describe_page_number(context["page"]), "items": [_describe_hit(hit) for hit in context["found"]]},
        "posts": [_describe_found_post(hit) for hit in results.posts] if context["page"].number == 1 else [],
    }


def _describe_hit(hit: Any) -> Data:
    excerpts = [
        {
            "id": found.takeaway.public_id,
            "url": make_url(found.takeaway.get_absolute_url()),
            "text": found.text,
            "line": found.takeaway.line,
        }
        for found in hit.excerpts
    ]
    told = {"score": round(hit.score, 4), "missing": hit.missing, "reasons": hit.reasons, "excerpts": excerpts}
    return {**describe_card(hit.talk), **told}


def _describe_found_post(hit: Any) -> Data:
    return {**describe_post(hit.post), "url": make_url(hit.url), "line": hit.line, "text": hit.text}


_KINDS: dict[str, Callable[[Context], Data]] = {
    "home": _describe_home,
    "conferences": lambda context: describe_list(context, _describe_edition),
    "conference": _describe_conference,
    "day": _describe_day_page,
    "series_list": lambda context: describe_list(context, describe_link),
    "series": _describe_series,
    "talks": lambda context: describe_list(context, describe_card),
    "talk": _describe_talk,
    "takeaway": _describe_takeaway_page,
    "posts": lambda context: describe_list(context, describe_post),
    "post": _describe_post_page,
    "writers": lambda context: describe_list(context, lambda row: describe_counts(row, posts="post_count")),
    "writer": _describe_writer,
    "speakers": lambda context: describe_list(context, lambda row: describe_counts(row, talks="talk_count")),
    "speaker": _describe_speaker,
    "tags": lambda context: describe_list(context, lambda row: describe_counts(row, talks="talk_count")),
    "tag": _describe_tag,
    "references": lambda context: describe_list(context, _describe_cited),
    "search": _describe_search,
}
KINDS = frozenset(_KINDS)


def describe_page(kind: str, context: Context) -> Data:
    """Return the data of a page of this kind, which is the name of its route.

    All pages have `page_kind`, `page_title`, `page_url` and `next`: the address of a list's next page, or None.
    """
    return {
        **_KINDS[kind](context),
        "page_kind": kind,
        "page_title": context["title"],
        "page_url": context["canonical"],
        "next": context.get("next_page"),
    }
