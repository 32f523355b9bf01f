"""Decision trees over evidence: a piece of evidence counts differently depending on the other evidence.

`trees.json`, made by `bench/train_reader.py`, has trees for each kind of candidate. A node is either a number, which is
added to the logarithm of the odds that the candidate is a talk, or a list: a reason, a limit, the mean of the numbers
below, the node for evidence of at most this strength, and the node for stronger evidence.
"""

import json
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

Node = float | list[Any]

TREES: dict[str, list[Node]] = json.loads(files("talks.parsing.talks").joinpath("trees.json").read_text("utf-8"))
SHARE = 0.5
"""How much the sum of weights counts beside trees."""
LIMIT = 4.0
"""The sum of weights is cut to this before it counts beside trees."""

SETTLED_ALONE = frozenset(
    {"is what such posts call something else than a talk", "names a day", "is a label", "announces speakers"}
    | {"its siblings are lettered, and it is not", "announces talks", "is the post's own title", "names an event"}
    | {"its siblings say that they are talks, and it does not"}
    | {"names the conference", "opens with the conference's name"}
)
"""Evidence that a heading is something else than a talk. Trees do not count for such a heading, only weights do."""
_NOTHING = 1e-6
_EVENT_SIGNS = frozenset(
    {"the post names an event", "the post announces notes"}
    | {"stands in a folder of an event", "stands in a folder of talks or notes"}
)


def has_trees(kind: str, reasons: Iterable[str]) -> bool:
    """Whether there are trees for this kind, and no evidence settles what the candidate is (`SETTLED_ALONE`)."""
    return kind in TREES and SETTLED_ALONE.isdisjoint(reasons)


def sum_trees(kind: str, strengths: Mapping[str, float]) -> float:
    """Return what the trees for this kind add, given the strengths of the evidence.

    In a post about no event the sum cannot be positive, since the trees were trained on notes of events.
    """
    total = 0.0
    find = strengths.get
    for node in TREES[kind]:
        while node.__class__ is list:
            reason, limit, _, low, high = node
            node = high if find(reason, 0.0) > limit else low
        total += node  # type: ignore[operator]
    return total if _EVENT_SIGNS & strengths.keys() else min(0.0, total)


def explain_trees(kind: str, strengths: Mapping[str, float]) -> dict[str, float]:
    """Return by reason of evidence what the trees add because of it or its absence; by "" what they add in any case.

    The values add up to `sum_trees`. What that cuts in a post about no event is under "the post names an event".
    """
    worth: dict[str, float] = {}
    for tree in TREES[kind]:
        node, reason, before = tree, "", 0.0
        while True:
            mean = node[2] if isinstance(node, list) else node
            worth[reason] = worth.get(reason, 0.0) + mean - before
            if not isinstance(node, list):
                break
            reason, before = node[0], mean
            node = node[4] if strengths.get(reason, 0.0) > node[1] else node[3]
    raised = sum(worth.values()) - sum_trees(kind, strengths)
    if raised > _NOTHING:
        worth["the post names an event"] = worth.get("the post names an event", 0.0) - raised
    return worth
