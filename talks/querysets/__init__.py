"""The vocabulary of reading: what may be seen, in what order, with what beside it."""

from talks.querysets.counting import count_rows
from talks.querysets.events import ConferenceQuerySet, DayQuerySet, SeriesQuerySet
from talks.querysets.media import MediaQuerySet, PostMediaQuerySet
from talks.querysets.notes import PostQuerySet, TakeawayQuerySet, TalkQuerySet
from talks.querysets.people import SpeakerQuerySet, WriterQuerySet
from talks.querysets.subjects import ReferenceQuerySet, TagQuerySet

__all__ = [
    "ConferenceQuerySet",
    "DayQuerySet",
    "MediaQuerySet",
    "PostMediaQuerySet",
    "PostQuerySet",
    "ReferenceQuerySet",
    "SeriesQuerySet",
    "SpeakerQuerySet",
    "TagQuerySet",
    "TakeawayQuerySet",
    "TalkQuerySet",
    "WriterQuerySet",
    "count_rows",
]
