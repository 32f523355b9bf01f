"""Computes what follows from a parsed post alone and takes long: HTML, permalinks, and what its texts mention. Pure.

Worker processes do this after parsing a post, so that the process that writes the posts has less to do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from talks import markup
from talks.derived import NOTHING_READ, ReadTexts, read_texts
from talks.importing.post_identity import make_public_ids
from talks.parsing import ParsedPost


@dataclass(frozen=True, slots=True)
class ReadAhead:
    """What was computed for a post, if anything.

    `html` is by kind and text of a takeaway, rendered as if the base had no images; takeaways that cannot be rendered
    are left out. `public_ids` are the permalinks that the takeaways have unless another post has them, in the order of
    the post. `texts` is what the texts mention.
    """

    html: Mapping[tuple[str, str], str] = field(default_factory=dict)
    public_ids: tuple[str, ...] = ()
    texts: ReadTexts = NOTHING_READ


NOTHING_AHEAD = ReadAhead()


def look_ahead(key: str, parsed: ParsedPost) -> ReadAhead:
    """Return the HTML and permalinks of the takeaways of the post with this key, and what its texts mention."""
    html = {}
    for unit in (unit for talk in parsed.talks for unit in talk.walk()):
        rendered = markup.render(unit.text, post=key, kind=unit.kind.value)
        if not rendered.fault:
            html[unit.kind.value, unit.text] = rendered.html
    notes = (tuple((unit.headings, unit.text) for unit in talk.walk()) for talk in parsed.talks)
    public_ids = make_public_ids(key, list_texts(parsed))
    return ReadAhead(html, public_ids, read_texts([talk.title for talk in parsed.talks], notes))


def list_texts(parsed: ParsedPost) -> tuple[str, ...]:
    """Return the texts of all takeaways of the post, in their order."""
    return tuple(unit.text for talk in parsed.talks for unit in talk.walk())
