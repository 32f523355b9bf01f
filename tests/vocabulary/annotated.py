"""Takeaways that a person annotated with tags before the matcher existed, and the matcher's scores on them.

`annotations.jsonl` has a line for each takeaway: its place, the digest of its text, the tags that it is about, and tags
that it may be about, which count neither for nor against the matcher.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from talks import names
from talks.parsing import decode, parse_post
from talks.vocabulary import Context, Vocabulary, recognise

ROOT = Path(__file__).resolve().parent.parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "posts"
ANNOTATIONS = Path(__file__).parent / "annotations.jsonl"


@dataclass
class Score:
    """The matcher's result on some units; `wrong` and `missed` have the tag, the place of the unit and its text."""

    units: int = 0
    right: int = 0
    wrong: list[tuple[str, str, str]] = field(default_factory=list)
    missed: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / (self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        return self.right / (self.right + len(self.missed))


def read_units() -> dict[str, list[dict]]:
    """Read the units by file, without those whose text is missing or has changed."""
    units = defaultdict(list)
    for line in ANNOTATIONS.read_text().splitlines():
        unit = json.loads(line)
        units[unit["file"]].append(unit)
    return units


def read_post(name: str) -> str:
    """Return the text of an annotated file, empty where the file is missing."""
    path = CORPUS / name.removeprefix("corpus/") if name.startswith("corpus/") else ROOT / name
    text = decode(path.read_bytes()) if path.is_file() else ""
    return text if isinstance(text, str) else ""


def score(vocabulary: Vocabulary, *, held_out: bool) -> Score:
    """Measure how well the vocabulary finds the annotated tags in one half of the units, chosen by their digests."""
    result = Score()
    for name, units in read_units().items():
        text = read_post(name)
        lines = text.split("\n")
        parsed = parse_post(text, name=name)
        chosen = [unit for unit in units if int(unit["digest"][0], 16) % 2 == held_out]
        for unit in chosen:
            own = "\n".join(lines[unit["line"] - 1 : unit["end_line"]]).strip()
            if sha256(own.encode()).hexdigest()[:12] == unit["digest"]:
                clues = frozenset().union(*(vocabulary.read(words).clues for words in list_context(parsed, unit, own)))
                tags = {shipped.key for tag in parsed.tags if (shipped := recognise(tag))}
                found = vocabulary.resolve(vocabulary.read(own), Context(clues, frozenset(tags)))
                count(result, unit, own, found)
    return result


def list_context(parsed, unit, own) -> Iterator[str]:
    """Return the texts of the same talk, and the post's title and tags."""
    yield from (own, parsed.title, *parsed.tags)
    before = [talk for talk in parsed.talks if talk.line <= unit["line"]]
    for talk in before[-1:]:
        yield talk.title
        yield from (takeaway.text for takeaway in talk.walk())


def count(result: Score, unit: dict, text: str, found: set[str]) -> None:
    wanted = {names.fold(tag) for tag in unit["subjects"]}
    allowed = wanted | {names.fold(tag) for tag in unit.get("may", ())}
    place = f"{unit['file']}:{unit['line']}"
    result.units += 1
    result.right += len(wanted & found)
    result.wrong += [(tag, place, text) for tag in found - allowed]
    result.missed += [(tag, place, text) for tag in wanted - found]
