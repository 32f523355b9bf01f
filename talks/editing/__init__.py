"""What an editor does, without the admin's forms: merge and split people, answer conflicts, order takeaways."""

from talks.editing.speakers import Alike, find_alike, merge_speakers, split_speaker, tell_apart

__all__ = ["Alike", "find_alike", "merge_speakers", "split_speaker", "tell_apart"]
