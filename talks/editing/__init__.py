"""What an editor does, without the admin's forms: merge and split people, answer conflicts, order takeaways."""

from talks.editing.conflicts import can_take, read_now, settle
from talks.editing.decisions import remember_withdrawn
from talks.editing.speakers import Alike, find_alike, merge_speakers, split_speaker, tell_apart
from talks.editing.takeaway_order import free_nested, set_hidden, set_withdrawn, settle_days, settle_takeaways, walk

__all__ = [
    "Alike",
    "can_take",
    "find_alike",
    "free_nested",
    "merge_speakers",
    "read_now",
    "remember_withdrawn",
    "set_hidden",
    "set_withdrawn",
    "settle",
    "settle_days",
    "settle_takeaways",
    "split_speaker",
    "tell_apart",
    "walk",
]
