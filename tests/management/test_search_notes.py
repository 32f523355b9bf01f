"""`manage.py search_notes`."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.builders import make_conference, make_day, make_post, make_source, make_tag, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    day = make_day(make_conference("QCon London", 2017), 2)
    post = make_post("Day two", day=day, key="qcon/day-2.md", intro="Kafka was everywhere.")
    make_source(make_talk("Other", day, post=post), make_post("Draft", visibility="draft", key="draft.md"))
    return make_talk("Kafka at scale", day, post=post, speakers=["Lisa Guo"], takeaways=["**Kafka** is a log"])


def run(capsys, *given):
    call_command("search_notes", *given)
    return capsys.readouterr().out


def test_json_of_search_notes_has_all_documented_keys(capsys, talk):
    answer = json.loads(run(capsys, "kafka", "--format", "json"))
    takeaway = talk.takeaways.get()
    (found,) = answer.pop("talks")
    assert found.pop("score") > 0
    assert found == {
        "title": "Kafka at scale",
        "url": f"http://127.0.0.1:8000{talk.get_absolute_url()}",
        "conference": "QCon London",
        "year": 2017,
        "speakers": ["Lisa Guo"],
        "post": "qcon/day-2.md",
        "line": talk.sources.get().line,
        "takeaways": [{"id": takeaway.public_id, "text": "Kafka is a log", "line": takeaway.line}],
    }
    (post,) = answer.pop("posts")
    assert (post["title"], post["post"], post["text"]) == ("Day two", "qcon/day-2.md", "Kafka was everywhere.")
    assert answer == {"query": "kafka", "understood": "kafka", "total": 1, "direct": [], "suggestion": None}


def test_search_notes_prints_matching_names_and_spelling_suggestions(capsys, talk):
    answer = json.loads(run(capsys, "lisa", "guo", "--format", "json"))
    assert answer["direct"] == [
        {"kind": "speaker", "title": "Lisa Guo", "url": "http://127.0.0.1:8000/speakers/lisa-guo/"}
    ]
    assert json.loads(run(capsys, "kafka tag:nope", "--format", "json"))["understood"] == "kafka"


def test_search_notes_prints_results_as_text(capsys, talk):
    printed = run(capsys, "kafka")
    assert printed.split("\n")[:5] == [
        "1 talk, 1 post",
        "",
        "Kafka at scale",
        "  Lisa Guo, QCon London 2017 – Day 2",
        "  * Kafka is a log",
    ]


def test_search_notes_prints_at_most_the_limit(capsys, talk):
    make_talk("Kafka again")
    assert len(json.loads(run(capsys, "kafka", "--limit", "1", "--format", "json"))["talks"]) == 1
    assert json.loads(run(capsys, "kafka", "--limit", "0", "--format", "json"))["total"] == 2


def test_search_notes_names_tags_included_in_the_searched_one(capsys):
    make_tag("Infrastructure as Code")
    make_talk("Terraform at home", tags=["Terraform"])
    assert run(capsys, "IaC").split("\n")[:4] == [
        "Among them talks on Terraform, which belong to what was asked for.",
        "1 talk",
        "",
        "Terraform at home",
    ]


def test_search_notes_leaves_out_drafts(capsys):
    make_talk("Zyzzyva", post=make_post(visibility="draft"))
    assert run(capsys, "zyzzyva") == "0 talks\nThe word zyzzyva is in none of the notes.\n"


def test_search_notes_prints_queries_with_one_word_less(capsys):
    make_talk("The lack of time")
    make_post("Notes", intro="No time for zookeepers")
    assert (
        run(capsys, "lack of zebras") == "0 talks\nThe word zebras is in none of the notes.\nWithout zebras: lack (1)\n"
    )
    printed = run(capsys, "zookeepers lack time").split("\n")
    assert "  http://127.0.0.1:8000/posts/notes/?line=6#L6" in printed
    assert [line for line in printed if "without" in line] == [
        "The lack of time (without zookeepers)",
        "Notes, line 6 (without lack)",
    ]


def test_search_notes_requires_a_query():
    with pytest.raises(CommandError):
        call_command("search_notes")
