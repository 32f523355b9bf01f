"""Of 100 edited bullets, how many keep their permalink; of 100 new ones, how many inherit another's.

    python bench/permalinks.py [ROUNDS] [--seed N] [--generated N]

The samples and generated posts are imported into a base that is thrown away, edited as people edit (a bullet
reworded in 20 to 60 % of its words, inserted, deleted, swapped with the next one, split, merged, indented anew,
moved to another talk; a talk retitled), imported again, and compared. DATABASE_URL is not looked at.
"""

import argparse
import os
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import django
from django.core.management import call_command

# Modules that import models are imported inside functions, once Django is set up.

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

BULLET = re.compile(r"(?P<mark>\s*(?:[*+-]|\d+[.)])\s+)(?P<words>.+)")
EDITS = ["reword"] * 8 + ["delete"] * 2 + ["insert"] * 4 + ["swap", "swap", "split", "merge", "indent", "move"]
TOUCHED, RETITLED = 0.3, 0.2


@dataclass
class Line:
    """A line of an edited post, and the name of its `edit`: "left" for an unchanged line.

    `old` is the permalink that the line's bullet should still have. `other` is that of a bullet merged into this one,
    which should redirect to it.
    """

    text: str
    edit: str = ""
    old: str | None = None
    other: str | None = None


@dataclass
class Score:
    """Counts by the name of the edit: how many bullets had it (`given`), how many kept their permalink (`kept`).

    `inherited` counts inserted bullets that got the permalink of an old one.
    """

    given: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    inherited: int = 0

    def share(self) -> float:
        """Return the share of edited bullets that kept their permalink, or that it redirects for, once merged."""
        edits = [edit for edit in self.given if edit not in {"insert", "left"}]
        return sum(self.kept[edit] for edit in edits) / max(sum(self.given[edit] for edit in edits), 1)

    def stolen(self) -> float:
        """Return the share of inserted bullets that got the permalink of an old one."""
        return self.inherited / max(self.given["insert"], 1)


def read_words(texts: list[str]) -> list[str]:
    """Return all words of the texts, repeated as often as they occur, so that a random choice is like real text."""
    return [word for text in texts for word in re.findall(r"[A-Za-z][a-z'-]+", text)]


def reword(text: str, words: list[str], dice: random.Random) -> str:
    """Return the text with 20 to 60 % of its words replaced by random ones; a few of them are dropped instead."""
    parts = text.split(" ")
    chosen = dice.sample(range(len(parts)), max(1, round(dice.uniform(0.2, 0.6) * len(parts))))
    for place in chosen:
        parts[place] = dice.choice(["", dice.choice(words), *[dice.choice(words)] * 6])
    return " ".join(part for part in parts if part) or text


@dataclass
class Editor:
    """One post while it is edited, bullet by bullet, at random.

    `spots` are the indexes of its bullets in `lines`, `doomed` those of lines to delete; `extra` has by index the lines
    to add below. New words are drawn from `words`.
    """

    lines: list[Line]
    spots: list[int]
    words: list[str]
    dice: random.Random
    doomed: set[int] = field(default_factory=set)
    extra: dict[int, list[Line]] = field(default_factory=dict)

    def make_words(self) -> str:
        """Return a text of 5 to 14 random words, for a new bullet or title."""
        return " ".join(self.dice.choices(self.words, k=self.dice.randint(5, 14))).capitalize()

    def retitle(self, head: int) -> None:
        """Give the talk whose heading is the line with index `head` an entirely new title."""
        mark = self.lines[head].text.split(" ")[0]
        self.lines[head] = Line(f"{mark} {self.make_words()[:60].strip().title()}")

    def edit(self, spot: int, after: int) -> None:
        """Edit the bullet with index `spot` in a random way, if it is unchanged; `after` is the next bullet's index."""
        match = BULLET.fullmatch(self.lines[spot].text)
        if match is None or spot in self.doomed or self.lines[spot].edit != "left":
            return
        mark, text, old = match["mark"], match["words"], self.lines[spot].old
        next_to = after == spot + 1 and self.lines[after].edit == "left" and BULLET.fullmatch(self.lines[after].text)
        edit = self.dice.choice(EDITS)
        if edit == "delete":
            self.doomed.add(spot)
        elif edit == "insert":
            self._add(spot, Line(f"{mark}{self.make_words()}", "insert"))
        elif edit == "swap" and next_to:
            pair = [Line(self.lines[place].text, "swap", self.lines[place].old) for place in (after, spot)]
            self.lines[spot], self.lines[after] = pair
        elif edit == "merge" and next_to and next_to["mark"] == mark:
            pieces = [(text, old), (next_to["words"], self.lines[after].old)]
            (_, longer), (_, shorter) = sorted(pieces, key=lambda piece: -len(piece[0]))
            self.lines[spot] = Line(f"{mark}{text}, and {next_to['words']}", "merge", longer, shorter)
            self.doomed.add(after)
        elif edit == "indent" and not mark.startswith(" ") and spot - 1 in self.spots:
            self.lines[spot] = Line(f"    {mark}{text}", "indent", old)
        else:
            self._change(edit, spot, mark, text)

    def _change(self, edit: str, spot: int, mark: str, text: str) -> None:
        parts, old = text.split(" "), self.lines[spot].old
        if edit == "split" and len(parts) >= 8:
            cut = self.dice.randint(3, len(parts) - 3)
            pieces = [" ".join(parts[:cut]), " ".join(parts[cut:]).capitalize()]
            longest = max(pieces, key=len)
            first, second = (Line(mark + piece, "split" if piece == longest else "rest", old) for piece in pieces)
            self.lines[spot] = first
            self._add(spot, second)
        elif edit == "move":
            target = self.dice.choice([place for place in self.spots if place not in self.doomed])
            found = BULLET.fullmatch(self.lines[target].text)
            self.doomed.add(spot)
            self._add(target, Line((found["mark"] if found else mark) + text, "move", old))
        elif len(parts) >= 3:
            self.lines[spot] = Line(mark + reword(text, self.words, self.dice), "reword", old)

    def _add(self, spot: int, line: Line) -> None:
        self.extra.setdefault(spot, []).append(line)


def edit_post(source: str, points: dict[int, str], heads: list[int], words: list[str], seed: int) -> list[Line]:
    """Return the post's lines after random edits of bullets and titles.

    `points` are the permalinks of its bullets by line number, `heads` the line numbers of its talks' headings.
    """
    lines = [Line(text, "left", points.get(number)) for number, text in enumerate(source.split("\n"), 1)]
    editor = Editor(lines, [number - 1 for number in points], words, random.Random(seed))
    for head in heads:
        if editor.dice.random() < RETITLED:
            editor.retitle(head - 1)
    for spot, after in zip(editor.spots, [*editor.spots[1:], -1], strict=False):
        if editor.dice.random() < TOUCHED:
            editor.edit(spot, after)
    edited = []
    for place, line in enumerate(editor.lines):
        edited += [] if place in editor.doomed else [line]
        edited += editor.extra.get(place, [])
    return edited


def make_posts(count: int, words: list[str], seed: int) -> Iterator[tuple[str, str]]:
    """Yield pairs: the file name and the text of a made-up post, with six talks of thirteen bullets of random words."""
    dice = random.Random(seed)
    for number in range(count):
        text = f"---\ntitle: Made Days 2020, day {number}\nconfnotes:\n  talk_level: 2\n---\n"
        for _ in range(6):
            text += f"\n## {' '.join(dice.choices(words, k=4)).title()}\n\n"
            text += "".join(f"* {' '.join(dice.choices(words, k=dice.randint(4, 18)))}\n" for _ in range(13))
        yield f"made-{number}.md", text


def measure_post(path: Path, words: list[str], seed: int, score: Score) -> None:
    """Edit the file of one stored post, import it again, and count in `score` which bullets kept their permalinks."""
    from talks.importing import import_posts
    from talks.models import Post, Takeaway

    post = Post.objects.filter(path=str(path)).first()
    if post is None:
        return
    rows = post.takeaways.filter(withdrawn=False, kind="point").exclude(nested__withdrawn=False).order_by("line")
    points = {row.line: row.public_id for row in rows if row.line and row.line == row.end_line}
    text = post.source.replace("\r\n", "\n")
    lines = text.split("\n")
    points = {number: old for number, old in points.items() if BULLET.fullmatch(lines[number - 1])}
    heads = [source.line for source in post.sources.filter(withdrawn=False) if lines[source.line - 1].startswith("#")]
    edited = edit_post(text, points, heads, words, seed)
    path.write_text("\n".join(line.text for line in edited))
    before = set(Takeaway.objects.filter(post=post).values_list("public_id", flat=True))
    import_posts([path])
    found = {row.line: row for row in post.takeaways.filter(withdrawn=False)}
    led = dict(post.takeaways.exclude(merged_into=None).values_list("public_id", "merged_into__public_id"))
    for number, line in enumerate(edited, 1):
        if not line.edit or (line.edit not in {"insert", "rest"} and not line.old) or number not in found:
            continue
        row = found[number]
        if line.edit == "insert":
            score.given["insert"] += 1
            score.inherited += row.public_id in before
        elif line.edit != "rest":
            score.given[line.edit] += 1
            score.kept[line.edit] += row.public_id == line.old
        if line.other:
            score.given["merged away"] += 1
            score.kept["merged away"] += led.get(line.other) == row.public_id


def run(rounds: int, seed: int, generated: int, folder: Path) -> Score:
    """Import the samples and `generated` made-up posts from the folder; edit and measure each post `rounds` times."""
    from talks.importing import import_posts

    samples = sorted((ROOT / "samples").rglob("*.md"))
    words = read_words([path.read_text().partition("\n---\n")[2] for path in samples])
    paths = []
    for name, text in [*((path.name, path.read_text()) for path in samples), *make_posts(generated, words, seed)]:
        paths.append(folder / name)
        paths[-1].write_text(text)
    (folder / "confnotes.toml").touch()
    import_posts([folder])
    score = Score()
    for number in range(rounds):
        for place, path in enumerate(paths):
            measure_post(path, words, seed + number * 1_000 + place, score)
    return score


def main() -> None:
    """Print a table; exit with 1 if under 99 % keep their permalinks or over 1 % of new bullets inherit one."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("rounds", nargs="?", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--generated", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-permalinks-") as name:
        os.environ.update(DATA_DIR=name, DJANGO_SETTINGS_MODULE="confnotes.settings", DATABASE_URL="")

        django.setup()

        call_command("migrate", verbosity=0)
        folder = Path(name, "posts").resolve()
        folder.mkdir()
        score = run(options.rounds, options.seed, options.generated, folder)
    for edit, given in sorted(score.given.items()):
        kept = score.inherited if edit == "insert" else score.kept[edit]
        print(f"{edit:<12}{kept:>7} of {given:>6} {'inherited' if edit == 'insert' else 'kept'}")
    print(f"{score.share():.2%} of the edited bullets kept theirs, {score.stolen():.2%} of the new ones inherited one.")
    sys.exit(score.share() < 0.99 or score.stolen() > 0.01)


if __name__ == "__main__":
    main()
