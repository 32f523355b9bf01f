"""Weights of evidence, certainty, and the limit below which a candidate is no talk."""

from dataclasses import replace
from pathlib import Path

import pytest

from talks.parsing import Act, Correction, Hints, make_anchor, parse_post, read_anchor_lines
from talks.parsing.talks.candidates.outline import FOR_TREES
from talks.parsing.talks.decision_trees import TREES
from talks.parsing.talks.evidence import WEIGHTS, Candidate, weigh_evidence

ROOM = Path(__file__).parents[3] / "talks" / "parsing" / "talks"
TALK = "# FooConf 2019\n\n## Gardens in winter by Ann Lee\n\n* a\n\n## Bridges of wood by Bob Roy\n\n* b\n"
DOUBTFUL = "---\ntitle: Notes on wood\n---\n## Gardens by Ann Lee\n\n* a\n\n## Glass @bobroy\n\n* b\n"


def test_every_stored_weight_belongs_to_a_sentence_in_the_code():
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(ROOM.rglob("*.py")))
    made = (
        "is a heading of level ",
        " follows at once",
        " parts title and speaker",
        "a title is ",
        "the title is ",
        "a line ",
        "one of several ",
        *FOR_TREES,
    )
    sentences = {sentence for table in WEIGHTS.values() for sentence in table}
    sentences |= {sentence for trees in TREES.values() for tree in trees for sentence in find_sentences(tree)}
    assert {s for s in sentences if f'"{s}"' not in code and not any(part in s for part in made)} == set()


def find_sentences(node) -> set[str]:
    if not isinstance(node, list):
        return set()
    return {node[0]} | find_sentences(node[3]) | find_sentences(node[4])


@pytest.fixture(autouse=True)
def forget_weights():
    weigh_evidence.cache_clear()
    yield
    weigh_evidence.cache_clear()


def test_evidence_counts_by_its_weight_and_strength():
    candidate = Candidate(0, 1, "item", "Gardens")
    candidate.add("names a speaker", 0.5)
    assert candidate.weight == pytest.approx(0.5 * WEIGHTS["item together"]["names a speaker"])
    assert 0.5 < candidate.certainty < 1


@pytest.mark.parametrize(
    ("sentences", "weight"),
    [
        ({}, -0.5),
        ({"is long": 1.0}, 0.5),
        ({"is long": 1.0, "the post names an event": 1.0}, 0.75),
        ({"is two words": 1.0}, -2.5),
        ({"is long": 1.0, "is two words": 1.0}, -2.0),
    ],
)
def test_decision_trees_are_added_to_half_the_sum_of_weights(monkeypatch, sentences, weight):
    trees = {"heading": [["is long", 0.5, 0.0, -0.25, ["is two words", 0.5, 0.3, 0.5, 0.25]], -0.25]}
    monkeypatch.setattr("talks.parsing.talks.decision_trees.TREES", trees)
    monkeypatch.setitem(WEIGHTS, "heading together", {"is long": 1.0, "is two words": -40.0})
    candidate = Candidate(0, 1, "heading 2", "Gardens")
    for sentence, strength in sentences.items():
        candidate.add(sentence, strength)
    assert candidate.weight == pytest.approx(weight)
    assert sum(candidate.explain().values()) == pytest.approx(weight)


def test_an_explanation_includes_what_missing_evidence_costs(monkeypatch):
    trees = {"heading": [["is long", 0.5, 0.1, -0.25, 0.5]]}
    monkeypatch.setattr("talks.parsing.talks.decision_trees.TREES", trees)
    worth = Candidate(0, 1, "heading 2", "Gardens").explain()
    assert worth == {"is a heading": pytest.approx(0.1), "not “is long”": pytest.approx(-0.35)}


def test_an_explanation_adds_up_in_a_post_about_no_event(monkeypatch):
    trees = {"heading": [["the post names an event", 0.5, 0.1, 1.0, 2.0]]}
    monkeypatch.setattr("talks.parsing.talks.decision_trees.TREES", trees)
    candidate = Candidate(0, 1, "heading 2", "Gardens")
    assert sum(candidate.explain().values()) == pytest.approx(candidate.weight) == 0.0


def test_evidence_added_after_the_weight_was_read_changes_it():
    candidate = Candidate(0, 1, "item", "Gardens")
    before = candidate.weight
    candidate.add("names a speaker")
    assert candidate.weight > before


@pytest.mark.parametrize(("settled", "certain"), [(True, True), (False, False)])
def test_a_settled_candidate_is_certainly_a_talk_or_certainly_none(settled, certain):
    candidate = Candidate(0, 1, "heading 2", "Gardens", settled=settled)
    assert (candidate.certainty > 0.99) is certain


def test_chosen_talks_have_a_certainty_between_a_half_and_1():
    assert all(0.5 < talk.certainty <= 1 for talk in parse_post(TALK, name="x.md").talks)


@pytest.mark.parametrize(("least", "count"), [(None, 2), (0.999, 0), (0.1, 2)])
def test_a_hint_sets_the_certainty_that_talks_need(least, count):
    assert len(parse_post(TALK, name="x.md", hints=Hints(least_certainty=least)).talks) == count


def test_uncertain_talks_stay_text_and_are_reported():
    post = parse_post(DOUBTFUL, name="x.md")
    assert [talk.title for talk in post.talks] == ["Gardens"]
    assert [passage.line for passage in post.outro] == [8, 10]
    [doubt] = [diagnostic for diagnostic in post.diagnostics if diagnostic.code == "doubtful-talk"]
    assert (doubt.line, "talk_level: 2" in doubt.hint) == (8, True)


def test_doubtful_talks_inside_a_talk_an_editor_began_are_unreported():
    lines = read_anchor_lines(DOUBTFUL)
    said = Correction(Act.TALK, make_anchor(lines, 4), make_anchor(lines, 10))
    for corrections, asked in (((), [8]), ((replace(said, last=said.first, alone=True),), [8]), ((said,), [])):
        found = parse_post(DOUBTFUL, name="x.md", corrections=corrections).diagnostics
        assert [diagnostic.line for diagnostic in found if diagnostic.code == "doubtful-talk"] == asked


SECTIONS = (
    "---\n{title: Wood, confnotes: {least_certainty: 0.8}}\n---\n## Gardens by Ann Lee\n\n"
    "* Speaker: Ann Lee\n\n## Lunch\n\n* b\n\n"
    "**I like stones by Cara Fox**\n\n* c\n\n**I like cats by Cara Fox**\n\n* d\n"
)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ([], [12]),
        ([(Act.NO_TALK, 12)], []),  # and so are those like it
        ([(Act.TALK, 12)], [16]),
        ([(Act.TALK, 4), (Act.TALK, 8)], []),
        ([(Act.DETAILS, 4)], [12]),
        ([(Act.TALK, 8)], [12]),  # the talk of line 4 was looked at by nobody
        ([(Act.WHOLE, 4)], []),
    ],
)
def test_a_possible_talk_is_not_reported_after_it_is_settled(said, asked):
    """Nor is one like a settled one."""
    assert ask(SECTIONS, *((act, line) for act, line in said)) == asked


def test_doubtful_headings_around_a_talk_an_editor_began_are_unreported():
    text = DOUBTFUL + "\n### Old windows of glass and lead\n\n* c\n"
    assert (ask(text), ask(text, (Act.TALK, 12)), ask(text, (Act.TALK, 4))) == ([8], [], [8])


def ask(text, *said):
    lines = read_anchor_lines(text)
    anchors = [(act, make_anchor(lines, line)) for act, line in said]
    corrections = [Correction(act, anchor, anchor, "Moss", alone=act is Act.TALK) for act, anchor in anchors]
    found = parse_post(text, name="x.md", corrections=corrections).diagnostics
    return [diagnostic.line for diagnostic in found if diagnostic.code == "doubtful-talk"]


@pytest.mark.parametrize(
    ("hints", "count"),
    [
        (Hints(), 3),
        (Hints(usual_certainty=0.5), 3),
        (Hints(usual_certainty=0.9), 0),
        (Hints(least_certainty=0.5), 0),
        (Hints(holds_talks=False), 0),
    ],
)
def test_three_talks_in_an_events_post_need_less_certainty(monkeypatch, hints, count):
    """Less than two, and less than those of a post without an event."""
    monkeypatch.setattr("talks.parsing.talks.decision_trees.TREES", {})
    monkeypatch.setitem(WEIGHTS, "heading together", {"a heading by itself": -0.8})
    monkeypatch.setitem(WEIGHTS, "whole file together", {"a whole file": -9.0})
    posts = ["# GardenConf 2019\n\n{0}{1}{2}", "# GardenConf 2019\n\n{0}{1}", "# Gardens\n\n{0}{1}{2}"]
    sections = ("## Oaks\n\n- old\n\n", "## Roses\n\n- red\n\n", "## Ferns\n\n- wet\n\n")
    read = [parse_post(post.format(*sections), name="x.md", hints=hints) for post in posts]
    assert [len(post.talks) for post in read] == [count, 0, 0]


SOFTWARE = "# GardenConf 2019 notes\n\n## {}\n\nIt needs Python.\n\n## {}\n\nStart it.\n\n## {}\n\nMuch.\n"


@pytest.mark.parametrize(
    ("headings", "count"),
    [
        (("Installation", "Usage", "Gardens by Ann Lee"), 0),
        (("Installation", "Roses by Bob Roy", "Gardens by Ann Lee"), 2),
    ],
)
def test_posts_with_two_thirds_of_software_headings_have_no_talks(headings, count):
    talks = parse_post(SOFTWARE.format(*headings), name="README.md").talks
    assert sum(bool(talk.speakers) for talk in talks) == count


@pytest.mark.parametrize(("column", "count"), [("Evento", 0), ("Event", 0), ("Room", 2)])
def test_a_table_with_a_column_of_events_holds_no_talks(column, count):
    rows = "| Chile | Gardens in winter |\n| Peru | Bridges of wood |\n"
    post = parse_post(f"# GardenConf 2019\n\n| {column} | Title |\n|---|---|\n{rows}", name="talks.md")
    assert len(post.talks) == count


def test_withdrawn_evidence_does_not_count_even_beside_evidence_added_later():
    weights = WEIGHTS["item together"]
    reasons = sorted(weights, key=lambda reason: -abs(weights[reason]))[:3]
    candidate, other = Candidate(0, 1, "item", "Gardens"), Candidate(0, 1, "item", "Gardens")
    candidate.add(reasons[0])
    candidate.add(reasons[1])
    before = candidate.weight
    candidate.withdraw(reasons[1:2])
    candidate.add(reasons[2])
    other.add(reasons[0])
    other.close()
    other.add(reasons[2])
    assert before != candidate.weight == other.weight
    assert candidate.alone == other.alone
