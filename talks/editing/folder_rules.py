"""Suggests rules for a folder's `confnotes.toml` where corrections of several posts there say the same."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from talks import parsing
from talks.importing import NotRereadError, read_corrected
from talks.models import Correction, Post
from talks.parsing import Act

_LEAST_POSTS = 2
MOST_READ = 100
_HEADING = re.compile(r"(#{1,6})\s")
_SHARED = ("series", "year", "writer", "visibility", "talk_level", "title_pattern", "holds_talks")


@dataclass(frozen=True, slots=True)
class FolderRule:
    """Hints that a `confnotes.toml` of the folder could give: `answers`, pairs of name and value.

    `posts` are the keys of the posts whose corrections say at least one of the hints.
    """

    folder: str
    answers: tuple[tuple[str, Any], ...]
    posts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The lines for `confnotes.toml`. Texts, numbers and truth values are written as JSON, which is valid TOML."""
        return "\n".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in self.answers)


@dataclass(frozen=True, slots=True)
class RuleEffect:
    """How a post is read without the rule and with it: the name of its conference (or "") and how many talks."""

    post: Post
    before: tuple[str, int]
    after: tuple[str, int]


def find_rules() -> list[FolderRule]:
    """Return a rule for each folder: the hints that corrections of at least two posts in it give alike.

    A hint that the correction of another post there contradicts is left out, and so are folders without hints; posts in
    folders below do not count. Corrections that begin talks of a post at headings of one level alone say that this is
    the `talk_level`, unless another correction of the post names one.
    """
    said: defaultdict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    rows = Correction.objects.filter(active=True, post__withdrawn=False).order_by("post__key", "number")
    levels: defaultdict[str, set[int]] = defaultdict(set)
    for key, act, anchor, value in rows.values_list("post__key", "act", "anchor", "value"):
        answers = said[key.rpartition("/")[0]].setdefault(key, {})
        if act == Act.POST.value:
            answers |= {name: each for name, each in value.get("post", {}).items() if name in _SHARED}
        elif act == Act.TALK.value and (match := _HEADING.match((anchor.get("first") or [""])[0])):
            levels[key].add(len(match[1]))
    rules = []
    for folder, posts in sorted(said.items()):
        for key, answers in posts.items():
            if "talk_level" not in answers and len(levels[key]) == 1:
                answers["talk_level"] = next(iter(levels[key]))
        if agreed := _choose_agreed(posts.values()):
            telling = tuple(sorted(key for key, answers in posts.items() if answers.keys() & agreed.keys()))
            rules.append(FolderRule(folder, tuple(sorted(agreed.items())), telling))
    return rules


def _choose_agreed(posts: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    values: defaultdict[str, list[Any]] = defaultdict(list)
    for answers in posts:
        for name, value in answers.items():
            values[name].append(value)
    return {
        name: each[0] for name, each in values.items() if len(each) >= _LEAST_POSTS and each.count(each[0]) == len(each)
    }


def preview_rule(rule: FolderRule) -> list[RuleEffect]:
    """Return what the rule changes in posts in and below the folder: in their conference or number of talks.

    Posts without such a change are left out, and so are posts that cannot be read again. Only the first `MOST_READ`
    posts are read, each with and without the rule; nothing is stored.
    """
    rows = Post.objects.filter(withdrawn=False, key__startswith=f"{rule.folder}/" if rule.folder else "")
    found = []
    corrections = Correction.objects.filter(post__in=rows).by_post()
    for post in rows.order_by("key")[:MOST_READ]:
        try:
            held = corrections.get(post.pk, ())
            now = read_corrected(post, held)
            then = read_corrected(post, held, hints=dict(rule.answers))
        except NotRereadError:
            continue
        before, after = _describe_reading(now), _describe_reading(then)
        if before != after:
            found.append(RuleEffect(post, before, after))
    return found


def _describe_reading(parsed: parsing.ParsedPost) -> tuple[str, int]:
    conference = parsed.conference
    named = " ".join(str(each) for each in (conference.series, conference.year) if each) if conference else ""
    return named, len(parsed.talks)
