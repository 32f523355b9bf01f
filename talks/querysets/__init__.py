"""The vocabulary of reading: what may be seen, in what order, with what beside it."""

from talks.querysets.audience import Audience
from talks.querysets.counting import count_rows
from talks.querysets.events import ConferenceQuerySet, DayQuerySet, SeriesQuerySet
from talks.querysets.media import MediaQuerySet, PostMediaQuerySet
from talks.querysets.notes import PostQuerySet, TakeawayQuerySet, TalkQuerySet
from talks.querysets.people import SpeakerQuerySet, WriterQuerySet
from talks.querysets.subjects import (
    CitationQuerySet,
    ReferenceQuerySet,
    SubjectPairQuerySet,
    TagQuerySet,
    TalkSubjectQuerySet,
)

__all__ = [
    "Audience",
    "CitationQuerySet",
    "ConferenceQuerySet",
    "DayQuerySet",
    "MediaQuerySet",
    "PostMediaQuerySet",
    "PostQuerySet",
    "ReferenceQuerySet",
    "SeriesQuerySet",
    "SpeakerQuerySet",
    "SubjectPairQuerySet",
    "TagQuerySet",
    "TakeawayQuerySet",
    "TalkQuerySet",
    "TalkSubjectQuerySet",
    "WriterQuerySet",
    "count_rows",
]
