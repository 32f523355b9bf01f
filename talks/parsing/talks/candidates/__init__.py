"""The recognisers of talks, one for each way in which posts mark them, in the order in which they are asked.

A recogniser looks at the whole document and returns candidates with the evidence for and against each.
To read one more way, write a module with a `recognise` function and put it into the table.
"""

from collections.abc import Callable

from talks.parsing.talks.candidates import headings, items, paragraphs, slots, tables, title_lines, whole_file
from talks.parsing.talks.document import Document
from talks.parsing.talks.evidence import Candidate
from talks.parsing.talks.lineup import Lineup

Recogniser = Callable[[Document, Lineup], list[Candidate]]

RECOGNISERS: tuple[Recogniser, ...] = (
    headings.recognise,
    title_lines.recognise,
    items.recognise,
    tables.recognise,
    paragraphs.recognise,
    slots.recognise,
    whole_file.recognise,
)
