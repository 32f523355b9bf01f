"""The export: all content, the same bytes for the same content."""

import json
from datetime import date

import pytest

from talks.backup import export_base
from talks.models import Conference, Day, ImportRun, Post, SearchDocument, Series, Speaker, Tag, Takeaway, Talk
from tests.builders import (
    make_citation,
    make_conference,
    make_day,
    make_post,
    make_series,
    make_source,
    make_speaker,
    make_tag,
    make_takeaway,
    make_talk,
)

pytestmark = pytest.mark.django_db


def read(kind=None):
    rows = [json.loads(line) for line in export_base()]
    return [row for row in rows if kind in {None, row["type"]}]


def make_base():
    day = make_day(make_conference("QCon London", 2017), 2, date(2017, 3, 7))
    post = make_post(
        "Day 2", day=day, key="day-2.md", tags=["Django", "C++"], aliases=["/b", "/a"], intro="See <it>.", language="en"
    )
    talk = make_talk("Scaling Instagram", post=post, speakers=["Lisa Guo", "Jonas Bonér"], tags=["Django", "C++"])
    two = make_takeaway(talk, "Two 日本 \u2028", post=post, tags=["Django", "C++"])
    make_takeaway(talk, "Below", post=post, parent=two)
    make_takeaway(talk, "By hand")
    make_takeaway(talk, "Gone", post=post, withdrawn=True)
    make_citation(talk, "https://example.org/b", title="B", takeaway=two)
    make_citation(talk, "https://example.org/a", post=post)
    make_source(talk, make_post("Also", day=day, key="also.md"))


def test_an_empty_base_exports_no_lines():
    assert list(export_base()) == []


def test_rows_are_exported_after_the_rows_they_name():
    make_base()
    kinds = [row["type"] for row in read()]
    assert list(dict.fromkeys(kinds)) == [
        "series",
        "conference",
        "day",
        "writer",
        "speaker",
        "tag",
        "reference",
        "post",
        "talk",
        "source",
        "takeaway",
        "citation",
    ]
    assert len(kinds) == 21


def test_a_line_of_an_export_has_sorted_keys():
    make_series("Devoxx « 2 »")
    Series.objects.update(aliases=["b", "a"])
    assert list(export_base()) == ['{"type":"series","aliases":["b","a"],"name":"Devoxx « 2 »","slug":"devoxx-2"}\n']
    make_base()
    for line in export_base():
        row = json.loads(line)
        keys = list(row)
        assert keys == ["type", *sorted(keys[1:])]
        assert line.count("\n") == 1


def test_a_post_and_its_talk_are_exported():
    make_base()
    (post,) = [row for row in read("post") if row["key"] == "day-2.md"]
    stored = Post.objects.get(key="day-2.md")
    assert post == {
        "type": "post",
        "key": "day-2.md",
        "stem": "day-2",
        "digest": stored.digest,
        "source": stored.source,
        "front_matter": {"title": "Day 2", "tags": ["Django", "C++"]},
        "title": "Day 2",
        "slug": "day-2",
        "writer": "toby-notemaker",
        "published_on": "2017-03-23",
        "language": "en",
        "visibility": "public",
        "conference": "qcon-london-2017",
        "days": [{"conference": "qcon-london-2017", "number": 2}],
        "intro": "See <it>.",
        "outro": "",
        "lines": stored.lines,
        "diagnostics": [],
        "imported": stored.imported,
        "withdrawn": False,
        "aliases": ["/a", "/b"],
        "media": [],
        "tags": [{"merged": None, "origin": "post", "refused": False, "tag": tag} for tag in ("cpp", "django")],
    }
    assert read("talk") == [
        {
            "type": "talk",
            "talk": "qcon-london-2017/scaling-instagram",
            "day": 2,
            "title": "Scaling Instagram",
            "video_url": "",
            "slides_url": "",
            "position": 1,
            "hidden": False,
            "withdrawn": False,
            "addresses": [],
            "appearances": [
                {"affiliation": "", "merged": None, "position": 1, "speaker": "lisa-guo"},
                {"affiliation": "", "merged": None, "position": 2, "speaker": "jonas-boner"},
            ],
            "tags": [{"merged": None, "origin": "editor", "refused": False, "tag": tag} for tag in ("cpp", "django")],
        }
    ]
    assert [(row["post"], row["position"]) for row in read("source")] == [("also.md", 1), ("day-2.md", 1)]


def test_takeaways_and_citations_are_exported():
    make_base()
    ids = dict(Takeaway.objects.values_list("text", "public_id"))
    rows = read("takeaway")
    assert [(row["text"], row["post"], row["parent"], row["withdrawn"], row["position"]) for row in rows] == [
        ("By hand", None, None, False, 1),
        ("Two 日本 \u2028", "day-2.md", None, False, 1),
        ("Below", "day-2.md", ids["Two 日本 \u2028"], False, 2),
        ("Gone", "day-2.md", None, True, 1),
    ]
    keys = "end_line headings hidden imported kind line merged_into parent position post public_id tags talk"
    assert " ".join(sorted(rows[1])) == f"{keys} text type withdrawn"
    assert rows[1]["tags"] == [
        {"merged": None, "origin": "editor", "refused": False, "tag": tag} for tag in ("cpp", "django")
    ]
    assert [(row["reference"], row["takeaway"], row["position"], row["title"]) for row in read("citation")] == [
        ("https://example.org/b", ids["Two 日本 \u2028"], 1, "B"),
        ("https://example.org/a", None, 2, ""),
    ]


def test_both_databases_export_in_order_of_code_points():
    for name in ["Zoe", "ab", "Ab c", "a-b", "Äb", "ʻĀb", "日本", "a b"]:
        make_speaker(name)
        make_tag(name, aliases=[f"{name} too", f"{name} Also"])
    slugs = [row["slug"] for row in read("speaker")]
    assert slugs == sorted(slugs)
    assert [row["slug"] for row in read("tag")] == sorted(slugs)
    assert all(row["aliases"] == sorted(row["aliases"]) for row in read("tag"))


def test_days_without_a_number_are_exported_first():
    conference = make_conference("QCon London", 2017)
    for number in (10, 2, None, 0):
        make_day(conference, number)
    assert [row["number"] for row in read("day")] == [None, 0, 2, 10]


def test_computed_columns_and_import_runs_are_not_exported():
    make_base()
    before = list(export_base())
    run = ImportRun.objects.create(given=["x"])
    Post.objects.update(run=run, path="/somewhere/else.md", intro_html="x", outro_html="y")
    Talk.objects.update(run=run, sort_key="x")
    Takeaway.objects.update(run=run, html="x")
    Tag.objects.update(sort_key="x")
    SearchDocument.objects.all().delete()
    assert list(export_base()) == before


def test_the_export_does_not_depend_on_row_ids():
    names = ["B", "A", "C"]
    for name in names:
        make_talk(name, make_day(make_conference(name, 2017), 1), speakers=[name], tags=[name])
    before = list(export_base())
    for model in (Talk, Day, Conference, Series, Speaker, Tag):
        model.objects.all().delete()
    assert list(export_base()) == []
    for name in reversed(names):
        make_talk(name, make_day(make_conference(name, 2017), 1), speakers=[name], tags=[name])
    assert list(export_base()) == before


@pytest.mark.any_database
def test_exports_need_as_many_queries_for_many_rows_as_few(django_assert_num_queries):
    make_base()
    with django_assert_num_queries(39):
        list(export_base())
    for number in range(10):
        talk = make_talk(f"Talk {number}", post=Post.objects.get(key="also.md"), speakers=["X", "Y"], tags=["Z"])
        make_takeaway(talk, f"More {number}", post=Post.objects.get(key="also.md"))
        make_citation(talk, f"https://example.org/{number}")
    with django_assert_num_queries(39):
        list(export_base())
