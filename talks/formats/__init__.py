"""A page in other forms: as data, Markdown, citations, feed entries, and a post beside what became of it."""

from talks.formats.citations import cite
from talks.formats.page_data import KINDS, describe_page
from talks.formats.page_markdown import write_markdown
from talks.formats.post_reading import align

__all__ = ["KINDS", "align", "cite", "describe_page", "write_markdown"]
