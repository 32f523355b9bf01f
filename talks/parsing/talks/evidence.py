"""Candidates for talks and what speaks for and against each: the currency in which readings are compared."""

from dataclasses import dataclass, field

from talks.parsing.records import ParsedSpeaker
from talks.parsing.text.lists import Item


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason to take a candidate for a talk (positive weight) or not (negative)."""

    reason: str
    weight: float


@dataclass(slots=True)
class Candidate:
    """Something that might name a talk: block number `start` of the document, or one item of that list.

    `end` is the number of the block after its last; `shape` is what it looks like ("heading 3", "bold");
    `byline` are numbers of blocks below that name speakers and are no notes, `labels` lines of such list items.
    """

    start: int
    end: int
    shape: str
    title: str
    speakers: tuple[ParsedSpeaker, ...] = ()
    item: Item | None = None
    day: int | None = None
    byline: frozenset[int] = frozenset()
    labels: frozenset[int] = frozenset()
    rest: str = ""
    evidence: list[Evidence] = field(default_factory=list)

    def add(self, reason: str, weight: float) -> None:
        """Note one more piece of evidence."""
        self.evidence.append(Evidence(reason, weight))

    @property
    def weight(self) -> float:
        """All evidence together; above 0 it is taken for a talk."""
        return sum(piece.weight for piece in self.evidence)
