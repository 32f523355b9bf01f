"""The recognisers of talks, one for each way in which posts mark talks, in the order in which they are called.

A recogniser reads the whole document and returns candidates with the evidence for and against each. To recognise one
more way, write a module with a function `recognise` and add it to `RECOGNISERS`.
"""

from collections.abc import Callable

from talks.parsing.talks.candidates import headings, items, paragraphs, slots, tables, whole_file
from talks.parsing.talks.document import Document
from talks.parsing.talks.evidence import Candidate
from talks.parsing.talks.lineup import Lineup

Recogniser = Callable[[Document, Lineup], list[Candidate]]

RECOGNISERS: tuple[Recogniser, ...] = (
    headings.recognise,
    items.recognise,
    tables.recognise,
    paragraphs.recognise,
    slots.recognise,
    whole_file.recognise,
)
