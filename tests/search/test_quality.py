"""The quality of search results must not fall below floors over the judged queries."""

import shutil
from collections import Counter

import pytest
from django.core.management import call_command
from django.db import connection

from tests.conftest import CORPUS
from tests.search.judging import QUERIES, judge, measure_ndcg
from tests.test_samples import SAMPLES

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_judged_queries_over_samples_reach_the_required_score(capsys):
    call_command("import_posts", str(SAMPLES))
    figures, wrong = judge(only="samples/")
    assert wrong == []
    assert figures["all"].mean("ndcg") >= 0.85
    assert figures["all"].mean("reciprocal") >= 0.85


@pytest.mark.slow
@pytest.mark.any_database
@pytest.mark.skipif(not (CORPUS / "posts").is_dir(), reason="the corpus is not here")
def test_judged_queries_over_the_corpus_reach_the_required_score(tmp_path, capsys):
    for post in (CORPUS / "posts").glob("*.md"):  # each of its own writer, and so in a folder of its own
        (tmp_path / post.stem).mkdir()
        shutil.copy(post, tmp_path / post.stem)
    call_command("import_posts", str(SAMPLES), *sorted(map(str, tmp_path.iterdir())))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # what autovacuum does once an import is committed
    figures, _ = judge([query for query in QUERIES if query["part"] == "d"])
    assert figures["all"].mean("ndcg") >= 0.88
    assert figures["all"].mean("first") >= 0.95
    figures, _ = judge([query for query in QUERIES if query["part"] == "f"])
    assert figures["all"].mean("ndcg") >= 0.85
    assert figures["all"].mean("first") >= 0.85
    figures, wrong = judge()
    assert wrong == []
    means = {kind: found.mean("ndcg") for kind, found in figures.items()}
    assert {kind: mean for kind, mean in means.items() if mean < 0.75} == {}
    assert figures["all"].mean("ndcg") >= 0.85
    assert figures["all"].mean("first") >= 0.85
    assert figures["misspelling"].mean("empty") + figures["name with faults"].mean("empty") <= 0.1


def test_the_file_of_judged_queries_has_six_complete_parts():
    assert Counter(query["part"] for query in QUERIES) == {"a": 75, "b": 75, "c": 32, "d": 60, "e": 76, "f": 70}


def test_quality_measure_scores_known_rankings():
    assert measure_ndcg([1, 2], {1: 3, 2: 1}) == 1
    assert measure_ndcg([2, 1], {1: 3, 2: 1}) == pytest.approx((1 + 7 / 1.58496) / (7 + 1 / 1.58496), abs=1e-4)
    assert measure_ndcg([], {1: 3}) == 0
