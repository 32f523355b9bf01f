"""The pages in other formats: data, Markdown, citations, feed entries, and a post beside how it was read."""

from talks.formats.citations import make_citation
from talks.formats.feed_entries import FeedEntry, make_entries
from talks.formats.line_reading import TalkReading, list_talks, read_lines
from talks.formats.page_data import KINDS, describe_page
from talks.formats.page_markdown import write_markdown
from talks.formats.post_reading import Passage, align_lines
from talks.formats.schema_org import describe_structure
