"""Permalinks live on through the edits that people make: a small run of bench/permalinks.py, with floors."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from talks.importing import import_posts
from talks.keeping import check_base
from talks.models import Post, Takeaway, Talk
from tests.importing.conftest import DAY_1

pytestmark = pytest.mark.django_db

BENCH = Path(__file__).resolve().parents[2] / "bench" / "permalinks.py"


@pytest.fixture
def bench():
    spec = spec_from_file_location("permalinks", BENCH)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_edited_bullets_keep_their_permalinks(bench, tmp_path):
    score = bench.run(1, 7, 6, tmp_path)
    assert sum(score.given.values()) > 500
    assert score.share() >= 0.98
    assert score.stolen() <= 0.01
    assert score.kept["left"] == score.given["left"]
    assert check_base() == []


def change(write, *changes):
    text = DAY_1
    import_posts([write("day-1.md", text)])
    before = dict(Takeaway.objects.values_list("text", "public_id"))
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    import_posts([write("day-1.md", text)])
    assert check_base() == []
    return before


def test_of_two_that_became_one_the_longer_lives_on_and_the_other_leads_there(write, client):
    first, second = "A cluster repairs itself while you sleep", "Kubernetes compares what is with what you asked for"
    before = change(write, (f"{first}\n* {second}", f"{first}, and {second.lower()}"))
    one = Takeaway.objects.get(withdrawn=False, text__startswith=first)
    assert one.public_id == before[second]
    answer = client.get(f"/t/{before[first]}/")
    assert (answer.status_code, answer.headers["Location"]) == (301, one.get_absolute_url())
    import_posts([write("day-1.md", DAY_1)])
    assert dict(Takeaway.objects.values_list("text", "public_id")) == before
    assert Takeaway.objects.exclude(merged_into=None).count() == 0


def test_of_one_that_became_two_the_longer_lives_on(write):
    whole = "Kubernetes compares what is with what you asked for"
    before = change(write, (whole, "Kubernetes compares\n* What is with what you asked for"))
    rows = dict(Takeaway.objects.values_list("text", "public_id"))
    assert rows["What is with what you asked for"] == before[whole]
    assert rows["Kubernetes compares"] not in before.values()


def test_swapped_titles_of_namesakes_follow_their_notes(write):
    text = DAY_1.replace("Boxes on Ships", "Closing Words").replace("Herding Cats", "Closing Words")
    import_posts([write("day-1.md", text)])
    slugs = dict(Talk.objects.values_list("slug", "pk"))
    head, boxes, cats = text.partition("## Closing Words with Ada")[0], *text.split("## Closing Words")[1:]
    import_posts([write("day-1.md", f"{head}## Closing Words{cats}\n## Closing Words{boxes}")])
    assert dict(Talk.objects.values_list("slug", "pk")) == slugs
    assert Takeaway.objects.filter(withdrawn=True).count() == 0
    assert Talk.objects.get(slug="closing-words").position == 2
    assert Post.objects.count() == 1
    assert check_base() == []
