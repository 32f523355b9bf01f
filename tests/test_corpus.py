"""Real posts, if they are beside the project: the seed post, and scores of the parser over all posts."""

import importlib
import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from talks.parsing import Kind, parse_post

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
FLOORS = Path(__file__).with_name("corpus_floor.json")
SEED_POST = CORPUS / "posts" / "takeaways-from-qcon-london-2017-day-2.md"

pytestmark = pytest.mark.skipif(not SEED_POST.exists(), reason="the corpus is absent")


def test_the_seed_post_is_parsed_as_annotated():
    post = parse_post(SEED_POST.read_bytes().decode(), name=SEED_POST.name)
    assert (post.conference.series, post.conference.year, [day.number for day in post.days]) == (
        "QCon London",
        2017,
        [2],
    )
    assert (str(post.published_on), len(post.tags), len(post.aliases)) == ("2017-03-23", 12, 1)
    assert (len(post.lineup), len(post.intro), len(post.outro), post.unplaced) == (6, 1, 1, ())
    assert post.diagnostics == ()
    speakers = [[(speaker.name, speaker.affiliation) for speaker in talk.speakers] for talk in post.talks]
    assert speakers == [
        [("Philipp Garbe", None)],
        [("Luke Marsden", "Weaveworks")],
        [("Sam Adams", None)],
        [("Colin Hemmings", None)],
        [("Lisa Guo", None)],
        [("Anjuli Kannan", None)],
    ]
    assert {takeaway.kind for talk in post.talks for takeaway in talk.walk()} == {Kind.POINT}
    assert [len(talk.takeaways) for talk in post.talks] == [13, 4, 15, 16, 11, 12]
    assert [len(list(talk.walk())) - len(talk.takeaways) for talk in post.talks] == [3, 0, 3, 0, 2, 3]
    assert [len(talk.references) for talk in post.talks] == [1, 4, 8, 7, 4, 3]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "options"), [("posts", []), ("tree", ["--set", "tree"])])
def test_corpus_scores_do_not_fall(name, options):
    run = subprocess.run(
        [sys.executable, str(CORPUS / "score.py"), *options, "--worst", "0", "--json"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    check_scores(name, run.stdout)


@pytest.mark.slow
@pytest.mark.sqlite
@pytest.mark.django_db
def test_corpus_folders_are_read_as_well_as_before(monkeypatch, capsys):
    monkeypatch.syspath_prepend(CORPUS)
    score = importlib.import_module("score_folders")
    monkeypatch.setattr(score, "read_folder", read_folder)
    monkeypatch.setattr(sys, "argv", ["score_folders.py", "--worst", "0", "--json"])
    score.main()
    check_scores("folders", capsys.readouterr().out)


def read_folder(folder):
    """Return the report of a dry run over the folder on an empty base, without worker processes."""
    told = StringIO()
    call_command("import_posts", folder.resolve(), dry_run=True, format="json", jobs=1, stdout=told)
    return json.loads(told.getvalue())


def check_scores(name, output):
    """Compare the last line of a script's output with the minimum figures.

    The minimum figures only rise: whoever improves the parser writes the new figures there. `most` are figures of which
    lower is better.
    """
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))[name]
    scores = json.loads(output.splitlines()[-1])
    fallen = {key for key, least in floors["least"].items() if scores[key] < least}
    risen = {key for key, most in floors["most"].items() if scores[key] > most}
    assert (fallen, risen) == (set(), set()), scores
