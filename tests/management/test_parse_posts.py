import io
import json
import os
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from django.core.management import call_command

from talks.parsing import ParsedTalk

KEYS = {
    "file",
    "title",
    "author",
    "published_on",
    "draft",
    "tags",
    "aliases",
    "conference",
    "days",
    "intro",
    "outro",
    "lineup",
    "talks",
    "unplaced",
    "diagnostics",
}
POST = "---\ntitle: FooConf 2019\n---\n## Gärten by Ann Lee\n\n* a\n  * b\n"


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("parse_posts", *arguments, stdout=out)
    return out.getvalue()


def run_json(*arguments: str) -> list[dict]:
    return [json.loads(line) for line in run(*arguments).splitlines()]


def test_parse_posts_prints_one_object_for_each_file(tmp_path: Path):
    (tmp_path / "b.md").write_text(POST, encoding="utf-8")
    (tmp_path / "a.md").write_text("Words.", encoding="utf-8")
    files = [str(tmp_path / name) for name in ("b.md", "a.md")]
    found = run_json(*files)
    assert [one["file"] for one in found] == files
    assert set(found[0]) >= KEYS
    (talk,) = found[0]["talks"]
    assert set(talk) == {field.name for field in fields(ParsedTalk)}
    assert (talk["title"], talk["heading"], talk["line"]) == ("Gärten", "## Gärten by Ann Lee", 4)
    assert talk["takeaways"] == [
        {
            "kind": "point",
            "text": "a",
            "line": 6,
            "end_line": 6,
            "headings": [],
            "takeaways": [{"kind": "point", "text": "b", "line": 7, "end_line": 7, "headings": [], "takeaways": []}],
        },
    ]


def test_non_ascii_text_is_printed_unescaped(tmp_path: Path):
    (tmp_path / "a.md").write_text(POST, encoding="utf-8")
    assert "Gärten" in run(str(tmp_path / "a.md"))


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (None, "unreadable", 1),
        (b"a\n\xff", "not-utf8", 2),
        (b"", "empty-post", 1),
        (b"a\x00", "nul-character", 1),
        (b"x" * 2_000_001, "too-large", 1),
    ],
)
def test_parse_posts_reports_faulty_files_as_diagnostics(tmp_path: Path, data, code, line):
    path = tmp_path / "a.md"
    if data is not None:
        path.write_bytes(data)
    (found,) = run_json(str(path))
    assert [(d["severity"], d["code"], d["line"]) for d in found["diagnostics"]] == [("error", code, line)]
    assert found["talks"] == []


def test_parse_posts_refuses_posts_above_the_limit_of_the_settings(tmp_path: Path, settings):
    settings.POST_MAX_BYTES = len(POST.encode()) - 1
    (tmp_path / "a.md").write_text(POST, encoding="utf-8")
    (found,) = run_json(str(tmp_path / "a.md"))
    assert [d["code"] for d in found["diagnostics"]] == ["too-large"]


def test_parse_posts_reports_folders_and_pipes_without_blocking(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    found = run_json(str(tmp_path), str(tmp_path / "pipe"))
    assert [one["diagnostics"][0]["code"] for one in found] == ["unreadable", "unreadable"]


def test_parse_posts_reads_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(POST.encode())))
    (found,) = run_json("-", "--name", "2017-03-23-x.md")
    assert (found["file"], found["published_on"]) == ("-", "2017-03-23")


def test_parse_posts_applies_the_nearest_confnotes_toml(tmp_path: Path):
    (tmp_path / "confnotes.toml").write_text('series = "BarConf"\nyear = 2011\nserie = "x"\n', encoding="utf-8")
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "a.md").write_text(POST, encoding="utf-8")
    (found,) = run_json(str(tmp_path / "posts" / "a.md"))
    assert found["conference"] == {"series": "BarConf", "year": 2011}
    assert [d["code"] for d in found["diagnostics"]] == ["unknown-hint"]


def test_the_option_explain_says_what_each_line_became(tmp_path: Path):
    (tmp_path / "a.md").write_text(POST, encoding="utf-8")
    report = run("--explain", str(tmp_path / "a.md")).splitlines()
    assert report[0] == str(tmp_path / "a.md")
    assert report[1].startswith("conference: FooConf 2019 (title: a year follows it")
    assert [line[6:31].strip() for line in report if line[:5].strip().isdigit()] == [
        "front matter",
        "front matter",
        "front matter",
        "talk 1: head",
        "talk 1: point",
        "talk 1: nested point",
    ]
    assert any("TALK (heading 2" in line and "names a speaker" in line for line in report)


def test_the_option_explain_names_a_file_that_is_unreadable(tmp_path: Path):
    assert "cannot be read" in run("--explain", str(tmp_path / "none.md"))


@pytest.mark.django_db(databases=[])
def test_parse_posts_makes_no_database_query(tmp_path: Path):
    (tmp_path / "a.md").write_text(POST, encoding="utf-8")
    assert len(run_json(str(tmp_path / "a.md"))) == 1
