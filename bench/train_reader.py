#!/usr/bin/env python3
"""Measure what each piece of evidence for a talk is worth: `python bench/train_reader.py [--left-out | --write]`.

Reads the annotated corpus beside the project and the posts of tests/posts, asks the parser for every candidate with
its evidence, and fits two tables a kind of candidate by logistic regression: for a candidate alone, and for it among
its siblings. The weights are held close to the first guesses in `first_guesses.toml`, which is what keeps kinds with
few examples sane. For the kinds in `BOOSTED`, small decision trees learn what these sums leave unexplained: each tree
what those before it got wrong, beginning with half the sum that weights from other writers' posts give a candidate.

    --left-out   for each writer, fit on everybody else's posts and read the writer's with that: the honest figure.
                 What was read goes to --out: `score.py --command "python bench/train_reader.py --show FILE"`
    --trained-on read all posts with the weights that the parser has
    --write      fit on all and write the parser's weights.toml and trees.json
    --also DIR[=COUNT]  another folder with `tree/` and `tree.jsonl`, and how much its posts count (2); may be repeated
    --trees DIR[=COUNT]  the same, for posts of which only trees learn; sums of weights would bend under them
    --folders DIR  whole folders with `folders.jsonl`, of which one-talk files and files that are no notes are examples
    --keep-weights  grow the trees anew beside the weights that the parser has
    --folds N    leave N groups of writers out in place of each writer: quicker, and a little harder
"""

import argparse
import json
import os
import re
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, fields
from io import StringIO
from multiprocessing import Pool
from pathlib import Path
from typing import Any, Self, TextIO

import numpy as np
from scipy.optimize import minimize
from sklearn.tree import DecisionTreeRegressor

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "confnotes.settings")

import django  # noqa: E402

django.setup()

from talks.importing.sources import Folders, is_converted, read_markdown  # noqa: E402
from talks.names import fold_words  # noqa: E402
from talks.parsing import FolderFacts, decode  # noqa: E402
from talks.parsing.metadata.folder_facts import NO_FACTS  # noqa: E402
from talks.parsing.pipeline import read_post  # noqa: E402
from talks.parsing.plain_records import make_plain_record  # noqa: E402
from talks.parsing.talks.candidates.outline import FOR_TREES  # noqa: E402
from talks.parsing.talks.decision_trees import LIMIT, SETTLED_ALONE, SHARE, TREES, Node  # noqa: E402
from talks.parsing.talks.document import Document  # noqa: E402
from talks.parsing.talks.evidence import ALONE, TITLE_LINE, TOGETHER, WEIGHTS, Candidate, Evidence, weigh_evidence  # noqa: E402
from talks.parsing.talks.lineup import Lineup, read_lineup  # noqa: E402
from talks.parsing.talks.reading import Reading, find_candidates  # noqa: E402
from talks.parsing.talks.title_lines import promote_lines  # noqa: E402
from talks.parsing.title_comparison import measure_likeness  # noqa: E402

CORPUS = (ROOT.parent / "shared" / "corpus").resolve()
TARGET = ROOT / "talks" / "parsing" / "talks" / "weights.toml"
FOREST = TARGET.with_name("trees.json")
GUESSES = Path(__file__).with_name("first_guesses.toml")
KINDS = {
    "heading": ("heading",),
    "bold": ("title line", "paragraph"),
    "bullet": ("item",),
    "list": ("item",),
    "paragraph": ("paragraph", "title line", "schedule slot"),
    "table": ("table row",),
    "file": ("whole file",),
    "prose": (),
}
OWN_POSTS = "/tests/posts/"
_OWN_COUNTS = 6.0
_PROSE_COUNTS = 0.7
COUNTS = {str(CORPUS): 6.0}  # by folder, how much each candidate of its posts counts; `--also` adds folders
_ALSO_COUNTS = 2.0
WHOLE_FOLDERS: list[tuple[Path, Path]] = []  # (folder, expected) besides those of the corpus
FOR_TREES_ALONE: set[str] = set()  # folders of posts of which only trees learn
_BASES = ("a heading by itself", "a whole file")  # what a candidate is worth without any evidence
OWN = "the project's own posts"
FOLDERS = Folders()


Weights = dict[str, float]


@dataclass
class Post:
    """An annotated post, read as an import would read it: through pandoc where needed, and with its folder's facts."""

    path: Path
    writer: str
    expected: list[dict[str, Any]] | None
    scored: bool = True
    file_only: bool = False
    name: str = ""
    text: str = ""
    converted: bool = False
    folder: FolderFacts = NO_FACTS

    def __post_init__(self) -> None:
        in_project = self.path.is_relative_to(ROOT)
        self.name = self.name or FOLDERS.name_file(self.path)
        self.folder = NO_FACTS if in_project else FOLDERS.read_facts(self.path)
        self.converted = is_converted(self.name)
        original = decode(self.path.read_bytes())
        text = read_markdown(self.name, original) if isinstance(original, str) else ""
        self.text = text if isinstance(text, str) else ""


@dataclass
class Examples:
    """All examples of one kind of candidate, as lists in the same order.

    `alone` is the evidence of each candidate by itself, `together` that with the evidence among its siblings, `linear`
    the latter without what only trees weigh; `labels` say whether it is a talk.
    """

    alone: list[Weights] = field(default_factory=list)
    together: list[Weights] = field(default_factory=list)
    linear: list[Weights] = field(default_factory=list)
    labels: list[bool] = field(default_factory=list)
    writers: list[str] = field(default_factory=list)
    posts: list[str] = field(default_factory=list)

    def take(self, numbers: Sequence[int]) -> Self:
        return type(self)(*([getattr(self, each.name)[n] for n in numbers] for each in fields(self)))


def _load_folder(folder: Path, row: Mapping[str, Any], seen: Set[str]) -> Iterator[Post]:
    """Yield posts of a folder: those annotated as one talk a file, except files `seen`, and those that are no notes."""
    files = [(name, [{"how": "file", "title": "", "line": 0}]) for name in row["one_talk_files"]]
    files += [(name, []) for name in row["not_notes"] if "schedule" not in name.casefold()]
    for name, talks in files:
        path = folder / row["folder"] / name
        if path.exists() and path.suffix in (".md", ".markdown") and not (talks and path.name in seen):
            yield Post(path, row["folder"], talks, False, bool(talks))


def load_posts() -> list[Post]:
    """Return the annotated posts, those of tests/posts, and the project's docs as posts without talks.

    The `expected` talks are None in a post that may be read either way.
    """
    posts = []
    sets = [(CORPUS / "posts", CORPUS / "expected.jsonl")]
    sets += [(folder / "tree", folder / "tree.jsonl") for folder in map(Path, COUNTS)]
    for folder, expected in sets:
        for line in expected.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            writer = re.split("__|/", row["file"])[0]
            writer = row["file"] if writer == "unknown" else writer
            posts.append(Post(folder / row["file"], writer, None if row.get("either") else row["talks"]))
    seen = {post.path.name for post in posts}
    for folder, expected in [(CORPUS / "folders", CORPUS / "folders.jsonl"), *WHOLE_FOLDERS]:
        for line in expected.read_text(encoding="utf-8").splitlines():
            posts += _load_folder(folder, json.loads(line), seen)
    # Whatever has headings and lists is not yet notes.
    posts += [Post(path, OWN, [], False) for path in sorted([*(ROOT / "docs").glob("*.md"), ROOT / "README.md"])]
    paths = dict(row.split("\t") for row in (ROOT / "tests/posts/names.tsv").read_text(encoding="utf-8").splitlines())
    for path in sorted((ROOT / "tests" / "posts").glob("*.md")):
        read = json.loads(path.with_name(f"{path.stem}.expected.json").read_text(encoding="utf-8"))
        talks = [{**talk, "how": "own"} for talk in read["talks"]]
        posts.append(Post(path, OWN, talks, False, name=paths.get(path.stem, path.name)))
    return posts


def label(candidate: Candidate, line: int, post: Post) -> bool | None:
    """Return whether the candidate, which begins on `line`, is one of the talks annotated in the post.

    None where the annotation leaves it open: the candidate has another form than the talk there, or a talk's title in
    another place.
    """
    talks = post.expected or []
    if candidate.kind == "whole file":
        if any(talk["how"] == "file" for talk in talks):
            return True
        return None if len(talks) == 1 else False
    if post.file_only:
        return None if line <= 4 and candidate.kind == "heading" else False
    for talk in talks:
        # A slot of a schedule may have time, speaker and title in a row each.
        below = 2 if candidate.kind == "schedule slot" else 1
        first, last = (line, line) if candidate.item else (line - 1, line + below)
        alike = measure_likeness(fold_words(talk["title"]), fold_words(candidate.title)) >= 0.85
        # Lines of a post that pandoc read are not those of its file.
        near = alike if post.converted else first <= talk["line"] <= last
        if near:
            if talk["how"] == "own":
                return True
            form = candidate.shape if candidate.shape == TITLE_LINE else candidate.kind
            return True if form in KINDS[talk["how"]] else None
        if alike:
            return None
    return False


_SEEN: dict[str, tuple[Document | None, Lineup | None]] = {}


def _see(post: Post) -> tuple[Document | None, Lineup | None]:
    """Return document and lineup of the post, which depend on no weights and so are read only once; None if refused."""
    key = str(post.path)
    if key not in _SEEN:
        _, reading = read_post(post.text, name=post.name, folder=post.folder)
        _SEEN[key] = (promote_lines(reading.document), read_lineup(reading.document)) if reading else (None, None)
    return _SEEN[key]


def gather(posts: Iterable[Post]) -> dict[str, Examples]:
    """Return by kind all undecided candidates that the parser finds in the posts, as examples.

    Posts and candidates that may be read either way are left out.
    """
    found: dict[str, Examples] = defaultdict(Examples)
    for post in posts:
        if post.expected is None:
            continue
        document, lineup = _see(post)
        if document is None or lineup is None:
            continue
        for candidate in find_candidates(document, lineup):
            if candidate.settled is not None:
                continue
            line = candidate.item.line if candidate.item else document.blocks[candidate.start].line
            is_talk = label(candidate, line, post)
            if is_talk is None:
                continue
            rows = found[candidate.kind]
            rows.alone.append(_sum(candidate.evidence[: candidate.own]))
            rows.together.append(_sum(candidate.evidence))
            rows.linear.append(
                {name: value for name, value in rows.together[-1].items() if not name.startswith(FOR_TREES)}
            )
            rows.labels.append(is_talk)
            rows.writers.append(post.writer)
            rows.posts.append(str(post.path))
    return found


def _sum(pieces: Iterable[Evidence]) -> Weights:
    row: Weights = defaultdict(float)
    for piece in pieces:
        row[piece.reason] += piece.strength
    return row


def _weigh_post(path: str, *, few: bool) -> float:
    """Return how much the candidates of the post at `path` count in the fitting.

    For kinds with `few` examples the project's own posts count double.
    """
    if OWN_POSTS in path:
        return 2 * _OWN_COUNTS if few else _OWN_COUNTS
    if Path(path).is_relative_to(ROOT):
        return _PROSE_COUNTS
    return next(count for folder, count in COUNTS.items() if Path(path).is_relative_to(folder))


def fit(
    rows: Sequence[Weights], labels: Sequence[bool], posts: Sequence[str], guess: Mapping[str, float], kind: str
) -> dict[str, float]:
    """Return the weights of evidence that fit the labels best, by reason, held close to those of `guess`.

    A post with n candidates counts as much as √n posts with one.
    """
    names = sorted({name for row in rows for name in row} | set(guess))
    matrix = _make_matrix(rows, names)
    truth = np.array(labels, dtype=float)
    weight = _weigh_rows(posts, few=kind not in STIFF)
    stiff = STIFF.get(kind, _STIFF_WITH_FEW)
    start = np.array([guess.get(name, 0.0) for name in names])
    scale = np.array([0.3 if name in _BASES else 1.0 for name in names])

    def cost(values: np.ndarray) -> tuple[float, np.ndarray]:
        logits = matrix @ values
        loss = weight @ (np.logaddexp(0, logits) - truth * logits)
        gap = (values - start) * scale
        slope = matrix.T @ (weight * (1 / (1 + np.exp(-logits)) - truth)) + stiff * gap * scale
        return loss + 0.5 * stiff * gap @ gap, slope

    best = minimize(cost, start, jac=True, method="L-BFGS-B", options={"maxiter": 400})
    return {name: round(float(value), 2) for name, value in zip(names, best.x, strict=True) if abs(value) >= 0.05}


def _make_matrix(rows: Sequence[Weights], names: Sequence[str]) -> np.ndarray:
    place = {name: number for number, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)))
    for number, row in enumerate(rows):
        for name, value in row.items():
            if name in place:
                matrix[number, place[name]] = value
    return matrix


def _weigh_rows(posts: Sequence[str], *, few: bool) -> np.ndarray:
    counts = Counter(posts)
    return np.array([counts[post] ** -0.5 * _weigh_post(post, few=few) for post in posts])


def grow_trees(examples: Examples, guess: Mapping[str, float], kind: str) -> list[Node]:
    """Return decision trees; each learns, from a sample of the examples, what weights and former trees get wrong."""
    examples = examples.take([n for n, row in enumerate(examples.together) if SETTLED_ALONE.isdisjoint(row)])
    names = sorted({name for row in examples.together for name in row})
    matrix, truth = _make_matrix(examples.together, names), np.array(examples.labels, dtype=float)
    weight, logits = _weigh_rows(examples.posts, few=True), SHARE * _weigh_left_out(examples, guess, kind)
    chance = np.random.default_rng(1)
    trees = []
    for number in range(_TREES):
        odds = 1 / (1 + np.exp(-logits))
        slope, bend = truth - odds, odds * (1 - odds)
        sample = chance.random(len(truth)) < _SAMPLE
        grown = DecisionTreeRegressor(
            max_leaf_nodes=_LEAVES, min_samples_leaf=_LEAST_IN_LEAF, max_features=0.5, random_state=number
        )
        steady = np.maximum(bend, 0.02)
        grown.fit(matrix[sample], (slope / steady)[sample], sample_weight=(weight * steady)[sample])
        held, size = grown.apply(matrix), grown.tree_.node_count
        pull = np.bincount(held[sample], (weight * slope)[sample], size)
        hold = np.bincount(held[sample], (weight * bend)[sample], size)
        worth = _STEP * pull / (hold + _HOLD)
        logits = logits + worth[held]
        masses = np.bincount(held, weight, size)
        trees.append(_write_node(grown.tree_, 0, names, worth, masses)[0])
    return trees


def _weigh_left_out(examples: Examples, guess: Mapping[str, float], kind: str) -> np.ndarray:
    """Return for each candidate the sum of its evidence, with weights fitted on other writers' posts alone."""
    writers = sorted(set(examples.writers))
    groups = [set(writers[n::_GROUPS]) for n in range(_GROUPS)]
    logits = np.zeros(len(examples.labels))
    for group in groups:
        inside = [n for n, writer in enumerate(examples.writers) if writer in group]
        outside = [n for n, writer in enumerate(examples.writers) if writer not in group]
        others = examples.take([n for n in outside if not _is_for_trees_alone(examples.posts[n])])
        weights = fit(others.linear, others.labels, others.posts, guess, kind)
        for n in inside:
            logits[n] = sum(weights.get(name, 0.0) * value for name, value in examples.linear[n].items())
    return np.clip(logits, -LIMIT, LIMIT)


def _write_node(
    tree: Any, place: int, names: Sequence[str], worth: np.ndarray, masses: np.ndarray
) -> tuple[Node, float, float]:
    """Return the node at index `place` of a tree in the parser's form, the mean of its leaves, and its examples' count.

    `worth` is what each leaf adds to a candidate's logarithm of odds, `masses` how much the examples in it count.
    """
    if tree.children_left[place] < 0:
        return round(float(worth[place]), 3), float(worth[place]), float(masses[place])
    low, first, less = _write_node(tree, tree.children_left[place], names, worth, masses)
    high, second, more = _write_node(tree, tree.children_right[place], names, worth, masses)
    mean = (first * less + second * more) / (less + more)
    limit = round(float(tree.threshold[place]), 3)
    return [names[tree.feature[place]], limit, round(mean, 3), low, high], mean, less + more


STIFF = {"heading": 2.0, "whole file": 3.0}
_STIFF_WITH_FEW = 8.0
# Kinds with examples enough for trees; of items most are of a few long lists, and there trees are worse.
BOOSTED = ("heading",)
_TREES, _LEAVES, _LEAST_IN_LEAF = 80, 6, 15
_STEP, _HOLD, _SAMPLE = 0.1, 4.0, 0.7
_GROUPS = 6


def grow_beside(posts: Sequence[Post]) -> dict[str, dict[str, float]]:
    """Give the parser new trees, grown beside its stored weights; return these weights."""
    guesses = tomllib.loads(GUESSES.read_text(encoding="utf-8"))
    _use_trees({})
    found = gather(posts)
    _use_trees({kind: grow_trees(found[kind], guesses[kind], kind) for kind in BOOSTED})
    return tomllib.loads(TARGET.read_text(encoding="utf-8"))


def train(posts: Sequence[Post]) -> dict[str, dict[str, float]]:
    """Return tables of weights fitted on the posts, two for each kind: alone, and together with siblings.

    Trees are grown too. The parser in this process uses both from then on.
    """
    _use_trees({})
    guesses = tomllib.loads(GUESSES.read_text(encoding="utf-8"))
    tables: dict[str, dict[str, float]] = {}
    _use(guesses, tables)
    grown: dict[str, list[Node]] = {}
    for table in (ALONE, TOGETHER):
        found = gather(post for post in posts if not _is_for_trees_alone(str(post.path)))
        for kind in sorted(found):
            rows = found[kind]
            evidence = rows.alone if table == ALONE else rows.linear
            known = {name for row in evidence for name in row}
            guess = guesses.get(kind, {})
            if table == ALONE:
                guess = {name: value for name, value in guess.items() if name in known}
            tables[f"{kind} {table}"] = fit(evidence, rows.labels, rows.posts, guess, kind)
            if table == TOGETHER and kind in BOOSTED:
                grown[kind] = grow_trees(gather(posts)[kind], guess, kind)
        _use(guesses, tables)
    _use_trees(grown)
    return tables


def _is_for_trees_alone(path: str) -> bool:
    return any(Path(path).is_relative_to(folder) for folder in FOR_TREES_ALONE)


def _use(guesses: Mapping[str, Weights], tables: Mapping[str, Weights]) -> None:
    """Let the parser in this process weigh with the fitted tables, and with first guesses where there is none yet."""
    WEIGHTS.clear()
    WEIGHTS.update({**{f"{k} {t}": v for k, v in guesses.items() for t in (ALONE, TOGETHER)}, **tables})
    weigh_evidence.cache_clear()


def _use_trees(trees: Mapping[str, list[Node]]) -> None:
    TREES.clear()
    TREES.update(trees)
    weigh_evidence.cache_clear()


def write(tables: dict[str, dict[str, float]], path: Path) -> None:
    """Write the weights into the file, the greatest of each table first, and the parser's trees beside it."""
    rows = ["# Made by bench/train_reader.py: what each piece of evidence is worth, as logarithm of odds.", ""]
    for name in sorted(tables):
        rows.append(f"[{json.dumps(name)}]")
        rows += [
            f"{json.dumps(k, ensure_ascii=False)} = {v}"
            for k, v in sorted(tables[name].items(), key=lambda i: -abs(i[1]))
        ]
        rows.append("")
    path.write_text("\n".join(rows).rstrip() + "\n", encoding="utf-8")
    kinds = [
        f"{json.dumps(kind)}: [\n" + ",\n".join(json.dumps(tree, ensure_ascii=False) for tree in TREES[kind]) + "\n]"
        for kind in sorted(TREES)
    ]
    path.with_name(FOREST.name).write_text("{\n" + ",\n".join(kinds) + "\n}\n", encoding="utf-8")


def read_left_out(posts: Sequence[Post], folds: int, out: Path) -> None:
    """Read each writer's posts with weights fitted on the posts of others, and write what is read to `out`.

    Writers are left out in so many groups (`folds`); with 0, one by one. At the end it prints how well certainties fit.
    """
    writers = sorted({post.writer for post in posts if post.scored})
    groups = [writers[n::folds] for n in range(folds)] if folds else [[writer] for writer in writers]
    gather(posts)  # see all of them before the processes part, which share it
    doubts = []
    with Pool(processes=2) as pool, out.open("w", encoding="utf-8") as file:
        for text, found in pool.imap(_read_group, [(posts, group) for group in groups]):
            file.write(text)
            doubts += found
    _print_bins(doubts)


def _read_group(task: tuple[Sequence[Post], Sequence[str]]) -> tuple[str, list[tuple[float, bool]]]:
    """Return what is read in the posts of a group of writers with weights fitted on all others, as lines of JSON.

    The second value is what `_read_all` returns.
    """
    posts, group = task
    train([post for post in posts if post.writer not in group])
    file = StringIO()
    doubts = _read_all([post for post in posts if post.scored and post.writer in group], file)
    return file.getvalue(), doubts


def _read_all(posts: Sequence[Post], file: TextIO) -> list[tuple[float, bool]]:
    """Write into the file what the parser reads in each post, a line of JSON each.

    Return for each talk read its certainty, and whether it is one.
    """
    doubts = []
    for post in posts:
        read, reading = read_post(post.text, name=post.name, folder=post.folder)
        file.write(json.dumps(make_plain_record(read, str(post.path)), ensure_ascii=False) + "\n")
        doubts += _weigh_readings(post, reading)
    return doubts


def _weigh_readings(post: Post, reading: Reading | None) -> list[tuple[float, bool]]:
    if post.expected is None or reading is None:
        return []
    found = []
    for candidate in reading.talks:
        line = candidate.item.line if candidate.item else reading.document.blocks[candidate.start].line
        is_talk = label(candidate, line, post)
        if is_talk is not None:
            found.append((candidate.certainty, is_talk))
    return found


def _print_bins(doubts: Sequence[tuple[float, bool]]) -> None:
    for low in range(10):
        here = [(c, t) for c, t in doubts if low / 10 <= c < (low + 1) / 10 or (low == 9 and c == 1.0)]
        if here:
            true, said = (sum(values) / len(here) for values in zip(*[(t, c) for c, t in here], strict=True))
            print(f"certainty {low / 10:.1f}: {len(here):4} read as talks, {true:.2f} are (mean said {said:.2f})")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for flag in ("--left-out", "--trained-on", "--keep-weights", "--write"):
        ap.add_argument(flag, action="store_true")
    ap.add_argument("--also", action="append", default=[])
    ap.add_argument("--corpus", type=float, default=COUNTS[str(CORPUS)], help="how much posts of the corpus count")
    ap.add_argument("--trees", action="append", default=[])
    ap.add_argument("--folders", type=Path, action="append", default=[])
    ap.add_argument("--folds", type=int, default=0)
    ap.add_argument("--out", type=Path, default=Path("/tmp/left-out.jsonl"))
    ap.add_argument("--show", type=Path)
    ap.add_argument("files", nargs="*")
    args = ap.parse_args()
    if args.show:
        sys.stdout.write(args.show.read_text(encoding="utf-8"))
        return
    COUNTS[str(CORPUS)] = args.corpus
    for folder, _, count in (also.partition("=") for also in (*args.also, *args.trees)):
        COUNTS[str(Path(folder).resolve())] = float(count or _ALSO_COUNTS)
    FOR_TREES_ALONE.update(str(Path(also.partition("=")[0]).resolve()) for also in args.trees)
    WHOLE_FOLDERS.extend((folder.resolve(), folder.resolve() / "folders.jsonl") for folder in args.folders)
    posts = load_posts()
    COUNTS.update({str(folder): COUNTS[str(CORPUS)] for folder, _ in WHOLE_FOLDERS})
    if args.left_out:
        read_left_out(posts, args.folds, args.out)
    if args.trained_on:
        with args.out.open("w", encoding="utf-8") as file:
            _print_bins(_read_all([post for post in posts if post.scored], file))
    if args.write:
        write(grow_beside(posts) if args.keep_weights else train(posts), TARGET)


if __name__ == "__main__":
    main()
