"""The knowledge base's rows: events, people, notes, subjects, and the runs that brought them."""

from talks.models.events import Conference, Day, Series
from talks.models.index import SearchText, SubjectPair, TalkSubject
from talks.models.media import Media, PostMedia
from talks.models.notes import Post, PostAlias, Takeaway, Talk, TalkAddress, TalkSource
from talks.models.people import Appearance, Speaker, SpeakerAlias, Writer
from talks.models.runs import ImportOutcome, ImportRun
from talks.models.settling import Conflict, Decision, name_subject
from talks.models.subjects import Citation, Reference, Tag, TagAlias, TaggedPost, TaggedTakeaway, TaggedTalk

__all__ = [
    "Appearance",
    "Citation",
    "Conference",
    "Conflict",
    "Day",
    "Decision",
    "ImportOutcome",
    "ImportRun",
    "Media",
    "Post",
    "PostAlias",
    "PostMedia",
    "Reference",
    "SearchText",
    "Series",
    "Speaker",
    "SpeakerAlias",
    "SubjectPair",
    "Tag",
    "TagAlias",
    "TaggedPost",
    "TaggedTakeaway",
    "TaggedTalk",
    "Takeaway",
    "Talk",
    "TalkAddress",
    "TalkSource",
    "TalkSubject",
    "Writer",
    "name_subject",
]
