"""Candidates for talks, and the evidence for and against each, by which readings of a post are compared.

A piece of evidence is a reason and its strength. `weights.toml` has two tables of weights for each kind of candidate.
"alone" weighs what a candidate shows by itself; the sum tells how its siblings and rivals are to be judged. "together"
weighs all its evidence; the sum is the logarithm of the odds that it is a talk. For most headings only half of that sum
counts, and `decision_trees.py` adds what combinations of evidence are worth. `bench/train_reader.py` measures all this
over posts.
"""

import math
import tomllib
from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from talks.parsing.records import ParsedSpeaker
from talks.parsing.talks.decision_trees import LIMIT, SHARE, explain_trees, has_trees, sum_trees
from talks.parsing.text.lists import Item

ALONE = "alone"
TOGETHER = "together"
TITLE_LINE = "title line"
WEIGHTS: dict[str, dict[str, float]] = tomllib.loads(
    files("talks.parsing.talks").joinpath("weights.toml").read_text(encoding="utf-8")
)
"""Weight by reason, by table: "heading alone", "heading together"."""
_NO_WEIGHTS: dict[str, float] = {}
_EXTREME = 30.0
_make = tuple.__new__


class Evidence(NamedTuple):  # a post has hundreds; a frozen dataclass takes twice as long to make
    """One reason for or against a candidate being a talk, as a sentence, and its strength, mostly from 0 to 1."""

    reason: str
    strength: float = 1.0


@lru_cache(maxsize=64)
def _name_kind(shape: str) -> str:
    return "heading" if shape == TITLE_LINE else shape.rstrip(" 123456")


@dataclass(slots=True)
class Candidate:
    """A possible talk: the blocks from number `start` on, or one `item` of the list that block `start` is.

    `end` is the number of the block after its last; `shape` is its form ("heading 3", "title line"). Sets of numbers of
    blocks: `byline` are no notes, since they name speakers or an editor says so; `extra` were added to its notes by an
    editor, wherever they are; `without` are blocks of it that an editor gave to another talk or to none. Sets of lines
    of list items: `labels` are no notes for the same reasons as `byline`; `named` only name the speakers whom an editor
    gave, while the items nested in them are notes.

    `rest` is the text of an item behind title and speaker, or empty. `settled`: whether it is a talk, decided
    regardless of evidence; None if evidence decides. The first `own` pieces of evidence are about the candidate by
    itself. Candidates of different `style` exclude each other within a section.
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
    named: frozenset[int] = frozenset()
    extra: frozenset[int] = frozenset()
    without: frozenset[int] = frozenset()
    rest: str = ""
    settled: bool | None = None
    evidence: list[Evidence] = field(default_factory=list)
    worth_alone: float | None = None
    own: int = 0
    style: str = ""
    _weighed: tuple[int, float] = field(default=(-1, 0.0), init=False, repr=False, compare=False)
    _reasons: set[str] = field(default_factory=set, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._reasons = {piece.reason for piece in self.evidence}

    @property
    def blocks(self) -> tuple[int, ...]:
        """The numbers of the talk's blocks in the order of the post, with `extra`; an item's block is its list."""
        held = set(range(self.start, self.end)) - self.without
        return tuple(sorted(held | self.extra))

    @property
    def kind(self) -> str:
        """The shape without the level; each kind has its own weights. Title lines have the kind "heading"."""
        return _name_kind(self.shape)

    def add(self, reason: str, strength: float = 1.0) -> None:
        self.evidence.append(_make(Evidence, (reason, strength)))  # as `Evidence(…)`, in half the time
        self._reasons.add(reason)

    def withdraw(self, reasons: Collection[str]) -> None:
        """Remove the evidence with these reasons; all that is left counts as being about the candidate by itself."""
        self.evidence = [piece for piece in self.evidence if piece.reason not in reasons]
        self._reasons.difference_update(reasons)
        self._weighed = (-1, 0.0)
        self.close()

    def has(self, reason: str) -> bool:
        """Whether there is evidence with this reason."""
        return reason in self._reasons

    def has_any(self, reasons: AbstractSet[str]) -> bool:
        """Whether there is evidence with one of these reasons."""
        return not self._reasons.isdisjoint(reasons)

    @property
    def alone(self) -> float:
        """The weight of the evidence about the candidate by itself; above 0 it is more likely a talk than not.

        The first access sums the evidence so far and keeps the sum. Evidence added later does not change it until
        `close` or `withdraw` sums all evidence anew.
        """
        if self.worth_alone is None:
            self.worth_alone, self.own = self._sum_alone(), len(self.evidence)
        return self.worth_alone

    def close(self) -> None:
        """Count all evidence so far, and none that is added later, as being about the candidate by itself."""
        self.worth_alone, self.own = self._sum_alone(), len(self.evidence)

    @property
    def weight(self) -> float:
        """The logarithm of the odds that the candidate is a talk, given all evidence; 30 or -30 if it is settled."""
        if self.settled is not None:
            return _EXTREME if self.settled else -_EXTREME
        count = len(self.evidence)
        if self._weighed[0] != count:
            self._weighed = (count, weigh_evidence(self.kind, tuple(self.evidence)))
        return self._weighed[1]

    def sum_strengths(self) -> dict[str, float]:
        """Return the strength of the evidence by reason, added up where a reason occurs several times."""
        return _sum_strengths(self.evidence)

    @property
    def certainty(self) -> float:
        """The probability that the candidate is a talk, from 0 to 1."""
        return 1.0 / (1.0 + math.exp(-max(-_EXTREME, min(_EXTREME, self.weight))))

    def explain(self) -> dict[str, float]:
        """Return by reason what it adds to the `weight`; `not “reason”` stands for one whose absence trees count."""
        strengths = self.sum_strengths()
        weights = WEIGHTS.get(f"{self.kind} {TOGETHER}", _NO_WEIGHTS)
        worth = {reason: weights.get(reason, 0.0) * strength for reason, strength in strengths.items()}
        if not has_trees(self.kind, strengths):
            return worth
        linear = sum(worth.values())
        share = SHARE * min(1.0, LIMIT / abs(linear)) if linear else SHARE
        worth = {reason: share * value for reason, value in worth.items()}
        for reason, value in explain_trees(self.kind, strengths).items():
            told = reason if reason in strengths else f"not “{reason}”" if reason else f"is a {self.kind}"
            worth[told] = worth.get(told, 0.0) + value
        return worth

    def _sum_alone(self) -> float:
        return _sum_weights(f"{self.kind} {ALONE}", self.evidence)


@lru_cache(maxsize=256)  # most headings of a level show the same, also in other posts of a blog
def weigh_evidence(kind: str, evidence: tuple[Evidence, ...]) -> float:
    """Return the logarithm of the odds that a candidate of this kind with this evidence is a talk."""
    linear, strengths = _sum_weights(f"{kind} {TOGETHER}", evidence), _sum_strengths(evidence)
    if not has_trees(kind, strengths):
        return linear
    return SHARE * max(-LIMIT, min(LIMIT, linear)) + sum_trees(kind, strengths)


def _sum_weights(table: str, evidence: Sequence[Evidence]) -> float:
    weights = WEIGHTS.get(table, _NO_WEIGHTS)
    return sum([weights.get(reason, 0.0) * strength for reason, strength in evidence])


def _sum_strengths(evidence: Sequence[Evidence]) -> dict[str, float]:
    strengths: dict[str, float] = {}
    for reason, strength in evidence:
        strengths[reason] = strengths.get(reason, 0.0) + strength
    return strengths
