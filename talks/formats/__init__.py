"""A talk, tag or post in other forms than a page, and a post beside what became of it."""

from talks.formats.post_reading import Passage, align

__all__ = ["Passage", "align"]
