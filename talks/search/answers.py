"""Answers a query: finds the matching talks and posts, ranks them, and corrects misspelled words."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile

import numpy as np
import numpy.typing as npt

from talks.search import tokens
from talks.search.columns import Numbers
from talks.search.direct_hits import explain_name
from talks.search.documents import Zone
from talks.search.matching import FEW, Match, Matcher, Scores
from talks.search.occurrences import Reader
from talks.search.query import (
    All,
    Fault,
    Field,
    Part,
    Phrase,
    Prefix,
    Question,
    Without,
    Word,
    join_parts,
    list_parts,
    read_question,
    replace_part,
)
from talks.search.ranking import Group, add_scores, rank, sort_newest
from talks.search.snapshot import Snapshot, take_snapshot
from talks.search.spelling import find_near, is_beginning, split_word

# If few talks have all the words, talks with at least this share of the words' rarities follow. A word that no talk
# has may mean that the base lacks the subject, so that more of the others must be there. But who types many words
# describes a talk: then words that no talk has are left out of account, and two others must be there.
# One of three words as rare is not most of them, yet people choose words of a sentence with less care.
MOST, MOST_OF_TWO, MOST_OF_MORE, MOST_OF_SENTENCE, MANY = 0.5, 0.4, 0.34, 0.3, 4
SOME_OF_BEST = 0.75  # if no talk has most of many words: the least share of what the best talk has
_SHOWN_ZONES = (Zone.TITLE, Zone.SPEAKER, Zone.EVENT, Zone.NOTES)
_UNSEEN_ZONES = (Zone.TAG, Zone.POST, Zone.REFERENCE, Zone.AFFILIATION)
HINT = 0.3  # weight of an everyday word, as a share of that of another word as rare


def _list_none() -> Numbers:
    return np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class SpellingCorrection:
    """A typed word that no visible document has, and `used`, the word or words that were searched for instead.

    If `begun`, all words that begin with `used` were searched for.
    """

    typed: str
    used: str
    begun: bool = False


@dataclass(slots=True)
class Answer:
    """What a query found, as rows of the snapshot: `rows` are talks with all of its words, `partial` talks with most.

    If the query is a sentence, `rows` contains talks of both kinds, and `partial` is empty. `posts` are posts with all
    of the words or, if neither a talk nor a post has all, with most; a query of fields alone finds no posts. `scores`
    has a score for each row. If no talk has most of many words, the answer is `loose`: it has the talks with some.
    `groups` are the parts of the query by which talks are found, `hints` those that only affect the ranking. `root` is
    the query that was finally searched for, after corrections.
    """

    question: Question
    root: Part | None
    staff: bool
    faults: list[Fault] = field(default_factory=list)
    corrections: list[SpellingCorrection] = field(default_factory=list)
    reader: Reader | None = None
    matcher: Matcher | None = None
    sentence: bool = False
    loose: bool = False
    groups: list[Group] = field(default_factory=list)
    hints: list[Group] = field(default_factory=list)
    rows: Numbers = field(default_factory=_list_none)
    partial: Numbers = field(default_factory=_list_none)
    posts: Numbers = field(default_factory=_list_none)
    scores: Scores = field(default_factory=lambda: np.zeros(0))

    @property
    def full(self) -> Numbers:
        """The rows of talks with all words of the query, in the order of `rows`."""
        rows = self.rows
        if self.sentence:
            for group in self.groups:
                rows = rows[group.match.holds[rows]]
        return rows

    @property
    def mixed(self) -> bool:
        """Whether `rows` contains talks that lack a word of the query."""
        return len(self.full) < len(self.rows)

    @property
    def talks(self) -> Numbers:
        """The rows of all talks found."""
        return np.concatenate([self.rows, self.partial])

    def list_missing(self, row: int) -> list[str]:
        """Return the words of the query that the talk or post in this row lacks."""
        return [group.label for group in self.groups if not group.match.holds[row]]

    def list_unseen(self, row: int) -> list[tuple[str, Zone]]:
        """Return the words of the query that the talk has only where results do not show them, such as in its tags.

        Each word comes with the first zone of the talk's document that has it.
        """
        found = []
        for group in self.groups:
            places = group.match.found
            here = places.pick(places.rows == row)
            if not any(len(here.within(zone).rows) for zone in _SHOWN_ZONES):
                found += [(group.label, zone) for zone in _UNSEEN_ZONES if len(here.within(zone).rows)][:1]
        return found


def find_answer(text: str, *, staff: bool, order: str = "relevance") -> Answer:
    """Return what the query finds among the talks and posts that the reader may see.

    `order` is relevance, newest or oldest; posts are always in the order of relevance.
    """
    question = read_question(text)
    answer = Answer(question, question.root, staff, list(question.faults))
    if question.root is None:
        return answer
    answer.reader = Reader(take_snapshot(), staff=staff)
    asked = _match_parts(answer, question.root, answer.reader)
    if _correct(answer, asked, answer.reader):
        if answer.root is None:
            return answer
        asked = _match_parts(answer, answer.root, answer.reader)
    _choose(answer, asked, answer.reader)
    _sort(answer, answer.reader.snapshot, order)
    return answer


@dataclass(frozen=True, slots=True)
class _Asked:
    """A part of the query with its match; `offset` is the number of its first word in the query, from 0.

    A `hint` only affects the ranking. A talk may lack a part that is `optional` if it has most of the other parts.
    """

    part: Part
    offset: int
    match: Match
    hint: bool
    optional: bool


def _match_parts(answer: Answer, root: Part, reader: Reader) -> list[_Asked]:
    """Return the parts of the query that say something, each with its match.

    A pair such as "say no" comes first, and may replace its two words. The answer's `matcher` is set, and `sentence`:
    whether the query is a question.
    """
    parts, offsets = _choose_telling(answer, root), _number_parts(root)
    pairs = list(_list_pairs(root))
    matcher = answer.matcher = Matcher(reader, join_parts(parts) or root, root, [pair for pair, _ in pairs])
    asked = []
    for pair, words in pairs:
        if (match := matcher.match(pair)).holds.any():
            telling = all(_is_made_of(word, tokens.says_something_paired) for word in words)
            asked.append(_Asked(pair, offsets[id(words[0])], match, hint=not telling, optional=True))
            parts = [part for part in parts if not telling or not any(part is word for word in words)]
    answer.sentence = answer.sentence or not all(one.hint for one in asked)
    little = tokens.says_little if answer.sentence else tokens.says_nothing_anywhere
    hints = {id(part) for part in parts if _is_made_of(part, little) and not matcher.names_tag(part)}
    if all(one.hint for one in asked) and len(hints) == sum(not isinstance(part, Field | Without) for part in parts):
        hints.clear()
    for part in parts:
        optional = isinstance(part, Word)
        asked.append(_Asked(part, offsets[id(part)], matcher.match(part), id(part) in hints, optional))
    return asked


def list_subjects(root: Part) -> Sequence[Part]:
    """Return the parts of the query without introductory words at its start, such as "videos about".

    If the query consists of such words, return all parts.
    """
    parts = list_parts(root)
    introduction = map(_read_first_word, takewhile(lambda part: isinstance(part, Word), parts))
    return parts[tokens.count_introduction(introduction) :] or parts


def _read_first_word(part: Part) -> str:
    """Return the first word of a part of the query: "what" of "what's"; "" if another word of it is no stop word."""
    first, *others = tokens.list_words(str(part)) or [""]
    return first if all(map(tokens.says_nothing, others)) else ""


def _number_parts(root: Part) -> dict[int, int]:
    """Return the number of each part's first word in the query, from 0, by the `id()` of the part.

    Fields and exclusions are not counted; the article in "d'écran" is passed over.
    """
    offset, offsets = 0, {}
    for part in list_parts(root):
        offsets[id(part)] = offset + (tokens.drop_article(str(part)) != str(part))
        offset += 0 if isinstance(part, Field | Without) else max(1, len(tokens.list_phrase(str(part))))
    return offsets


def _choose_telling(answer: Answer, root: Part) -> list[Part]:
    """Return the query's parts without stop words, initials, and words that introduce it ("my notes on").

    Return all parts if only exclusions would be left. `answer.sentence` becomes whether the query is a question.
    """
    words = tokens.list_words(answer.question.text)
    language = tokens.guess_language(words)
    answer.sentence = _is_sentence(words, answer.question.text)
    telling = [part for part in list_subjects(root) if not says_nothing(part, language)]
    return telling if any(not isinstance(part, Without) for part in telling) else list(list_parts(root))


def _list_pairs(root: Part) -> Iterator[tuple[Phrase, tuple[Part, Part]]]:
    """Yield pairs of neighbouring words, each as a phrase with its parts, if one means little without the other.

    "java 8" is such a pair.
    """
    for one, other in pairwise(list_subjects(root)):
        words = [tokens.list_words(str(part)) for part in (one, other) if isinstance(part, Word)]
        if [len(found) for found in words] == [1, 1]:
            small = [word for (word,) in words if tokens.says_nothing(word) or tokens.is_small_number(word)]
            if small and all(tokens.says_something_paired(word) or tokens.is_small_number(word) for word in small):
                yield Phrase(f"{one} {other}"), (one, other)


def _is_sentence(words: Sequence[str], text: str) -> bool:
    return len(words) > 1 and (tokens.asks(words[0]) or text.rstrip().endswith(("?", "？")))


def says_nothing(part: Part, language: str = tokens.DEFAULT_LANGUAGE) -> bool:
    """Whether the part consists of stop words, or is the initial of a name, so that results need not have it."""
    if isinstance(part, Word) and tokens.is_initial(part.text):
        return True
    return _is_made_of(part, lambda word: tokens.says_nothing(word, language))


def drop_outer_stop_words(root: Part | None) -> Part | None:
    """Return the query without stop words and initials at its ends; None if it consists of them.

    A query that is not several parts joined by AND is returned as it is.
    """
    if not isinstance(root, All):
        return root
    telling = [place for place, part in enumerate(root.parts) if not says_nothing(part)]
    return join_parts(list(root.parts[telling[0] : telling[-1] + 1])) if telling else None


def _is_made_of(part: Part, says: Callable[[str], bool]) -> bool:
    return isinstance(part, Word) and all(map(says, tokens.list_words(part.text)))


def _correct(answer: Answer, asked: Sequence[_Asked], reader: Reader) -> bool:
    """In `answer.root`, replace words that no visible document has, and drop fields whose names nobody has.

    Each dropped field becomes a fault. Return whether anything changed.
    """
    before = answer.root
    for one in asked:
        part = one.part
        if one.hint or one.match.holds.any() or answer.root is None:
            continue
        if isinstance(part, Word):
            _correct_word(answer, part, reader)
        elif isinstance(part, Field) and part.name in ("tag", "speaker", "conference", "writer"):
            answer.faults.append(explain_name(part, staff=answer.staff))
            answer.root = replace_part(answer.root, part, None)
    return answer.root is not before


def _correct_word(answer: Answer, part: Word, reader: Reader) -> None:
    """Replace in `answer.root` a word that no visible document has, and add the correction to `answer.corrections`.

    The word is replaced by its parts if `split_word` gives some. Else a single word is replaced by all words that begin
    with it, else by the most similar word unless it is a name of the shipped vocabulary. Otherwise the word stays.
    """
    words, matcher, root = tokens.list_words(part.text), answer.matcher, answer.root
    if root is None or not words:
        return
    if split := split_word(part.text, reader):
        answer.corrections.append(SpellingCorrection(part.text, " ".join(split)))
        answer.root = replace_part(root, part, join_parts([Word(word, part.place) for word in split]))
    elif len(words) > 1:
        return
    elif is_beginning(words[0], reader):
        answer.corrections.append(SpellingCorrection(part.text, words[0], begun=True))
        answer.root = replace_part(root, part, Prefix(words[0], part.place))
    elif not (matcher and matcher.is_shipped_name(part)) and (near := find_near(words[0], reader)):
        answer.corrections.append(SpellingCorrection(part.text, near))
        answer.root = replace_part(root, part, Word(near, part.place))


def _choose(answer: Answer, asked: Sequence[_Asked], reader: Reader) -> None:
    """Set the answer's `rows` (talks with all words of the query), `partial` (with most), `posts` and `scores`.

    Talks with most words are looked for only if few talks have all.
    """
    key = reader.snapshot.key
    holds = reader.visible.copy()
    for one in asked:
        if one.match.score is None or not one.optional:
            holds &= one.match.holds  # this part is always required
        if one.match.score is not None:
            groups = answer.hints if one.hint else answer.groups
            groups.append(Group(str(one.part), one.match, one.offset))
    full = np.logical_and.reduce([holds, *(group.match.holds for group in answer.groups)])
    answer.scores = add_scores(answer.groups, len(key)) + HINT * add_scores(answer.hints, len(key))
    for one in asked:
        if one.match.about is not None:
            answer.scores += one.match.about
    answer.rows = np.flatnonzero(full & (key > 0))
    answer.posts = np.flatnonzero(full & (key < 0)) if answer.groups else _list_none()
    if len(answer.rows) < FEW and len(answer.groups) > 1:
        enough = _have_most(answer)
        answer.partial = np.flatnonzero(holds & enough & ~full & (key > 0))
        if not len(answer.talks) and len(answer.groups) >= MANY:
            answer.partial = np.flatnonzero(holds & _have_some(answer, holds & (key > 0)))
            answer.loose = len(answer.partial) > 0
        if not len(answer.rows) and not len(answer.posts):
            answer.posts = np.flatnonzero(holds & enough & (key < 0))


def _have_most(answer: Answer) -> npt.NDArray[np.bool_]:
    """Return for each row whether its document has most words of the query: at least one, or two of four or more.

    The words that it has must also have a share (see `MOST`) of the summed rarities of all words, so that rare words
    count more. In a query of four words or more, words that no document has are left out of the sum, unless only one
    word would be left.
    """
    matches = [group.match for group in answer.groups]
    known = [match for match in matches if match.holds.any()]
    share = MOST_OF_SENTENCE if answer.sentence else MOST_OF_TWO if len(matches) == 2 else MOST_OF_MORE
    least = 1
    if len(matches) >= MANY and len(known) > 1:
        least = 2
    elif len(known) < len(matches):
        known, share = matches, MOST
    told = np.sum([match.rarity * match.holds for match in known], axis=0)
    counts = np.sum([match.holds for match in known], axis=0)
    return (counts >= least) & (told >= share * sum(match.rarity for match in known))


def _have_some(answer: Answer, talks: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return for each row whether it is one of the talks with two words or more, and with hardly rarer words in any."""
    told = np.sum([group.match.rarity * group.match.holds for group in answer.groups], axis=0)
    talks = talks & (np.sum([group.match.holds for group in answer.groups], axis=0) > 1)
    return talks & (told >= SOME_OF_BEST * told[talks].max(initial=0.0))


def _sort(answer: Answer, snapshot: Snapshot, order: str) -> None:
    year, day, key = snapshot.numbers["year"], snapshot.numbers["day"], snapshot.key
    hints = [replace(hint, match=replace(hint.match, rarity=HINT * hint.match.rarity)) for hint in answer.hints]
    groups = sorted([*answer.groups, *hints], key=lambda group: group.offset)
    answer.posts = rank(groups, answer.posts, answer.scores, year, key)
    if answer.sentence:
        answer.rows, answer.partial = answer.talks, _list_none()
    if order == "relevance":
        answer.rows = rank(groups, answer.rows, answer.scores, year, key)
        answer.partial = rank(groups, answer.partial, answer.scores, year, key)
    else:
        answer.rows = sort_newest(answer.rows, year, day, key, oldest=order == "oldest")
        answer.partial = sort_newest(answer.partial, year, day, key, oldest=order == "oldest")
