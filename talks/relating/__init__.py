"""What notes have to do with each other: the subjects that they mention, the resources that they point to."""

from talks.relating.citing import refresh_references, settle_references, stale_references
from talks.relating.company import find_company, find_company_in
from talks.relating.marking import mark_mentions
from talks.relating.mentions import load_vocabulary, refresh_mentions, stale_mentions
from talks.relating.naming import list_spellings, read_addresses
from talks.relating.nearness import Near, find_near
from talks.relating.pairs import count_pairs, read_pairs, recount_pairs
from talks.relating.persons import Alike, find_alike, merge_speakers, split_speaker, tell_apart
from talks.relating.plain import read_plain
from talks.relating.resources import URL_LENGTH, Resource, read_resource
from talks.relating.seeking import seek_names
from talks.relating.standing import refresh_standing, shown_takeaways, stale_standing
from talks.relating.subjects import recognise, stands_out
from talks.relating.trends import Share, find_trends
from talks.relating.vocabulary import Context, Joined, Vocabulary, compile_vocabulary

__all__ = [
    "URL_LENGTH",
    "Alike",
    "Context",
    "Joined",
    "Near",
    "Resource",
    "Share",
    "Vocabulary",
    "compile_vocabulary",
    "count_pairs",
    "find_alike",
    "find_company",
    "find_company_in",
    "find_near",
    "find_trends",
    "list_spellings",
    "load_vocabulary",
    "mark_mentions",
    "merge_speakers",
    "read_addresses",
    "read_pairs",
    "read_plain",
    "read_resource",
    "recognise",
    "recount_pairs",
    "refresh_mentions",
    "refresh_references",
    "refresh_standing",
    "seek_names",
    "settle_references",
    "shown_takeaways",
    "split_speaker",
    "stale_mentions",
    "stale_references",
    "stale_standing",
    "stands_out",
    "tell_apart",
]
