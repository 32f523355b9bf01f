"""From a question to its answer: what was found, in which order, and what was understood on the way."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from talks.search import tokens
from talks.search.corrections import find_near, is_beginning
from talks.search.matching import FEW, Match, Matcher, Scores
from talks.search.named import explain_name
from talks.search.occurrences import Reader
from talks.search.postings import Numbers
from talks.search.query import (
    All,
    Fault,
    Field,
    Part,
    Prefix,
    Question,
    Without,
    Word,
    join_parts,
    read_question,
    replace_part,
)
from talks.search.ranking import Group, add_scores, rank, sort_newest
from talks.search.snapshot import Snapshot, take_snapshot

MOST = 0.5  # that is, with words whose rarities are at least this share of those of all words
ORDERS = ("relevance", "newest", "oldest")


def _list_none() -> Numbers:
    return np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that was searched for instead of the one that was typed; or words that begin with it."""

    typed: str
    used: str
    begun: bool = False


@dataclass(slots=True)
class Answer:
    """What a question found: `rows` are talks with all of its words, `partial` those with most of them, the best first.

    `root` is what was searched for in the end, after corrections.
    """

    question: Question
    root: Part | None
    staff: bool
    faults: list[Fault] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    reader: Reader | None = None
    matcher: Matcher | None = None
    groups: list[Group] = field(default_factory=list)
    rows: Numbers = field(default_factory=_list_none)
    partial: Numbers = field(default_factory=_list_none)
    posts: Numbers = field(default_factory=_list_none)
    scores: Scores = field(default_factory=lambda: np.zeros(0))

    @property
    def talks(self) -> Numbers:
        """All talks that were found."""
        return np.concatenate([self.rows, self.partial])

    def list_missing(self, row: int) -> list[str]:
        """Words of the question that a result lacks."""
        return [group.label for group in self.groups if not group.match.holds[row]]


def answer_question(text: str, *, staff: bool, order: str = "relevance") -> Answer:
    """What the reader may find."""
    question = read_question(text)
    answer = Answer(question, question.root, staff, list(question.faults))
    if question.root is None:
        return answer
    answer.reader = Reader(take_snapshot(), staff=staff)
    parts, matches = _match_parts(answer, answer.reader)
    if _correct(answer, parts, matches, answer.reader):
        if answer.root is None:
            return answer
        parts, matches = _match_parts(answer, answer.reader)
    _choose(answer, parts, matches, answer.reader)
    _sort(answer, answer.reader.snapshot, order)
    return answer


def _match_parts(answer: Answer, reader: Reader) -> tuple[list[tuple[Part, int]], list[Match]]:
    """The parts that must hold, each with its number among the question's words, and their matches.

    Words that say nothing are left out, unless nothing else is asked.
    """
    root, offset, parts = answer.root, 0, []
    for part in root.parts if isinstance(root, All) else [root] if root else []:
        parts.append((part, offset))
        offset += 0 if isinstance(part, Field | Without) else max(1, len(tokens.list_phrase(str(part))))
    asked = bool(parts) and isinstance(parts[0][0], Word) and tokens.asks(tokens.fold_word(parts[0][0].text))
    telling = [(part, offset) for part, offset in parts if not _says_nothing(part, asked=asked)]
    parts = telling or parts
    whole = join_parts([part for part, _ in parts])
    if whole is None:
        return [], []
    answer.matcher = Matcher(reader, whole)
    return parts, [answer.matcher.match(part) for part, _ in parts]


def _says_nothing(part: Part, *, asked: bool) -> bool:
    words = tokens.list_words(part.text) if isinstance(part, Word) else []
    return isinstance(part, Word) and all(tokens.says_nothing(word, asked=asked) for word in words)


def _correct(answer: Answer, parts: Sequence[tuple[Part, int]], matches: Sequence[Match], reader: Reader) -> bool:
    """Put near words in place of those that are nowhere, leave out names that nobody has; whether any was."""
    before = answer.root
    for (part, _), match in zip(parts, matches, strict=True):
        if match.holds.any() or answer.root is None:
            continue
        if isinstance(part, Word):
            words = tokens.list_words(part.text)
            if len(words) != 1:
                continue
            if is_beginning(words[0], reader):
                answer.corrections.append(Correction(part.text, words[0], begun=True))
                answer.root = replace_part(answer.root, part, Prefix(words[0], part.place))
            elif near := find_near(words[0], reader):
                answer.corrections.append(Correction(part.text, near))
                answer.root = replace_part(answer.root, part, Word(near, part.place))
        elif isinstance(part, Field) and part.name in ("tag", "speaker", "conference", "writer"):
            answer.faults.append(explain_name(part, staff=answer.staff))
            answer.root = replace_part(answer.root, part, None)
    return answer.root is not before


def _choose(answer: Answer, parts: Sequence[tuple[Part, int]], matches: Sequence[Match], reader: Reader) -> None:
    """Fill in talks with all of the words, where these are few those with most of them too, and posts."""
    key = reader.snapshot.key
    holds = reader.visible.copy()
    for (part, offset), match in zip(parts, matches, strict=True):
        if match.score is None or not isinstance(part, Word):
            holds &= match.holds  # it cannot be left out
        if match.score is not None:
            answer.groups.append(Group(str(part), match, offset))
    full = np.logical_and.reduce([holds, *(group.match.holds for group in answer.groups)])
    answer.scores = add_scores(answer.groups, len(key))
    answer.rows = np.flatnonzero(full & (key > 0))
    if len(answer.rows) < FEW and len(answer.groups) > 1:
        told = np.sum([group.match.rarity * group.match.holds for group in answer.groups], axis=0)
        enough = told >= MOST * sum(group.match.rarity for group in answer.groups)
        answer.partial = np.flatnonzero(holds & enough & ~full & (key > 0))
    if answer.groups:
        answer.posts = np.flatnonzero(full & (key < 0))


def _sort(answer: Answer, snapshot: Snapshot, order: str) -> None:
    year, day, key = snapshot.numbers["year"], snapshot.numbers["day"], snapshot.key
    answer.posts = rank(answer.groups, answer.posts, answer.scores, year, key)
    if order == "relevance":
        answer.rows = rank(answer.groups, answer.rows, answer.scores, year, key)
        answer.partial = rank(answer.groups, answer.partial, answer.scores, year, key)
    else:
        answer.rows = sort_newest(answer.rows, year, day, key, oldest=order == "oldest")
        answer.partial = sort_newest(answer.partial, year, day, key, oldest=order == "oldest")
