"""A page in other forms: as data, Markdown, citations, feed entries, and a post beside what became of it."""

from talks.formats.citations import cite
from talks.formats.feed_entries import FeedEntry, clean_text, make_entries
from talks.formats.line_reading import LineReading, TalkReading, list_talks, read_lines
from talks.formats.page_data import KINDS, describe_page
from talks.formats.page_markdown import write_markdown
from talks.formats.post_reading import Passage, align
from talks.formats.structured_data import describe_structure

__all__ = [
    "KINDS",
    "FeedEntry",
    "LineReading",
    "Passage",
    "TalkReading",
    "align",
    "cite",
    "clean_text",
    "describe_page",
    "describe_structure",
    "list_talks",
    "make_entries",
    "read_lines",
    "write_markdown",
]
