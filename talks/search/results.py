"""Search results for pages: talks with their best takeaways, passages of posts, and help if little was found."""

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from django.db.models import F, QuerySet

from talks import markup
from talks.counts_and_cut_texts import cut_text
from talks.models import Post, Tag, Takeaway, Talk, TalkSource, pair_with_parents, prepared
from talks.parsing import read_definitions, read_markdown_lines, resolve_links
from talks.search import tokens
from talks.search.answers import (
    Answer,
    SpellingCorrection,
    drop_outer_stop_words,
    find_answer,
    list_subjects,
    says_nothing,
)
from talks.search.columns import mark_members
from talks.search.direct_hits import Named, find_direct, find_post
from talks.search.documents import Zone
from talks.search.engine import TooLongError, limit_time, read_sources
from talks.search.excerpts import Piece, cut_excerpt
from talks.search.facets import Chip, Facet, list_chips, list_facets
from talks.search.matching import FEW
from talks.search.query import (
    Fault,
    Field,
    Part,
    Phrase,
    Without,
    Word,
    list_leaves,
    list_parts,
    read_question,
    replace_part,
)
from talks.search.ranking import find_units
from talks.search.spelling import find_near

MOST_TAKEAWAYS = 3
MOST_POSTS = 5
_MOST_WIDER = 3
_LONGEST_ABOVE = 160
_REASONS = {  # by zone, and by whether the title of a post has the word
    (Zone.TAG, False): "tagged {}",
    (Zone.POST, False): "in a post tagged {}",
    (Zone.POST, True): "in a post with {} in its title",
    (Zone.REFERENCE, False): "with a link called {}",
    (Zone.AFFILIATION, False): "by a speaker from {}",
}
_COMMONER = 5  # suggest a near word if it occurs in so many times more documents
_NOTES_FIELDS = ("public_id", "kind", "html", "talk", "line", "post__language", "post__path")
_PARENT_FIELDS = ("parent__html", "parent__hidden", "parent__withdrawn")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """An excerpt of a takeaway, in pieces; `above` is the beginning of the text of its parent takeaway.

    `above` is empty if there is no parent to show (`pair_with_parents`).
    """

    takeaway: Takeaway
    pieces: list[Piece]
    above: str
    language: str

    @property
    def text(self) -> str:
        """The excerpt as plain text."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class TalkHit:
    """A talk that was found. `missing` are words of the query that the talk lacks.

    `reasons` say where words of the query are that no shown text of the talk has: "tagged kafka".
    """

    talk: Talk
    score: float
    excerpts: list[Excerpt] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PostHit:
    """A post whose text outside its talks was found, with its best passage and the number of the passage's first line.

    A post found by its title or tags alone has no pieces, and line 1. `missing` are words of the query that the post
    lacks.
    """

    post: Post
    line: int
    pieces: list[Piece]
    missing: list[str]

    @property
    def url(self) -> str:
        """The address of the passage's first line."""
        return self.post.get_line_url(self.line)

    @property
    def text(self) -> str:
        """The passage as plain text."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Wider:
    """A query with fewer parts that finds something: `without` are the parts left out.

    `count` is the number of talks with all words of the shorter query.
    """

    without: str
    query: str
    count: int


@dataclass(frozen=True, slots=True)
class Excluded:
    """A word that the query excludes. `phrase` is how it was written, after another word, in quotation marks.

    `query` is the query with the phrase instead.
    """

    word: str
    phrase: str
    query: str


class Results:
    """All results of a query for one reader.

    `query` is the typed text, cleaned and cut to the greatest length of a query; `understood` is the query that was
    searched for, after correcting misspelled words and leaving out parts with mistakes. `rows` are all talks found in
    the order asked for, `total` in number, `full_rows` those with all words of the query, both as rows for
    `load_talks`. If they are `loose`, no talk has most of the words, and all have some. If the results are `mixed`, as
    they are for a whole sentence, talks that lack a word are ranked among the others, else they come last. `post_total`
    is the number of posts that match outside their talks. `chips` are the conditions of the query that can be removed,
    `nowhere` its words that no visible document contains (words that were corrected are among them only if nothing was
    found), and `inflected` its phrases that few or no talks have exactly, so that other inflections were found too.
    """

    def __init__(self, answer: Answer, *, too_long: bool = False) -> None:
        self._answer = answer
        self.too_long = too_long
        self.query = answer.question.text
        self.understood = str(answer.root or "")
        self.corrections: list[SpellingCorrection] = answer.corrections
        self.faults: list[Fault] = answer.faults
        self.rows: list[int] = answer.talks.tolist()
        self.full_rows: list[int] = answer.full.tolist()
        self.total = len(self.rows)
        self.mixed, self.loose = answer.mixed and not answer.loose, answer.loose
        self.chips: list[Chip] = list_chips(answer)
        found = self.total or len(answer.posts)
        self.nowhere = [] if found else [correction.typed for correction in answer.corrections]
        self.nowhere += [group.label for group in answer.groups if not group.match.holds.any()]
        self.inflected = [part.text for part in answer.matcher.inflected] if answer.matcher and self.total else []

    @cached_property
    def post_total(self) -> int:
        return len(self._answer.posts) - (len(self._best_posts) - len(self.posts))

    @cached_property
    def facets(self) -> list[Facet]:
        return list_facets(self._answer)

    @cached_property
    def direct(self) -> list[Named]:
        """The pages whose name equals the query or, if no page has it, the query without introductory and stop words.

        A post that was found is among them if its title equals the query. A query with a field has no such pages.
        """
        root = self._answer.root
        leaves = list(list_leaves(root))
        if root is None or not leaves or any(isinstance(leaf, Field) for leaf in leaves):
            return []
        text = " ".join(leaf.text for leaf in leaves if not isinstance(leaf, Field))
        subjects = [leaf for part in list_subjects(root) for leaf in list_leaves(part) if not says_nothing(leaf)]
        told = " ".join(leaf.text for leaf in subjects if not isinstance(leaf, Field))
        found = find_direct(text, staff=self._answer.staff)
        if told != text and not found:  # "talks by Lisa Guo"
            found = find_direct(told, staff=self._answer.staff)
        return found + find_post(text, self._best_posts)

    @cached_property
    def suggestion(self) -> str:
        """A query to try instead, or an empty text.

        If the query has fields with names that nobody has, it suggests the most similar names. Otherwise, if no word
        was corrected and few talks have all words, it suggests similar words that are commoner for rare words, if more
        talks have all of these.
        """
        answer = self._answer
        if meant := [fault.instead for fault in self.faults if fault.instead]:
            return read_question(" ".join([self.understood, *meant])).canonical
        if self.corrections or answer.root is None or answer.reader is None or len(answer.rows) >= FEW:
            return ""
        root: Part | None = answer.root
        for group in answer.groups:
            part = next((p for p in list_leaves(root) if isinstance(p, Word) and p.text == group.label), None)
            words = tokens.list_words(group.label)
            count = int(group.match.holds.sum())
            if part is None or root is None or len(words) != 1 or count > FEW or group.match.is_name():
                continue
            near = find_near(words[0], answer.reader, least=_COMMONER * max(1, count))
            if near and not tokens.says_nothing(near):
                root = replace_part(root, part, Word(near))
        if root is None or root == answer.root:
            return ""
        with suppress(TooLongError), limit_time():
            if len(find_answer(str(root), staff=answer.staff).full) > len(answer.full):
                return str(root)
        return ""

    @cached_property
    def excluded(self) -> list[Excluded]:
        """The words that `-` excludes right after another word, as in "rm -rf", which may have been meant literally."""
        root = self._answer.root
        found: list[Excluded] = []
        for before, part in pairwise(list_parts(root)):
            if root and isinstance(before, Word) and isinstance(part, Without) and isinstance(part.part, Word):
                phrase = Phrase(f"{before} -{part.part}")
                rest = replace_part(root, part, None) or before
                literal = replace_part(rest, before, phrase)
                found.append(Excluded(str(part.part), str(phrase), str(literal)))
        return found

    @cached_property
    def wider(self) -> list[Wider]:
        """At most three queries that find talks, the one with most talks last, if this query finds none; else [].

        Each has one part less than this query; if no such query finds talks, each has one part alone.
        """
        root = self._answer.root if not self.total else None
        parts = [part for part in getattr(root, "parts", ()) if not (isinstance(part, Without) or says_nothing(part))]
        found: list[Wider] = []
        with suppress(TooLongError), limit_time():
            for part in parts:
                self._widen(found, str(part), drop_outer_stop_words(replace_part(root, part, None)) if root else None)
            if not found and len(parts) > 2:
                for part in parts:
                    self._widen(found, ", ".join(str(other) for other in parts if other is not part), part)
        return sorted(found, key=lambda one: one.count)[-_MOST_WIDER:]

    def _widen(self, found: list[Wider], without: str, rest: Part | None) -> None:
        asks = any(True for _ in list_leaves(rest))  # exclusions alone ask for nothing
        if asks and (count := len(find_answer(str(rest), staff=self._answer.staff).rows)):
            found.append(Wider(without, str(rest), count))

    @cached_property
    def included(self) -> list[str]:
        """The names of tags of found talks that the query does not name, but that a tag named by the query includes."""
        found = self._answer.matcher.included if self._answer.matcher else {}
        used = [pk for pk, places in found.items() if mark_members(places.rows, self._answer.talks).any()]
        return list(Tag.objects.filter(pk__in=used).order_by("sort_key").values_list("name", flat=True)) if used else []

    def load_talks(self, rows: Sequence[int]) -> list[TalkHit]:
        """Return the talks of these rows of the snapshot, loaded with all that the results page shows of them."""
        answer = self._answer
        if answer.reader is None:
            return []
        by_key = {int(answer.reader.snapshot.key[row]): row for row in rows}
        talks = {talk.pk: talk for talk in _select_talks(list(by_key), staff=answer.staff)}
        excerpts, reasons = self._cut_excerpts(by_key), self._give_reasons(by_key)
        return [
            TalkHit(talks[key], float(answer.scores[row]), excerpts[key], answer.list_missing(row), reasons[key])
            for key, row in by_key.items()
            if key in talks
        ]

    def _give_reasons(self, rows: dict[int, int]) -> dict[int, list[str]]:
        """Return for each talk, by its id, where words of the query are that no shown text has: "tagged kafka"."""
        unseen = {key: self._answer.list_unseen(row) for key, row in rows.items()}
        in_posts = {key for key, found in unseen.items() for _, zone in found if zone == Zone.POST}
        posts = Post.objects.visible(staff=self._answer.staff).filter(sources__talk__in=in_posts)
        titles = posts.values_list("sources__talk", "title") if in_posts else ()
        named = {key for key, title in titles if any(piece.marked for piece in self._cut(title))}
        return {
            key: [_REASONS[zone, zone == Zone.POST and key in named].format(word) for word, zone in found]
            for key, found in unseen.items()
        }

    @cached_property
    def posts(self) -> list[PostHit]:
        """The best posts, `MOST_POSTS` at most, each with its best passage outside the talks."""
        answer = self._answer
        if answer.reader is None:
            return []
        rows = {-int(answer.reader.snapshot.key[row]): int(row) for row in answer.posts[:MOST_POSTS]}
        lines = read_sources(-pk for pk in rows)
        found = []
        for post in self._best_posts:
            units = find_units(answer.groups, rows[post.pk], Zone.NOTES)
            places = [unit - Zone.NOTES for unit in units]
            own = lines.get(-post.pk, [])
            line = next((own[place] for place in places if place < len(own)), 0)
            pieces = self._cut(read_passage(post, line)) if line else []
            if not pieces and post.pk in self._told:
                continue  # a talk of the same title stands above it
            found.append(PostHit(post, line or 1, pieces, answer.list_missing(rows[post.pk])))
        return found

    @cached_property
    def _told(self) -> set[int]:
        """The ids of the posts with the same title as a talk of theirs that has all words of the query."""
        talks = [int(key) for key in self._answer.reader.snapshot.key[self._answer.full]] if self._answer.reader else []
        same = TalkSource.objects.shown().filter(talk__title=F("post__title"))
        told = same.filter(post__in=self._best_posts, talk__in=talks)
        return set(told.values_list("post", flat=True))

    @cached_property
    def _best_posts(self) -> list[Post]:
        if self._answer.reader is None:
            return []
        keys = [-int(self._answer.reader.snapshot.key[row]) for row in self._answer.posts[:MOST_POSTS]]
        posts = Post.objects.visible(staff=self._answer.staff).select_related("writer").in_bulk(keys)
        return [posts[pk] for pk in keys if pk in posts]

    def _cut_excerpts(self, rows: dict[int, int]) -> dict[int, list[Excerpt]]:
        """Return by the talk's id excerpts of its best takeaways, `MOST_TAKEAWAYS` at most, the best first."""
        sources = read_sources(rows)
        best: dict[int, list[int]] = {}
        for key, row in rows.items():
            places = [unit - Zone.NOTES for unit in find_units(self._answer.groups, row, Zone.NOTES)]
            own = sources.get(key, [])
            best[key] = [own[place] for place in places if place < len(own)][:MOST_TAKEAWAYS]
        wanted = [pk for found in best.values() for pk in found]
        loaded = {takeaway.pk: takeaway for takeaway in _select_takeaways(wanted, staff=self._answer.staff)}
        chosen = {key: [loaded[pk] for pk in found if pk in loaded] for key, found in best.items()}
        return {key: [self._make_excerpt(*pair) for pair in pair_with_parents(rows)] for key, rows in chosen.items()}

    def _make_excerpt(self, takeaway: Takeaway, parent: Takeaway | None) -> Excerpt:
        above = cut_text(markup.read_text(parent.html), _LONGEST_ABOVE) if parent else ""
        language = takeaway.post.language if takeaway.post else ""
        return Excerpt(takeaway, self._cut(markup.read_text(takeaway.html)), above, language)

    def _cut(self, text: str) -> list[Piece]:
        return cut_excerpt(text, *self._marked)

    @cached_property
    def _marked(self) -> tuple[set[str], set[tuple[str, ...]]]:
        return self._answer.matcher.list_marked() if self._answer.matcher else (set(), set())


@prepared
def _select_talks(keys: Collection[int], *, staff: bool) -> QuerySet[Talk]:
    return Talk.objects.visible(staff=staff).filter(pk__in=keys).with_cards()


@prepared
def _select_takeaways(keys: Collection[int], *, staff: bool) -> QuerySet[Takeaway]:
    shown = Takeaway.objects.visible(staff=staff).filter(pk__in=keys).select_related("post", "parent")
    return shown.only(*_NOTES_FIELDS, *_PARENT_FIELDS)


def search(text: str, *, staff: bool = False, order: str = "relevance") -> Results:
    """Return what the query finds for the reader, staff or not.

    If the database takes too long, the result is empty and has `too_long` set. `order` is relevance, newest or oldest.
    """
    try:
        with limit_time():
            return Results(find_answer(text, staff=staff, order=order))
    except TooLongError:
        return Results(Answer(read_question(text), None, staff), too_long=True)


def find_lines(hits: Iterable[TalkHit], *, staff: bool) -> dict[int, tuple[str, int]]:
    """Return by the talk's id the path of a visible post with notes of the talk, and the talk's first line there.

    It is the post of the talk's best excerpt, else the post published first. Talks in no visible post are left out.
    """
    hits = list(hits)
    visible = Post.objects.visible(staff=staff)
    sources = TalkSource.objects.shown().filter(talk__in=[hit.talk.pk for hit in hits], post__in=visible)
    sources = sources.order_by("talk", "post__published_on", "post__key")
    told: dict[int, dict[int, tuple[str, int]]] = {}
    for talk, post, path, line in sources.values_list("talk", "post", "post__path", "line"):
        told.setdefault(talk, {})[post] = path, line
    found = {}
    for hit in hits:
        own = told.get(hit.talk.pk, {})
        best = [excerpt.takeaway.post_id for excerpt in hit.excerpts if excerpt.takeaway.post_id in own]
        if own:
            found[hit.talk.pk] = own[best[0]] if best else next(iter(own.values()))
    return found


def read_passage(post: Post, line: int) -> str:
    """Return the plain text of the paragraph that begins at the line, up to a blank line.

    It ends at the latest where the entry of `Post.lines` for this line ends; a line without such an entry is read
    alone.
    """
    last = min((last for first, last, _ in post.lines if first <= line <= last), default=line)
    everything = read_markdown_lines(post.source)
    lines = everything[line - 1 : last]
    end = next((place for place, text in enumerate(lines) if not text.strip()), len(lines))
    passage = resolve_links("\n".join(lines[:end]), read_definitions(everything))
    return markup.read_text(markup.render(passage).html)
