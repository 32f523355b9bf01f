"""Measures how well a base answers the judged queries of `judged.jsonl`, by kind of query.

Readers who saw no results wrote the queries and graded which talks answer them: 3 is what the query looks for, 1 a
mention. Talks are named by file, line and title; those that the base does not contain do not count. Part `a` was used
for tuning, part `b` was not; part `c`, questions and inflections, was written later, before these were improved. Part
`d` is by another judge, who saw neither results nor other parts: queries of every kind. Its queries with an odd `id`
were read before their kinds were improved; of the even ones only the figures, and the names of a few kinds, were seen.
Part `e` is by a third judge, who read the posts and no results; of its queries too, those with an even `id` were not
looked into. Part `f` is by a fourth, who was asked for what people remember of a talk; of its queries those with an odd
`id` were not looked into.

python -m tests.search.judging a

prints the table for the base of DATABASE_URL, into which `samples` and the corpus were imported.
"""

import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django

# Modules that import models are imported inside functions, once Django is set up.

QUERIES = [json.loads(line) for line in (Path(__file__).parent / "judged.jsonl").read_text().splitlines()]
DEPTH = 10


@dataclass
class Figures:
    """Sums of measures of the answers to queries of one kind; `worst` are pairs of a query's nDCG and the query."""

    count: int = 0
    ndcg: float = 0
    reciprocal: float = 0
    first: int = 0
    empty: int = 0
    worst: list[tuple[float, str]] = field(default_factory=list)

    def add(self, query: str, found: list[int], wanted: dict[int, int]) -> None:
        self.count += 1
        ndcg = measure_ndcg(found, wanted)
        self.ndcg += ndcg
        self.reciprocal += next((1 / place for place, key in enumerate(found, 1) if key in wanted), 0)
        self.first += bool(found) and found[0] in wanted
        self.empty += not found
        self.worst.append((ndcg, query))

    def mean(self, name: str) -> float:
        return getattr(self, name) / self.count if self.count else 0.0


def judge(queries: Iterable[dict[str, Any]] = QUERIES, only: str = "") -> tuple[dict[str, Figures], list[str]]:
    """Ask the queries; return figures by kind of query and, as `all`, together, and queries that should find nothing.

    Of the latter only those are returned that found something.
    """
    from talks.search import search

    known = Base(only)
    figures: defaultdict[str, Figures] = defaultdict(Figures)
    wrong = []
    for query in queries:
        wanted = known.find_talks(query) if query["talks"] else known.find_posts(query)
        if not (wanted or query.get("none")):
            continue
        results = search(query["query"])
        hits = [hit.talk.pk for hit in results.load_talks(results.rows[:DEPTH])]
        if query.get("none"):
            wrong += [query["query"]] if hits else []
            continue
        if not query["talks"]:
            hits = [hit.post.pk for hit in results.posts]
        figures[query["kind"]].add(query["query"], hits, wanted)
        figures["all"].add(query["query"], hits, wanted)
    return figures, wrong


class Base:
    """Talks and posts of the base by file name; `only` is a prefix of file names."""

    def __init__(self, only: str) -> None:
        from talks.models import Post, TalkSource

        self.only = only
        self.talks: defaultdict[str, list[tuple[int, int, str, int]]] = defaultdict(list)
        rows = TalkSource.objects.shown().values_list("post__path", "line", "end_line", "title", "talk")
        for path, line, end, title, talk in rows:
            self.talks[name_file(path)].append((line, end, title, talk))
        self.posts = {name_file(path): pk for pk, path in Post.objects.values_list("pk", "path")}

    def find_talks(self, query: dict[str, Any]) -> dict[int, int]:
        """Return the grades of the talks that the query wants and the base contains, by primary key."""
        found: dict[int, int] = {}
        for talk in query["talks"]:
            if talk["file"].startswith(self.only) and (pk := self._find(talk)):
                found[pk] = max(talk["grade"], found.get(pk, 0))
        return found

    def find_posts(self, query: dict[str, Any]) -> dict[int, int]:
        """Return the grades of the posts that the query wants and the base contains, by primary key."""
        named = {name_file(post["file"]): post["grade"] for post in query.get("posts", ())}
        return {self.posts[name]: grade for name, grade in named.items() if name in self.posts}

    def _find(self, talk: dict[str, Any]) -> int | None:
        told = self.talks[name_file(talk["file"])]
        same = (pk for line, _, _, pk in told if line == talk["line"])
        called = (pk for _, _, title, pk in told if talk["title"].casefold() in title.casefold())
        around = (pk for line, end, _, pk in told if line <= talk["line"] <= end)
        return next(same, None) or next(called, None) or next(around, None)


def name_file(path: str) -> str:
    """Return what identifies a file wherever it is: its name, and whether it is a sample."""
    return f"{'samples/' if 'samples/' in path else ''}{path.rsplit('/', 1)[-1]}"


def measure_ndcg(found: list[int], wanted: dict[int, int]) -> float:
    """Return nDCG@10 of what was found, with gains of 2^grade - 1; `wanted` are grades by primary key."""
    gains = [2 ** wanted.get(key, 0) - 1 for key in found[:DEPTH]]
    best = sorted((2**grade - 1 for grade in wanted.values()), reverse=True)[:DEPTH]
    return _discount(gains) / _discount(best)


def _discount(gains: list[int]) -> float:
    return sum(gain / math.log2(place + 1) for place, gain in enumerate(gains, 1))


def main() -> None:
    django.setup()
    part = sys.argv[1] if len(sys.argv) > 1 else ""
    figures, wrong = judge([query for query in QUERIES if part in ("", query["part"])])
    print(f"{'kind':<18} {'n':>3} {'nDCG@10':>8} {'MRR':>6} {'first':>6} {'zero':>6}")
    for kind, found in figures.items():
        row = [found.mean(name) for name in ("ndcg", "reciprocal", "first", "empty")]
        print(f"{kind:<18} {found.count:>3} {row[0]:>8.3f} {row[1]:>6.3f} {row[2]:>6.3f} {row[3]:>6.3f}")
    print(f"found where nothing is: {wrong or 'none'}")
    for ndcg, query in sorted(figures["all"].worst)[:15]:
        print(f"  {ndcg:.2f} {query}")


if __name__ == "__main__":
    main()
