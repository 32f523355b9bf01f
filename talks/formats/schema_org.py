"""Describes pages for search engines, in schema.org's words: Event, Person, CreativeWork and WebSite."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings

from talks.models import Conference, Day, Speaker, Talk

Data = dict[str, Any]
Context = Mapping[str, Any]


def describe_structure(kind: str, context: Context) -> Data | None:
    """Return the structured data of a page of this kind, without empty fields; None for a kind that has none."""
    describe = _KINDS.get(kind)
    data = describe(context) if describe else None
    return {"@context": "https://schema.org", **_drop_empty(data)} if data else None


def _drop_empty(data: Data) -> Data:
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}


def _address(row: Any) -> str:
    return settings.SITE_URL + row.get_absolute_url()


def _describe_event(conference: Conference) -> Data | None:
    if not conference.series_id:
        return None
    return {"@type": "Event", "name": str(conference), "url": _address(conference)}


def _describe_conference(context: Context) -> Data | None:
    conference: Conference = context["conference"]
    event = _describe_event(conference)
    if event is None or conference.series is None:
        return None
    dates = sorted(day.date for day in context["days"] if day.date)
    series = {"@type": "EventSeries", "name": conference.series.name, "url": _address(conference.series)}
    start = dates[0].isoformat() if dates else str(conference.year or "")
    return {**event, "startDate": start, "endDate": dates[-1].isoformat() if dates else "", "superEvent": series}


def _describe_day(context: Context) -> Data | None:
    day: Day = context["day"]
    event = _describe_event(day.conference)
    if event is None:
        return None
    start = day.date.isoformat() if day.date else str(day.conference.year or "")
    return {"@type": "Event", "name": str(day), "url": _address(day), "startDate": start, "superEvent": event}


def _describe_talk(context: Context) -> Data:
    """Return the notes of a talk as a work by those who took the notes, about what the speakers said."""
    talk: Talk = context["talk"]
    posts = context["noted_in"]
    dates = [post.published_on for post in posts if post.published_on]
    speakers = [{"@type": "Person", "name": speaker.name, "url": _address(speaker)} for speaker in talk.given_by]
    about = {
        "@type": "Event",
        "name": talk.title,
        "performer": speakers,
        "superEvent": _describe_event(talk.conference),
        "startDate": talk.day.date.isoformat() if talk.day.date else str(talk.conference.year or ""),
    }
    writers = {post.writer.slug: post.writer for post in posts if post.writer}
    return {
        "@type": "CreativeWork",
        "name": f"Notes on “{talk.title}”",
        "url": _address(talk),
        "author": [{"@type": "Person", "name": row.name, "url": _address(row)} for row in writers.values()],
        "datePublished": min(dates).isoformat() if dates else "",
        "about": _drop_empty(about),
        "keywords": [tag.name for tag in context["tags"]],
    }


def _describe_speaker(context: Context) -> Data:
    speaker: Speaker = context["speaker"]
    places = [{"@type": "Organization", "name": row["name"]} for row in context["affiliations"]]
    return {"@type": "Person", "name": speaker.name, "url": _address(speaker), "affiliation": places}


def _describe_home(context: Context) -> Data:
    search = {
        "@type": "SearchAction",
        "target": f"{settings.SITE_URL}/search/?q={{search_term_string}}",
        "query-input": "required name=search_term_string",
    }
    return {"@type": "WebSite", "name": "confnotes", "url": f"{settings.SITE_URL}/", "potentialAction": search}


_KINDS: dict[str, Callable[[Context], Data | None]] = {
    "home": _describe_home,
    "conference": _describe_conference,
    "day": _describe_day,
    "talk": _describe_talk,
    "speaker": _describe_speaker,
}
